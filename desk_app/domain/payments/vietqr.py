"""The payment code that every Vietnamese bank reads: VietQR, EMVCo's merchant format as NAPAS fills it. Offline.

Objects are (two digits of name, two digits of length, text). Source: NAPAS, format of QR codes for transfers 24/7.
"""

from __future__ import annotations

import re
import unicodedata

from desk_app.domain.letters.latin_letters import is_mark, plain_letters
from desk_app.errors import BadFactError

_GUID, _TO_ACCOUNT = "A000000727", "QRIBFTTA"
_DONG, _VIETNAM = "704", "VN"
_MOST_AMOUNT = 13
MOST_NOTE = 25
"""Letters of what the transfer says (EMVCo, object 62-08)."""
_BIN = re.compile(r"[0-9]{6}", re.ASCII)
_ACCOUNT = re.compile(r"[0-9A-Za-z]{4,19}", re.ASCII)
_NOT_PLAIN = re.compile(r"[^0-9A-Za-z .,:/-]")


def bin_problem(text: str) -> str:
    """What is wrong with a bank's number; "" for nothing."""
    return "" if _BIN.fullmatch(text) else "cần 6 chữ số mã BIN của ngân hàng, như 970436"


def account_problem(text: str) -> str:
    """What is wrong with an account's number; "" for nothing."""
    return "" if _ACCOUNT.fullmatch(text) else "cần từ 4 đến 19 chữ số, chữ cái không dấu, viết liền"


def payload(*, bank: str, account: str, amount: int, note: str) -> str:
    """What the code says: pay `amount` đồng to the account, with `note` (a dossier's code) as the transfer's text.

    Raises `BadFactError` for a bank, an account or an amount that no bank takes.
    """
    for field, label, why in (
        ("bank_bin", "Mã ngân hàng", bin_problem(bank)),
        ("bank_account", "Số tài khoản", account_problem(account)),
    ):
        if why:
            raise BadFactError(field=field, label=label, why=why)
    if amount <= 0 or len(str(amount)) > _MOST_AMOUNT:
        raise BadFactError(field="amount", label="Số tiền", why="phải lớn hơn 0")
    beneficiary = _object("00", bank) + _object("01", account)
    whole = (
        _object("00", "01")
        + _object("01", "12")  # dynamic: this code is for one payment
        + _object("38", _object("00", _GUID) + _object("01", beneficiary) + _object("02", _TO_ACCOUNT))
        + _object("53", _DONG)
        + _object("54", str(amount))
        + _object("58", _VIETNAM)
    )
    said = transfer_note(note)
    if said:
        whole += _object("62", _object("08", said))
    whole += "6304"
    return whole + f"{checksum(whole.encode('ascii')):04X}"


def transfer_note(text: str) -> str:
    """The text of the transfer as banks let it pass: no diacritics, at most 25 letters.

    A code that is longer loses the marks between its parts, then its beginning: day and number at its end name it.
    """
    letters = (each for each in unicodedata.normalize("NFD", text) if not is_mark(ord(each)))
    ascii_only = "".join(each if each.isascii() else _ascii_letter(each) for each in letters)
    plain = " ".join(_NOT_PLAIN.sub(" ", ascii_only).split())
    if len(plain) > MOST_NOTE:
        plain = re.sub(r"[ .,:/-]", "", plain)[-MOST_NOTE:]
    return plain


def checksum(data: bytes) -> int:
    """CRC-16/CCITT-FALSE: polynomial 0x1021, begins with 0xFFFF, nothing reflected."""
    register = 0xFFFF
    for byte in data:
        register ^= byte << 8
        for _ in range(8):
            register = ((register << 1) ^ 0x1021 if register & 0x8000 else register << 1) & 0xFFFF
    return register


def _ascii_letter(letter: str) -> str:
    plain = plain_letters(letter)
    return plain.upper() if letter.isupper() else plain


def _object(name: str, text: str) -> str:
    return f"{name}{len(text):02d}{text}"
