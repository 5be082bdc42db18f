"""How logs stand and what the district has confirmed: counted as it comes, never guessed."""

from __future__ import annotations

import pytest

from desk_app.domain.dossiers.events import Printed
from desk_app.errors import NotTheAuthorError
from desk_app.protocol.event_body import first_hash
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import journal, logs
from desk_app.store.journal.check import check
from tests.kit.desk import books

KID, OTHER_KID = b"12345678", b"87654321"


@pytest.fixture
def log(db):
    """An own log: received, step, received, step, received, step."""
    for number in (1, 2, 3):
        books.stepped(db, books.received(db, number), "forward")
    return books.own_name(db)


def test_a_desk_without_events_has_no_log(db):
    assert logs.standings(db) == []
    assert logs.standing(db, bytes(16)) is None
    assert logs.waiting(db) == logs.Waiting(0, 0)


def test_a_log_stands_where_its_chain_ends(db, log):
    (one,) = logs.standings(db)
    lines = [body for _, body in books.bodies(db, log)]
    assert one == logs.LogPosition(
        log=log, author=None, own=logs.OPEN, seq=6, head=books.chain(log, lines), confirmed=0, safe=0
    )
    assert logs.hash_at(db, log, 0) == first_hash(log)
    assert logs.hash_at(db, log, 4) == books.chain(log, lines[:4])
    assert logs.hash_at(db, log, 7) is None
    assert logs.hash_at(db, b"x" * 16, 0) == first_hash(b"x" * 16)


def test_what_is_confirmed_only_grows_unless_it_is_said_to_be_lost(db, log):
    assert logs.waiting(db) == logs.Waiting(6, 3)
    logs.confirm(db, log, 3, safe=2)
    logs.confirm(db, log, 2, safe=1)
    assert (logs.standing(db, log).confirmed, logs.standing(db, log).safe) == (3, 2)
    assert logs.counts(db) == logs.LogCounts(events=6, receptions=3, confirmed_events=3, confirmed_receptions=2)
    assert logs.waiting(db) == logs.Waiting(3, 1)
    logs.confirm(db, log, 99)
    assert logs.waiting(db) == logs.Waiting(0, 0)
    logs.unconfirm(db, log, 1)
    assert (logs.standing(db, log).confirmed, logs.standing(db, log).safe) == (1, 1)
    assert logs.waiting(db) == logs.Waiting(5, 2)
    logs.unconfirm(db, log, 5)
    assert logs.standing(db, log).confirmed == 1
    assert check(db).problems == ()


@pytest.mark.parametrize("what", ["receptions = receptions + 1", "confirmed_receptions = 1", "confirmed = 7"])
def test_a_count_that_is_not_what_the_log_says_is_found(db, log, what):
    db.execute(f"UPDATE log SET {what}")
    assert not check(db).ok


def test_a_confirmation_of_a_log_nobody_knows_changes_nothing(db, log):
    logs.confirm(db, bytes(16), 4)
    logs.unconfirm(db, bytes(16), 0)
    assert logs.waiting(db) == logs.Waiting(6, 3)


@pytest.mark.parametrize("limit", [1, 900, 5_000, 10**9])
def test_bodies_come_in_order_up_to_a_weight_and_one_at_least(db, limit):
    dossier = books.received(db, 1)
    for _ in range(230):
        books.written(db, Printed(papers=("slip",)), dossier=dossier)
    log = books.own_name(db)
    found, after = [], 0
    while part := logs.bodies(db, log, after=after, limit_bytes=limit):
        assert len(part) == 1 or sum(len(body.encode()) for _, body, _ in part) <= limit
        found += part
        after = part[-1][0]
    assert [(seq, body) for seq, body, _ in found] == books.bodies(db, log)
    assert found[-1][2] == logs.standing(db, log).head
    assert logs.bodies(db, log, after=after, limit_bytes=limit) == []


def test_others_logs_wait_for_nobody_and_are_counted_by_nobody(tmp_path, db, log):
    reader = books.made(tmp_path / "reader")
    with unit_of_work(reader):
        absorbed = journal.absorb(reader, log, books.bodies(db, log), author=KID)
    assert [event.seq for event in absorbed.events] == [1, 2, 3, 4, 5, 6]
    assert [event.kind for event in absorbed.events[:2]] == ["received", "step"]
    assert logs.standing(reader, log).own == logs.OTHERS
    assert logs.standing(reader, log).author == KID
    assert logs.waiting(reader) == logs.Waiting(0, 0)
    assert logs.counts(reader).events == 0
    assert check(reader).problems == ()
    reader.close()


def test_a_log_has_one_author(tmp_path, db, log):
    reader = books.made(tmp_path / "reader")
    sent = books.bodies(db, log)
    with unit_of_work(reader):
        journal.absorb(reader, log, sent[:2])
        journal.absorb(reader, log, sent[2:3], author=KID)
    with pytest.raises(NotTheAuthorError), unit_of_work(reader):
        journal.absorb(reader, log, sent[3:], author=OTHER_KID)
    assert logs.standing(reader, log).seq == 3
    reader.close()


def test_checkpoints_are_kept_for_handing_a_log_on(db, log):
    for seq, signature in ((3, b"drei"), (6, b"sechs"), (3, b"drei")):
        logs.put_checkpoint(db, log, seq, signature)
    assert logs.checkpoints(db, log, after=0) == [(3, b"drei"), (6, b"sechs")]
    assert logs.checkpoints(db, log, after=3) == [(6, b"sechs")]


def test_who_writes_a_log_can_be_said(db, log):
    logs.set_author(db, log, KID)
    assert logs.standing(db, log).author == KID
