"""Whose account an actor is: only the key that made an id proves it, and only a desk of the log may claim it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from desk_app.domain import actors
from desk_app.domain.dossiers.events import Founded
from desk_app.domain.history import moved
from desk_app.domain.history.founding import Writers
from tests.unit.domain.history.test_founding import KEY, LOG, OTHER_KEY, UNKNOWN, WRITERS, recorded

DRAWN = b"drawn!"
OURS, THEIRS = actors.actor_id(KEY, DRAWN), actors.actor_id(OTHER_KEY, DRAWN)


def test_an_id_has_sixteen_letters_and_is_of_the_first_six_bytes_and_its_owner() -> None:
    assert actors.actor_id(KEY, DRAWN + b"more") == OURS
    assert (len(OURS), OURS.lower()) == (16, OURS)
    assert len({OURS, THEIRS, actors.actor_id(KEY, b"other!")}) == 3


@pytest.mark.parametrize(
    ("actor", "is_ours"),
    [(OURS, True), (THEIRS, False), (OURS[:8], False), (OURS * 2, False), ("?", False), ("", False)],
)
def test_only_the_key_that_made_an_id_proves_it(actor: str, *, is_ours: bool) -> None:
    assert actors.belongs(actor, [KEY]) is is_ours
    assert not actors.belongs(actor, [])


@pytest.mark.parametrize(
    ("log", "actor", "is_unknown"),
    [
        (LOG, OURS, False),
        (LOG, THEIRS, True),
        (LOG, "", False),  # of an earlier program
        (UNKNOWN, OURS, True),
        (moved.next_log(LOG), THEIRS, False),  # what moved is signed by whoever carries it
        (moved.next_log(LOG), actors.actor_id(b"s" * 8, DRAWN), True),
    ],
)
def test_an_account_that_the_desk_of_a_log_never_had_is_of_an_unknown_person(
    log: bytes, actor: str, *, is_unknown: bool
) -> None:
    event = replace(recorded(log, Founded(reception="aa")), actor=actor)
    assert isinstance(WRITERS, Writers)
    assert actors.is_unknown(event, WRITERS) is is_unknown
