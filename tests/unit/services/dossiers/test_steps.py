"""What happens after reception, on a real encrypted desk; a colleague's desk is a second one whose events come over."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs
from msgspec.structs import replace

from desk_app.domain.dossiers.changes import DOCUMENTS, fee_text, text_of
from desk_app.domain.dossiers.steps import Status
from desk_app.domain.people.person import Person
from desk_app.domain.procedures.procedure import Document
from desk_app.errors import BadFactError, MissingFactError, UnprintableTextError, WrongStatusError
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import queries, steps
from desk_app.services.dossiers.steps import NoConflictError, NothingChangedError
from desk_app.services.reception import cards, reception
from desk_app.services.reports import day_end
from desk_app.store.attachments import files
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import journal, logs
from desk_app.store.reference import catalogue
from tests.kit.desk.desks import CARD, TestClock, open_copy

SINGLE, COPY = "1.004873", "2.000815"
PHONE = "people.applicant.phone"


def received(desk: Desk, procedure: str = SINGLE, **facts: object) -> str:
    draft = replace(reception.new_draft(procedure), people={"applicant": cards.scan(desk, CARD).person}, **facts)
    return reception.receive(desk, draft).dossier.code


@pytest.fixture
def colleague(template: Path, tmp_path: Path, clock: TestClock):
    (tmp_path / "other").mkdir()
    with open_copy(template, tmp_path / "other", clock) as opened:
        yield opened


def bring(source: Desk, to: Desk) -> None:
    """Everything one desk wrote, absorbed by the other."""
    for one in logs.standings(source.db):
        if one.own:
            told = logs.bodies(source.db, one.log, after=0, limit_bytes=1 << 30)
            with unit_of_work(to.db):
                journal.absorb(to.db, one.log, [(seq, body) for seq, body, _ in told])


def test_a_dossier_goes_its_way_and_each_step_says_what_comes_next(desk: Desk, clock: TestClock) -> None:
    code = received(desk)
    assert [choice.action for choice in steps.steps(desk, code)][:2] == ["forward", "request-completion"]
    steps.step(desk, code, "forward", to="Công chức hộ tịch")
    kept = steps.step(desk, code, "ready", result="Giấy xác nhận")
    assert kept.status is Status.RESULT_READY
    clock.moment += timedelta(days=1)
    kept = steps.step(desk, code, "return", collector=Person(full_name="Người Đến Nhận"))
    assert (kept.status, kept.collector.full_name) == (Status.RETURNED, "Người Đến Nhận")
    assert kept == queries.detail(desk, code).dossier
    assert [choice.action for choice in steps.steps(desk, code)] == ["annul"]


def test_a_step_out_of_turn_or_without_its_reason_writes_nothing(desk: Desk) -> None:
    code = received(desk)
    before = journal.history(desk.db, queries.detail(desk, code).dossier.id)
    with pytest.raises(WrongStatusError):
        steps.step(desk, code, "return")
    with pytest.raises(MissingFactError):
        steps.step(desk, code, "refuse", reason="  ")
    with pytest.raises(MissingFactError):
        steps.step(desk, code, "apologise", reason="máy hỏng")
    with pytest.raises(BadFactError):
        steps.step(desk, code, "apologise", reason="máy hỏng", due_on="19/11/2026")
    with pytest.raises(BadFactError):
        steps.step(desk, code, "hand-over")
    assert journal.history(desk.db, before[0].dossier) == before


def test_a_new_due_day_is_the_hour_results_are_handed_out(desk: Desk) -> None:
    code = received(desk)
    kept = steps.step(desk, code, "apologise", reason="chờ xác minh", due_on="30/11/2026")
    assert f"{queries.rows(desk, [1])[0].due_at}" == str(kept.due_at)
    assert "apologise" not in [choice.action for choice in steps.steps(desk, code)]


def test_only_what_may_be_handed_over_at_once_offers_it(desk: Desk) -> None:
    assert "hand-over" not in [choice.action for choice in steps.steps(desk, received(desk))]
    at_once = [choice.action for choice in steps.steps(desk, received(desk, COPY))]
    assert "hand-over" in at_once


def test_a_correction_is_kept_as_a_reception_would_keep_it(desk: Desk) -> None:
    code = received(desk)
    kept = steps.correct(
        desk,
        code,
        {PHONE: " 0900 000 111 ", "people.applicant.born_on": "16/1/1990", "fee.total": "15.000"},
        reason="gõ nhầm",
    )
    assert (kept.applicant.phone, kept.applicant.born_on, kept.fee.total) == ("0900 000 111", "1990-01-16", 15000)
    assert [row.code for row in queries.find(desk, "0900000111")] == [code]
    shown = {one.path: one for one in steps.correctable(desk, code)}
    assert (shown[PHONE].label, shown[PHONE].whose, shown[PHONE].value) == (
        "Số điện thoại",
        "Người nộp",
        "0900 000 111",
    )
    assert shown["people.applicant.born_on"].kind == "date"


def test_a_correction_no_record_or_paper_could_carry_changes_nothing(desk: Desk) -> None:
    code = received(desk)
    before = queries.detail(desk, code).dossier
    for changes, refusal in (
        ({"people.applicant.born_on": "31/2/1990"}, BadFactError),
        ({"people.applicant.full_name": " "}, MissingFactError),
        ({"people.applicant.id_number": "12"}, BadFactError),
        ({"note": "漢"}, UnprintableTextError),
        ({"status": "returned"}, BadFactError),
        ({}, MissingFactError),
        ({"people.applicant.sex": "Nữ"}, NothingChangedError),
    ):
        with pytest.raises(refusal):
            steps.correct(desk, code, changes)
    assert queries.detail(desk, code).dossier == before


def test_what_stands_already_is_no_edit_and_hides_no_colleagues(desk: Desk, colleague: Desk) -> None:
    code = received(desk)
    bring(desk, colleague)
    steps.correct(colleague, code, {PHONE: "0911111111"})
    bring(colleague, desk)
    kept = steps.correct(desk, code, {PHONE: "0911111111", "note": "gọi trước"})
    assert list(kept.tips) == [PHONE, "note"]
    assert kept.conflicts == {}


def test_two_desks_that_change_one_thing_are_both_heard_until_a_person_chooses(desk: Desk, colleague: Desk) -> None:
    code = received(desk)
    bring(desk, colleague)
    steps.correct(desk, code, {PHONE: "0922222222"})
    steps.correct(colleague, code, {PHONE: "0933333333"})
    bring(colleague, desk)
    bring(desk, colleague)
    (here,) = steps.conflicts(desk, code)
    (there,) = steps.conflicts(colleague, code)
    assert here.label == "Số điện thoại"
    assert {(one.value, one.is_ours) for one in here.values} == {("0922222222", True), ("0933333333", False)}
    assert [one.value for one in here.values] == [one.value for one in there.values]
    assert here.values[0].value == queries.detail(desk, code).dossier.applicant.phone
    assert [row.code for row in steps.to_look_at(desk)] == [code]

    kept = steps.settle_conflict(desk, code, PHONE, "0922222222")
    assert (kept.applicant.phone, kept.conflicts) == ("0922222222", {})
    assert steps.to_look_at(desk) == []
    bring(desk, colleague)
    assert steps.conflicts(colleague, code) == ()
    assert queries.detail(colleague, code).dossier.applicant.phone == "0922222222"
    with pytest.raises(NoConflictError):
        steps.settle_conflict(desk, code, PHONE, "0933333333")


def test_a_fee_chosen_among_two_keeps_its_lines_and_the_days_figures_know_it(desk: Desk, colleague: Desk) -> None:
    original = Document(name="Bằng", pages=2, copies=1)
    code = received(desk, COPY, documents=(original,))
    bring(desk, colleague)
    counted = steps.correct(desk, code, {DOCUMENTS: text_of((replace(original, copies=3),))}, reason="Đếm lại")
    assert counted.fee.lines
    steps.correct(colleague, code, {"fee.total": "5000"}, reason="Miễn một phần")
    bring(colleague, desk)
    bring(desk, colleague)
    assert len(queries.detail(desk, code).dossier.conflicts["fee.total"]) == 2
    kept = steps.settle_conflict(desk, code, "fee.total", fee_text(counted.fee))
    assert kept.fee == counted.fee
    bring(desk, colleague)
    assert queries.detail(colleague, code).dossier.fee == counted.fee
    assert day_end.day_end(desk).figures.ours.fees == counted.fee.total


def test_a_sum_alone_chosen_among_two_is_a_sum_alone(desk: Desk, colleague: Desk) -> None:
    original = Document(name="Bằng", pages=2, copies=1)
    code = received(desk, COPY, documents=(original,))
    bring(desk, colleague)
    steps.correct(desk, code, {DOCUMENTS: text_of((replace(original, copies=3),))}, reason="Đếm lại")
    steps.correct(colleague, code, {"fee.total": "5000"}, reason="Miễn một phần")
    bring(colleague, desk)
    kept = steps.settle_conflict(desk, code, "fee.total", "5000")
    assert (kept.fee.total, kept.fee.lines, kept.conflicts) == (5000, (), {})
    assert day_end.day_end(desk).figures.ours.fees == 5000


def test_a_value_no_record_could_carry_settles_nothing(desk: Desk, colleague: Desk) -> None:
    code = received(desk)
    bring(desk, colleague)
    path = "people.applicant.full_name"
    steps.correct(desk, code, {path: "Nguyễn Thị Một"})
    steps.correct(colleague, code, {path: "Nguyễn Thị Hai"})
    bring(colleague, desk)
    with pytest.raises(MissingFactError):
        steps.settle_conflict(desk, code, path, " ")
    assert len(steps.conflicts(desk, code)[0].values) == 2


def test_a_file_is_kept_encrypted_and_named_in_the_dossier(desk: Desk, tmp_path: Path) -> None:
    code = received(desk)
    scan = tmp_path / "Giấy chứng sinh.pdf"
    scan.write_bytes(b"%PDF-1.4 " + b"x" * 70_000)
    kept, event = steps.attach(desk, code, scan, component="chung-sinh")
    assert (event.name, event.type, event.size) == ("Giấy chứng sinh.pdf", "application/pdf", 70_009)
    assert [one.sha for one in kept.attachments] == [event.sha]
    assert files.read_at(desk.db, event.sha, 0, 9) == b"%PDF-1.4 "
    assert not [file for file in desk.data.rglob("*") if file.is_file() and b"%PDF" in file.read_bytes()]


def test_a_colleagues_dossier_opens_although_its_procedure_and_forms_are_not_here(desk: Desk, colleague: Desk) -> None:
    with unit_of_work(colleague.db):
        known = catalogue.in_force(colleague.db, SINGLE, "2026-11-20")
        catalogue.put(colleague.db, structs.replace(known, version="của quầy kia", source="office"), added_at=0)
    code = received(colleague)
    (form,) = [one for one in queries.detail(colleague, code).dossier.forms if one.form == "to-khai-xntthn"]
    del desk.forms.forms[form.form, form.version]
    bring(colleague, desk)
    shown = queries.detail(desk, code)
    assert (shown.dossier.procedure_version, shown.procedure.code) == ("của quầy kia", SINGLE)
    assert form.form not in [name for name, _ in shown.papers]
    assert steps.correct(desk, code, {"note": "gọi trước"}).note == "gọi trước"
    assert steps.steps(desk, code)


def crossed(desk: Desk, colleague: Desk) -> str:
    """One desk refuses what the other made ready, and then each hears of it; the dossier's code."""
    code = received(desk)
    bring(desk, colleague)
    steps.step(desk, code, "refuse", reason="thiếu điều kiện")
    steps.step(colleague, code, "ready", result="Giấy xác nhận")
    bring(colleague, desk)
    bring(desk, colleague)
    return code


def test_steps_that_crossed_are_settled_by_a_person_and_then_leave_the_list(desk: Desk, colleague: Desk) -> None:
    code = crossed(desk, colleague)
    (here,) = steps.conflicts(desk, code)
    (there,) = steps.conflicts(colleague, code)
    assert (here.path, here.label) == ("status", "Bước xử lý")
    assert [one.value for one in here.values] == [one.value for one in there.values]
    assert {one.value for one in here.values} == {"refused", "result_ready"}
    assert here.values[0].value == queries.detail(desk, code).dossier.status
    with pytest.raises(BadFactError):
        steps.settle_conflict(desk, code, "status", "returned")
    kept = steps.settle_conflict(desk, code, "status", "result_ready")
    assert (kept.status, kept.out_of_turn, kept.conflicts) == (Status.RESULT_READY, (), {})
    assert steps.to_look_at(desk) == []
    bring(desk, colleague)
    assert queries.detail(colleague, code).dossier.status is Status.RESULT_READY
    assert steps.to_look_at(colleague) == []
    assert steps.step(colleague, code, "return").status is Status.RETURNED
    with pytest.raises(NoConflictError):
        steps.settle_conflict(desk, code, "status", "refused")


def test_two_people_who_settle_the_same_steps_differently_are_asked_again(desk: Desk, colleague: Desk) -> None:
    code = crossed(desk, colleague)
    steps.settle_conflict(desk, code, "status", "refused")
    steps.settle_conflict(colleague, code, "status", "result_ready")
    bring(colleague, desk)
    bring(desk, colleague)
    assert queries.detail(desk, code).dossier == queries.detail(colleague, code).dossier
    (again,) = steps.conflicts(desk, code)
    assert {one.value for one in again.values} == {"refused", "result_ready"}
    steps.settle_conflict(desk, code, "status", "refused")
    bring(desk, colleague)
    assert steps.conflicts(colleague, code) == ()
    assert queries.detail(colleague, code).dossier.status is Status.REFUSED
