"""Bytes as digits: eight bytes are twenty digits, the first byte the heaviest. Pure.

A QR code holds three digits in ten bits, so digits cost no more room than bytes; and no input method, keyboard layout
or code page changes a digit on its way.
"""

from __future__ import annotations

_BLOCK = 8
_DIGITS = (0, 3, 5, 8, 10, 13, 15, 18, 20)
"""How many digits hold 0 … 8 bytes."""


def digits_of(data: bytes) -> str:
    """The digits of `data`; a last block of fewer bytes has fewer digits."""
    blocks = (data[at : at + _BLOCK] for at in range(0, len(data), _BLOCK))
    return "".join(str(int.from_bytes(block, "big")).zfill(_DIGITS[len(block)]) for block in blocks)


def bytes_of(digits: str) -> bytes:
    """What `digits_of` made digits of. Raises `ValueError` for what it never makes."""
    step = _DIGITS[_BLOCK]
    return b"".join(_bytes_of_block(digits[at : at + step]) for at in range(0, len(digits), step))


def _bytes_of_block(digits: str) -> bytes:
    if len(digits) not in _DIGITS:
        raise ValueError("no block has so many digits")
    number, length = int(digits), _DIGITS.index(len(digits))
    if number >> (8 * length):
        raise ValueError("more than the bytes of a block can hold")
    return number.to_bytes(length, "big")
