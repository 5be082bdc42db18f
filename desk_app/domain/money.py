"""Amounts of money: whole đồng, in figures and in the words a receipt needs."""

from __future__ import annotations

from vn_money import to_words


def dotted(amount: int) -> str:
    """1234567 → "1.234.567"."""
    return f"{amount:,}".replace(",", ".")


def in_words(amount: int) -> str:
    """8000 → "Tám nghìn đồng"."""
    words = to_words(amount).removesuffix(" đồng")
    return f"{words[:1].upper()}{words[1:]} đồng"
