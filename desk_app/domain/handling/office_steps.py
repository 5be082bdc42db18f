"""The inner steps that an office set for a procedure: what the journal holds of them, and under which keys. Pure.

Each change is a fact of its own (`OfficeChanged`), named by its moment and a digest of what it says, so that nobody can
give a dossier of before another process. A dossier keeps what was known when it was received: the latest change before
its reception in the order of events, which is the same at every desk.
"""

from __future__ import annotations

import hashlib

import msgspec
from msgspec import Struct

from desk_app import typed_values
from desk_app.domain.procedures import inner_step
from desk_app.domain.procedures.inner_step import CompletionRule, InnerStep

PREFIX = "inner_steps/"
MOST_STEPS = 30
_DIGEST = 16


class OfficeSteps(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an office says of a procedure. No steps: those of the procedure hold again; no `completion`: its own too."""

    inner_steps: tuple[InnerStep, ...] = ()
    completion: CompletionRule | None = None


def prefix_of(code: str) -> str:
    return f"{PREFIX}{code}/"


def said(code: str, steps: OfficeSteps, at: int) -> tuple[str, str]:
    """Key and JSON text of a change made at a moment (UTC ms)."""
    text = msgspec.json.encode(steps).decode()
    return f"{prefix_of(code)}{at:013d}-{_digest(text)}", text


def read(key: str, text: str) -> tuple[int, OfficeSteps] | None:
    """The moment and the steps of a fact; None for one that is not what its name says, or that no rule allows."""
    moment, _, digest = key.rpartition("/")[2].partition("-")
    if not (moment.isascii() and moment.isdecimal()) or digest != _digest(text):
        return None
    try:
        found = typed_values.from_json(text, OfficeSteps)
    except (msgspec.DecodeError, RecursionError):
        return None
    is_sound = len(found.inner_steps) <= MOST_STEPS and not list(inner_step.mistakes(found.inner_steps))
    return (int(moment), found) if is_sound else None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST]
