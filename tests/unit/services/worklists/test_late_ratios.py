"""The ratios of what was late are a recount of the journal, on screen, paper and in the workbook alike."""

from __future__ import annotations

from datetime import timedelta

from desk_app.domain.worklists.ratios import RatioBy, RatioVerdict
from desk_app.services.desk import office_settings
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import steps as dossier_steps
from desk_app.services.reports import reports
from desk_app.services.worklists import late_ratios
from desk_app.store.queries import dossiers
from tests.kit.desk.desks import TestClock
from tests.unit.services.messages.test_queueing import received
from tests.unit.services.reports.test_reports import cells, words


def late_one(desk: Desk, clock: TestClock) -> list[str]:
    """Three dossiers: done in time, done too late after a forwarding, and late still."""
    codes = [received(desk), received(desk), received(desk)]
    dossier_steps.step(desk, codes[0], "ready")
    dossier_steps.step(desk, codes[1], "forward", to="Phòng Kinh tế")
    clock.moment += timedelta(days=20)
    dossier_steps.step(desk, codes[1], "ready")
    return codes


def test_the_figures_name_the_dossiers_behind_them(desk: Desk, clock: TestClock) -> None:
    codes = late_one(desk, clock)
    numbers = [dossiers.row_by_code(desk.db, code).id for code in codes]
    found = late_ratios.lines(desk, desk.today() - timedelta(days=40), desk.today())
    (procedure,) = [line for line in found if line.figures.by is RatioBy.PROCEDURE]
    assert (procedure.figures.all, procedure.figures.late) == (tuple(numbers), tuple(numbers[1:]))
    assert (procedure.percent, procedure.verdict) == ("66,7 %", RatioVerdict.ABOVE)
    units = {line.figures.name: line.figures.late for line in found if line.figures.by is RatioBy.UNIT}
    assert units == {"Phòng Kinh tế": (numbers[1],), desk.settings.office: (numbers[2],)}


def test_the_report_says_the_same_on_paper_and_in_the_workbook_with_the_limits(desk: Desk, clock: TestClock) -> None:
    late_one(desk, clock)
    office_settings.change_all(desk, {"late_most": "70", "late_citation": "Quyết định số 00/QĐ-TEST"})
    made = reports.report(desk, "late-ratios", desk.today() - timedelta(days=40), desk.today())
    assert {row["verdict"] for row in made.rows} == {"phải nhắc", "vượt mức"}
    assert "66,7 %" in words(reports.as_pdf(desk, made))
    assert "Quyết định số 00/QĐ-TEST" in cells(reports.as_workbook(made))


def test_the_call_list_prints_number_and_words(desk: Desk) -> None:
    code = received(desk)
    dossier_steps.step(desk, code, "request-completion", reason="Thiếu giấy")
    made = reports.report(desk, "calls", desk.today(), desk.today())
    assert [row["code"] for row in made.rows] == [code]
    paper = words(reports.as_pdf(desk, made))
    assert "0912 345 678" in paper
    assert "cần bổ sung giấy tờ" in paper


def test_a_dossier_handled_anew_is_late_against_its_new_day_and_one_ended_keeps_what_it_met(
    desk: Desk, clock: TestClock
) -> None:
    anew, ended = received(desk), received(desk)
    for code in (anew, ended):
        for action in ("ready", "return"):
            dossier_steps.step(desk, code, action)
    clock.moment += timedelta(days=30)
    dossier_steps.step(desk, ended, "annul", reason="Sai", details={"outcome": "end"})
    dossier_steps.step(desk, anew, "annul", reason="Sai", details={"outcome": "redo"})
    assert late_of(desk) == [((dossiers.row_by_code(desk.db, ended).id,), ())]
    clock.moment += timedelta(days=30)
    number = dossiers.row_by_code(desk.db, anew).id
    assert [late for _, late in late_of(desk)] == [(number,)]
    dossier_steps.step(desk, anew, "ready")
    assert [late for _, late in late_of(desk)] == [(number,)], "its second result came too late"


def late_of(desk: Desk) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    found = late_ratios.lines(desk, desk.today() - timedelta(days=90), desk.today())
    return [(line.figures.all, line.figures.late) for line in found if line.figures.by is RatioBy.PROCEDURE]
