"""The inner steps that an office sets: for all its desks, from then on, and only for dossiers received since."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from desk_app.domain.calendar.moments import milliseconds
from desk_app.domain.dossiers.events import OfficeChanged
from desk_app.domain.handling import office_steps
from desk_app.domain.handling.office_steps import OfficeSteps
from desk_app.domain.permissions import Permission
from desk_app.domain.procedures.inner_step import InnerStep
from desk_app.errors import BadFactError, UnknownProcedureError
from desk_app.services.accounts import session
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import steps
from desk_app.services.handling import handling_data, procedure_steps
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal.rebuild import rebuild
from desk_app.store.projections import office_facts
from desk_app.store.queries import dossiers
from desk_app.store.reference import catalogue
from tests.unit.services.handling.test_handling import THREE_DAYS, received

OWN = (InnerStep(id="reception", name="Nhận"), InnerStep(id="buoc-1", name="Xem", who="Ông Thử", half_days=3))
OTHER = (InnerStep(id="reception", name="Nhận"), InnerStep(id="buoc-2", name="Duyệt", who="Bà Mẫu"))


def ids(desk: Desk, code: str) -> list[str]:
    return [step.id for step in handling_data.inner_steps_of(desk, dossiers.by_code(desk.db, code))]


def test_what_is_set_holds_from_then_on_and_each_dossier_keeps_its_own_after_a_rebuild_too(desk: Desk) -> None:
    shipped = procedure_steps.shown(desk, THREE_DAYS)
    assert (shipped.is_own, len(shipped.steps)) == (False, 3), "the template's, until somebody sets others"
    first = received(desk)
    procedure_steps.put(desk, THREE_DAYS, OWN)
    second = received(desk)
    procedure_steps.put(desk, THREE_DAYS, OTHER)
    third = received(desk)
    procedure_steps.put(desk, THREE_DAYS, ())
    fourth = received(desk)
    usual = [step.id for step in shipped.steps]
    for _ in range(2):
        assert [ids(desk, code) for code in (first, second, third, fourth)] == [
            usual,
            ["reception", "buoc-1"],
            ["reception", "buoc-2"],
            usual,
        ]
        rebuild(desk.db)
    assert steps.step(desk, second, "forward").handling.holder == "Ông Thử"


def test_the_same_again_records_nothing_and_a_new_step_gets_an_id_that_nobody_had(desk: Desk) -> None:
    procedure_steps.put(desk, THREE_DAYS, OWN)
    before = desk.db.one("SELECT count(*) FROM event")
    procedure_steps.put(desk, THREE_DAYS, OWN)
    assert desk.db.one("SELECT count(*) FROM event") == before
    procedure_steps.put(desk, THREE_DAYS, OTHER)
    more = procedure_steps.put(desk, THREE_DAYS, (*OTHER, InnerStep(id="", name="Thêm"), InnerStep(id="", name="Nữa")))
    assert [step.id for step in more.inner_steps] == ["reception", "buoc-2", "buoc-3", "buoc-4"]
    assert procedure_steps.shown(desk, THREE_DAYS).is_own


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ((OWN[0], OWN[0]), "id riêng"),
        ((InnerStep(id="a", name=" "),), "cần tên"),
        ((InnerStep(id="a", name="Nhận", half_days=-1),), "âm"),
        (tuple(InnerStep(id=str(n), name="x") for n in range(40)), "nhiều nhất"),
    ],
    ids=["doubled", "nameless", "negative", "too many"],
)
def test_steps_that_no_rule_allows_are_refused(desk: Desk, wrong, why: str) -> None:
    with pytest.raises(BadFactError, match=why):
        procedure_steps.put(desk, THREE_DAYS, wrong)
    with pytest.raises(UnknownProcedureError):
        procedure_steps.put(desk, "9.999999", OWN)


def test_a_fact_that_is_not_what_its_name_says_changes_nothing(desk: Desk) -> None:
    procedure_steps.put(desk, THREE_DAYS, OWN)
    key, text = office_steps.said(THREE_DAYS, OfficeSteps(inner_steps=OTHER), 1)
    with session.deed(desk, Permission.OFFICE) as done:
        for forged in ((key, text.replace("Duyệt", "Bỏ")), (f"{key}x", text), (f"{key[:-30]}/xyz", text)):
            done.record(OfficeChanged(values=dict([forged])), dossier="")
    assert procedure_steps.shown(desk, THREE_DAYS).steps == OWN


def test_what_the_district_orders_later_holds_again(desk: Desk) -> None:
    procedure_steps.put(desk, THREE_DAYS, OWN)
    now = catalogue.in_force(desk.db, THREE_DAYS, desk.today().isoformat())
    later = replace(now, version="huyen-1", inner_steps=OTHER, source="district", in_force_from="2026-11-21")
    catalogue.put(desk.db, later, added_at=milliseconds(desk.now()))
    code = received(desk)
    assert ids(desk, code) == ["reception", "buoc-1"]
    desk.clock.moment = desk.clock.moment.replace(day=23)
    assert ids(desk, received(desk)) == ["reception", "buoc-2"]
    with unit_of_work(desk.db):
        office_facts.rebuild(desk.db)
    assert ids(desk, code) == ["reception", "buoc-1"]
