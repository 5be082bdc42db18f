"""A certified desk that writes without end or without measure: the others go on, and what is beyond is told."""

from __future__ import annotations

import secrets
from datetime import date

import pytest
from msgspec.structs import replace

from desk_app.district.admin import register as listing
from desk_app.district.admin.register import Wanted
from desk_app.district.money import day_sums
from desk_app.district.storage import frames, logs
from desk_app.domain.custody.custody_events import TakenAtDesk
from desk_app.domain.dossiers.events import (
    Corrected,
    Noted,
    OfficeChanged,
    Payload,
    Received,
    Recorded,
    StepTaken,
    StepTakenBack,
)
from desk_app.domain.history import event_bound, founding
from desk_app.domain.linked.group import LinkedGroup, LinkedPart
from desk_app.domain.payments.money_events import Paid, PaidBack
from desk_app.domain.procedures.procedure import Fee
from desk_app.protocol.batch import sign_batch
from desk_app.protocol.event_body import LEAP, MOST_LAMPORT, body_of, first_hash
from desk_app.protocol.messages import Refused
from desk_app.services.dossiers import queries, steps
from desk_app.services.payments import receipt_books
from desk_app.services.reports import day_end, day_report
from desk_app.services.worklists import worklists
from desk_app.store.journal import intake, set_aside
from desk_app.store.journal.check import check
from desk_app.store.journal.rebuild import rebuild
from desk_app.store.queries import dossiers
from desk_app.sync.line.exchange_request import Questions
from desk_app.sync.rounds import incoming
from tests.faults.test_members_forge import forge, forger, names_at, reception_of, send
from tests.kit.district.writers import Writer
from tests.kit.wire.communes import Commune, Office


def say(bad: Writer, original: Recorded, payload: Payload, *, lamport: int) -> None:
    seq = len(bad.bodies) + 1
    event = replace(original, log=bad.log.hex(), seq=seq, lamport=lamport, payload=payload)
    bad.bodies.append(body_of(event, payload))


def highest(office: Office) -> int:
    ((lamport,),) = office.desk.db.all("SELECT max(lamport) FROM log")
    return int(lamport)


@pytest.mark.parametrize("lamport", [MOST_LAMPORT, LEAP + 1000])
def test_no_desk_writes_a_lamport_behind_which_no_other_finds_room(commune: Commune, lamport: int) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    (code,) = one.receive(1)
    one.sync()
    bad = forger(served)
    say(bad, reception_of(one, code), StepTaken(action="refuse", reason="mãi mãi"), lamport=lamport)
    reply = served.district.reply(bad.hello() + bad.frame(1, 1))
    assert reply.code == "BAD_COUNT"
    with served.district.storage.reading() as session:
        assert logs.get(session, bad.log) is None
        assert session.all("SELECT reason FROM quarantine") == [("BAD_COUNT",)], "a person sees it"
    for office in (one, two):
        office.sync()
        assert highest(office) < 100
    steps.step(two.desk, code, "forward")
    two.sync()
    one.sync()
    assert dossiers.by_code(one.desk.db, code).status.value == "processing"


def test_nor_on_a_stick_past_the_district(commune: Commune) -> None:
    served = commune.district()
    one = commune.office(served, 1)
    (code,) = one.receive(1)
    bad = forger(served)
    one.sync()
    say(bad, reception_of(one, code), Noted(text="mãi mãi"), lamport=LEAP + 1000)
    batch = sign_batch(bad.keys, bad.log, first=1, before=first_hash(bad.log), bodies=bad.bodies)
    taking = incoming.Incoming(one.desk.db, one.member, questions=Questions({}), effects=lambda *_: None, now=lambda: 1)
    with pytest.raises(Refused, match="BAD_COUNT"):
        taking.take_batch(batch)
    assert highest(one) < 100
    assert [row.reason for row in set_aside.all(one.desk.db)] == ["bad-event"]


def test_no_desk_begins_logs_without_end(commune: Commune, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "MOST_LOGS_OF_A_DEVICE", 3)
    served = commune.district()
    one = commune.office(served, 1)
    (code,) = one.receive(1)
    one.sync()
    bad = forger(served)
    codes = []
    for number in range(5):
        bad.log, bad.bodies = secrets.token_bytes(16), []
        say(bad, reception_of(one, code), Noted(text=str(number)), lamport=50 + number)
        codes.append(str(served.district.reply(bad.hello() + bad.frame(1, 1)).code))
    assert codes == ["OK"] * 3 + ["QUOTA"] * 2
    monkeypatch.setattr(incoming, "MOST_LOGS_OF_A_DEVICE", 2)
    outcome = one.sync()
    assert len(dossiers.by_code(one.desk.db, code).notes) == 2, "a desk bounds what another sends it, too"
    assert outcome.waiting == 0


def test_a_thousand_receptions_of_one_code_are_each_shown_once(
    commune: Commune, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = commune.district()
    one = commune.office(served, 1)
    (code,) = one.receive(1)
    one.sync()
    bad = forger(served)
    original = reception_of(one, code)
    for number in range(30):
        forge(bad, replace(original, dossier=founding.dossier_id(bad.keys.kid, f"same {number}")))
    send(served, bad)
    projected = []
    real = intake.project
    monkeypatch.setattr(
        intake, "project", lambda db, dossier, **more: projected.append(dossier) or real(db, dossier, **more)
    )
    one.sync()
    assert one.desk.db.all("SELECT count(*), min(needs_look) FROM dossier WHERE code = ?", (code,)) == [(31, 1)]
    assert len(projected) <= 3 * 31
    assert sum(row.reason == "same-code" for row in set_aside.all(one.desk.db)) == 30


def test_events_of_one_desk_beyond_the_bound_decide_nothing_and_are_told(
    commune: Commune, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_bound, "MOST_OF_A_DESK", 10)
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    (code,) = one.receive(1)
    one.sync()
    bad = forger(served)
    original = reception_of(one, code)
    for number in range(12):
        say(bad, original, Noted(text=str(number)), lamport=50 + number)
    say(bad, original, StepTaken(action="refuse", reason="giả"), lamport=70)
    send(served, bad)
    assert names_at(served) == [("Nguyễn Thị Thử", False)]
    for office in (one, two):
        office.sync()
        kept = dossiers.by_code(office.desk.db, code)
        assert (kept.status.value, len(kept.notes)) == ("received", 10)
        told = [line for line in queries.detail(office.desk, code).history if "không được tính" in line.text]
        assert [line.text.partition(": ")[2] for line in told] == ["3 việc được giữ trong sổ, không được tính"]
        assert [line.desk for line in told] == [3]
        assert check(office.desk.db).ok
        before = office.desk.db.all("SELECT * FROM dossier")
        rebuild(office.desk.db)
        assert office.desk.db.all("SELECT * FROM dossier") == before
    with served.district.storage.reading() as session:
        assert session.all("SELECT status FROM dossier") == [("received",)]


FAR = 2**63 - 1
EXTREMES: dict[str, Payload] = {
    "due": StepTaken(action="ready", due_at=FAR),
    "until": StepTaken(action="forward", inner="a", to="b", until=FAR),
    "back": StepTakenBack(reason="x", due_at=FAR),
    "amount": Paid(amount=FAR, way="cash", desk=1),
    "given back": PaidBack(amount=FAR, way="cash", reason="x", desk=FAR),
    "fee": Corrected(changes={"fee.total": "9" * 5000}),
    "sets": Corrected(changes={"sets": "9" * 5000}),
    "day": Corrected(changes={"due_at": "9" * 5000}),
    "desk": TakenAtDesk(desk=FAR),
    "office": OfficeChanged(
        values={
            "receipt_book/a": '{"id":"a","template":"t","series":"s","first":1,"last":9}',
            f"receipt_spoilt/a/{'9' * 5000}": '"x"',
            "receipt_spoilt/a/0000001": "[]",
            "cash_count/2026-11-20/3": '{"day":"2026-11-20","desk":3,"notes":{"5":' + "9" * 30 + "}}",
        }
    ),
}


def test_numbers_without_measure_stop_nobody(commune: Commune) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    original = reception_of(one, one.receive(1)[0])
    one.sync()
    received, bad = original.payload, forger(served)
    assert isinstance(received, Received)
    parts = (LinkedPart(id="x", code="c", procedure="p", version="1", title="t", due_at=FAR),)
    group = LinkedGroup(group="g", bundle="b", version="1", title="t", due_at=FAR, parts=parts)
    begun = {"moment": {"received_at": FAR}, "due": {"due_at": FAR}, "fee": {"fee": Fee(total=FAR)}}
    begun |= {"bundle": {"linked": group}, "sets": {"sets": FAR}, "empty": {"linked": replace(group, parts=())}}
    lines = [(name, replace(received, **facts)) for name, facts in begun.items()]
    for number, (name, payload) in enumerate([*lines, *EXTREMES.items()]):
        dossier = founding.dossier_id(bad.keys.kid, f"far {number}")
        first = payload if isinstance(payload, Received) else received
        first = replace(first, code=f"H61.37-261120-6{number:03d}")
        for at, each in ((original.at, first), (FAR, Noted(text=name)), (original.at, payload), (FAR, payload)):
            of = "" if isinstance(each, OfficeChanged) else dossier
            if each is first or not isinstance(each, Received):
                say(bad, replace(original, dossier=of, at=at), each, lamport=60 + len(bad.bodies))
    nines = "9" * 22
    beyond = [(dossier, "paid", f'{{"amount":{nines},"way":"cash"}}'), (dossier, "desk_taken", f'{{"desk":{nines}}}')]
    brought = f'"import_id":"0123456789abcdef","what":"people","total":{nines},"columns":["full_name"],"rows":[["x"]]'
    for of, kind, each in (*beyond, ("", "old_records", f"{{{brought}}}")):
        bad.bodies.append(f'{{"d":"{of}","k":"{kind}","l":999,"t":1,"u":"a","v":{each}}}'.encode())
    send(served, bad)
    for office in (one, two):
        office.sync()
        rows = queries.listed(office.desk, "all", 99)
        assert len(rows) == 1 + len(begun) + len(EXTREMES)
        for row in rows:
            assert queries.detail(office.desk, row.code).history
        assert worklists.counts(office.desk)
        assert receipt_books.books(office.desk)
        assert day_end.day_end(office.desk)
        assert day_report.report(office.desk).pdf
        assert check(office.desk.db).ok
        assert rebuild(office.desk.db) == len(rows)
        assert office.receive(1)
    with served.district.storage.reading() as session:
        assert session.all("SELECT * FROM projection_error") == []
        assert listing.find(session, served.district.index, Wanted()).total == len(rows)
        assert day_sums.of_day(session, date(2026, 11, 20))
