"""Amounts of money: whole đồng, in figures and in the words a receipt needs."""

from __future__ import annotations

from vn_money import to_words


def dotted(amount: int) -> str:
    """1234567 → "1.234.567"."""
    return f"{amount:,}".replace(",", ".")


def number_in_words(number: int) -> str:
    """2005 → "hai nghìn không trăm linh năm"."""
    words: str = to_words(number)
    return words


def in_words(amount: int) -> str:
    """8000 → "Tám nghìn đồng"."""
    words = number_in_words(amount)
    return f"{words[:1].upper()}{words[1:]} đồng"
