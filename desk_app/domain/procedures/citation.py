"""A legal text, as data cite it. Pure."""

from __future__ import annotations

from msgspec import Struct


class Citation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A legal text by number and title."""

    number: str
    title: str = ""
