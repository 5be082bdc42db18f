"""What the page of law as data asks of the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from desk_app.services.catalogue.law_files import LawChanges, LawState


class LawServices(Struct, frozen=True, kw_only=True):
    """Those called `…_apart` may be called on a job's thread."""

    state: Callable[[], LawState]
    look_apart: Callable[[Path], LawChanges]
    take_in_apart: Callable[[Path], LawChanges]
    forget: Callable[[], None]
    adopt: Callable[[], str]
    news: Callable[[], str]
