"""Late: one rule, and desk, list and district page all follow it."""

import contextlib
import sqlite3

import pytest

from desk_app.district.admin.register import Found, ListedDossier, Wanted
from desk_app.district.pages import dossiers_page
from desk_app.district.pages.layout import PageFrame
from desk_app.domain import lateness
from desk_app.domain.dossiers.events import StepTaken
from desk_app.domain.dossiers.steps import Status
from desk_app.store.queries import dossiers, worklists
from tests.kit.desk import books
from tests.kit.desk.step_ways import WAYS

NOW = books.NOON + 3_600_000 + 1
FRAME = PageFrame(district="Huyện", user="lan", path="/dossiers", token="t")


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize(("due_at", "is_past"), [(0, False), (NOW - 1, True), (NOW, False), (NOW + 1, False)])
def test_only_the_office_can_be_late(status: Status, due_at: int, is_past: bool) -> None:
    is_the_offices_turn = status in {Status.RECEIVED, Status.PROCESSING, Status.AWAITING_SIGNATURE}
    assert lateness.is_late(status, due_at, NOW) == (is_past and is_the_offices_turn)


def test_desk_and_district_call_the_same_dossiers_late(tmp_path) -> None:
    db = books.made(tmp_path / "desk")
    for number, (status, way) in enumerate(WAYS.items()):
        for more, due in enumerate((0, NOW - 1, NOW + 1)):
            dossier = books.received(db, number * 3 + more + 1, due_at=due)
            for action in way:
                books.written(db, StepTaken(action=action, reason="thử"), dossier=dossier)
            assert db.one("SELECT status FROM dossier WHERE dossier = ?", [dossier]) == (status,)
    own = books.received(db, 100, due_at=NOW - 1)
    books.written(db, StepTaken(action="suspend", reason="thử", cause="own", clock="runs"), dossier=own)
    ids = [number for (number,) in db.all("SELECT id FROM dossier")]
    rows = dossiers.rows(db, ids)
    by_list = {number for chunk in dossiers.ids(db, which="late", day_start_ms=0, now_ms=NOW) for number in chunk}
    by_rule = {row.id for row in rows if lateness.is_late(Status(row.status), row.due_at, NOW, counts=row.counts)}
    by_district = {row.id for row in rows if "Quá hạn" in at_the_district(row)}
    db.close()
    assert by_list == by_rule == by_district
    assert len(by_rule) == 4
    assert own in {row.dossier for row in rows if row.id in by_rule}


def at_the_district(row: dossiers.DossierRow) -> str:
    """Its line on the district's page."""
    listed = ListedDossier(
        n=row.id,
        unit="H26.99",
        id=row.dossier,
        code=row.code,
        status=row.status,
        procedure=row.procedure,
        applicant=row.applicant,
        id_number=row.id_number,
        received_at=row.received_at,
        due_at=row.due_at,
        returned_at=row.returned_at,
        needs_look=False,
        counts=row.counts,
    )
    found = Found(rows=(listed,), total=1, has_more=False)
    return dossiers_page.drawn(FRAME, Wanted(), found, units=(), procedures={}, at=NOW)


def test_the_condition_of_the_lists_is_the_rule() -> None:
    with contextlib.closing(sqlite3.connect(":memory:")) as db:
        for status in Status:
            for counts in (False, True):
                said = f"SELECT {worklists.TIME_RUNS} FROM (SELECT ? AS status, ? AS counts)"
                (runs,) = db.execute(said, (status.value, counts)).fetchone()
                assert bool(runs) == lateness.time_runs(status, counts=counts), (status, counts)


def test_a_suspension_for_the_offices_own_reasons_is_the_one_that_can_be_late() -> None:
    for status in Status:
        is_own = status is Status.SUSPENDED
        assert lateness.is_late(status, NOW - 1, NOW, counts=True) == (is_own or lateness.is_late(status, NOW - 1, NOW))
    assert lateness.was_late(Status.SUSPENDED, NOW - 1, 0, NOW, counts=True) is True
    assert lateness.was_late(Status.SUSPENDED, NOW - 1, 0, NOW) is None
