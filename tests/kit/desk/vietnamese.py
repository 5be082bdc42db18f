"""Strategies for Vietnamese text: every letter, in both normal forms, as cards and clerks write it."""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
LOWER = [unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES] + ["đ"]
LETTERS = [letter for lower in LOWER for letter in (lower, lower.upper())] + list("bcdghklmnpqrstvxBCDGHKLMNPQRSTVX")

_WORDS = """
Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý
Văn Thị Thử Nghiệm Ước Phượng Thuý Hòa Quỳnh Khuê Giang Nghĩa Trường Xuân Sương Ánh
Ân Ổn Ích Ý Yến Uyên Oanh Hạnh Mỹ Tuệ Quốc Đức Dũng Rạng Thoại Huyền
"""
SPECIAL_NAMES = ["K'Ho", "H'Mông", "Ksor Phước", "Rmah H'Blin", "Y Bhăm Niê", "Moong Văn Nghệ", "Siu Kpă", "Rơ Châm"]

names = st.one_of(
    st.lists(st.sampled_from(_WORDS.split()), min_size=2, max_size=6).map(" ".join), st.sampled_from(SPECIAL_NAMES)
)
texts = st.lists(st.text(alphabet=LETTERS, min_size=1, max_size=7), min_size=1, max_size=5).map(" ".join)
