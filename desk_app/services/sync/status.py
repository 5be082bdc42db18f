"""How this desk stands to its district, read from the store in a few queries: quick enough for the window's thread."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from desk_app import typed_values
from desk_app.domain.calendar.moments import in_vietnam
from desk_app.services.desk.desk import Desk
from desk_app.services.sync.records import Announcement, SetAsideLine, StickOut, SyncStatus
from desk_app.services.sync.set_aside_texts import line_of
from desk_app.store.attachments import files
from desk_app.store.journal import displaced_events, logs, set_aside
from desk_app.store.peers import announcements, devices, enrolment_state, sync_state
from desk_app.store.peers.sync_state import SyncState
from desk_app.store.queries import day_events, dossiers

_WORTH_TELLING = 5 * 60
_COUNTED = 20_000
"""Waiting events up to which their dossiers are counted one by one: about 40 ms."""


class _Card(Struct):
    """Of the district's card what is shown; reading all of it would load what proves signatures."""

    name: str = ""
    url: str = ""


def status(desk: Desk) -> SyncStatus:
    """Everything the sync screen shows that does not change by the second."""
    db = desk.db
    state, pending = sync_state.get(db), enrolment_state.get(db)
    card = typed_values.from_json(state.card, _Card) if state.card else _Card()
    counts, waiting = logs.counts(db), logs.waiting(db)
    is_counted = bool(state.certificate) and waiting.events <= _COUNTED
    return SyncStatus(
        enrolled=bool(state.certificate),
        digits_confirmed=state.digits_confirmed,
        six_digits=pending.digits if pending else "",
        district=card.name,
        url=card.url,
        waiting_events=waiting.events,
        aside_events=displaced_events.orphans_waiting(db),
        # A desk never enrolled, or just enrolled, may hold years of unsent dossiers. Counting these one by one would
        # take as long as reading the whole journal, so such a desk shows the number that its logs keep.
        waiting_dossiers=len(day_events.unsent_dossiers(db)) if is_counted else waiting.receptions,
        waiting_files=len(files.waiting_files(db)),
        ours_events=counts.events,
        ours_dossiers=counts.receptions,
        confirmed_events=counts.confirmed_events,
        confirmed_dossiers=counts.confirmed_receptions,
        colleagues=sum(not device.is_revoked and device.kid != state.kid for device in devices.all(db) if device.unit),
        conflicts=dossiers.to_look_at(db),
        set_aside=lines_set_aside(desk),
        announcements=announced(desk),
        sticks_out=tuple(_sticks_out(state)),
        last_success_at=_moment(state.last_success_at),
        last_try_at=_moment(state.last_try_at),
        last_outcome=state.last_detail,
        clock_warning=clock_warning(state.clock_offset),
    )


def waiting_events(desk: Desk) -> int:
    """How many of this desk's events the district has not confirmed: for the side bar, at any time."""
    return logs.waiting(desk.db).events


def lines_set_aside(desk: Desk) -> tuple[SetAsideLine, ...]:
    """The items set aside that nobody has settled, the oldest first."""
    return tuple(line_of(one) for one in set_aside.all(desk.db))


def announced(desk: Desk) -> tuple[Announcement, ...]:
    """What the district tells and still matters today, the newest first."""
    return tuple(
        Announcement(
            n=n,
            at=in_vietnam(one.at),
            title=one.title,
            text=one.text,
            until=one.until,
            seen=one.is_seen,
        )
        for n, one in enumerate(announcements.all(desk.db, on=desk.today().isoformat()), 1)
    )


def clock_warning(offset: int) -> str:
    """A sentence where this machine's clock is more than five minutes off the district's; `offset` in s."""
    if abs(offset) <= _WORTH_TELLING:
        return ""
    way = "chậm" if offset > 0 else "nhanh"
    return f"Đồng hồ máy này chạy {way} {_span(abs(offset))} so với cấp trên: chỉnh lại ngày giờ của máy."


def _span(seconds: int) -> str:
    for length, name in ((86_400, "ngày"), (3600, "giờ"), (60, "phút")):
        if seconds >= 2 * length or name == "phút":
            return f"{round(seconds / length)} {name}"
    return f"{seconds} giây"


def _sticks_out(state: SyncState) -> list[StickOut]:
    return [
        StickOut(file=said.file, at=in_vietnam(said.at), events=said.events)
        for said in state.nonces.values()
        if said.on_stick and not said.answered_at
    ]


def _moment(at: int) -> datetime | None:
    return in_vietnam(at) if at else None
