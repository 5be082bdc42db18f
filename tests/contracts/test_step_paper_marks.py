"""Every paper of a step and every list with the longest values there are: its marks stand as accepted.

`pytest --accept-marks` writes them anew. What goes in reads out of the PDF, and nothing stands outside a page.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from desk_app.documents.layout.layout import lay_out
from desk_app.documents.layout.marks import Matrix, Page, Text
from desk_app.documents.output import pdf
from desk_app.domain.dossiers.events import FormVersion
from desk_app.domain.papers import USUAL, PaperManner
from tests.contracts.test_paper_marks import written
from tests.kit.paper import papers, step_lives
from tests.kit.paper.step_papers import words

GOLDEN = Path(__file__).parent / "golden" / "steps"
STEPS = (
    ("phieu-yeu-cau-bo-sung", "tt-03-2025", "request-completion"),
    ("phieu-xin-loi", "tt-03-2025", "apologise"),
    ("phieu-xin-loi", "tt-01-2018", "apologise"),
    ("thong-bao-dung", "tt-03-2025", "stop"),
    ("thong-bao-dung", "tt-03-2025", "lapse"),
    ("phieu-kiem-soat", "tt-03-2025", "ready"),
    ("phieu-kiem-soat", "tt-01-2018", "forward"),
    ("giay-bien-nhan-tra-ket-qua", "2026-11", "return"),
)
LISTS = ("danh-sach-ban-giao", "phieu-ban-giao-ket-qua", "danh-sach-trinh-ky", "danh-sach-tra-tai-nha")
REGISTERS = ("tt-03-2025", "tt-01-2018")
LARGE = PaperManner(large=True)


def of_step(form: str, version: str, action: str, manner: PaperManner = USUAL) -> tuple[Page, ...]:
    return step_lives.pages(FormVersion(form=form, version=version), action, manner=manner)


def of_list(form: str, manner: PaperManner = USUAL) -> tuple[Page, ...]:
    return lay_out(papers.form(form), step_lives.list_values(40), code="", manner=manner)


def of_register(version: str) -> tuple[Page, ...]:
    return lay_out(papers.library().exact("so-theo-doi", version), step_lives.register_values(30), code="")


CASES = {
    **{f"{form}.{version}.{action}": (of_step, form, version, action) for form, version, action in STEPS},
    **{form: (of_list, form) for form in LISTS},
    **{f"so-theo-doi.{version}": (of_register, version) for version in REGISTERS},
}


@pytest.mark.parametrize("name", CASES)
def test_a_paper_stands_as_accepted(name: str, request: pytest.FixtureRequest) -> None:
    draw, *about = CASES[name]
    file = GOLDEN / f"{name}.txt"
    now = written(draw(*about))
    if request.config.getoption("--accept-marks"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(now, "utf-8")
    assert now == file.read_text("utf-8")


def test_every_accepted_file_belongs_to_a_paper() -> None:
    assert {file.stem for file in GOLDEN.glob("*.txt")} == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_nothing_stands_outside_its_page(name: str) -> None:
    draw, *about = CASES[name]
    for page in draw(*about):
        for mark in page.marks:
            xs = [mark.x1, mark.x2] if hasattr(mark, "x1") else [mark.x]
            ys = [mark.y1, mark.y2] if hasattr(mark, "y1") else [mark.y]
            assert all(0 <= x <= page.width for x in xs)
            assert all(0 <= y <= page.height for y in ys)


def said(pages: tuple[Page, ...]) -> str:
    return words(pdf.to_pdf(pages, title="Thử", subject="Thử", code=papers.CODE, made_at=papers.RECEIVED_AT))


@pytest.mark.parametrize("manner", [USUAL, LARGE], ids=["usual", "large"])
def test_a_request_names_all_five_defects_and_what_to_mend(manner: PaperManner) -> None:
    text = "".join(said(of_step(*STEPS[0], manner)).split())
    for defect in step_lives.DEFECTS:
        assert "".join(defect.name.split()) in text
        assert "".join(defect.wrong.split()) in text
    assert "05/HDHS" in text
    assert "".join(step_lives.REASON.split()) in text


def test_both_titles_of_the_apology_are_carried_and_say_the_old_and_the_new_day() -> None:
    new, old = said(of_step(*STEPS[1])), said(of_step(*STEPS[2]))
    assert "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT" in new
    assert "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ" in old
    for text in (new, old):
        assert "16 giờ 30 phút, ngày 29/11/2026" in text
        assert "02/12/2026" in text


def test_a_stop_says_whether_the_citizen_asked_or_nothing_came() -> None:
    asked, lapsed = said(of_step(*STEPS[3])), said(of_step(*STEPS[4]))
    assert "Người đề nghị dừng" in asked
    assert "Người đề nghị dừng" not in lapsed
    assert "chưa nhận được giấy tờ bổ sung" in lapsed


def test_a_receipt_says_who_took_what_and_how() -> None:
    text = said(of_step(*STEPS[7]))
    for part in ("Công Tằng Tôn Nữ Nguyễn Phương Thảo Mẫu", "Giấy ủy quyền số 12/2026", "112/2026", "Giấy khai sinh"):
        assert part in text


@pytest.mark.parametrize("form", LISTS)
def test_a_long_list_repeats_its_head_and_loses_no_row(form: str) -> None:
    pages = of_list(form)
    assert len(pages) > 1
    heads = [
        sum((isinstance(mark, Text) and mark.text == "TT") or getattr(mark, "text", "") == "STT" for mark in page.marks)
        for page in pages
    ]
    assert all(heads[:-1])
    text = "".join(said(pages).split())
    for row in step_lives.list_values(40)["rows"]:
        assert row["code"] in text
    assert "Cộng:40hồsơ" in text
    assert {(page.width > page.height) for page in pages} == {True}


def test_no_paper_of_a_step_carries_the_code_of_a_slip() -> None:
    codes = [mark.text for case in STEPS for page in of_step(*case) for mark in page.marks if isinstance(mark, Matrix)]
    assert codes == []


@pytest.mark.parametrize("name", LISTS)
def test_signatures_never_stand_on_a_page_without_a_row_of_their_list(name: str) -> None:
    """However many rows there are: a page of signatures alone could be laid behind any other list."""
    for count in range(4, 13):
        last = lay_out(papers.form(name), step_lives.list_values(count), code="")[-1]
        said = [mark.text for mark in last.marks if isinstance(mark, Text)]
        assert any(f"-{count:04d}" in text for text in said), count
        assert any("NGƯỜI" in text for text in said), count
