"""Changes of administrative units: a name, a kind, an end, a beginning, each from a day on and by a resolution.

The units of a day are the first list (01/07/2025) with every change in force on that day put over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

BASE_DAY = "2025-07-01"
LEVELS = ("province", "commune")


class UnitChange(Struct, frozen=True, kw_only=True, omit_defaults=True, rename={"was": "from"}):
    """One unit from `in_force_from` (ISO) on, by the text `by`; codes are the statistics office's.

    `was` and `to` are names with their kinds. `to` "" ends the unit, `now` then names the codes it went to. `was` ""
    begins one in `province`. `taken_back` undoes an entry of the same unit and day that should never have been there.
    """

    level: str
    code: str
    in_force_from: str
    was: str = ""
    to: str = ""
    by: str = ""
    province: str = ""
    now: tuple[str, ...] = ()
    verified: bool = False
    taken_back: bool = False

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise ValueError("level is province or commune")
        if not (self.code.isascii() and self.code.isdecimal() and len(self.code) == (2 if self.is_province else 5)):
            raise ValueError("a province has a code of two digits, a commune of five")
        if date.fromisoformat(self.in_force_from).isoformat() != self.in_force_from:
            raise ValueError("a day is written yyyy-mm-dd")

    @property
    def is_province(self) -> bool:
        return self.level == "province"

    @property
    def place(self) -> tuple[str, str]:
        """The unit and the day: a later entry of the same place replaces an earlier one."""
        return self.code, self.in_force_from


class UnitsEdition(Struct, frozen=True, kw_only=True):
    """The units as they stand from a day on; `version` is that day in ISO. `by` are the texts that made it."""

    version: str
    by: tuple[str, ...] = ()
    changes: tuple[UnitChange, ...] = ()

    @property
    def is_verified(self) -> bool:
        """Whether every change was compared with its official text."""
        return bool(self.changes) and all(each.verified for each in self.changes)


def merged(*lists: Iterable[UnitChange]) -> tuple[UnitChange, ...]:
    """The changes of several lists in order of day and code; of one unit and day the later list holds."""
    found = {each.place: each for changes in lists for each in changes}
    kept = (each for each in found.values() if not each.taken_back)
    return tuple(sorted(kept, key=lambda each: (each.in_force_from, each.code)))


def in_force(changes: Iterable[UnitChange], on: str) -> tuple[UnitChange, ...]:
    """Those that hold on a day (ISO)."""
    return tuple(each for each in changes if each.in_force_from <= on)


def editions(changes: Sequence[UnitChange]) -> list[UnitsEdition]:
    """Every edition there is or will be, the oldest first; the first is the list of 01/07/2025."""
    return [UnitsEdition(version=BASE_DAY), *_later(changes)]


def _later(changes: Sequence[UnitChange]) -> Iterator[UnitsEdition]:
    for day in sorted({each.in_force_from for each in changes}):
        made = tuple(each for each in changes if each.in_force_from == day)
        texts = dict.fromkeys(each.by for each in made if each.by)
        yield UnitsEdition(version=day, by=tuple(texts), changes=made)


def edition_on(changes: Sequence[UnitChange], on: str) -> UnitsEdition:
    """The edition in force on a day (ISO); before the first one, the first."""
    found = editions(changes)
    return [found[0], *(each for each in found[1:] if each.version <= on)][-1]
