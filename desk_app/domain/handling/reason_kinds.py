"""Kinds of reason as data: whether the office's time runs meanwhile decides the due day that is proposed. Pure."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from desk_app.domain.dossiers.events import StepTaken

OWN = "own"
"""The kind of reason of the office itself; its time ran on already before a suspension said so (`StepTaken.clock`)."""


class SuspensionClock(StrEnum):
    """What a suspension says of the office's time; the texts stand in events for ever (`StepTaken.clock`)."""

    RUNS = "runs"
    STOPS = "stops"


def time_counts(suspension: StepTaken) -> bool:
    """Whether the office's time runs on during this suspension.

    The step says it since 0.5.0. One without it is read by its kind of reason, and one without a kind stops the clock.
    """
    if suspension.clock:
        return suspension.clock == SuspensionClock.RUNS
    return suspension.cause == OWN


class ReasonKind(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`id` stands in events for ever (`StepTaken.cause`); `actions` are the steps that it fits.

    `counts`: the office's time runs on meanwhile. `citation` is the rule behind it, `verified` whether it was read.
    """

    id: str
    name: str
    actions: tuple[str, ...]
    counts: bool = False
    citation: str = ""
    verified: bool = False


class ReasonKinds(Struct, frozen=True):
    """The kinds of a file."""

    reason: tuple[ReasonKind, ...]

    def of_action(self, action: str) -> tuple[ReasonKind, ...]:
        return tuple(kind for kind in self.reason if action in kind.actions)

    def counts(self, cause: str) -> bool:
        """Whether the office's time runs on; a kind that nobody knows any more stops it, as steps without one did."""
        return any(kind.counts for kind in self.reason if kind.id == cause)
