"""When a dossier is late: the one rule of desk, district, lists and reports. Pure."""

from __future__ import annotations

from desk_app.domain.dossiers.steps import Status

AT_WORK = (Status.RECEIVED, Status.PROCESSING, Status.AWAITING_SIGNATURE)
"""The office is at work: its time runs, at the leader's too. While the citizen completes papers or pays, or the dossier
is suspended, it does not run; a result that is ready has met its due moment. A suspension for the office's own reasons
is the exception: `Handling.counts` says so.
"""


def time_runs(status: Status, *, counts: bool) -> bool:
    """Whether the office's time runs; `counts`: a suspension is for the office's own reasons."""
    return status in AT_WORK or (counts and status is Status.SUSPENDED)


def is_late(status: Status, due_at: int, now: int, *, counts: bool = False) -> bool:
    """Whether the due moment passed while the office's time runs; moments in UTC ms, `due_at` 0 for none."""
    return 0 < due_at < now and time_runs(status, counts=counts)


def was_late(status: Status, due_at: int, met_at: int, now: int, *, counts: bool = False) -> bool | None:
    """Whether the due moment was missed, for a ratio; None while nobody can say.

    `met_at` is when the result was ready or the dossier ended, UTC ms, 0 for not yet. Without it a dossier is late once
    it is late now; else it is still to be seen.
    """
    if not due_at:
        return None
    if met_at:
        return met_at > due_at
    return True if is_late(status, due_at, now, counts=counts) else None
