"""Ids that prove which desk made them, by a hash over its key: accounts, imports, lists of many dossiers. Pure.

An event names one in plain text, and a colleague can write the same text. It cannot make an id that another desk's key
proves; so what it says under such an id counts nowhere, and is told.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Iterable

from desk_app.domain.dossiers.events import OldRecordsBrought, Recorded
from desk_app.domain.history import moved
from desk_app.domain.history.founding import Writers
from desk_app.domain.outgoing.list_events import PaperListMade

ACCOUNT, IMPORT, LIST = b"account", b"import", b"list"
"""What an id is of: the same bytes drawn for another kind give another id."""
NOT_ITS_OWNER = "not-its-owner"
"""Why an event counts nowhere: the key word of desk and district."""
_DRAWN, _PROOF = 6, 4
_UNPROVEN = re.compile(r"[0-9a-f]{16}", re.ASCII)
"""An id of a program before 0.5.0, drawn whole."""


def owned_id(owner: bytes, kind: bytes, drawn: bytes) -> str:
    """The id that this key (8 B) or log (16 B) makes of six drawn bytes: 16 characters of base32."""
    return base64.b32encode(drawn[:_DRAWN] + _proof(owner, kind, drawn[:_DRAWN])).decode().lower()


def new_id(owner: bytes, kind: bytes) -> str:
    """A new id of this desk; never one that could be of an earlier program."""
    while _UNPROVEN.fullmatch(made := owned_id(owner, kind, secrets.token_bytes(_DRAWN))):
        pass
    return made


def belongs(named: str, kind: bytes, owners: Iterable[bytes]) -> bool:
    """Whether one of these keys and logs made this id."""
    try:
        told = base64.b32decode(named.upper())
    except ValueError:
        return False
    drawn, proof = told[:_DRAWN], told[_DRAWN:]
    return len(told) == _DRAWN + _PROOF and any(_proof(owner, kind, drawn) == proof for owner in owners)


def named_by(event: Recorded) -> tuple[str, bytes] | None:
    """The id that only its owner may bring things under, with its kind; None where the event names none that proves."""
    match event.payload:
        case OldRecordsBrought(import_id=named):
            kind = IMPORT
        case PaperListMade(list_id=named):
            kind = LIST
        case _:
            return None
    return None if _UNPROVEN.fullmatch(named) else (named, kind)


def counts(event: Recorded, writers: Writers) -> bool:
    """Whether whoever signed the event may bring something under the id that it names.

    The district may: it says again what stays of a part of an import. What moved is signed by whoever carries it: there
    any desk that is known may have made the id.
    """
    if (own := named_by(event)) is None:
        return True
    writer = writers.of(event.log)
    owners = writers.every_owner if moved.is_log(bytes.fromhex(event.log)) else writer.owners
    return writer.is_district or belongs(*own, owners)


def _proof(owner: bytes, kind: bytes, drawn: bytes) -> bytes:
    return hashlib.sha256(b"cx1 " + kind + drawn + owner).digest()[:_PROOF]
