"""Dossiers go from desk to desk of a commune, through real rounds with the district."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from desk_app.district.admin import register
from desk_app.district.admin.register import Wanted
from desk_app.domain.dossiers.numbering import Block, default_blocks, payload
from desk_app.domain.outgoing.list_scans import barcode
from desk_app.domain.people.person import Person
from desk_app.domain.worklists.lists import Worklist
from desk_app.errors import BadFactError, MissingFactError
from desk_app.errors.custody import AlreadyHereError, HeldElsewhereError, ListNotHereError
from desk_app.services.custody import handing, whereabouts
from desk_app.services.dossiers import queries, steps
from desk_app.services.linked import whole
from desk_app.services.paper_lists import desk_lists, paper_lists
from desk_app.services.reception import reception
from desk_app.services.worklists import day_moments
from desk_app.store.journal import journal
from desk_app.store.journal.check import check
from desk_app.store.journal.rebuild import rebuild
from desk_app.store.queries import dossiers, held
from desk_app.store.queries import worklists as work
from tests.kit.district import ledgers
from tests.kit.wire.communes import Commune, Office


def meet(*offices: Office) -> None:
    """Every desk learns what every other one did."""
    for office in (*offices, *offices):
        assert office.sync().code == "done"


def place(office: Office, code: str) -> tuple[int, int]:
    """As its lists have it."""
    row = dossiers.row_by_code(office.desk.db, code)
    found = held.at(office.desk.db, [row.id]).get(row.id)
    return (found.desk, found.way_to) if found else (0, 0)


def codes(rows: list[dossiers.DossierRow]) -> list[str]:
    return [row.code for row in rows]


def test_a_dossier_goes_to_another_desk_which_sees_it_come_and_takes_it(commune: Commune) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    mine, other = one.receive(2)
    meet(one, two)
    assert place(two, mine) == (1, 0)
    handing.give(one.desk, [mine], 2, note="Người nộp đợi ở đó")
    assert codes(whereabouts.arriving(two.desk)) == []
    meet(one, two)
    assert codes(whereabouts.arriving(two.desk)) == [mine]
    assert [(row.code, row.remark) for row in queries.listed(two.desk, "arriving", 9)] == [(mine, "quầy 1 chuyển đến")]
    assert codes(queries.listed(one.desk, "elsewhere", 9)) == []
    assert place(one, mine) == place(two, mine) == (1, 2)
    with pytest.raises(HeldElsewhereError):
        handing.give(two.desk, [mine], 3)
    handing.take(two.desk, [mine])
    with pytest.raises(AlreadyHereError):
        handing.take(two.desk, [mine])
    meet(two, one)
    assert place(one, mine) == place(two, mine) == (2, 0)
    assert codes(whereabouts.held_by(one.desk, 2)) == [mine]
    assert codes(whereabouts.held_by(one.desk, 1)) == [other]
    assert codes(whereabouts.held_by(two.desk, 0)) == [other]
    assert [(row.code, row.remark) for row in queries.listed(one.desk, "elsewhere", 9)] == [(mine, "quầy 2")]
    for office, due in ((one, other), (two, mine)):
        office.clock.moment += timedelta(days=30)
        late = [
            number for chunk in work.ids(office.desk.db, Worklist.LATE, day_moments.of(office.desk)) for number in chunk
        ]
        assert codes(dossiers.rows(office.desk.db, late)) == [due]


def test_what_was_received_as_one_is_one_on_every_desk_and_at_the_district(commune: Commune) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    applicant = Person(full_name="Nguyễn Thị Thử", id_number="001190000001")
    draft = replace(reception.new_draft("2.000986"), people={"applicant": applicant})
    made = reception.receive(one.desk, draft).dossier
    parts = [part.code for part in made.linked.parts]
    meet(one, two)
    steps.step(two.desk, parts[1], "withdraw")
    meet(two, one)
    for office in (one, two):
        kept = dossiers.by_code(office.desk.db, parts[0])
        found = whole.of(office.desk, kept)
        assert (found.progress.done, found.progress.total) == (1, 3)
        rows = {row.code: row for row in queries.listed(office.desk, "all", 9)}
        assert rows[parts[0]].remark.startswith("liên thông: đã xong 1/3")
        assert rows[parts[1]].procedure_name == "Đăng ký thường trú"
        assert dossiers.by_code(office.desk.db, parts[0]).status == "received"
        assert check(office.desk.db).problems == ()
    assert one.books == two.books == ledgers.of_district(served.district.storage)
    handing.give(one.desk, [parts[0]], 2)
    meet(one)
    served.district.projection.catch_up()
    with served.district.storage.reading() as session:
        wanted = Wanted(unit=one.desk.settings.unit, group=made.linked.key)
        found = register.find(session, served.district.index, wanted).rows
    assert [row.code for row in found] == parts
    assert [(row.place.done, row.place.members) for row in found] == [(1, 3)] * 3
    assert [(row.place.desk, row.place.way_to) for row in found] == [(1, 2), (1, 0), (1, 0)]
    assert found[1].place.title == "Đăng ký thường trú"


def test_of_two_desks_that_hand_on_the_same_dossier_one_wins_alike_everywhere(commune: Commune) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    (code,) = one.receive()
    meet(one, two)
    handing.take(two.desk, [code])  # found on its table
    handing.give(two.desk, [code], 3)
    handing.give(one.desk, [code], 4)
    assert (place(one, code), place(two, code)) == ((1, 4), (2, 3))
    meet(one, two)
    assert place(one, code) == place(two, code)
    id_ = dossiers.row_by_code(one.desk.db, code).dossier
    assert journal.dossier(one.desk.db, id_).holding == journal.dossier(two.desk.db, id_).holding
    for office in (one, two):
        before = office.desk.db.all("SELECT * FROM held")
        rebuild(office.desk.db)
        assert office.desk.db.all("SELECT * FROM held") == before
        assert check(office.desk.db).problems == ()


def test_nobody_is_reminded_of_what_is_closed(commune: Commune) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    (code,) = one.receive()
    handing.give(one.desk, [code], 2)
    meet(one, two)
    steps.step(one.desk, code, "withdraw")
    meet(one, two)
    assert codes(whereabouts.arriving(two.desk)) == []
    assert place(one, code) == place(two, code) == (0, 0)


def test_desks_with_old_and_new_numbers_exchange_and_give_no_code_twice(commune: Commune) -> None:
    """Desk 2 has the block of 0.5.0 in its certificate; the other desk has become desk 6 of ten."""
    served = commune.district()
    two = commune.office(served, 2)
    six = commune.office(served, 6, data=commune.copied(1))
    two.desk.settings = replace(two.desk.settings, blocks=(Block(2000, 3999),))
    six.desk.settings = replace(six.desk.settings, desk=6, blocks=default_blocks(6))
    given = [*two.receive(3), *six.receive(3)]
    meet(two, six)
    assert len(set(given)) == 6
    assert [code[-5:] for code in given[3:]] == ["10000", "10001", "10002"]
    assert two.books == six.books
    for office in (two, six):
        assert sorted(codes(queries.listed(office.desk, "all", 9))) == sorted(given)
        assert check(office.desk.db).problems == ()
        assert queries.code_of(office.desk, payload(given[3])) == given[3]


def test_many_dossiers_go_with_one_list_and_what_did_not_come_is_named(commune: Commune) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    mine = one.receive(4)
    meet(one, two)
    assert [each.code for each in paper_lists.candidates(one.desk, "desks")] == list(reversed(mine))
    made = paper_lists.make(one.desk, "desks", mine, "Quầy 2")
    assert (made.made.receiver, made.made.to_desk) == ("Quầy số 2", 2)
    assert {place(one, code) for code in mine} == {(1, 2)}
    assert paper_lists.candidates(one.desk, "desks") == []
    assert [each.code for each in desk_lists.awaited(one.desk, made)] == mine
    with pytest.raises(ListNotHereError):  # the paper came, the line was down
        desk_lists.scanned(two.desk, barcode(made.made.list_id))
    meet(one, two)
    found = desk_lists.scanned(two.desk, barcode(made.made.list_id))
    assert found is not None
    assert found.made == made.made
    assert [(each.code, each.giver) for each in desk_lists.coming(two.desk)] == [(code, 1) for code in reversed(mine)]
    done = desk_lists.take(two.desk, mine[:3], found.made.list_id)
    assert done.taken == tuple(mine[:3])
    (missing,) = done.missing
    applicant = dossiers.by_code(two.desk.db, mine[3]).applicant.full_name
    assert missing.name == f"{applicant} ({mine[3]})"
    meet(two, one)
    assert [each.code for each in desk_lists.awaited(one.desk, made)] == [mine[3]]
    handing.give(one.desk, [mine[3]], 1)  # it lay under the counter: kept back, and missed no more
    assert desk_lists.awaited(one.desk, made) == []
    meet(one, two)
    assert [each.standing.label for each in desk_lists.listed(two.desk, found)][2:] == [
        "đã nhận",
        "không còn chuyển tới quầy nhận",
    ]


def test_a_list_to_another_desk_hands_over_all_of_its_dossiers_or_none(commune: Commune) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    mine = one.receive(2)
    meet(one, two)
    handing.take(two.desk, mine[1:])
    meet(two, one)
    lists = len(paper_lists.every(one.desk))
    for codes_wanted, receiver, refused in (
        (mine, "2", HeldElsewhereError),
        (mine[:1], "Phòng Kinh tế", BadFactError),
        (mine[:1], "quầy số 1", BadFactError),
        (mine[:1], "78", BadFactError),
        (mine[:1], "", MissingFactError),
    ):
        with pytest.raises(refused):
            paper_lists.make(one.desk, "desks", codes_wanted, receiver)
    assert len(paper_lists.every(one.desk)) == lists
    assert place(one, mine[0]) == (1, 0)
