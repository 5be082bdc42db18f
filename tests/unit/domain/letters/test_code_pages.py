"""Escapes and foreign code pages: put back exactly, or left alone."""

from __future__ import annotations

import html

import pytest

from desk_app.domain.letters.code_pages import is_foreign, read_again, unescaped


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Nguy&#7877;n", "Nguyễn"),
        (html.escape("Nguy&#7877;n"), "Nguyễn"),
        (html.escape(html.escape("Nguy&#7877;n")), "Nguy&#7877;n"),
        ("Nguy%u1EC5n", "Nguyễn"),
        (r"Nguy\u1EC5n", "Nguyễn"),
        ("Nguy%E1%BB%85n+An", "Nguyễn An"),
        ("Nguy%E1%BB%85n + An", "Nguyễn + An"),
        ("Nguy=E1=BB=85n", "Nguyễn"),
        ("Nguy%E1%BBn", "Nguy%E1%BBn"),
        ("A+B", "A+B"),
        ("Số 5 = 6", "Số 5 = 6"),
    ],
)
def test_an_escape_is_undone_as_often_as_twice(text: str, plain: str) -> None:
    assert unescaped(text) == plain


@pytest.mark.parametrize("page", ["cp1252", "cp437", "cp850", "cp1250", "cp1251", "koi8_r", "mac_roman"])
def test_letters_read_in_one_foreign_page_are_read_again(page: str) -> None:
    name = "Nguyễn Thị Hồng"
    damaged = name.encode().decode(page, "surrogateescape")
    mended = "".join(chr(ord(mark) - 0xDC00) if "\udc80" <= mark <= "\udcff" else mark for mark in damaged)
    assert read_again(mended, is_half_decoded=False) == name


@pytest.mark.parametrize("page", ["cp1252", "latin-1", "iso8859_15"])
def test_letters_that_were_read_twice_in_one_page_of_windows_are_read_again(page: str) -> None:
    name = "Nguyễn Thị Hồng"
    once = "".join(
        bytes([byte]).decode(page if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else "latin-1")
        for byte in name.encode()
    )
    twice = "".join(
        bytes([byte]).decode(page if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else "latin-1")
        for byte in once.encode()
    )
    assert read_again(twice, is_half_decoded=False) == name


def test_sound_text_and_plain_text_stay() -> None:
    for text in ("Nguyễn Thị Hồng", "NGUYEN", "Đường 3–5 “Hoa”…"):
        assert read_again(text, is_half_decoded=True) == text
        assert not is_foreign(text)


def test_every_mark_that_stands_over_or_under_a_letter_is_of_a_card() -> None:
    for mark in map(chr, range(0x300, 0x332)):
        assert not is_foreign(f"Hoa{mark}"), hex(ord(mark))
    for mark in ("\u02ff", "\u0332"):
        assert is_foreign(f"Hoa{mark}")


@pytest.mark.parametrize("text", ["Nguy\x05n", "Ø", "€", "Nguy\x85n", "я"])
def test_a_sign_no_card_has_is_foreign(text: str) -> None:
    assert is_foreign(text)


def test_a_no_break_space_that_was_lost_is_put_back_only_where_remains_say_so() -> None:
    damaged = "Là".encode().decode("latin-1").replace("\u00a0", " ")
    assert read_again(damaged, is_half_decoded=True) == "Là"
    assert read_again(damaged, is_half_decoded=False) == damaged
