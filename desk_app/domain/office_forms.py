"""Forms that an office made: what the journal holds of them, and under which keys of `OfficeChanged`. Pure.

A version's name carries the digest of its texts: nobody, not even a signed member, can give a dossier's form another
wording under the same name.
"""

from __future__ import annotations

import hashlib
import re

from msgspec import Struct

TEXTS, STATES, BOUND = "form/", "form_state/", "form_of/"
"""How the keys begin: a version's two texts; whether it may be used; the forms of a procedure."""
PREFIXES = (TEXTS, STATES, BOUND)
IN, OUT = "in", "out"
MOST_BYTES = 96_000
"""The two texts of a form together; the longest that ships has 40 KB."""
MOST_BOUND = 12
"""Forms that an office adds to one procedure, or a clerk to one dossier."""
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_VERSION = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{16}")
_MOST_ID = 60


class FormTexts(Struct, frozen=True, kw_only=True):
    """The two texts of a form: form.toml and layout.txt."""

    head: str
    layout: str


class OfficeForm(Struct, frozen=True, kw_only=True):
    """A version of an office's form; `is_out` where it was taken back: only dossiers that have it print it."""

    id: str
    version: str
    texts: FormTexts
    is_out: bool = False


def texts_key(form_id: str, version: str) -> str:
    return f"{TEXTS}{form_id}/{version}"


def state_key(form_id: str, version: str) -> str:
    return f"{STATES}{form_id}/{version}"


def bound_key(procedure: str) -> str:
    return f"{BOUND}{procedure}"


def is_id(text: str) -> bool:
    """Small letters, digits and hyphens, as the folders of forms are called."""
    return len(text) <= _MOST_ID and _ID.fullmatch(text) is not None


def version_of(in_force_from: str, texts: FormTexts) -> str:
    """ "2026-11-28-0f3a…": the day from which it holds, and the digest of its texts."""
    digest = hashlib.sha256(f"{texts.head}\x00{texts.layout}".encode()).hexdigest()
    return f"{in_force_from}-{digest[:16]}"


def is_genuine(form: OfficeForm) -> bool:
    """Whether a version has the name that its texts give it, and a size that the journal carries."""
    if not is_id(form.id) or not _VERSION.fullmatch(form.version) or size_of(form.texts) > MOST_BYTES:
        return False
    return form.version == version_of(form.version[:10], form.texts)


def size_of(texts: FormTexts) -> int:
    """Bytes of both."""
    return len(texts.head.encode()) + len(texts.layout.encode())


def is_form_key(key: str) -> bool:
    return key.startswith(PREFIXES)
