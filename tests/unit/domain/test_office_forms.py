"""A form that an office makes is named by its texts, and has a size that the journal carries."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from desk_app.domain.office_forms import MOST_BYTES, FormTexts, OfficeForm, is_genuine, is_id, size_of, version_of

TEXTS = FormTexts(head="đầu", layout="thân")
FORM = OfficeForm(id="don-rieng", version=version_of("2026-11-28", TEXTS), texts=TEXTS)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("don-rieng", True), ("don1", True), ("Don", False), ("đơn", False), ("", False), ("a/b", False)],
)
def test_an_id_has_small_letters_digits_and_hyphens(text: str, *, is_one: bool) -> None:
    assert is_id(text) is is_one


def test_an_id_has_so_many_letters_and_not_one_more() -> None:
    most = 60  # at every desk: a form that one desk takes must be one at all others
    assert (is_id("a" * most), is_id("a" * (most + 1))) == (True, False)


def test_a_version_is_its_day_and_sixteen_figures_of_its_texts() -> None:
    day, _, digest = FORM.version.rpartition("-")
    assert (day, len(digest)) == ("2026-11-28", 16)
    others = (FormTexts(head="đầu", layout="thân."), FormTexts(head="đầut", layout="hân"))
    assert len({version_of("2026-11-28", each) for each in (TEXTS, *others)}) == 3


def test_a_form_is_genuine_where_its_texts_give_its_version() -> None:
    assert is_genuine(FORM)
    later = version_of("2026-11-29", TEXTS)
    assert is_genuine(replace(FORM, version=later))
    for wrong in (
        replace(FORM, id="Đơn"),
        replace(FORM, version="2026-11-28"),
        replace(FORM, version="1"),
        replace(FORM, texts=FormTexts(head="", layout="thân")),
    ):
        assert not is_genuine(wrong)


@pytest.mark.parametrize(("more", "is_taken"), [(0, True), (1, False)])
def test_a_form_has_so_many_bytes_and_not_one_more(more: int, *, is_taken: bool) -> None:
    texts = FormTexts(head="đ", layout="a" * (MOST_BYTES - 2 + more))
    assert size_of(texts) == MOST_BYTES + more
    assert is_genuine(OfficeForm(id="a", version=version_of("2026-11-28", texts), texts=texts)) is is_taken
