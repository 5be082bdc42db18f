"""Service days and holds through real rounds: the commune's reach its desks, the district's its communes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from desk_app.district.publishing import office_rules
from desk_app.domain.calendar.moments import milliseconds
from desk_app.domain.dossiers import events
from desk_app.domain.holds.hold import Hold, HoldWeight
from desk_app.domain.notices import HoldsSet
from desk_app.domain.people.person import Person
from desk_app.domain.procedures.inner_step import InnerStep
from desk_app.domain.service_days.service_day import ServiceDay, ServiceDayKind
from desk_app.errors.office_rules import ProcedureHeldError
from desk_app.services.handling import handling_data, procedure_steps
from desk_app.services.reception import reception
from desk_app.services.service_days import holds, service_days
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import journal
from desk_app.store.journal.check import check
from desk_app.store.journal.rebuild import rebuild
from desk_app.store.queries import dossiers
from desk_app.store.reference import catalogue
from tests.kit.desk import days
from tests.kit.district.serving import Served
from tests.kit.district.writers import MORNING
from tests.kit.wire.communes import Commune, Office

EXTRACT = "2.000635"
DAY = ServiceDay(
    id="gio-9",
    kind=ServiceDayKind.NO_WAITING,
    number="12/QĐ-UBND",
    decided_on="2026-10-01",
    in_force_from="2026-10-01",
)
HOLD = Hold(procedures=(EXTRACT,), starts="2026-10-01", reason="Chờ hướng dẫn", weight=HoldWeight.WARN)


def meet(*offices: Office) -> None:
    for office in (*offices, *offices):
        assert office.sync().code == "done"


def said_by(served: Served, hold: Hold, scope: str = "*") -> None:
    with served.district.storage.writing() as session:
        office_rules.add_hold(session, served.district.identity, hold, scope=scope, at=MORNING)


def test_what_one_desk_sets_every_desk_of_the_commune_goes_by(commune: Commune) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    service_days.put(one.desk, DAY)
    held = holds.add(one.desk, HOLD)
    meet(one, two)
    assert [each.day.id for each in service_days.of_today(two.desk)] == ["gio-9"]
    (code,) = two.receive()
    meet(one, two)
    for office in (one, two):
        kept = journal.dossier(office.desk.db, dossiers.row_by_code(office.desk.db, code).dossier)
        assert [each.id for each in kept.service_days] == ["gio-9"]
        assert [each.id for each in kept.holds] == [held.id]
    holds.end(two.desk, held.id, why="Đã có hướng dẫn")
    meet(two, one)
    assert [row.state for row in holds.listed(one.desk)] == ["ended"]


def test_the_districts_word_reaches_its_desks_beats_theirs_and_stays_after_a_rebuild(commune: Commune) -> None:
    served = commune.district()
    one = commune.office(served, 1)
    meet(one)
    with served.district.storage.writing() as session:
        identity = served.district.identity
        office_rules.put_day(session, identity, replace(DAY, name="Ngày của tỉnh"), scope="*", at=MORNING)
    said_by(served, replace(HOLD, weight=HoldWeight.REFUSE, reason="Tỉnh chờ"), days.UNIT)
    holds.add(one.desk, HOLD)
    meet(one)
    assert [each.day.title for each in service_days.of_today(one.desk)] == ["Ngày của tỉnh"]
    with pytest.raises(ProcedureHeldError, match="Tỉnh chờ"):
        one.receive()
    before = one.desk.db.all("SELECT * FROM office_fact ORDER BY key")
    assert sum(key.startswith("district_") for key, *_ in before) == 2
    rebuild(one.desk.db)
    assert one.desk.db.all("SELECT * FROM office_fact ORDER BY key") == before
    assert check(one.desk.db).problems == ()
    with served.district.storage.writing() as session:
        (said,) = office_rules.holds(session, identity)
        wish = replace(said.hold, reason="Tỉnh chờ Bộ")
        office_rules.change_hold(session, identity, said.hold.id, wish, at=MORNING)
    meet(one)
    with pytest.raises(ProcedureHeldError, match="Tỉnh chờ Bộ"):
        one.receive()
    with served.district.storage.writing() as session:
        office_rules.end_hold(session, identity, said.hold.id, why="Xong", at=MORNING)
    meet(one)
    (code,) = one.receive()
    kept = journal.dossier(one.desk.db, dossiers.row_by_code(one.desk.db, code).dossier)
    assert [each.reason for each in kept.holds] == ["Chờ hướng dẫn"]


def test_a_notice_that_a_desk_wrote_holds_for_nobody(commune: Commune, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(events.KIND_OF, HoldsSet, "holds")  # no desk of ours writes one
    monkeypatch.setattr(journal, "OF_NO_DOSSIER", HoldsSet)
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    meet(one, two)
    forged = replace(HOLD, id="gia-1", weight=HoldWeight.REFUSE)
    with unit_of_work(one.desk.db):
        journal.append(
            one.desk.db,
            HoldsSet(holds=(forged,)),
            dossier="",
            at=MORNING,
            author="Quầy 1",  # type: ignore[arg-type]
        )
    meet(one, two)
    for office in (one, two):
        assert holds.listed(office.desk) == []
        rebuild(office.desk.db)
        assert holds.listed(office.desk) == []
        office.receive()


def told(office: Office) -> list[str]:
    """What the reception of the office says of the procedure now."""
    procedure = catalogue.in_force(office.desk.db, EXTRACT, office.desk.today().isoformat())
    return holds.told(office.desk, procedure, office.desk.now())


def received(office: Office) -> str:
    """A citizen hands the extract in today; the code."""
    applicant = Person(full_name="Nguyễn Thị Thử", id_number="001190000001")
    due_at = milliseconds(office.desk.now()) + 5 * 86_400_000
    draft = replace(reception.new_draft(EXTRACT), people={"applicant": applicant}, due_at=due_at)
    return reception.receive(office.desk, draft).dossier.code


def test_a_desk_that_was_away_for_a_week_goes_by_what_was_said_meanwhile_and_both_levels_are_named(
    commune: Commune,
) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    meet(one, two)
    own = holds.add(one.desk, replace(HOLD, until="2027-03-31", weight=HoldWeight.REFUSE, reason="Kho sửa"))
    said_by(served, replace(HOLD, until="2027-01-31", reason="Tỉnh chờ hướng dẫn"))
    said_by(served, replace(HOLD, until="2026-12-31", reason="Tỉnh đổi phần mềm"))
    assert received(two), "a desk that is away does not know yet"
    for office in (one, two):
        office.clock.moment += timedelta(days=7)
    meet(one, two)
    for office in (one, two):
        first, second, third = told(office)
        assert "đến hết 31/01/2027, do cấp trên (" in first
        assert "Tỉnh chờ hướng dẫn. Nói rõ với người dân" in first, "the district's word holds, the longest of two"
        assert "do cấp trên (" in second and "Tỉnh đổi phần mềm (nhắc khi tiếp nhận); đang theo cấp trên" in second
        assert "do xã (" in third and "Kho sửa (không tiếp nhận); đang theo cấp trên (" in third
        code = received(office)
        kept = dossiers.by_code(office.desk.db, code)
        assert [each.reason for each in kept.holds] == ["Tỉnh chờ hướng dẫn"]
    with served.district.storage.writing() as session:
        for said in office_rules.holds(session, served.district.identity):
            at = milliseconds(one.clock.moment)
            office_rules.end_hold(session, served.district.identity, said.hold.id, why="Xong", at=at)
    meet(one, two)
    for office in (one, two):
        (only,) = told(office)
        assert "do xã (" in only
        with pytest.raises(ProcedureHeldError, match="Kho sửa"):
            received(office)
    holds.end(two.desk, own.id, why="Kho xong")
    meet(two, one)
    for office in (one, two):
        assert told(office) == []
        assert [row.state for row in holds.listed(office.desk)] == ["ended"] * 3
        assert received(office)


def test_inner_steps_that_one_desk_sets_reach_the_others_and_a_dossier_keeps_its_own_everywhere(
    commune: Commune,
) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    meet(one, two)
    (old,) = two.receive()
    code = journal.dossier(two.desk.db, dossiers.row_by_code(two.desk.db, old).dossier).procedure
    meet(one, two)
    own = (InnerStep(id="reception", name="Nhận"), InnerStep(id="buoc-1", name="Xem", who="Ông Thử"))
    procedure_steps.put(one.desk, code, own)
    meet(one, two)
    (new,) = two.receive()
    meet(one, two)
    for office in (one, two):
        assert procedure_steps.shown(office.desk, code).steps == own
        kept = [dossiers.by_code(office.desk.db, each) for each in (old, new)]
        assert [handling_data.inner_steps_of(office.desk, each) == own for each in kept] == [False, True]
