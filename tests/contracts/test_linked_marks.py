"""The one slip of linked procedures stands as accepted, with two dossiers and with many of long names.

`pytest --accept-marks` writes the marks anew. Every code stands on it as letters and as bars, every due day beside it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from desk_app.documents.layout.marks import Bars, Page, Text
from desk_app.domain.linked.group import LinkedGroup, LinkedPart
from tests.contracts.test_paper_marks import written
from tests.kit.paper import papers

GOLDEN = Path(__file__).parent / "golden" / "linked"
SLIP, DAY_MS = "giay-tiep-nhan-lien-thong", 86_400_000
TITLES = (
    "Đăng ký khai sinh",
    "Đăng ký thường trú",
    "Cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi",
    "Cấp thẻ căn cước cho người dưới 14 tuổi theo đề nghị của người giám hộ hoặc cơ sở trợ giúp xã hội",
    "Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất sau khi cha mẹ chết",
)


def pages(number: int) -> tuple[Page, ...]:
    received = papers.dossier()
    parts = tuple(
        LinkedPart(
            id=f"{number:016d}",
            code=f"H26.99-261122-{number:04d}",
            procedure="1.001193",
            version="1",
            title=title,
            due_at=received.due_at + number * DAY_MS,
        )
        for number, title in enumerate(TITLES[:number], 1)
    )
    group = LinkedGroup(
        group="thu",
        bundle="thu",
        version="1",
        title="Liên thông các thủ tục của một lần đến quầy",
        due_at=parts[-1].due_at,
        parts=parts,
    )
    return papers.pages_of(SLIP, replace(received, code=parts[0].code, linked=group))


@pytest.mark.parametrize("number", [2, len(TITLES)])
def test_the_slip_of_linked_procedures_stands_as_accepted(number: int, request: pytest.FixtureRequest) -> None:
    file = GOLDEN / f"{number}.txt"
    drawn = pages(number)
    now = written(drawn)
    if request.config.getoption("--accept-marks"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(now, "utf-8")
    assert now == file.read_text("utf-8")
    codes = [f"H26.99-261122-{each:04d}" for each in range(1, number + 1)]
    marks = drawn[0].marks
    assert len([mark for mark in marks if isinstance(mark, Bars)]) == number
    words = " ".join(mark.text for mark in marks if isinstance(mark, Text))
    assert all(words.count(code) >= 2 for code in codes)
