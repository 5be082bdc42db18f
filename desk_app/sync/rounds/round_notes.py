"""What a round notes of itself: when it was, how it ended, what went over the line, how the clocks stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from desk_app.domain.calendar.moments import milliseconds
from desk_app.errors import DeskError, OfflineError
from desk_app.protocol.messages import Receipt
from desk_app.store.database.database import DeskDatabase, unit_of_work
from desk_app.store.journal import account_head
from desk_app.store.peers import sync_state
from desk_app.sync.line import clocks
from desk_app.sync.line.district_client import Line
from desk_app.sync.rounds.files_lane import FilesLane


class Notes:
    """Writes into the sync state, in short transactions. `was_clean`: the round before this one ended as it should."""

    def __init__(self, db: DeskDatabase, line: Line, lane: FilesLane | None, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._line = line
        self._lane = lane
        self._clock = clock
        state = sync_state.get(db)
        self.was_clean = state.ended_cleanly
        self.last_outcome = state.last_outcome

    def now(self) -> int:
        """UTC ms by this machine's clock."""
        return milliseconds(self._clock())

    def begin(self) -> None:
        """Until the round has ended, the next one asks before it sends."""
        self._put(last_try_at=self.now(), ended_cleanly=False)

    def fail(self, error: DeskError) -> None:
        is_untouched = self.was_clean and isinstance(error, OfflineError)
        self._end(last_outcome=type(error).__name__, last_detail=str(error), ended_cleanly=is_untouched)

    def end(self, code: str) -> None:
        self._end(
            last_outcome=code, last_detail="", ended_cleanly=True, last_success_at=self.now(), numbers_unknown=False
        )
        account_head.note(self._db.path.parent)

    def take_over(self, card: str) -> None:
        """The district's card as it is now, JSON."""
        self._put(card=card)

    def see_clock(self, receipt: Receipt, *, asked_at: int, heard_at: int) -> None:
        state = sync_state.get(self._db)
        offset = clocks.offset_after(state.clock_offset, at=receipt.at, asked_at=asked_at, heard_at=heard_at)
        if (offset, receipt.min_app) != (state.clock_offset, state.min_app):
            self._put(clock_offset=offset, min_app=receipt.min_app)

    def refuse_relays(self, relays: Mapping[bytes, tuple[int, int]]) -> None:
        """The district did not take others' logs from behind a number up to another: today they are not sent again."""
        day = clocks.day_of(self.now())
        kept = sync_state.get(self._db).refused_relays
        self._put(refused_relays=kept | {log.hex(): (after, last, day) for log, (after, last) in relays.items()})

    def are_refused(self, relays: Mapping[bytes, tuple[int, int]]) -> set[bytes]:
        """Which of these logs it is no use to send."""
        day = clocks.day_of(self.now())
        kept = sync_state.get(self._db).refused_relays if relays else {}
        return {log for log, (after, last) in relays.items() if kept.get(log.hex()) == (after, last, day)}

    @property
    def clock_offset(self) -> int:
        return sync_state.get(self._db).clock_offset

    def _end(self, **changes: object) -> None:
        state = sync_state.get(self._db)
        day = clocks.day_of(self.now())
        files = self._lane.sent if self._lane else 0
        is_same_day = state.day == day
        self._put(
            day=day,
            bytes_today=self._line.traffic.sent + (state.bytes_today if is_same_day else 0),
            file_bytes_today=files + (state.file_bytes_today if is_same_day else 0),
            **changes,
        )

    def _put(self, **changes: object) -> None:
        with unit_of_work(self._db):
            sync_state.change(self._db, **changes)
