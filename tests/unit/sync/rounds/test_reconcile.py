"""What a receipt makes of this desk's books: nothing that the district lacks is given up, nothing is sent twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app.domain.dossiers.events import Printed
from desk_app.domain.history import moved
from desk_app.protocol.event_body import first_hash, next_hash
from desk_app.protocol.messages import Held, Receipt
from desk_app.store.database.database import DeskDatabase, unit_of_work
from desk_app.store.journal import forks, journal, logs, set_aside
from desk_app.store.journal.check import check
from desk_app.store.peers import devices, sync_state
from desk_app.sync.line.exchange_request import ExchangeRequest
from desk_app.sync.rounds.plan import Plan
from desk_app.sync.rounds.reconcile import settle
from tests.kit.desk import books

ME, ANNE, BINH = b"me" * 4, b"anne" * 2, b"binh" * 2
LOG = bytes(range(16))


@pytest.fixture
def db(tmp_path: Path) -> Iterator[DeskDatabase]:
    made = books.made(tmp_path / "desk")
    with unit_of_work(made):
        sync_state.change(made, kid=ME)
    yield made
    made.close()


@pytest.fixture
def anne(tmp_path: Path) -> list[str]:
    """What a colleague wrote: a reception and three prints of it."""
    db = books.made(tmp_path / "anne")
    dossier = books.received(db, 1)
    for moment in range(3):
        books.written(db, Printed(papers=("slip",)), dossier=dossier, at=moment)
    lines = [body for _, body in books.bodies(db, books.own_name(db))]
    db.close()
    return lines


def absorb(db: DeskDatabase, log: bytes, lines: list[str], *, author: bytes, signed: tuple[int, ...]) -> None:
    with unit_of_work(db):
        journal.absorb(db, log, list(enumerate(lines, 1)), author=author)
        for seq in signed:
            logs.put_checkpoint(db, log, seq, b"signature")


def held(log: bytes, lines: list[str], *, told: int) -> Held:
    heads = [first_hash(log)]
    for line in lines:
        heads.append(next_hash(heads[-1], line.encode()))
    return Held(len(lines), heads[-1][:8], heads[told][:8] if told <= len(lines) else b"")


def heard(db: DeskDatabase, district: dict[bytes, list[str]], **more: list[bytes]) -> Plan:
    """What becomes of a receipt of a district that holds these lines."""
    told = {one.log: (one.seq, one.head[:8]) for one in logs.standings(db) if one.seq}
    said = {log: held(log, lines, told=told.get(log, (0, b""))[0]) for log, lines in district.items()}
    receipt = Receipt(nonce=bytes(12), logs=said)
    return settle(db, receipt, ExchangeRequest(1, told), me=ME, live=True, **more)  # type: ignore[arg-type]


def sent(plan: Plan) -> dict[bytes, int]:
    return {send.log: send.after for send in plan.send}


def test_others_events_without_their_writers_signature_are_carried_on(db: DeskDatabase, anne: list[str]) -> None:
    """The line was cut before the signature came, and the district has lost them since."""
    absorb(db, LOG, anne, author=ANNE, signed=(2,))
    assert sent(heard(db, {})) == {LOG: 0}
    name = moved.log_of(anne[2].encode())
    assert sent(heard(db, {LOG: anne[:2]})) == {name: 0}
    assert [body for _, body in books.bodies(db, name)] == anne[2:]
    assert check(db).problems == ()


def test_moved_events_that_the_district_has_only_in_part_and_from_another_are_begun_anew(
    db: DeskDatabase, anne: list[str]
) -> None:
    name = moved.log_of(anne[0].encode())
    absorb(db, name, anne, author=BINH, signed=(4,))
    district = {name: anne[:2]}
    assert sent(heard(db, district)) == {name: 2}
    assert sent(heard(db, district, refused=[name])) == {moved.log_of(anne[2].encode()): 0}
    assert forks.orphans_waiting(db) == 0
    assert check(db).problems == ()


def test_what_a_revoked_writer_left_in_a_log_that_was_refused_stays_where_it_is(
    db: DeskDatabase, anne: list[str]
) -> None:
    name = moved.log_of(anne[0].encode())
    absorb(db, name, anne, author=BINH, signed=(4,))
    with unit_of_work(db):
        devices.revoke(db, BINH, "mất máy")
    assert sent(heard(db, {name: anne[:2]}, refused=[name])) == {name: 2}


def test_what_stands_in_two_logs_is_sent_from_one(db: DeskDatabase, anne: list[str]) -> None:
    """Somebody carried it on; then the log in which it was written came too, from a machine put back."""
    name = moved.log_of(anne[2].encode())
    absorb(db, LOG, anne, author=ANNE, signed=(4,))
    absorb(db, name, anne[2:], author=BINH, signed=(2,))
    assert sent(heard(db, {LOG: anne[:2], name: anne[2:]})) == {}
    lines = Counter(body for (body,) in db.all("SELECT body FROM event"))
    assert lines == Counter(anne)
    assert check(db).problems == ()


def test_of_two_unsent_copies_the_moved_one_gives_way(db: DeskDatabase, anne: list[str]) -> None:
    name = moved.log_of(anne[2].encode())
    absorb(db, LOG, anne, author=ANNE, signed=(4,))
    absorb(db, name, anne[2:], author=BINH, signed=(2,))
    assert sent(heard(db, {})) == {LOG: 0}
    assert books.bodies(db, name) == []


def test_nothing_is_carried_on_while_the_district_has_more_to_give(db: DeskDatabase, anne: list[str]) -> None:
    absorb(db, LOG, anne, author=ANNE, signed=(4,))
    other = [line.replace('"thu"', '"hoa"') for line in anne]
    more = {bytes(16): other}
    plan = heard(db, {LOG: other} | more)
    assert [fork.log for fork in plan.forks] == [LOG]
    assert plan.send == ()
    assert heard(db, {LOG: other} | more).behind
    assert forks.orphans_waiting(db) == 4


def test_others_events_aside_hold_own_work_up_only_as_long_as_something_moves(
    db: DeskDatabase, anne: list[str]
) -> None:
    absorb(db, LOG, anne, author=ANNE, signed=(4,))
    other = [line.replace('"thu"', '"hoa"') for line in anne]
    heard(db, {LOG: other})
    books.received(db, 2)
    own = books.own_name(db)
    assert sent(heard(db, {LOG: other})) == {}
    assert sent(heard(db, {LOG: other}, refused=[])) == {own: 0}


def test_a_person_is_told_what_was_carried_on_of_a_revoked_machine_and_of_the_district(
    db: DeskDatabase, anne: list[str]
) -> None:
    word = '{"d":"","k":"announced","l":9,"t":1,"u":"x","v":{"text":"","title":"Họp","until":""}}'
    absorb(db, LOG, [*anne, word], author=ANNE, signed=())
    with unit_of_work(db):
        devices.revoke(db, ANNE, "mất máy")
    heard(db, {})
    name = moved.log_of(anne[0].encode())
    noted = {(one.log, one.reason) for one in set_aside.all(db)}
    assert noted == {(LOG, "not-theirs"), (name, "revoked"), (name, "lost-word")}, "no desk announces anything"
    assert [one.reason for one in set_aside.all(db)].count("revoked") == 4
