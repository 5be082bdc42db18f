"""What is late is one figure: tile, list, report, end of the day and district have it, and the desks share it out."""

from __future__ import annotations

from datetime import timedelta

from desk_app.district.admin import register
from desk_app.district.admin.register import Wanted
from desk_app.district.district import District
from desk_app.domain import lateness
from desk_app.domain.calendar.moments import milliseconds
from desk_app.domain.dossiers.steps import Status
from desk_app.domain.worklists.lists import Worklist
from desk_app.services.custody import handing
from desk_app.services.dossiers import queries, steps
from desk_app.services.reports import day_end, reports
from desk_app.services.worklists import worklists
from tests.kit.wire.communes import Commune, Office


def to_and_fro(*offices: Office) -> None:
    for _ in range(2):
        for office in offices:
            office.sync()


def own(office: Office) -> list[str]:
    return [row.code for row in worklists.listed(office.desk, Worklist.LATE, 100)]


def at_the_district(district: District, now: int) -> list[str]:
    district.projection.catch_up()
    with district.storage.reading() as session:
        rows = register.find(session, district.index, Wanted()).rows
    return sorted(row.code for row in rows if lateness.is_late(Status(row.status), row.due_at, now, counts=row.counts))


def test_late_is_one_figure_everywhere_and_the_desks_share_it_out(commune: Commune) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    codes = [*one.receive(3), *two.receive(2)]
    steps.step(two.desk, codes[4], "ready")
    to_and_fro(one, two)
    handing.give(one.desk, codes[:1], 2)
    to_and_fro(one, two)
    handing.take(two.desk, codes[:1])
    for office in (one, two):
        office.clock.moment += timedelta(days=12)
    to_and_fro(one, two)
    late = sorted(codes[:4])
    for office in (one, two):
        desk = office.desk
        day = day_end.day_end(desk)
        today = desk.today()
        assert queries.counts(desk).late == day.counts.late == len(late)
        assert sorted(row.code for row in queries.listed(desk, "late", 100)) == late
        assert sorted(row.code for row in day.late) == late
        assert sorted(str(row["code"]) for row in reports.report(desk, "late", today, today).rows) == late
        assert len(own(office)) + worklists.late_elsewhere(desk) == len(late)
    assert sorted(own(one)) == codes[1:3], "a desk is reminded of what it has"
    assert sorted(own(two)) == sorted([codes[0], codes[3]])
    assert at_the_district(served.district, milliseconds(one.clock.moment)) == late
