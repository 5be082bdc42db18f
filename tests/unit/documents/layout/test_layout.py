import pytest
from msgspec.structs import replace

from desk_app.documents.forms.form_records import DOT, MM
from desk_app.documents.layout import fonts
from desk_app.documents.layout.layout import lay_out
from desk_app.documents.layout.lines import PITCH
from desk_app.documents.layout.marks import Bars, Box, Leader, Matrix, Rule, Text
from desk_app.documents.values import values_of
from desk_app.domain.dossiers.events import HandedIn
from desk_app.errors import UnprintableTextError
from desk_app.services.catalogue.procedure_papers import SLIP_80
from tests.kit.paper import papers
from tests.kit.paper.pages import made, said, texts, within

LONGEST_NAME = " ".join(["Nguyễn Thị Hoàng"] * 75)[:1192].strip()


def test_the_slip_is_two_copies_of_one_page():
    first, second = papers.pages_of("giay-tiep-nhan")
    assert (round(first.width / MM), round(first.height / MM)) == (148, 210)
    marks = [
        [mark for mark in page.marks if not (isinstance(mark, Text) and "Liên" in mark.text)]
        for page in (first, second)
    ]
    assert marks[0] == marks[1]
    assert "Liên 1: Lưu" in said([first])
    assert "Liên 2: Giao" in said([second])


def test_struck_words_have_a_line_through_their_middle_and_only_they():
    (page,) = lay_out(made("Số ~~Giấy báo tử/~~Giấy tờ thay thế: {a}"), {}, code="")
    struck = next(mark for mark in page.marks if isinstance(mark, Text) and mark.text == "Giấy báo tử/")
    (line,) = [mark for mark in page.marks if isinstance(mark, Rule)]
    assert line.x1 == struck.x
    assert line.x2 - line.x1 == pytest.approx(fonts.width(struck.text, struck.font, struck.size))
    assert struck.y - struck.size * 0.5 < line.y1 == line.y2 < struck.y
    assert said([page]) == "Số Giấy báo tử/ Giấy tờ thay thế:"


def test_text_ends_above_the_foot_of_the_page_however_small_its_lower_margin():
    long = made("Dòng\n" * 200, margins=(10, 10, 5, 10))
    pages = lay_out(long, {}, code="H1")
    for page in pages:
        foot = min(mark.y for mark in texts(page) if mark.text.startswith(("Mã hồ sơ", "Trang")))
        assert max(mark.y for mark in texts(page) if mark.text == "Dòng") < foot - 9
    (first, *_) = lay_out(made("Dòng\n" * 200, margins=(10, 10, 5, 10), footer=False), {}, code="H1")
    assert said([first]).count("Dòng") > said(pages[:1]).count("Dòng")


def test_an_empty_cell_of_a_table_keeps_the_rows_a_pen_needs():
    def tall(layout):
        (page,) = lay_out(made(layout), {}, code="")
        assert not [mark for mark in page.marks if isinstance(mark, Leader)]
        return max(mark.y2 for mark in page.marks if isinstance(mark, Rule))

    table = "| A | B |\n|---|---|\n| x | {a%s} |\n"
    assert tall(table % "::2") > tall(table % "") + 10


def test_a_declaration_is_one_a4_page_with_its_notes_or_the_signature_on_the_first():
    """The notes of the certificate of marital status run over to its back: they are longer than the form."""
    for form_id, version in (
        ("to-khai-khai-sinh", ""),
        ("to-khai-khai-sinh", "tt-04-2024"),
        ("to-khai-xntthn", "tt-04-2024"),
    ):
        (page,) = papers.pages_of(form_id, version=version)
        assert (round(page.width / MM), round(page.height / MM)) == (210, 297)
        assert within(page)
    front, back = papers.pages_of("to-khai-xntthn")
    assert "Người yêu cầu" in said([front]).partition("Chú thích:")[0]
    assert not [mark for mark in back.marks if isinstance(mark, Leader)]
    assert within(front)
    assert within(back)


def test_the_slip_of_a_certification_lists_pages_and_copies():
    text = said(papers.pages_of("giay-tiep-nhan", papers.certified_copy())[:1])
    assert "Số trang Số bản" in text
    assert "Bằng tốt nghiệp trung học phổ thông" in text
    assert "Bản chính" not in text


def test_fifty_five_papers_flow_over_pages_with_the_header_and_the_code_on_each():
    many = tuple(HandedIn(component=str(n), name=f"Giấy tờ thứ {n}", originals=1) for n in range(1, 56))
    pages = papers.pages_of("giay-tiep-nhan", papers.dossier(components=many))
    one_copy = pages[: len(pages) // 2]
    assert len(one_copy) > 1
    for number, page in enumerate(one_copy, 1):
        assert within(page)
        assert papers.CODE in said([page])
        assert f"Trang {number}/{len(one_copy)}" in said([page])
    for page in one_copy[:-1]:
        assert "Thành phần hồ sơ" in [mark.text for mark in texts(page)]
    for n in range(1, 56):
        assert said(one_copy).count(f"Giấy tờ thứ {n} ") == 1


@pytest.mark.parametrize("form_id", ["giay-tiep-nhan", "giay-tiep-nhan-80", "to-khai-khai-sinh", "to-khai-xntthn"])
@pytest.mark.parametrize("name", [LONGEST_NAME, LONGEST_NAME.replace(" ", "")])
def test_the_longest_name_is_printed_whole_and_inside_the_margins(form_id, name):
    person = replace(papers.MOTHER, full_name=name)
    pages = papers.pages_of(form_id, papers.dossier(people={"applicant": person, "subject": person}))
    assert all(within(page) for page in pages)
    printed = "".join(said(pages).split())
    assert "".join(name.split()) in printed or "".join(name.upper().split()) in printed


def test_dots_of_all_rows_stand_on_one_grid_that_ends_at_the_margin():
    for form_id in ("giay-tiep-nhan", "to-khai-khai-sinh", "to-khai-xntthn"):
        form = papers.form(form_id)
        for page in lay_out(form, {}, code=""):
            if not any(isinstance(mark, Leader) for mark in page.marks):
                continue  # the back of a declaration: notes only
            edge = page.width - form.head.margins[1] * MM
            leaders = [mark for mark in page.marks if isinstance(mark, Leader)]
            in_text = [leader for leader in leaders if leader.pitch == PITCH * form.head.size]
            assert len(in_text) > 9
            for leader in in_text:
                # what stands left of the signature has the grid of its own column
                column = form.head.margins[3] * MM + (edge - form.head.margins[3] * MM - 4 * MM) / 2
                grids = [[(end - x) / leader.pitch for x in (leader.x1, leader.x2)] for end in (edge, column)]
                assert any(all(dots == pytest.approx(round(dots), abs=1e-6) for dots in grid) for grid in grids)
            assert max(leader.x2 for leader in in_text) == pytest.approx(edge)


def test_a_blank_form_has_no_barcode_and_every_blank_is_dotted():
    (page,) = lay_out(papers.form("to-khai-khai-sinh"), {}, code="")
    assert not [mark for mark in page.marks if isinstance(mark, Bars | Matrix)]
    assert len([mark for mark in page.marks if isinstance(mark, Leader)]) > 30


def test_ticks_follow_the_answers():
    def ticks(copies):
        (page,) = papers.pages_of("to-khai-khai-sinh", papers.dossier(fields={"copies": copies} if copies else {}))
        return [mark.ticked for mark in page.marks if isinstance(mark, Box)]

    assert ticks("2") == [True, False]
    assert ticks("0") == [False, True]
    assert ticks("") == [False, False]


def test_a_reprint_says_so_on_every_page():
    form, received = papers.form("giay-tiep-nhan"), papers.dossier()
    pages = lay_out(form, values_of(received, papers.PROCEDURE), code=papers.CODE, mark="BẢN IN LẠI")
    assert all("BẢN IN LẠI" in said([page]) for page in pages)


@pytest.mark.parametrize("mark", ["Bản in lại, thay bản in trước ngày 28/11/2026", "Bản in lại " * 9])
def test_a_reprint_on_a_roll_has_its_mark_whole_above_everything_else(mark):
    form, received = papers.form(SLIP_80), papers.dossier()
    values = values_of(received, papers.PROCEDURE)
    (plain,) = lay_out(form, values, code=papers.CODE)
    (page,) = lay_out(form, values, code=papers.CODE, mark=mark)
    (stands,) = [text for text in texts(page) if text.text == mark]
    assert stands.y - stands.size >= 0
    assert 0 <= stands.x <= page.width - fonts.width(mark, stands.font, stands.size)
    others = [text for text in texts(page) if text is not stands]
    assert min(text.y - text.size for text in others) >= stands.y
    lowest = max(text.y for text in others)
    assert page.height - lowest == pytest.approx(plain.height - max(text.y for text in texts(plain)))


def test_a_sample_says_so_in_large_letters():
    (page,) = lay_out(made("Một"), {}, code="", mark="MẪU")
    assert [mark.size for mark in texts(page) if mark.text == "MẪU"] == [16.0]


def test_characters_the_font_lacks_are_refused_by_field_before_anything_prints():
    people = {"applicant": papers.MOTHER, "child": replace(papers.CHILD, full_name="Trần 漢 Mẫu ☃")}
    with pytest.raises(UnprintableTextError) as refused:
        papers.pages_of("to-khai-khai-sinh", papers.dossier(people=people))
    assert refused.value.facts["field"] == "child.full_name"
    assert refused.value.facts["characters"] == "漢 ☃"
    assert "Họ, chữ đệm, tên của trẻ" in str(refused.value)


def test_bars_stand_on_whole_printer_dots():
    for form_id in ("giay-tiep-nhan", "giay-tiep-nhan-80"):
        for page in papers.pages_of(form_id):
            codes = [mark for mark in page.marks if isinstance(mark, Bars | Matrix)]
            assert len(codes) == 2
            for code in codes:
                for length in (code.x, code.y, code.module):
                    assert length / DOT == pytest.approx(round(length / DOT), abs=1e-6)
                assert code.module >= 0.25 * MM


def test_a_form_that_wants_one_page_is_set_tighter_only_while_that_is_enough():
    rows = "\n".join(f"Dòng {n}" for n in range(43))
    assert len(lay_out(made(rows), {}, code="")) == 2
    (tight,) = lay_out(made(rows, one_page=True), {}, code="")
    assert min(mark.size for mark in texts(tight)) >= 13 * 0.88
    long = "\n".join(f"Dòng {n}" for n in range(70))
    pages = lay_out(made(long, one_page=True), {}, code="")
    assert len(pages) == 2
    assert texts(pages[0])[0].size == 13


def test_a_signature_block_never_stands_alone_on_a_page():
    signatures = "\n\n{columns 1 1}\nA | B\n{space 20} | {space 20}\nC | D\n{end}"
    for count in range(30, 48):
        pages = lay_out(made("\n".join(f"Dòng {n}" for n in range(count)) + signatures), {}, code="")
        assert any(mark.text.startswith("Dòng") for mark in texts(pages[-1]))


def test_a_title_stays_with_what_follows():
    for count in range(30, 48):
        layout = "\n".join(f"Dòng {n}" for n in range(count)) + "\n# TITLE\nSau"
        for page in lay_out(made(layout), {}, code=""):
            shown = [mark.text for mark in texts(page)]
            assert ("TITLE" in shown) == ("Sau" in shown)


def test_a_page_break_starts_a_page():
    first, second = lay_out(made("Một\n{page-break}\nHai"), {}, code="")
    assert (said([first]), said([second])) == ("Một Trang 1/2", "Hai Trang 2/2")


def test_the_roll_is_as_long_as_its_text():
    short, long = (lay_out(made("A\n" * n, paper="80mm", footer=False), {}, code="")[0] for n in (2, 40))
    assert short.width == pytest.approx(576 * DOT)
    assert long.height - short.height == pytest.approx(38 * 13 * 1.45)


@pytest.mark.parametrize("number", ["", "001190000001", "0011900000012345"])
def test_a_row_of_cells_holds_one_character_in_each_and_never_loses_one(number):
    (page,) = lay_out(made("Số định danh: {boxes number 12}"), {"number": number}, code="")
    cells = sorted({mark.x1 for mark in page.marks if isinstance(mark, Rule) and mark.x1 == mark.x2})
    characters = [mark for mark in texts(page) if mark.text != "Số định danh:"]
    assert len(cells) == max(12, len(number)) + 1
    assert "".join(mark.text for mark in characters) == number
    for mark, left, right in zip(characters, cells, cells[1:], strict=False):
        assert left < mark.x < mark.x + fonts.width(mark.text, mark.font, mark.size) < right


def test_every_page_is_numbered_and_signed_where_the_form_wants_it():
    signers = ("Người từ chối", "Người tiếp nhận hồ sơ")
    layout = "\n".join(["Dòng {reason}"] * 60)
    pages = lay_out(made(layout, page_signature=signers), {}, code="")
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert {"Người từ chối:", "Người tiếp nhận hồ sơ:", f"Trang {number}/{len(pages)}"} <= {
            mark.text for mark in texts(page)
        }
        lines_of_text = [mark.y for mark in texts(page) if mark.text.startswith("Dòng")]
        signed = next(mark.y for mark in texts(page) if mark.text == "Người từ chối:")
        assert max(lines_of_text) < signed - 6 * MM
        assert within(page)
    (only,) = lay_out(made("Một dòng", page_signature=signers), {}, code="")
    assert "Trang 1/1" in said([only])


def test_a_page_break_before_anything_makes_no_empty_page():
    layout = "{when part=A|}\nA\n{end}\n{when part=B|}\n{page-break}\nB\n{end}"
    assert [len(lay_out(made(layout), {"part": part}, code="")) for part in ("A", "B")] == [1, 1]
    assert len(lay_out(made(layout), {}, code="")) == 2
