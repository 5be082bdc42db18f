"""When a dossier is late: the one rule of desk, district, lists and reports. Pure."""

from __future__ import annotations

from desk_app.domain.dossiers.steps import Status

AT_WORK = (Status.RECEIVED, Status.PROCESSING, Status.AWAITING_SIGNATURE)
"""The office is at work: its time runs, at the leader's too. While the citizen completes papers or pays, or the dossier
is suspended, it does not run; a result that is ready has met its due moment.
"""


def is_late(status: Status, due_at: int, now: int) -> bool:
    """Whether the due moment passed while the office is at work; moments in UTC ms, `due_at` 0 for none."""
    return 0 < due_at < now and status in AT_WORK
