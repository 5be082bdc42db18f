"""How many dossiers that fell due were late, by procedure, unit and clerk, against the limits the commune set. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from desk_app.domain import lateness
from desk_app.domain.dossiers.steps import Status


class RatioBy(StrEnum):
    """By what dossiers are counted together."""

    PROCEDURE = "procedure"
    UNIT = "unit"
    CLERK = "clerk"

    @property
    def label(self) -> str:
        return {"procedure": "Thủ tục", "unit": "Bộ phận", "clerk": "Cán bộ"}[self.value]


class DueRow(Struct, frozen=True, kw_only=True):
    """A dossier whose due moment fell into the span. `met_at`: when the result was ready or the dossier ended, 0 for
    not yet. Moments UTC ms; `by` names its procedure, unit and clerk; `counts` that a suspension is for the office's
    own reasons.
    """

    id: int
    status: str
    due_at: int
    met_at: int
    by: dict[str, str]
    counts: bool = False


class RatioFigures(Struct, frozen=True, kw_only=True):
    """One line: the row ids of all that count, and of those that were or are late."""

    by: RatioBy
    name: str
    all: tuple[int, ...]
    late: tuple[int, ...]

    @property
    def per_mille(self) -> int:
        """Late ones of a thousand, rounded half up."""
        return (len(self.late) * 2000 + len(self.all)) // (2 * len(self.all)) if self.all else 0


class RatioVerdict(StrEnum):
    """Against the two limits."""

    WITHIN = "within"
    WARNED = "warned"
    ABOVE = "above"

    @property
    def label(self) -> str:
        return {"within": "trong mức", "warned": "phải nhắc", "above": "vượt mức"}[self.value]


def verdict(figures: RatioFigures, *, warn: int, most: int) -> RatioVerdict:
    """`warn` and `most` in percent: above `most` the limit is broken, above `warn` somebody must be reminded."""
    late, counted = len(figures.late) * 100, len(figures.all)
    if late > most * counted:
        return RatioVerdict.ABOVE
    return RatioVerdict.WARNED if late > warn * counted else RatioVerdict.WITHIN


def figures(rows: Iterable[DueRow], now: int) -> list[RatioFigures]:
    """The lines of each kind, the worst first; of a dossier whose due moment is still to come, only if it was met.

    While the citizen completes papers, or a suspension stops the clock, nothing can be said of it: it counts later.
    """
    counted: dict[tuple[RatioBy, str], tuple[list[int], list[int]]] = {}
    for row in rows:
        is_late = lateness.was_late(Status(row.status), row.due_at, row.met_at, now, counts=row.counts)
        if is_late is None:
            continue
        for by in RatioBy:
            everyone, late = counted.setdefault((by, row.by[by]), ([], []))
            everyone.append(row.id)
            if is_late:
                late.append(row.id)
    found = [
        RatioFigures(by=by, name=name, all=tuple(everyone), late=tuple(late))
        for (by, name), (everyone, late) in counted.items()
    ]
    kinds = list(RatioBy)
    return sorted(found, key=lambda each: (kinds.index(each.by), -each.per_mille, -len(each.all), each.name))
