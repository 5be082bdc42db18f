"""Every form of the citizens beside civil status: full, empty and with values longer than any blank.

Its marks stand as accepted (`pytest --accept-marks` writes them anew), its text reads out of the PDF as it went in.
"""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from desk_app.documents.forms import conditions
from desk_app.documents.layout.blocks import Blank, CellRow, Columns, Table, TextLine, When
from desk_app.documents.layout.layout import lay_out
from desk_app.documents.layout.lines import value_of
from desk_app.documents.layout.marks import Text
from desk_app.documents.output import pdf
from tests.contracts.test_paper_marks import written
from tests.kit.paper import form_cases, papers

GOLDEN = Path(__file__).parent / "golden" / "forms"
SHIPPED = """
de-nghi-huu-tri-xa-hoi
don-bien-dong-dat-dai-mau-18
don-dang-ky-dat-dai-mau-15
don-khuyet-tat
giay-de-nghi-ho-kinh-doanh
giay-de-nghi-thay-doi-ho-kinh-doanh
giay-uy-quyen
hop-dong-uy-quyen
loi-chung-ban-sao
loi-chung-chu-ky
loi-chung-giao-dich
loi-chung-phan-chia-di-san
loi-chung-tu-choi-nhan-di-san
to-khai-cu-tru-ct01
to-khai-lien-thong-khai-sinh
to-khai-lien-thong-khai-tu
to-khai-mai-tang-phi
to-khai-tro-giup-xa-hoi
van-ban-tu-choi-nhan-di-san
"""
FORMS = SHIPPED.split()
EVERY = pytest.mark.parametrize(("form_id", "case"), [(form, case) for form in FORMS for case in form_cases.CASES])


def drawn(form_id, case, **answers):
    form = papers.form(form_id)
    values = form_cases.values(form, case) | answers
    return form, values, lay_out(form, values, code="" if case == "empty" else papers.CODE)


def printed_keys(blocks, values):
    """The blanks that these values make the layout show; repeated rows are left out."""
    for block in blocks:
        match block:
            case When():
                chosen = block.blocks if conditions.holds(block.condition, values) else block.otherwise
                yield from printed_keys(chosen, values)
            case Columns():
                for cell in block.cells:
                    yield from printed_keys(cell, values)
            case Table():
                for row in (block.header, *(block.body[:-1] if block.rows else block.body)):
                    yield from printed_keys(row, values)
            case TextLine():
                for span in block.spans:
                    if isinstance(span, CellRow) or (
                        isinstance(span, Blank) and conditions.holds(span.condition, values)
                    ):
                        yield span.key
            case _:
                pass


@EVERY
def test_a_form_stands_as_accepted(form_id, case, request):
    file = GOLDEN / f"{form_id}.{case}.txt"
    now = written(drawn(form_id, case)[2])
    if request.config.getoption("--accept-marks"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(now, "utf-8")
    assert now == file.read_text("utf-8")


@EVERY
def test_what_went_into_a_form_reads_out_of_its_pdf(form_id, case):
    assert missing_of(*drawn(form_id, case)) == []


CHOOSING = {"to-khai-tro-giup-xa-hoi": "sheet", "giay-de-nghi-thay-doi-ho-kinh-doanh": "change"}
"""By form, the question whose answer chooses what is printed."""


@pytest.mark.parametrize("form_id", CHOOSING)
def test_each_choice_prints_its_own_part_with_all_its_answers(form_id):
    key = CHOOSING[form_id]
    choices = next(field.choices for field in papers.form(form_id).fields if field.key == key)
    shown = []
    for choice in choices:
        form, values, pages = drawn(form_id, "full", **{key: choice})
        assert missing_of(form, values, pages) == []
        assert all(len([mark for mark in page.marks if isinstance(mark, Text)]) > 3 for page in pages)
        shown.append(frozenset(printed_keys(form.layout, values)))
    assert len(set(shown)) == len(choices)


def missing_of(form, values, pages):
    """The blanks with a value that the text of the PDF does not hold."""
    data = pdf.to_pdf(pages, title=form.title, subject="Thử", code=papers.CODE, made_at=papers.RECEIVED_AT)
    with pypdfium2.PdfDocument(data) as document:
        read = "".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    read = re.sub(rf"(Mãhồsơ:{papers.CODE})?(Trang\d/\d)?", "", "".join(read.split()))  # a value may run over two pages
    keys = list(dict.fromkeys(printed_keys(form.layout, values)))
    assert len(keys) > 5
    return [key for key in keys if "".join(value_of(values, key).split()) not in read]


@EVERY
def test_nothing_of_a_form_stands_outside_its_page(form_id, case):
    for page in drawn(form_id, case)[2]:
        for mark in page.marks:
            xs = [mark.x1, mark.x2] if hasattr(mark, "x1") else [mark.x]
            ys = [mark.y1, mark.y2] if hasattr(mark, "y1") else [mark.y]
            assert all(0 <= x <= page.width for x in xs)
            assert all(0 <= y <= page.height for y in ys)


def test_every_accepted_form_is_drawn():
    assert {file.stem for file in GOLDEN.glob("*.txt")} == {
        f"{form}.{case}" for form in FORMS for case in form_cases.CASES
    }
