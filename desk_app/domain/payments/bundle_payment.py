"""One payment for the dossiers that were received as one: the text of its transfer, and the way back from that. Pure.

The text names the dossier that leads and how many were received with it ("H26.99-261120-0001 LT3"): the program knows
the others from the one, and a text has no room for all of their codes.
"""

from __future__ import annotations

import re

from desk_app.domain.payments.vietqr import MOST_NOTE, transfer_note

_MARK = "LT"
_NOTE = re.compile(rf"(?P<code>.{{7,}}\d)\W*{_MARK}[2-9]", re.ASCII | re.IGNORECASE)
_PUNCTUATION = re.compile(r"[^0-9A-Z]", re.ASCII)


def whole_note(code: str, parts: int) -> str:
    """What the transfer for all `parts` dossiers says; `code` is the leading one's. At most 25 letters."""
    mark = f" {_MARK}{parts}"
    note = transfer_note(code) + mark
    if len(note) <= MOST_NOTE:
        return note
    return (_plain(code) + _plain(mark))[-MOST_NOTE:]


def leading_code(note: str) -> str:
    """The code of the leading dossier, without punctuation, that such a text names; "" for any other text.

    Banks put blanks or nothing in the place of punctuation.
    """
    found = _NOTE.fullmatch(" ".join(note.split()))
    return _plain(found["code"]) if found else ""


def _plain(text: str) -> str:
    return _PUNCTUATION.sub("", text.upper())
