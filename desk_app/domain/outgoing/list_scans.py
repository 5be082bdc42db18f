"""The barcode of a list of dossiers: it names the list itself, not its number, which two desks may both give. Pure."""

from __future__ import annotations

import re

_MARK = "DS"
_LIST = re.compile(rf"(?:MC\|)?{_MARK}(?P<id>[0-9A-Z]{{16}})", re.ASCII | re.IGNORECASE)


def barcode(list_id: str) -> str:
    """ "DS" and the id of the list, 18 characters: narrow enough for the corner of a page."""
    return f"{_MARK}{list_id}".upper()


def list_of(text: str) -> str:
    """The id of the list that a scan names; "" for any other text."""
    found = _LIST.fullmatch(text.strip())
    return found["id"].lower() if found else ""
