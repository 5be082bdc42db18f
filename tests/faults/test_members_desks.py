"""A certified desk that writes another desk's number or joins its bundle: drawers, papers, bundle stay as they are."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from msgspec.structs import replace

from desk_app.district.admin import register as listing
from desk_app.district.admin.register import Wanted
from desk_app.district.money import day_sums
from desk_app.domain.custody.custody_events import GivenToDesk, TakenAtDesk
from desk_app.domain.dossiers.events import OfficeChanged, Payload, Received, Recorded, StepTaken
from desk_app.domain.history import founding
from desk_app.domain.linked.group import LinkedGroup, LinkedPart
from desk_app.domain.payments.cash_count import CashCount
from desk_app.domain.payments.money_events import PAID, Paid, PaidBack
from desk_app.protocol.event_body import body_of
from desk_app.services.custody import whereabouts
from desk_app.services.dossiers import queries
from desk_app.services.linked import whole as linked
from desk_app.services.payments import collecting, day_money
from desk_app.store.journal import journal
from desk_app.store.journal.check import check
from desk_app.store.journal.rebuild import rebuild
from desk_app.store.queries import dossiers
from tests.faults.test_members_forge import forger, reception_of, send
from tests.kit.desk import days
from tests.kit.district.serving import Served
from tests.kit.district.writers import Writer, register
from tests.kit.wire.communes import Commune, Office

TODAY = days.MORNING.date()


def say(bad: Writer, original: Recorded, payload: Payload, *, dossier: str, **facts: object) -> None:
    """One event of the forger, later than all of the commune."""
    seq = len(bad.bodies) + 1
    event = replace(original, log=bad.log.hex(), seq=seq, lamport=500 + seq, dossier=dossier, payload=payload, **facts)
    bad.bodies.append(body_of(event, payload))


def money_at(served: Served, day: date) -> dict[int, tuple[dict[str, int], int | None]]:
    served.district.projection.catch_up()
    with served.district.storage.reading() as session:
        found = day_sums.of_day(session, day, unit=days.UNIT)
        return {one.desk: (dict(one.ways), one.difference) for one in found}


def money_of(office: Office) -> dict[int, tuple[dict[str, int], int | None]]:
    made = day_money.day_money(office.desk, TODAY)
    return {one.desk: (dict(one.ways), one.difference) for one in made.desks if one.ways or one.count is not None}


def check_alike(office: Office) -> None:
    """The rows are those that the journal makes, and nothing is said to be damaged."""
    db = office.desk.db
    before = [db.all(f"SELECT * FROM {table}") for table in ("payment", "held", "office_fact")]
    assert check(db).ok
    rebuild(db)
    assert [sorted(db.all(f"SELECT * FROM {table}")) for table in ("payment", "held", "office_fact")] == [
        sorted(rows) for rows in before
    ]


def test_money_that_a_colleague_writes_under_our_number_is_in_the_drawer_of_the_colleague(commune: Commune) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    (code,) = one.receive(1)
    collecting.collect(one.desk, code, amount=8000, way="cash")
    day_money.count_cash(one.desk, {5000: 1, 2000: 1, 1000: 1})
    one.sync()
    original = reception_of(one, code)
    paid = next(e for e in journal.history(one.desk.db, original.dossier) if isinstance(e.payload, Paid))
    bad = forger(served)
    say(bad, original, Paid(amount=90_000, way="cash", desk=1), dossier=original.dossier)
    cites = {PAID: (paid.stamp,)}
    say(bad, original, PaidBack(amount=3000, way="cash", reason="x", desk=1), dossier=original.dossier, seen=cites)
    send(served, bad)
    expected = {1: ({"cash": 8000}, 0), 3: ({"cash": 87_000}, None)}
    assert money_at(served, TODAY) == expected
    for office in (one, two):
        office.sync()
        assert money_of(office) == expected
        check_alike(office)
    told = [line for line in queries.detail(two.desk, code).history if "90.000" in line.text]
    assert [line.who.endswith("quầy 3") for line in told] == [True]


@pytest.mark.parametrize("named", [1, 3], ids=["under our key", "under its own key"])
def test_only_a_desk_itself_says_what_lies_in_its_drawer(commune: Commune, named: int) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    (code,) = one.receive(1)
    collecting.collect(one.desk, code, amount=8000, way="cash")
    day_money.count_cash(one.desk, {5000: 1, 2000: 1, 1000: 1})
    one.sync()
    bad = forger(served)
    count = CashCount(day=TODAY.isoformat(), desk=1, notes={500_000: 3}, expected=8000, reason="giả", author="giả")
    values = {f"cash_count/{TODAY.isoformat()}/{named}": msgspec.json.encode(count).decode()}
    say(bad, reception_of(one, code), OfficeChanged(values=values), dossier="")
    send(served, bad)
    assert money_at(served, TODAY) == {1: ({"cash": 8000}, 0)}
    for office in (one, two):
        office.sync()
        assert money_of(office) == {1: ({"cash": 8000}, 0)}
        check_alike(office)


def test_papers_are_where_a_desk_says_that_it_has_them_and_nowhere_for_another(commune: Commune) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    given, taken = one.receive(2)
    one.sync()
    original, other = reception_of(one, given), reception_of(one, taken)
    bad = forger(served)
    say(bad, original, GivenToDesk(giver=1, to=2), dossier=original.dossier)
    say(bad, other, TakenAtDesk(desk=2), dossier=other.dossier)
    send(served, bad)
    for office in (one, two):
        office.sync()
        held = dossiers.by_code(office.desk.db, given).holding
        assert (held.desk, held.way_to, len(held.void)) == (1, 0, 1)
        assert dossiers.by_code(office.desk.db, taken).holding.desk == 3, "the desk that wrote it, and no other"
        assert {each.desk: each.held for each in whereabouts.counts(office.desk)}.get(2, 0) == 0
        check_alike(office)


def test_what_a_colleague_receives_in_our_name_is_at_the_colleagues_desk(commune: Commune) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    original, bad = reception_of(one, one.receive(1)[0]), forger(served)
    one.sync()
    assert isinstance(original.payload, Received)
    assert original.payload.office.desk == 1
    made = founding.dossier_id(bad.keys.kid, "in our name")
    say(bad, original, replace(original.payload, code="H61.37-261120-6001"), dossier=made)
    send(served, bad)
    for office in (one, two):
        office.sync()
        kept = dossiers.by_code(office.desk.db, "H61.37-261120-6001")
        assert (kept.office.desk, kept.holding.desk) == (1, 3), "the slip is drawn as it was"
        assert {each.desk: each.held for each in whereabouts.counts(office.desk)} == {1: 1, 3: 1}
        check_alike(office)


def test_a_dossier_joins_no_bundle_of_a_colleague(commune: Commune) -> None:
    """It names the group, also with a list of parts in which it stands itself, and is done with."""
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    original = reception_of(one, one.receive(1)[0])
    assert isinstance(original.payload, Received)
    honest, bad = Writer(served.root.operational.public), forger(served)
    register(served.district, served.root, honest.keys.public, unit=days.UNIT, desk=4)
    ids = [founding.dossier_id(honest.keys.kid, f"part {place}") for place in range(2)]
    parts = tuple(LinkedPart(id=each, code="H61.37", procedure="2.000635", version="1", title="Gói") for each in ids)
    group = LinkedGroup(group=ids[0], bundle="b", version="1", title="Gói", parts=parts)
    for place, id_ in enumerate(ids):
        code = f"H61.37-261120-500{place}"
        say(honest, original, replace(original.payload, linked=replace(group, place=place), code=code), dossier=id_)
    send(served, honest)
    forged = [founding.dossier_id(bad.keys.kid, f"forged {n}") for n in range(4)]
    own = replace(group.parts[1], id=forged[1])
    lies = [
        group,
        replace(group, parts=(group.parts[0], own), place=1),
        replace(group, parts=(*group.parts, replace(own, id=forged[2])), place=2),
        replace(group, parts=()),
    ]
    for n, lie in enumerate(lies):
        payload = replace(original.payload, linked=lie, code=f"H61.37-261120-510{n}")
        say(bad, original, payload, dossier=forged[n])
        say(bad, original, StepTaken(action="refuse", reason="giả"), dossier=forged[n])
    send(served, bad)
    for office in (one, two):
        office.sync()
        kept = journal.dossier(office.desk.db, ids[0])
        whole = linked.of(office.desk, kept)
        assert whole is not None
        assert [each.id for each in linked.members(office.desk, kept)] == ids
        assert (whole.progress.done, whole.progress.total) == (0, 2)
        assert journal.dossier(office.desk.db, forged[3]).linked is None
        check_alike(office)
    with served.district.storage.reading() as session:
        rows = {row.id: row.place for row in listing.find(session, served.district.index, Wanted()).rows}
    place = rows[ids[0]]
    assert place is not None
    assert (place.done, place.members) == (0, 2)
    with served.district.storage.reading() as session:
        found = listing.find(session, served.district.index, Wanted(unit=days.UNIT, group=place.group))
    assert [row.id for row in found.rows] == ids
