"""The recovery code: 26 random characters and a check character, easy to read from paper and to type."""

from __future__ import annotations

import re
import secrets
from contextlib import suppress

from desk_app.errors import MistypedRecoveryCodeError

# Crockford's base 32 (https://www.crockford.com/base32.html: no I, L, O, U) without Z: with as many letters as the
# prime below, every single wrong letter changes the check.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXY"
_AS_READ = str.maketrans({"I": "1", "L": "1", "O": "0"})
_LENGTH = 26
_IN_TEXT = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{9}[\s\-–]*[0-9A-Z]{9}[\s\-–]*[0-9A-Z]{9}(?![0-9A-Z])", re.ASCII)


def new_code() -> str:
    """128 random bits and a check, in three groups of nine."""
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    whole = drawn + _check(drawn)
    return "-".join(whole[at : at + 9] for at in range(0, len(whole), 9))


def plain_code(typed: str) -> str:
    """The 27 characters as they count, whatever the case, spaces and look-alikes. `MistypedRecoveryCodeError`."""
    code = _as_counted(typed)
    if len(code) != _LENGTH + 1 or not set(code) <= set(_ALPHABET) or _check(code[:-1]) != code[-1]:
        raise MistypedRecoveryCodeError
    return code


def code_in(text: str) -> str:
    """The code that a text holds, as typed or as the program's own file has it. `MistypedRecoveryCodeError`."""
    for found in _IN_TEXT.finditer(text.upper()):
        with suppress(MistypedRecoveryCodeError):
            return plain_code(found[0])
    return plain_code(text)


def groups(code: str) -> list[str]:
    """The code as it is shown: three groups of nine."""
    return code.split("-")


def is_last_group(code: str, typed: str) -> bool:
    """Whether this is the last group of the code, whatever the case, blanks and look-alikes: proof that it is kept."""
    return _as_counted(typed) == groups(code)[-1]


def _as_counted(typed: str) -> str:
    return "".join(mark for mark in typed.upper() if mark.isalnum()).translate(_AS_READ)


def _check(code: str) -> str:
    """Position-weighted, so that a wrong character and two swapped neighbours show."""
    return _ALPHABET[sum(place * _ALPHABET.index(mark) for place, mark in enumerate(code, 1)) % len(_ALPHABET)]
