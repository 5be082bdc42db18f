"""Service days on a real desk: set by the office, told, kept by the dossiers that are received under them."""

from __future__ import annotations

from datetime import datetime

import pytest
from msgspec.structs import replace

from desk_app.domain.calendar.moments import VIETNAM
from desk_app.domain.dossiers.events import OfficeChanged
from desk_app.domain.dossiers.steps import Action, Status
from desk_app.domain.holds.hold import Hold, HoldWeight
from desk_app.domain.linked.bundle import parts_of
from desk_app.domain.notices import ServiceDaysSet
from desk_app.domain.permissions import Permission
from desk_app.domain.service_days.service_day import ServiceDay, ServiceDayKind
from desk_app.errors import BadFactError, MissingFactError
from desk_app.errors.office_rules import OthersServiceDayError, UnknownServiceDayError
from desk_app.services.accounts import session
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import history, queries, steps
from desk_app.services.linked import offered
from desk_app.services.reception import cards, reception
from desk_app.services.reception.draft import Draft
from desk_app.services.reports import day_end, reports
from desk_app.services.service_days import day_line, holds, service_days
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import journal, rebuild
from desk_app.store.projections import office_facts
from tests.kit.desk.desks import CARD, TestClock
from tests.unit.services.linked.test_linked_reception import draft as linked_draft

LINKED_BIRTH = "2.000986"
BIRTH, COPY, SINGLE, EXTRACT = "1.001193", "2.000815", "1.004873", "2.000635"
NINE = ("1.000656", "1.000894", BIRTH, "1.001653", SINGLE, EXTRACT, COPY, "2.000908", "2.001016")
TUESDAY = datetime(2026, 11, 17, 8, 30, tzinfo=VIETNAM)
DAY = ServiceDay(
    id="khong-viet",
    kind=ServiceDayKind.NO_WRITING,
    weekdays=(2,),
    procedures=(EXTRACT, SINGLE),
    number="12/QĐ-UBND",
    decided_on="2026-10-01",
    in_force_from="2026-11-01",
)
NINTH = ServiceDay(
    id="gio-9",
    kind=ServiceDayKind.EXTRA_HOUR,
    starts="17:00",
    ends="18:00",
    number="13/QĐ-UBND",
    decided_on="2026-10-01",
    in_force_from="2026-11-01",
)


def drafted(desk: Desk, procedure: str, **facts: object) -> Draft:
    asked = {
        EXTRACT: {
            "registered_kind": "khai sinh",
            "registered_at": "UBND xã Thử Nghiệm",
            "registered_on": "5/3/1995",
            "registered_number": "15",
        }
    }
    draft = reception.new_draft(procedure)
    person = cards.scan(desk, CARD).person
    return replace(draft, people={"applicant": person}, fields=asked.get(procedure, {}), **facts)


def test_the_shipped_examples_hold_for_nobody_and_tay_dangs_has_the_nine_procedures(desk: Desk) -> None:
    rows = {row.day.id: row for row in service_days.listed(desk)}
    assert {row.state for row in rows.values()} == {"example"}
    assert {row.day.kind for row in rows.values()} == set(ServiceDayKind)
    example = rows["tay-dang-khong-viet"].day
    assert sorted(example.procedures) == sorted(NINE)
    assert not example.verified
    assert example.number == example.decided_on == example.in_force_from == ""
    assert service_days.of_today(desk) == []
    assert day_line.line(desk) == ""


def test_an_example_is_taken_over_only_with_a_decision(desk: Desk, clock: TestClock) -> None:
    clock.moment = TUESDAY
    example = next(each for each in service_days.examples() if each.id == "tay-dang-khong-viet")
    with pytest.raises(MissingFactError):
        service_days.put(desk, example)
    service_days.put(desk, replace(example, number="5/QĐ", decided_on="2026-11-01", in_force_from="2026-11-02"))
    (row,) = [row for row in service_days.listed(desk) if row.day.id == example.id]
    assert (row.origin, row.state, row.is_today, row.is_now) == ("commune", "in_force", True, True)
    assert day_line.line(desk) == "Hôm nay: Ngày không viết, 9 thủ tục."


def test_a_dossier_keeps_what_it_was_received_under_whatever_becomes_of_the_day(desk: Desk, clock: TestClock) -> None:
    service_days.put(desk, DAY)
    service_days.put(desk, NINTH)
    clock.moment = TUESDAY.replace(hour=17, minute=20)
    code = reception.receive(desk, drafted(desk, EXTRACT)).dossier.code
    service_days.end(desk, DAY.id)
    service_days.put(desk, replace(NINTH, number="99/QĐ-UBND"))
    detail = queries.detail(desk, code)
    kept = detail.dossier.service_days
    assert [(each.kind, each.number, each.at_once) for each in kept] == [
        ("extra_hour", "13/QĐ-UBND", True),
        ("no_writing", "12/QĐ-UBND", True),
    ]
    lines = list(history.lines(desk, journal.history(desk.db, detail.dossier.id), detail.dossier))
    assert "Ngày không viết (12/QĐ-UBND ngày 01/10/2026)" in lines[0].text


def test_on_the_day_a_same_day_result_needs_no_slip_and_a_longer_one_does(desk: Desk, clock: TestClock) -> None:
    service_days.put(desk, DAY)
    assert not reception.outlook(desk, drafted(desk, EXTRACT)).can_hand_over
    with pytest.raises(BadFactError):
        reception.receive(desk, drafted(desk, EXTRACT, hand_over=True))
    clock.moment = TUESDAY
    outlook = reception.outlook(desk, drafted(desk, EXTRACT))
    assert outlook.can_hand_over
    assert outlook.service_days == ("Ngày không viết, 2 thủ tục",)
    assert not reception.outlook(desk, drafted(desk, SINGLE)).can_hand_over  # its limit is three working days
    receipt = reception.receive(desk, drafted(desk, EXTRACT, hand_over=True))
    assert receipt.dossier.status is Status.RETURNED
    assert receipt.dossier.due_at == 0
    assert "slip" not in receipt.papers
    service_days.put(desk, replace(DAY, at_once=True))
    assert reception.outlook(desk, drafted(desk, SINGLE)).can_hand_over


def test_a_result_of_the_day_may_also_be_handed_over_a_moment_later(desk: Desk, clock: TestClock) -> None:
    service_days.put(desk, DAY)
    clock.moment = TUESDAY
    with_day = reception.receive(desk, drafted(desk, EXTRACT)).dossier
    clock.moment = TUESDAY.replace(day=18)
    usual = reception.receive(desk, drafted(desk, EXTRACT)).dossier
    assert Action.HAND_OVER in [each.action for each in steps.steps(desk, with_day.code)]
    assert Action.HAND_OVER not in [each.action for each in steps.steps(desk, usual.code)]


def test_the_last_that_was_set_holds_and_a_rebuild_says_the_same(desk: Desk) -> None:
    service_days.put(desk, DAY)
    service_days.put(desk, replace(DAY, weekdays=(2, 4)))
    before = service_days.listed(desk)
    rebuild.rebuild(desk.db)
    assert service_days.listed(desk) == before
    assert before[0].day.weekdays == (2, 4)


def test_setting_a_day_as_it_stands_records_nothing(desk: Desk) -> None:
    service_days.put(desk, DAY)
    before = desk.db.one("SELECT count(*) FROM event")
    service_days.put(desk, DAY)
    assert desk.db.one("SELECT count(*) FROM event") == before


def test_a_procedure_that_the_catalogue_does_not_have_is_refused(desk: Desk) -> None:
    with pytest.raises(BadFactError):
        service_days.put(desk, replace(DAY, procedures=("9.999999",)))


def test_a_day_is_ended_and_one_that_has_not_begun_is_called_off(desk: Desk) -> None:
    service_days.put(desk, DAY)
    service_days.put(desk, replace(NINTH, in_force_from="2027-01-01"))
    assert service_days.end(desk, DAY.id).in_force_to == "2026-11-19"
    assert service_days.end(desk, NINTH.id).called_off
    assert [row.state for row in service_days.listed(desk)][:2] == ["over", "over"]
    with pytest.raises(UnknownServiceDayError):
        service_days.end(desk, "chua-co")


def test_what_no_desk_may_say_in_the_districts_name_is_not_taken(desk: Desk) -> None:
    """A key that only the district's notices fill, and a notice that the district did not sign."""
    forged = '{"id":"gia","kind":"fast","in_force_from":"2026-01-01"}'
    with session.deed(desk, Permission.OFFICE) as done:
        done.record(OfficeChanged(values={"district_service_day/gia": forged}), dossier="")
    rebuild.rebuild(desk.db)
    assert all(row.day.id != "gia" for row in service_days.listed(desk))


def test_the_districts_day_is_the_districts_to_change(desk: Desk, clock: TestClock) -> None:
    service_days.put(desk, DAY)
    with session.deed(desk, Permission.OFFICE) as done:
        event = done.record(OfficeChanged(values={}), dossier="")
    notice = ServiceDaysSet(days=(replace(DAY, weekdays=(3,), number="1/QĐ-SNV"),))
    with unit_of_work(desk.db):
        office_facts.take_rules(desk.db, replace(event, kind="service_days", payload=notice))
    clock.moment = TUESDAY
    assert service_days.of_today(desk) == []
    for deed in (lambda: service_days.put(desk, DAY), lambda: service_days.end(desk, DAY.id)):
        with pytest.raises(OthersServiceDayError):
            deed()


def test_a_day_that_the_district_alone_holds_is_told(desk: Desk, clock: TestClock) -> None:
    with session.deed(desk, Permission.OFFICE) as done:
        event = done.record(OfficeChanged(values={}), dossier="")
    clock.moment = TUESDAY
    assert day_line.line(desk) == ""
    with unit_of_work(desk.db):
        office_facts.take_rules(desk.db, replace(event, kind="service_days", payload=ServiceDaysSet(days=(DAY,))))
    assert day_line.line(desk).startswith("Hôm nay: ")


def test_a_new_id_is_the_desks_own(desk: Desk) -> None:
    assert service_days.new_id(desk, ServiceDayKind.NO_WRITING) == "no-writing-1-1"
    service_days.put(desk, replace(DAY, id="no-writing-1-1"))
    assert service_days.new_id(desk, ServiceDayKind.NO_WRITING) == "no-writing-1-2"


def test_each_day_has_its_own_count_by_procedure_and_by_what_was_done_at_once(desk: Desk, clock: TestClock) -> None:
    service_days.put(desk, replace(DAY, procedures=()))
    service_days.put(desk, NINTH)
    clock.moment = TUESDAY
    reception.receive(desk, drafted(desk, EXTRACT, hand_over=True))
    later = reception.receive(desk, drafted(desk, EXTRACT)).dossier.code
    reception.receive(desk, drafted(desk, SINGLE))
    steps.step(desk, later, Action.HAND_OVER)
    clock.moment = TUESDAY.replace(hour=17, minute=5)
    reception.receive(desk, drafted(desk, EXTRACT))
    clock.moment = TUESDAY.replace(day=18)
    reception.receive(desk, drafted(desk, EXTRACT))  # no service day
    made = reports.report(desk, "service-days", TUESDAY.date(), clock.moment.date())
    rows = [(row["kind"], row["procedure"], row["received"], row["at_once"], row["same_day"]) for row in made.rows]
    assert rows == [
        ("Giờ thứ 9", "Cấp bản sao trích lục hộ tịch", 1, 0, 0),
        ("Ngày không viết", "Cấp bản sao trích lục hộ tịch", 3, 1, 1),
        ("Ngày không viết", "Xác nhận tình trạng hôn nhân", 1, 0, 0),
    ]
    assert [row["left"] for row in made.rows] == [1, 1, 1]
    assert reports.as_pdf(desk, made).startswith(b"%PDF")
    assert reports.as_workbook(made).startswith(b"PK")
    steps.step(desk, later, Action.ANNUL, reason="Sai tên", details={"outcome": "end"})  # the day's count stays
    clock.moment = TUESDAY.replace(hour=17, minute=30)
    told = {
        each.name: (each.received, each.at_once, each.same_day, each.left)
        for each in day_end.day_end(desk).service_days
    }
    assert told == {"Giờ thứ 9": (1, 0, 0, 1), "Ngày không viết": (4, 1, 1, 2)}


def test_each_dossier_of_linked_procedures_keeps_the_days_and_the_warnings_of_its_own_procedure(desk: Desk) -> None:
    birth = next(part.code for part in parts_of(offered.in_force(desk, LINKED_BIRTH, "2026-11-20")))
    service_days.put(desk, replace(DAY, weekdays=(5,), procedures=(birth,)))
    holds.add(desk, Hold(procedures=(birth,), starts="2026-11-01", reason="Bảo trì", weight=HoldWeight.WARN))
    draft = replace(linked_draft(), id=reception.new_draft(LINKED_BIRTH).id)
    assert reception.outlook(desk, draft).service_days == ("Ngày không viết, 1 thủ tục",)
    reception.receive(desk, draft)
    found = desk.db.all("SELECT dossier, procedure FROM dossier ORDER BY id")
    kept = {procedure: journal.dossier(desk.db, id_) for id_, procedure in found}
    assert len(kept) > 1
    assert {code for code, each in kept.items() if each.service_days} == {birth}
    assert {code for code, each in kept.items() if each.holds} == {birth}
