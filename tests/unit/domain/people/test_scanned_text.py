"""What scanners, code pages and input methods do to a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.people.scanned_text import ime_residue, is_garbled, repaired
from tests.kit.desk.vietnamese import SPECIAL_NAMES, names, texts


def misread(text: str, code_page: str) -> str:
    """UTF-8 bytes shown in a Windows code page, which passes undefined bytes through as they are."""
    marks = []
    for byte in text.encode("utf-8"):
        try:
            marks.append(bytes([byte]).decode(code_page))
        except UnicodeDecodeError:
            marks.append(chr(byte))
    return "".join(marks)


@given(text=texts, code_page=st.sampled_from(["cp1252", "cp1258", "latin-1"]))
def test_text_misread_in_a_code_page_is_put_right(text: str, code_page: str) -> None:
    damaged = misread(text, code_page)
    assert repaired(damaged) == (text, damaged != text)


@given(names)
def test_text_misread_twice_is_put_right(name: str) -> None:
    assert repaired(misread(misread(name, "cp1252"), "cp1252"))[0] == name


@given(texts)
def test_sound_text_is_left_alone(text: str) -> None:
    assert repaired(text) == (text, False)
    assert not is_garbled(text)


@pytest.mark.parametrize("text", ["XÃ CU LAO", "Xã Cũ", "HÀ NỘI", "Â", "LÃ Á", "Á – Ấ", "“Ấp 3”"])
def test_capitals_that_look_like_damage_are_left_alone(text: str) -> None:
    assert repaired(text) == (text, False)
    assert not is_garbled(text)


def test_a_no_break_space_that_became_a_space_is_put_right() -> None:
    damaged = misread("Hà Nội à", "cp1252").replace("\u00a0", " ")
    assert repaired(damaged) == ("Hà Nội à", True)


def test_the_icelandic_letter_is_a_d_with_a_stroke() -> None:
    assert repaired("Ðặng Ðức") == ("Đặng Đức", True)


@pytest.mark.parametrize(
    "text", ["Nguy?n Th? Th?", "Nguyá»n", "Nguy\ufffdn", "Ä‘", "X? Cu", "Nguyễn Æ° ", "ThĂ´n", "HÃ¡"]
)
def test_lost_letters_are_seen(text: str) -> None:
    assert is_garbled(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nguyeenx Vawn A",
        "Thij",
        "Doaif",
        "Nguye64n",
        "To63 1",
        "Thon6",
        "Viet65",
        "ddinhj",
        "D9inh",
        "12Á",
        "Nguyeexn",
        "Xoms",
        "Dduwcs",
    ],
)
def test_telex_and_vni_keys_are_seen(text: str) -> None:
    assert ime_residue(text)


@given(names)
def test_names_are_not_taken_for_keys(name: str) -> None:
    assert not ime_residue(name)


@pytest.mark.parametrize(
    "text",
    [
        *SPECIAL_NAMES,
        "Tổ 12A1, Khu A5, Đắk Lắk",
        "Số 5B ngõ 12/3 đường Xuân Thuỷ",
        "TDP5, Phường Bình Trưng",
        "Thôn 1, Xã Cũ, Huyện Cũ, Hà Nội",
        "Xóm Xoong, xã Ia O",
        "LK5-12, CT2A, Km5, QL32, KP3, KĐT",
        "Buôn Ma Thuột, Krông Pắc",
        "NGUYEN THI THU NGHIEM",
        "",
    ],
)
def test_real_addresses_are_not_taken_for_keys(text: str) -> None:
    assert not ime_residue(text)


@given(st.text())
def test_any_text_can_be_judged(text: str) -> None:
    mended, changed = repaired(text)
    assert changed == (mended != text)
    assert is_garbled(mended) in (True, False)
    assert ime_residue(mended) in (True, False)


@pytest.mark.parametrize(
    ("word", "is_residue"), [("As", True), ("Ow", True), ("Aa", True), ("A", False), ("An", False)]
)
def test_the_shortest_keys_are_two_letters(word: str, *, is_residue: bool) -> None:
    assert ime_residue(f"Lê {word}") is is_residue


@pytest.mark.parametrize("word", ["K'Ro6", "H’Me6r"])
def test_a_word_with_an_apostrophe_of_either_kind_is_of_another_tongue(word: str) -> None:
    assert not ime_residue(word)
    assert ime_residue(word.replace("'", "").replace("’", ""))
