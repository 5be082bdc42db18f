"""How a paper is set for who reads it: large letters and a second language, and never other words."""

from __future__ import annotations

from collections import Counter

import pytest
from msgspec.structs import replace

from desk_app.documents.forms.captions import captioned, explained, unused
from desk_app.documents.forms.form_records import MM, FormCaption
from desk_app.documents.layout.blocks import Table
from desk_app.documents.layout.layout import lay_out
from desk_app.documents.values import values_of
from desk_app.domain.papers import PaperManner, sheet_for
from desk_app.services.papers import sample
from tests.kit.paper import papers
from tests.kit.paper.pages import made, said, texts, within

LARGE = PaperManner(large=True)
EDE = PaperManner(captions="ede")
FORMS = {form.id: form for form in papers.library().newest("2026-11-28")}


def laid(form_id: str, manner: PaperManner):
    chosen = FORMS[form_id]
    dossier, procedure = sample.dossier(chosen)
    return lay_out(chosen, values_of(dossier, procedure, sample.step(chosen)), code=dossier.code, manner=manner)


def letters_of(pages) -> Counter[str]:
    """All letters; what stands at the foot of each page differs with the number of pages."""
    feet = ("Mã hồ sơ:", "Trang ")
    said_above = (mark.text for page in pages for mark in texts(page) if not mark.text.startswith(feet))
    return Counter("".join("".join(said_above).split()))


@pytest.mark.parametrize("form_id", sorted(FORMS))
def test_large_letters_say_the_same_words_inside_the_margins(form_id):
    usual, large = laid(form_id, PaperManner()), laid(form_id, LARGE)
    more = letters_of(large) - letters_of(usual)
    assert letters_of(usual) - letters_of(large) == Counter()
    has_table = any(isinstance(block, Table) for block in FORMS[form_id].layout)
    assert not more or (has_table and len(large) > 1)  # the head of a table stands on each of its pages
    assert all(within(page) for page in large)


def test_large_text_is_of_15_points_and_a_slip_goes_on_the_larger_sheet():
    (page, *_) = laid("to-khai-khai-sinh", LARGE)
    sizes = [mark.size for mark in texts(page)]
    assert max(set(sizes), key=sizes.count) == pytest.approx(15)
    slip = laid("giay-tiep-nhan", LARGE)
    assert slip[0].width == pytest.approx(210 * MM)
    assert [sheet_for(sheet, LARGE) for sheet in ("A5", "A4", "80mm")] == ["A4", "A4", "80mm"]
    assert sheet_for("A5", PaperManner()) == "A5"


def test_a_roll_and_what_is_large_already_stay_as_they_are():
    assert laid("giay-tiep-nhan-80", LARGE) == laid("giay-tiep-nhan-80", PaperManner())
    poster = made("Một\nHai", size=20)
    assert lay_out(poster, {}, code="", manner=LARGE) == lay_out(poster, {}, code="")


def test_a_caption_stands_below_the_line_it_explains_and_only_in_the_chosen_language():
    caption = FormCaption(language="ede", name="Ê Đê", words={"Họ tên": "Anăn", "Họ tên mẹ": "Anăn amĭ"})
    form = made("Họ tên: {a}\nHọ tên mẹ: {b}\nSố: {c}\n~ Họ tên ghi chữ in hoa.")
    form = replace(form, head=replace(form.head, caption=(caption,)))
    assert said(lay_out(form, {}, code="", manner=PaperManner(captions="mong"))) == said(lay_out(form, {}, code=""))
    (page,) = lay_out(form, {}, code="", manner=EDE)
    lines = [mark.text for mark in sorted(texts(page), key=lambda mark: (mark.y, mark.x))]
    assert [line for line in lines if line.startswith(("Họ", "Anăn"))] == [
        *("Họ tên:", "Anăn", "Họ tên mẹ:", "Anăn amĭ"),
        "Họ tên ghi chữ in hoa.",
    ]


def test_captions_stand_in_columns_and_under_conditions_too():
    caption = FormCaption(language="ede", name="Ê Đê", words={"Tên": "Anăn"})
    form = made("{columns 1 1}\n< Tên: {a} | Tuổi\n{end}\n{when a}\nTên gọi: {a}\n{else}\nTên khác:\n{end}")
    form = replace(form, head=replace(form.head, caption=(caption,)))
    assert said(lay_out(form, {"a": "x"}, code="", manner=EDE)).count("Anăn") == 2
    assert said(lay_out(form, {}, code="", manner=EDE)).count("Anăn") == 2


def test_of_words_that_overlap_the_longer_is_explained():
    words = {"tên": "1", "Họ tên mẹ": "2", "mẹ": "3"}
    assert explained("Họ tên mẹ, tên con", words) == ["Họ tên mẹ", "tên"]


def test_a_caption_for_words_that_no_line_has_is_told():
    form = made("Họ tên: {a}\n~ Ghi chú.")
    caption = FormCaption(language="ede", name="Ê Đê", words={"Họ tên": "Anăn", "Ghi chú": "x", "Nơi sinh": "y"})
    assert unused(caption, form.layout) == ["Ghi chú", "Nơi sinh"]
    assert captioned(form, "ede") == form.layout


@pytest.mark.parametrize("language", ["ede", "mong"])
def test_the_worked_examples_print_their_letters_on_a_form_in_one_page_more_at_most(language):
    for form_id in ("to-khai-khai-sinh", "to-khai-trich-luc"):
        usual, explained_pages = laid(form_id, PaperManner()), laid(form_id, PaperManner(captions=language))
        words = next(each for each in FORMS[form_id].head.caption if each.language == language)
        assert not words.verified
        printed = said(explained_pages)
        assert all(text in printed for text in words.words.values())
        assert len(explained_pages) <= len(usual) + 1


def test_a_bold_line_stays_with_what_it_is_the_head_of():
    room = len([line for line in texts(lay_out(made("Dòng\n" * 80), {}, code="")[0]) if line.text == "Dòng"])
    above = "\n".join(["Dòng"] * (room - 1))
    first, second = lay_out(made(f"{above}\n**IV. CAM ĐOAN**\nTôi cam đoan."), {}, code="")
    assert "CAM ĐOAN" not in said([first])
    assert said([second]).startswith("IV. CAM ĐOAN Tôi cam đoan.")
    first, second = lay_out(made(f"{above}\nKhông đậm\nTôi cam đoan."), {}, code="")
    assert "Không đậm" in said([first])
