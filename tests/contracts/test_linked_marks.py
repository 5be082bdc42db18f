"""The one slip of linked procedures stands as accepted, with two dossiers and with many of long names.

`pytest --accept-marks` writes the marks anew. Every code stands on it as letters and as bars, every due day beside it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from desk_app.documents.layout.marks import Bars, Matrix, Page, Text
from desk_app.domain.dossiers.numbering import payload
from desk_app.domain.linked.group import LinkedGroup, LinkedPart
from desk_app.domain.money import dotted
from desk_app.domain.payments.bundle_payment import whole_note
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


def pages(number: int, slip: str = SLIP) -> tuple[Page, ...]:
    received = papers.dossier()
    bank = {"bank_bin": "970436", "bank_account": "0011001932418", "bank_name": "Vietcombank"}
    received = replace(received, office=replace(received.office, **bank))
    parts = tuple(
        LinkedPart(
            id=f"{number:016d}",
            code=f"H26.99-261122-{number:04d}",
            procedure="1.001193",
            version="1",
            title=title,
            due_at=received.due_at + number * DAY_MS,
            fee=8_000 * (number - 1),
            mark="Z261225" if number == 1 else "",
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
    return papers.pages_of(slip, replace(received, code=parts[0].code, linked=group))


@pytest.mark.parametrize(
    ("number", "slip"), [(2, SLIP), (len(TITLES), SLIP), (2, f"{SLIP}-80"), (len(TITLES), f"{SLIP}-80")]
)
def test_the_slip_of_linked_procedures_stands_as_accepted(
    number: int, slip: str, request: pytest.FixtureRequest
) -> None:
    file = GOLDEN / f"{number}{slip.removeprefix(SLIP)}.txt"
    drawn = pages(number, slip)
    now = written(drawn)
    if request.config.getoption("--accept-marks"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(now, "utf-8")
    assert now == file.read_text("utf-8")
    codes = [f"H26.99-261122-{each:04d}" for each in range(1, number + 1)]
    assert len(drawn) == (2 if slip == SLIP else 1)  # its two copies
    marks = drawn[0].marks
    bars = [mark.text for mark in marks if isinstance(mark, Bars)]
    assert bars == [f"{payload(code)}/Z261225" if code == codes[0] else payload(code) for code in codes]
    words = " ".join(mark.text for mark in marks if isinstance(mark, Text))
    assert all(words.count(code) >= (2 if slip == SLIP else 1) for code in codes)
    total = sum(8_000 * each for each in range(number))
    (paid,) = [mark.text for mark in marks if isinstance(mark, Matrix) and mark.text.startswith("000201")]
    assert f"54{len(str(total)):02d}{total}" in paid
    assert whole_note(codes[0], number) in paid
    assert f"{dotted(total)} đồng" in words
