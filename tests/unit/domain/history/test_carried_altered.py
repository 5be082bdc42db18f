"""An event that was moved to another log says what its writer wrote: else whoever carried it on altered it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from desk_app.domain.dossiers.events import Recorded, StepTaken
from desk_app.domain.history import moved
from desk_app.domain.history.founding import KnownDevice, Writers
from desk_app.domain.history.rewriting import carried_altered

LINE, OTHER = b'{"d":"d","k":"step","v":{"action":"ready"}}', b'{"d":"d","k":"step","v":{"action":"refuse"}}'
OWN, MOVED, STRANGE = b"o" * 16, moved.log_of(LINE), b"s" * 16
KEY, STRANGER = b"k" * 8, b"x" * 8


def written(log: bytes, line: bytes, *, at: int = 5) -> tuple[Recorded, bytes]:
    event = Recorded(
        log=log.hex(),
        seq=1,
        dossier="d",
        kind="step",
        lamport=3,
        at=at,
        clock_offset=0,
        author="Cán bộ",
        seen={},
        payload=StepTaken(action="ready"),
    )
    return event, line


def found(*events: tuple[Recorded, bytes], carrier: bytes = KEY) -> set[int]:
    devices = [KnownDevice(kid=KEY, unit="H26", desk=1), KnownDevice(kid=STRANGER, unit="H26", desk=2)]
    known = Writers(devices, {OWN: KEY, MOVED: carrier, STRANGE: STRANGER})
    return carried_altered(events, lambda: known)


def test_a_desk_that_carries_on_other_words_than_it_wrote_is_found() -> None:
    assert found(written(OWN, LINE), written(MOVED, OTHER)) == {1}
    assert found(written(MOVED, OTHER), written(OWN, LINE)) == {0}


def test_who_carries_on_the_same_words_beside_others_of_the_moment_alters_nothing() -> None:
    assert found(written(OWN, LINE), written(MOVED, LINE)) == set()
    assert found(written(OWN, LINE), written(STRANGE, OTHER), written(MOVED, LINE)) == set()


def test_an_event_that_stands_only_where_it_was_carried_to_speaks_for_itself() -> None:
    assert found(written(MOVED, OTHER)) == set()
    assert found(written(MOVED, OTHER), written(moved.next_log(MOVED), LINE)) == set()


@pytest.mark.parametrize("carrier", [STRANGER, b"?" * 8])
def test_what_another_desk_or_nobody_known_carried_is_not_the_writers_alteration(carrier: bytes) -> None:
    assert found(written(OWN, LINE), written(MOVED, OTHER), carrier=carrier) == set()


@pytest.mark.parametrize("changed", [{"kind": "received"}, {"lamport": 0}])
def test_receptions_and_events_without_an_order_are_judged_elsewhere(changed: dict[str, object]) -> None:
    pair = [(replace(event, **changed), line) for event, line in (written(OWN, LINE), written(MOVED, OTHER))]
    assert found(*pair) == set()


def test_another_moment_is_another_event() -> None:
    assert found(written(OWN, LINE), written(MOVED, OTHER, at=6)) == set()
