"""Letters of before Unicode: every letter of Vietnamese comes back, in either case, and nothing is guessed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.letters import old_fonts
from desk_app.domain.letters.old_fonts import Encoding, looks_like, of_font, to_unicode

_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
LETTERS = [unicodedata.normalize("NFC", base + tone) for base in "aăâeêioôơuưy" for tone in _TONES] + ["đ"]
WORDS = st.lists(st.text(st.sampled_from([*LETTERS, *"bcdghklmnpqrstvx"]), min_size=1, max_size=6), min_size=1).map(
    " ".join
)
# As people typed them in VNI: the base letter and the key of the mark, by the maker's own table.
_VNI_TONES = {"": "", "\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_VNI_BASES = {"ơ": "ô", "ư": "ö"}
_VNI_ON = {
    "ă": {"": "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"},
    "^": {"": "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"},
}
_VNI_I = {"": "i", "\u0300": "ì", "\u0301": "í", "\u0309": "æ", "\u0303": "ó", "\u0323": "ò"}


def _in_vni(letter: str) -> str:
    if letter == "đ":
        return "ñ"
    base, *rest = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in rest if mark in _TONES), "")
    shape = unicodedata.normalize("NFC", base + "".join(mark for mark in rest if mark not in _TONES))
    if shape == "i":
        return _VNI_I[tone]
    if letter == "ỵ":
        return "î"
    if shape in "âêô":
        return base + _VNI_ON["^"][tone]
    if shape == "ă":
        return base + _VNI_ON["ă"][tone]
    return _VNI_BASES.get(shape, shape) + _VNI_TONES[tone]


def _in_tcvn3(letter: str) -> str:
    return next(chr(code) for code, known in old_fonts._TCVN3.items() if known == letter)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("thùc hiÖn", "thực hiện"),
        ("thø", "thứ"),
        ("häc kú", "học kỳ"),
        ("NguyÔn ThÞ Thö", "Nguyễn Thị Thử"),
        ("NGUYÔN V¡N ¸I", "NGUYỄN VĂN ÁI"),
        ("Hµ Lý", "Hà Lý"),
        ("§Æng", "Đặng"),
        ("Lý THÞ Hµ", "LÝ THỊ HÀ"),
    ],
)
def test_tcvn3_is_read_by_the_case_of_the_plain_letters_beside(before: str, after: str) -> None:
    assert to_unicode(before, Encoding.TCVN3) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ñònh", "định"),
        ("Nguyeãn Thò Thöû", "Nguyễn Thị Thử"),
        ("NGUYEÃN VAÊN ÑÖÙC", "NGUYỄN VĂN ĐỨC"),
        ("Myõ Kyø", "Mỹ Kỳ"),
        ("hoïp taùc xaõ", "họp tác xã"),
    ],
)
def test_vni_is_read_pair_by_pair(before: str, after: str) -> None:
    assert to_unicode(before, Encoding.VNI) == after


@given(WORDS)
def test_whatever_was_typed_in_vni_comes_back_in_either_case(text: str) -> None:
    typed = "".join(_in_vni(mark) if mark in LETTERS else mark for mark in text)
    assert to_unicode(typed, Encoding.VNI) == text
    assert to_unicode(typed.upper(), Encoding.VNI) == text.upper()


@given(WORDS)
def test_whatever_was_typed_in_tcvn3_comes_back(text: str) -> None:
    toned = "".join(_in_tcvn3(mark) if mark in LETTERS and not mark.isascii() else mark for mark in text)
    assert to_unicode(toned, Encoding.TCVN3) == text
    assert to_unicode(toned, Encoding.TCVN3_CAPITALS) == text.upper()


def test_plain_unicode_stays_whatever_it_looks_like() -> None:
    assert to_unicode("Hà Đức á", Encoding.UNICODE) == "Hà Đức á"


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", Encoding.TCVN3),
        (".VnArialH", Encoding.TCVN3_CAPITALS),
        ("VNI-Times", Encoding.VNI),
        ("Times New Roman", Encoding.UNICODE),
        ("Vni Helve", Encoding.VNI),
        ("VnTime", Encoding.UNICODE),
    ],
)
def test_a_font_says_what_its_letters_are(font: str, encoding: Encoding) -> None:
    assert of_font(font) is encoding


@pytest.mark.parametrize(
    ("texts", "encoding"),
    [
        (["NguyÔn V¨n B×nh", "TrÇn ThÞ Thö"], Encoding.TCVN3),
        (["Nguyeãn Vaên Bình", "Traàn Thò Thöû"], Encoding.VNI),
        (["Nguyễn Văn Bình", "Đỗ Thị Thử"], Encoding.UNICODE),
        (["Hà", "á"], Encoding.UNICODE),
        ([], Encoding.UNICODE),
        (["V¨n", "Nguyễn"], Encoding.UNICODE),
        (["V¨n", "V¨n", "Nguyễn"], Encoding.TCVN3),
        (["Nguyễn", "Đỗ", "V¨n"], Encoding.UNICODE),
        (["Vaên", "V¨n"], Encoding.TCVN3),
        (["Vaên", "Vaên", "V¨n"], Encoding.VNI),
        (["a", "b", "Vaên"], Encoding.VNI),
    ],
)
def test_what_a_column_looks_like_is_only_offered(texts: list[str], encoding: Encoding) -> None:
    assert looks_like(texts) is encoding
