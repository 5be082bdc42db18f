"""So many events of one desk count in one dossier; the others of the commune count all the same."""

from __future__ import annotations

import pytest

from desk_app.domain.dossiers.events import Noted, Recorded
from desk_app.domain.history import event_bound
from desk_app.domain.history.founding import KnownDevice, Writers

HONEST, BAD = b"1" * 8, b"3" * 8
LOGS: dict[bytes, bytes | None] = {b"1" * 16: HONEST, b"3" * 16: BAD, b"4" * 16: BAD}


def known() -> Writers:
    return Writers([KnownDevice(kid=HONEST, unit="u", desk=1), KnownDevice(kid=BAD, unit="u", desk=3)], LOGS)


def event(log: bytes, seq: int, lamport: int) -> Recorded:
    return Recorded(
        log=log.hex(), seq=seq, dossier="d", kind="noted", lamport=lamport, at=1, clock_offset=0, author="", seen={},
        payload=Noted(text="a"),
    )  # fmt: skip


def never() -> Writers:
    raise AssertionError


def test_what_one_desk_may_have_asks_for_no_writer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_bound, "MOST_OF_A_DESK", 3)
    events = [event(b"3" * 16, seq, seq) for seq in (1, 2, 3)]
    assert event_bound.bounded(events, never) == events


def test_of_all_logs_of_a_desk_together_the_first_count_and_all_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_bound, "MOST_OF_A_DESK", 3)
    bad = [event(b"4" * 16, 1, 9), event(b"3" * 16, 1, 1), event(b"3" * 16, 2, 2), event(b"4" * 16, 2, 10)]
    honest = [event(b"1" * 16, seq, 100 + seq) for seq in (1, 2, 3)]
    found = event_bound.bounded([*bad, *honest], known)
    assert [(each.kind, each.payload is None) for each in found] == [
        *[("noted", False)] * 3, ("beyond", True), *[("noted", False)] * 3,
    ]  # fmt: skip
    assert [(each.log, each.seq) for each in found] == [(each.log, each.seq) for each in [*bad, *honest]]
