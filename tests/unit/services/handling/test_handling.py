"""Steps as a desk records them: who has the dossier until when, defects, the clock, ways out, notes, visits."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from desk_app.domain.calendar.moments import VIETNAM, in_vietnam
from desk_app.domain.dossiers.steps import Status
from desk_app.errors import BadFactError, EarlyLapseError, MissingFactError, StepRefusedError
from desk_app.services.catalogue import procedure_versions
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import queries, steps
from desk_app.services.handling import procedure_steps
from desk_app.services.handling.procedure_steps import InnerStepsFileError
from desk_app.services.papers import papers
from desk_app.services.reception import cards, reception
from desk_app.services.reports import reports
from desk_app.store.queries import dossiers
from tests.kit.desk.desks import CARD, TestClock
from tests.kit.paper.step_papers import words

TWO_DAYS, THREE_DAYS = "2.001016", "1.004873"


def received(desk: Desk, procedure: str = THREE_DAYS, **facts: object) -> str:
    draft = replace(reception.new_draft(procedure), people={"applicant": cards.scan(desk, CARD).person}, **facts)
    return reception.receive(desk, draft).dossier.code


def test_a_dossier_goes_to_the_next_inner_step_until_its_day_and_to_the_leader_and_back(desk: Desk) -> None:
    code = received(desk)
    first = steps.step(desk, code, "forward").handling
    assert (first.inner, first.holder) == ("appraisal", "Công chức tư pháp - hộ tịch")
    leader = steps.step(desk, code, "submit")
    assert (leader.status, leader.handling.inner) == (Status.AWAITING_SIGNATURE, "signature")
    assert first.until < leader.due_at
    back = steps.step(desk, code, "signed", details={"signer": "Chủ tịch thử", "decided_on": "20/11/2026"})
    assert (back.handling.decided_on, back.handling.inner) == ("2026-11-20", "reception")
    with pytest.raises(StepRefusedError, match="dừng giải quyết"):
        steps.step(desk, code, "stop", reason="Xin thôi")


def test_who_says_to_whom_and_until_when_is_recorded_as_said(desk: Desk) -> None:
    code = received(desk)
    told = {"inner": "appraisal", "until": "10:30 23/11/2026"}
    kept = steps.step(desk, code, "forward", to="Lê Văn Mẫu", details=told)
    assert kept.handling.holder == "Lê Văn Mẫu"
    assert in_vietnam(kept.handling.until) == datetime(2026, 11, 23, 10, 30, tzinfo=VIETNAM)
    for wrong in ({"inner": "nowhere"}, {"until": "khi nào xong"}, {"until": "19/11/2020"}):
        with pytest.raises(BadFactError):
            steps.step(desk, code, "forward", details=wrong)


def test_all_defects_are_asked_for_at_once_and_a_second_time_warns(desk: Desk, clock: TestClock) -> None:
    code = received(desk)
    paper = procedure_versions.procedure_of(desk, queries.detail(desk, code).dossier).components[0]
    assert steps.remarks(desk, code, "request-completion") == []
    kept = steps.step(desk, code, "request-completion", details={"defects": "1: mờ\nẢnh 4x6: thiếu"})
    assert [(each.component, each.wrong) for each in kept.handling.defects] == [(paper.id, "mờ"), ("", "thiếu")]
    asked = queries.detail(desk, code).history[-1].text
    assert paper.name in asked
    assert "Ảnh 4x6: thiếu" in asked
    with pytest.raises(EarlyLapseError, match=r"\d\d/\d\d/2026"):
        steps.step(desk, code, "lapse")
    assert "lapse" not in [each.action for each in steps.steps(desk, code)]
    clock.moment += timedelta(days=20)
    assert "lapse" in [each.action for each in steps.steps(desk, code)]
    complete = next(each for each in steps.steps(desk, code) if each.action == "complete")
    steps.step(desk, code, "complete", due_on=complete.due_on)
    assert "1 lần" in steps.remarks(desk, code, "request-completion")[0]
    steps.step(desk, code, "request-completion", reason="Giấy mới hết hạn")
    clock.moment += timedelta(days=20)
    assert steps.step(desk, code, "lapse").status is Status.STOPPED


@pytest.mark.parametrize(("cause", "days"), [("outage", 4), ("", 4), ("own", 0)], ids=["outage", "unsaid", "own"])
def test_time_that_does_not_count_moves_the_day_and_own_time_does_not(
    desk: Desk, clock: TestClock, cause: str, days: int
) -> None:
    clock.moment = datetime(2026, 11, 30, 9, 0, tzinfo=VIETNAM)  # a week without a day off
    code = received(desk, "1.001653")
    due = in_vietnam(queries.detail(desk, code).dossier.due_at).date()
    steps.step(desk, code, "suspend", reason="Vì", details={"cause": cause})
    kept = dossiers.by_code(desk.db, code)
    step = kept.turns[-1].payload
    assert step.clock == ("runs" if cause == "own" else "stops"), "the event itself says it"
    is_late = [chunk.tolist() for chunk in dossiers.ids(desk.db, which="late", day_start_ms=0, now_ms=kept.due_at + 1)]
    assert bool(is_late) == kept.is_late(kept.due_at + 1) == (cause == "own")
    clock.moment += timedelta(days=4)
    offered = next(each.due_on for each in steps.steps(desk, code) if each.action == "resume")
    expected = desk.calendar.add_working_days(due, days)
    assert offered == expected.isoformat()


def test_an_office_changes_the_inner_steps_and_a_dossier_keeps_those_it_came_under(desk: Desk, tmp_path: Path) -> None:
    old = received(desk, TWO_DAYS, due_at=0)
    file = tmp_path / "quy-trinh.toml"
    file.write_text(
        '[[inner_steps]]\nid = "reception"\nname = "Nhận"\n[[inner_steps]]\nid = "own"\nname = "Xem"\nwho = "Ông Thử"\n'
        'half_days = 1\n[completion]\nclock = "resume"\ndays = 5\nverified = true\n',
        encoding="utf-8",
    )
    procedure_steps.change(desk, TWO_DAYS, file)
    new = received(desk, TWO_DAYS)
    assert steps.step(desk, new, "forward").handling.holder == "Ông Thử"
    assert steps.step(desk, old, "forward").handling.inner == "appraisal"
    file.write_text("[[inner_steps]]\nid = 3\n", encoding="utf-8")
    with pytest.raises(InnerStepsFileError):
        procedure_steps.change(desk, TWO_DAYS, file)
    assert procedure_steps.in_force(desk, TWO_DAYS).completion.days == 5


def test_a_result_keeps_its_file_and_leaves_by_post_by_hand_or_at_home(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "ket-qua.pdf"
    file.write_bytes(b"%PDF-1.7 of nobody")
    code = received(desk, return_by="home")
    ready = steps.step(desk, code, "ready", details={"result": "15/GXN", "file": str(file)})
    assert ready.handling.file == ready.attachments[0].sha
    assert [row["code"] for row in reports.report(desk, "visits", desk.today(), desk.today()).rows] == [code]
    with pytest.raises(MissingFactError):
        steps.step(desk, code, "return", details={"handed": "home"})
    told = {"handed": "home", "cause": "elderly", "collector.full_name": "Lê Thị Mẫu"}
    kept = steps.step(desk, code, "return", details=told)
    assert (kept.handling.handed, kept.collector.full_name) == ("home", "Lê Thị Mẫu")
    assert not reports.report(desk, "visits", desk.today(), desk.today()).rows
    assert "Lê Thị Mẫu" in queries.detail(desk, code).history[-1].text


def test_a_note_stands_in_the_history_and_on_no_paper(desk: Desk) -> None:
    code = received(desk)
    steps.note(desk, code, "QUAXYZ hẹn gọi lại")
    steps.step(desk, code, "request-completion", reason="Thiếu giấy")
    steps.note(desk, code, "QUAXYZ đã gọi")
    detail = queries.detail(desk, code)
    assert [each.text for each in detail.history if "QUAXYZ" in each.text]
    drawn = papers.draw(desk, code, "all")
    drawn += [one for what, _ in detail.papers for one in papers.draw(desk, code, what)]
    assert len(drawn) > 2
    assert not any("QUAXYZ" in words(one.pdf) for one in drawn)
