"""Latin letters of every alphabet as they are searched."""

from __future__ import annotations

import unicodedata

import pytest

from desk_app.domain.letters.latin_letters import is_mark, plain_letters


@pytest.mark.parametrize(
    ("letters", "plain"),
    [
        ("ăâđêôơưẮỆỰĐ", "aadeoouaeud"),
        ("ĐđÐð", "dddd"),
        ("ƀčłøŁØ", "bclolo"),
        ("ßæœþŋə", "ssaeoethne"),
        ("ƞƥʙɐ", "npba"),
        ("ﬁǆ", "fidz"),
        ("ĸʃʒƿɸ", "kshzhwf"),
        ("AZ", "az"),
    ],
)
def test_a_letter_is_searched_by_its_plain_ones(letters: str, plain: str) -> None:
    assert "".join(map(plain_letters, letters)) == plain


@pytest.mark.parametrize("letter", ["я", "中", "α", "½", "€", "˥", "ƅ", "ƻ", "ᴥ"])
def test_what_is_no_latin_letter_stays(letter: str) -> None:
    assert plain_letters(letter) == letter


@pytest.mark.parametrize(
    ("first", "last"), [(0x300, 0x36F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F)]
)
def test_the_blocks_of_marks_end_where_unicode_ends_them(first: int, last: int) -> None:
    assert is_mark(first)
    assert is_mark(last)
    assert not is_mark(first - 1)
    assert not is_mark(last + 1)
    assert unicodedata.combining(chr(first))
