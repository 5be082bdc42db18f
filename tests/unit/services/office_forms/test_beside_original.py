"""A form beside its official text: the text finds its form, every other word is named, both stand on one sheet."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from desk_app import places
from desk_app.documents.drafting import beside
from desk_app.documents.forms.form import FormLibrary
from desk_app.errors import UnknownFormError
from desk_app.services.office_forms import beside_original
from desk_app.services.office_forms.beside_original import NoFormLikeItError, OriginalUnreadError
from desk_app.services.papers import drawing
from tests.kit.paper.official_text import TEXT
from tests.unit.documents.drafting.official_texts import HERE

AT = 1_764_300_000_000
ORIGINALS = next(
    (
        folder / "shared/data/official-forms/originals.txt"
        for folder in HERE.parents
        if (folder / "shared/data/official-forms/originals.txt").is_file()
    ),
    None,
)


@pytest.fixture(scope="module")
def forms():
    return [form for form in FormLibrary.load([places.forms()]).all() if form.id.startswith("to-khai-k")]


def own_text(forms, form_id: str) -> str:
    form = next(each for each in reversed(forms) if each.id == form_id)
    with pypdfium2.PdfDocument(drawing.blank(form, made_at=AT)) as document:
        return "\n".join(document[page].get_textpage().get_text_range() for page in range(len(document)))


def test_a_text_finds_its_form_and_every_other_word_is_named(tmp_path: Path, forms) -> None:
    text = own_text(forms, "to-khai-khai-tu")
    changed = text.replace("TỜ KHAI ĐĂNG KÝ KHAI TỬ", "TỜ KHAI BÁO TỬ LẠ").replace("CỘNG HÒA", "CỘNG HOÀ")
    file = tmp_path / "goc.txt"
    file.write_text(f"# ghi chú\n===== Khai tử\n{changed}\n===== Đơn thú nuôi\n{TEXT}", "utf-8")
    (one,) = beside_original.compared(file, forms, made_at=AT)
    assert (one.original, one.form) == ("Khai tử", "to-khai-khai-tu")
    assert 0.9 < one.likeness < 1
    said = " ".join(each.original for each in one.differences)
    assert "BÁO" in said
    assert "LẠ" in said
    assert "HOÀ" not in said
    assert "ĐĂNG" in " ".join(each.ours for each in one.differences)
    with pypdfium2.PdfDocument(one.pdf) as document:
        assert len(document) == one.sheets
        width, height = document[0].get_size()
        assert width > height
        page = document[0].get_textpage().get_text_bounded()
    assert "BÁO TỬ LẠ" in page
    assert "KHAI TỬ" in page


def test_what_no_form_is_like_is_said(tmp_path: Path, forms) -> None:
    file = tmp_path / "la.txt"
    file.write_text(TEXT, "utf-8")
    with pytest.raises(NoFormLikeItError):
        beside_original.compared(file, forms, made_at=AT)
    (one,) = beside_original.compared(file, forms, form_id="to-khai-khai-tu", made_at=AT)
    assert one.differences
    with pytest.raises(UnknownFormError):
        beside_original.compared(file, forms, form_id="khong-co", made_at=AT)
    with pytest.raises(OriginalUnreadError):
        beside_original.compared(tmp_path / "khong-co.txt", forms, made_at=AT)


def test_words_that_only_stand_elsewhere_are_no_difference() -> None:
    assert beside.differences("a b c d".split(), "c d a b".split()) == ()  # noqa: SIM905 - read as a text
    (one,) = beside.differences(["Họ", "và", "tên"], ["Họ", "chữ", "đệm", "tên"])
    assert (one.after, one.original, one.ours) == ("Họ", "và", "chữ đệm")


@pytest.mark.skipif(ORIGINALS is None, reason="the originals are not beside the project")
def test_what_differs_from_an_original_stands_in_the_forms_folder() -> None:
    library = FormLibrary.load([places.forms()]).all()
    found = beside_original.compared(ORIGINALS, library, made_at=AT)
    assert len(found) >= 21
    for one in found:
        words = [each for each in one.differences if each.original and not _is_same(each.original, each.ours)]
        assert not words or "Khác bản gốc" in one.note, (one.form, words)


def _is_same(original: str, ours: str) -> bool:
    """Whether only blanks, or the numbers of notes, were set otherwise."""
    bare = "".join(sign for sign in original if sign.isalpha())
    return bare == "".join(sign for sign in ours if sign.isalpha())
