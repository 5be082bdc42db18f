"""Everything a reception recorded can be set right: what follows from it, what the history and the papers say."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2
import pytest
from msgspec.structs import replace

from desk_app.domain.dossiers.changes import text_of
from desk_app.domain.dossiers.fact_paths import CHANNEL, COMPONENTS, DOCUMENTS, DUE, PROCEDURE
from desk_app.domain.dossiers.steps import Status
from desk_app.domain.papers import SLIP, SLIP_80, owed_at_reception
from desk_app.domain.procedures.procedure import Document
from desk_app.errors import BadFactError, MissingFactError, UnknownProcedureError
from desk_app.services.catalogue import procedure_versions
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import due_proposals, queries, steps, taking_back
from desk_app.services.dossiers.steps import NothingChangedError
from desk_app.services.papers import papers
from desk_app.services.reception import cards, doubts, reception
from desk_app.services.reports import day_end, reports
from desk_app.store.queries import dossiers
from tests.kit.desk.desks import CARD, TestClock
from tests.unit.services.dossiers.test_steps import bring, colleague

__all__ = ["colleague"]

SINGLE, COPY, BIRTH = "1.004873", "2.000815", "1.001193"
BOOK = Document(name="Bằng tốt nghiệp", pages=4, copies=3)


def received(desk: Desk, procedure: str = SINGLE, **facts: object) -> str:
    draft = replace(reception.new_draft(procedure), people={"applicant": cards.scan(desk, CARD).person}, **facts)
    return reception.receive(desk, draft).dossier.code


def last_line(desk: Desk, code: str) -> str:
    return queries.detail(desk, code).history[-1].text


def text_on(desk: Desk, code: str, what: str = "slip") -> str:
    with pypdfium2.PdfDocument(papers.draw(desk, code, what)[0].pdf) as document:
        return "\n".join(document[page].get_textpage().get_text_bounded() for page in range(len(document)))


# --- what can be corrected ----------------------------------------------------------------


def test_wrong_pages_are_corrected_and_the_fee_follows_by_the_rules(desk: Desk) -> None:
    code = received(desk, COPY, documents=(BOOK,))
    before = queries.detail(desk, code).dossier.fee
    kept = steps.correct(desk, code, {DOCUMENTS: text_of((replace(BOOK, pages=2),))}, reason="Đếm nhầm trang")
    assert kept.documents == (replace(BOOK, pages=2),)
    assert (before.total, kept.fee.total) == (18_000, 12_000)
    assert [line.amount for line in kept.fee.lines] == [12_000]
    assert kept.fee.decided_by_clerk is False
    assert last_line(desk, code) == (
        "Đính chính Giấy tờ cần chứng thực: Bằng tốt nghiệp (4 trang × 3 bản) → Bằng tốt nghiệp (2 trang × 3 bản);"
        " Phí, lệ phí: 18.000 đ → 12.000 đ. Lý do: Đếm nhầm trang"
    )


def test_a_fee_that_the_clerk_had_set_stays_when_pages_are_corrected(desk: Desk) -> None:
    code = received(desk, COPY, documents=(BOOK,), fee_total=5_000)
    kept = steps.correct(desk, code, {DOCUMENTS: text_of((replace(BOOK, pages=2),))}, reason="Đếm nhầm trang")
    assert kept.fee.total == 5_000


def test_copies_are_corrected_and_the_fee_follows(desk: Desk) -> None:
    code = received(desk, BIRTH, copies=1, fields={"child.full_name": "Thử", "child.born_on": "1/11/2026"})
    kept = steps.correct(desk, code, {"fields.copies": "3"}, reason="Gõ nhầm")
    assert (kept.fields["copies"], kept.fee.total) == ("3", 24_000)
    assert "Số bản sao" in last_line(desk, code)


def test_papers_handed_in_are_ticked_and_cleared_afterwards(desk: Desk) -> None:
    code = received(desk)
    shown = {one.path: one for one in steps.correctable(desk, code)}[COMPONENTS]
    wanted = [paper.component for paper in shown.papers][:3]
    kept = steps.correct(desk, code, {COMPONENTS: steps.components_named(desk, code, wanted)}, reason="Sót")
    assert [paper.component for paper in kept.components] == wanted
    assert "thêm «" in last_line(desk, code)
    steps.correct(desk, code, {COMPONENTS: steps.components_named(desk, code, [])}, reason="Trả lại dân")
    assert queries.detail(desk, code).dossier.components == ()
    assert "bỏ «" in last_line(desk, code)
    with pytest.raises(BadFactError, match="khong-co"):
        steps.components_named(desk, code, ["khong-co"])


def test_another_procedure_brings_its_papers_limit_fee_and_forms_and_keeps_the_code(desk: Desk) -> None:
    code = received(desk)
    old = queries.detail(desk, code).dossier
    kept = steps.correct(desk, code, {PROCEDURE: BIRTH}, reason="Chọn nhầm thủ tục")
    procedure = procedure_versions.procedure_of(desk, kept)
    assert (kept.code, kept.procedure, kept.procedure_version) == (code, BIRTH, procedure.version)
    assert {paper.component for paper in kept.components} == {
        each.id for each in procedure.components if each.default and each.use != "note"
    }
    assert {form.form for form in kept.forms} == {*procedure.forms, SLIP, SLIP_80}
    assert kept.fee.total == 0
    assert kept.due_at == int(desk.calendar.hand_out(desk.today()).timestamp() * 1000) != old.due_at
    assert [row.procedure for row in queries.find(desk, code)] == [BIRTH]
    assert {one.procedure for one in day_end.day_end(desk).figures.procedures} == {BIRTH}
    assert "Thủ tục: " in last_line(desk, code)
    assert "Hẹn trả: " in last_line(desk, code)
    assert kept == dossiers.by_code(desk.db, code)


def test_what_the_clerk_says_with_another_procedure_stands(desk: Desk) -> None:
    code = received(desk)
    wished = {PROCEDURE: BIRTH, DUE: "4/12", "fee.total": "7000"}
    kept = steps.correct(desk, code, wished, reason="Chọn nhầm")
    assert (queries.rows(desk, [1])[0].due_at, kept.fee.total) == (kept.due_at, 7_000)
    assert "16:30 04/12/2026" in last_line(desk, code)


def test_a_procedure_nobody_knows_changes_nothing(desk: Desk) -> None:
    code = received(desk)
    with pytest.raises(UnknownProcedureError):
        steps.correct(desk, code, {PROCEDURE: "9.999999"}, reason="x")


def test_a_due_date_is_corrected_and_counts_in_the_lists(desk: Desk, clock: TestClock) -> None:
    code = received(desk)
    steps.correct(desk, code, {DUE: "04122026"}, reason="Tính nhầm")
    clock.moment += timedelta(days=12)
    assert queries.listed(desk, "late", 10) == []
    assert "→ 16:30 04/12/2026. Lý do: Tính nhầm" in last_line(desk, code)


@pytest.mark.parametrize("typed", ["32/13/2026", "2026", "hôm kia", "1/11/2026"])
def test_a_due_date_no_calendar_has_or_that_has_passed_is_refused(desk: Desk, typed: str) -> None:
    code = received(desk)
    with pytest.raises(BadFactError):
        steps.correct(desk, code, {DUE: typed}, reason="x")


def test_the_window_asks_for_a_reason_for_everything_and_the_rules_for_what_is_weighty(desk: Desk) -> None:
    code = received(desk)
    with pytest.raises(MissingFactError):
        steps.correct(desk, code, {"note": "gọi trước"}, needs_reason=True)
    with pytest.raises(MissingFactError):
        steps.correct(desk, code, {"sets": "2"})
    with pytest.raises(NothingChangedError):
        steps.correct(desk, code, {"sets": "1"}, needs_reason=True)
    assert steps.correct(desk, code, {"sets": "2"}, reason="Nộp hai bộ").sets == 2


@pytest.mark.parametrize("path", [COMPONENTS, DOCUMENTS, DUE, PROCEDURE, "sets", "fee.total", "note", "return_by"])
def test_everything_a_reception_records_is_offered(desk: Desk, path: str) -> None:
    code = received(desk, COPY, documents=(BOOK,))
    offered = {one.path: one for one in steps.correctable(desk, code)}
    assert offered[path].label
    assert offered[path].shown or path == "note"


def test_what_is_offered_is_taken_back_as_it_stands(desk: Desk) -> None:
    code = received(desk, COPY, documents=(BOOK,))
    for one in steps.correctable(desk, code):
        with pytest.raises(NothingChangedError):
            steps.correct(desk, code, {one.path: one.value}, reason="x")


def test_a_correction_of_documents_beyond_sense_is_refused(desk: Desk) -> None:
    code = received(desk, COPY, documents=(BOOK,))
    for pages in (0, 20_000):
        with pytest.raises(BadFactError):
            steps.correct(desk, code, {DOCUMENTS: text_of((replace(BOOK, pages=pages),))}, reason="x")
    kept = steps.correct(desk, code, {DOCUMENTS: text_of((replace(BOOK, name=" "),))}, reason="x")
    assert kept.documents[0].name == "Bản chính"


def test_two_desks_that_correct_one_list_choose_by_what_they_read(desk: Desk, colleague: Desk) -> None:
    code = received(desk, COPY, documents=(BOOK,))
    bring(desk, colleague)
    steps.correct(desk, code, {DOCUMENTS: text_of((replace(BOOK, pages=2),))}, reason="một")
    steps.correct(colleague, code, {DOCUMENTS: text_of((replace(BOOK, pages=9),))}, reason="hai")
    bring(colleague, desk)
    found = {conflict.path: conflict for conflict in steps.conflicts(desk, code)}
    assert sorted(value.shown for value in found[DOCUMENTS].values) == [
        "Bằng tốt nghiệp (2 trang × 3 bản)",
        "Bằng tốt nghiệp (9 trang × 3 bản)",
    ]
    ours = next(value for value in found[DOCUMENTS].values if value.is_ours)
    kept = steps.settle_conflict(desk, code, DOCUMENTS, ours.value)
    assert kept.documents[0].pages == 2
    assert "2 trang" in last_line(desk, code)


def test_two_desks_that_choose_another_procedure_settle_it_like_any_field(desk: Desk, colleague: Desk) -> None:
    code = received(desk)
    bring(desk, colleague)
    steps.correct(desk, code, {PROCEDURE: BIRTH}, reason="một")
    steps.correct(colleague, code, {PROCEDURE: COPY}, reason="hai")
    bring(colleague, desk)
    found = {conflict.path: conflict for conflict in steps.conflicts(desk, code)}
    ours = next(value for value in found[PROCEDURE].values if value.is_ours)
    assert steps.settle_conflict(desk, code, PROCEDURE, ours.value).procedure == BIRTH


# --- history and papers -------------------------------------------------------------------


def test_the_history_says_field_old_and_new_value(desk: Desk) -> None:
    code = received(desk)
    steps.correct(desk, code, {"people.applicant.born_on": "16/1/1990"}, reason="gõ nhầm")
    assert last_line(desk, code) == "Đính chính Ngày sinh: 15/01/1990 → 16/01/1990. Lý do: gõ nhầm"
    steps.correct(desk, code, {"note": "gọi trước"})
    assert last_line(desk, code) == "Đính chính Ghi chú: (để trống) → gọi trước"


def test_the_new_due_date_after_an_apology_stands_in_the_history(desk: Desk) -> None:
    code = received(desk)
    steps.step(desk, code, "apologise", reason="chờ xác minh", due_on="30/11/2026")
    assert last_line(desk, code).startswith("Xin lỗi và hẹn lại: chờ xác minh. Hẹn trả: 16:30 ")
    assert last_line(desk, code).endswith(" → 16:30 30/11/2026")


def test_a_paper_printed_again_after_a_change_says_so_and_the_dossier_names_it_until_then(desk: Desk) -> None:
    code = received(desk)
    first = papers.draw(desk, code, "slip")[0].pdf
    assert "in lại" not in text_on(desk, code)
    papers.printed(desk, code, ["slip"])
    assert papers.draw(desk, code, "slip")[0].pdf == first
    steps.correct(desk, code, {"people.applicant.phone": "0900000111"}, reason="nhầm số")
    assert queries.detail(desk, code).stale == ("slip",)
    assert "Bản in lại sau khi đính chính ngày 20/11/2026" in text_on(desk, code)
    papers.printed(desk, code, ["slip"])
    assert queries.detail(desk, code).stale == ()
    assert "Bản in lại sau khi đính chính ngày 20/11/2026" in text_on(desk, code)


def test_a_correction_before_the_first_print_leaves_no_mark(desk: Desk) -> None:
    code = received(desk)
    steps.correct(desk, code, {"people.applicant.phone": "0900000111"}, reason="nhầm số")
    papers.printed(desk, code, ["slip"])
    assert "in lại" not in text_on(desk, code)
    assert queries.detail(desk, code).stale == ()


def test_a_change_that_a_paper_does_not_show_leaves_it_as_it_is(desk: Desk) -> None:
    code = received(desk)
    papers.printed(desk, code, ["slip"])
    steps.correct(desk, code, {"people.applicant.email": "thu@vi.du"}, reason="thêm thư")
    steps.step(desk, code, "forward")
    assert queries.detail(desk, code).stale == ()
    assert "in lại" not in text_on(desk, code)


def test_a_slip_with_another_due_date_is_stale_too(desk: Desk) -> None:
    code = received(desk)
    papers.printed(desk, code, ["slip", "slip80"])
    steps.step(desk, code, "apologise", reason="chờ xác minh", due_on="30/11/2026")
    assert queries.detail(desk, code).stale == ("slip", "slip80")
    assert "Bản in lại, thay bản in trước ngày 20/11/2026" in text_on(desk, code)


def test_the_slip_never_prints_an_empty_row(desk: Desk) -> None:
    code = received(desk, ticked=())
    assert "Không có giấy tờ nộp kèm" in text_on(desk, code)
    code = received(desk, COPY, documents=(replace(BOOK, name="  "),))
    assert "Bản chính 04 03" in " ".join(text_on(desk, code).split())


# --- what is asked before saving ----------------------------------------------------------


def test_no_paper_ticked_and_no_fee_said_are_asked_about(desk: Desk) -> None:
    draft = reception.new_draft(SINGLE)
    assert [doubt.field for doubt in doubts.doubts(desk, draft)] == ["fee"]
    draft = replace(draft, ticked=())
    assert [doubt.field for doubt in doubts.doubts(desk, draft)] == ["components", "fee"]
    assert [doubt.field for doubt in doubts.doubts(desk, replace(draft, fee_total=0))] == ["components"]
    copy = reception.new_draft(COPY)
    assert [doubt.field for doubt in doubts.doubts(desk, copy)] == ["documents"]
    assert doubts.doubts(desk, replace(copy, documents=(BOOK,), ticked=())) == ()


# --- taking a step back -------------------------------------------------------------------


def test_a_step_is_taken_back_with_a_reason_and_the_history_shows_both(desk: Desk) -> None:
    code = received(desk)
    steps.step(desk, code, "refuse", reason="Không thuộc thẩm quyền")
    last = taking_back.last_step(desk, code)
    assert last is not None
    assert (last.label, last.back_to, last.needs_due) == ("từ chối", Status.RECEIVED, False)
    kept = taking_back.take_back(desk, code, reason="Nhầm hồ sơ")
    assert (kept.status, kept) == (Status.RECEIVED, dossiers.by_code(desk.db, code))
    assert [line.text for line in queries.detail(desk, code).history[1:]] == [
        "Từ chối: Không thuộc thẩm quyền (đã rút lại)",
        "Rút lại bước «từ chối». Lý do: Nhầm hồ sơ",
    ]
    assert taking_back.last_step(desk, code) is None
    assert steps.step(desk, code, "forward").status is Status.PROCESSING
    assert queries.counts(desk).processing == 1


def test_a_hand_over_at_once_taken_back_asks_for_a_due_date_and_counts_as_not_returned(desk: Desk) -> None:
    code = received(desk, COPY, documents=(BOOK,), hand_over=True)
    last = taking_back.last_step(desk, code)
    assert last is not None
    assert (last.needs_due, last.due_on) == (True, "2026-11-20")
    with pytest.raises(MissingFactError):
        taking_back.take_back(desk, code, reason="Chưa in xong")
    kept = taking_back.take_back(desk, code, reason="Chưa in xong", due_on=last.due_on)
    assert (kept.status, kept.returned_at, kept.due_at > kept.received_at) == (Status.RECEIVED, 0, True)
    assert day_end.day_end(desk).figures.ours.returned == 0
    assert "slip" in owed_at_reception(kept)


def test_only_the_desk_that_handed_over_offers_to_take_it_back(desk: Desk, colleague: Desk) -> None:
    code = received(desk)
    steps.step(desk, code, "ready")
    steps.step(desk, code, "return")
    bring(desk, colleague)
    assert taking_back.last_step(colleague, code) is None
    assert taking_back.last_step(desk, code) is not None
    taking_back.take_back(desk, code, reason="Người nhận chưa tới")
    bring(desk, colleague)
    assert queries.detail(colleague, code).dossier.status is Status.RESULT_READY


def test_a_crossed_step_that_was_taken_back_is_no_choice_any_more(desk: Desk, colleague: Desk) -> None:
    code = received(desk)
    bring(desk, colleague)
    steps.step(desk, code, "ready")
    steps.step(colleague, code, "refuse", reason="Thiếu")
    bring(colleague, desk)
    assert steps.conflicts(desk, code)
    taking_back.take_back(desk, code, reason="Quầy kia nhầm")
    assert steps.conflicts(desk, code) == ()


# --- which due day is offered -------------------------------------------------------------


def test_after_completion_the_limit_counts_from_the_beginning(desk: Desk, clock: TestClock) -> None:
    code = received(desk)
    steps.step(desk, code, "request-completion", reason="thiếu")
    clock.moment += timedelta(days=7)
    (complete,) = [one for one in steps.steps(desk, code) if one.action == "complete"]
    fresh = dossiers.by_code(desk.db, received(desk))
    kept = steps.step(desk, code, "complete", due_on=complete.due_on)
    assert kept.due_at == fresh.due_at


def test_after_a_suspension_the_days_that_were_left_are_left_still(desk: Desk, clock: TestClock) -> None:
    code = received(desk)  # Friday; due after three working days, for Tuesday is a day off
    steps.step(desk, code, "suspend", reason="chờ")
    clock.moment += timedelta(days=10)  # Monday 30/11
    (resume,) = [one for one in steps.steps(desk, code) if one.action == "resume"]
    assert resume.due_on == "2026-12-03"


def test_an_apology_offers_the_first_working_day_after_the_old_due_date(desk: Desk) -> None:
    code = received(desk)
    kept = steps.correct(desk, code, {DUE: "23/11"}, reason="x")
    assert due_proposals.for_step(desk, kept, "apologise") == "2026-11-25"  # 24/11/2026 is a day off


def test_the_way_a_dossier_came_is_corrected_with_a_trace_and_counted_anew(desk: Desk) -> None:
    code = received(desk)
    offered = next(one for one in steps.correctable(desk, code) if one.path == CHANNEL)
    assert (offered.value, offered.shown) == ("paper", "Giấy, tại quầy")
    kept = steps.correct(desk, code, {CHANNEL: "helped"}, reason="Ghi nhầm")
    assert kept.channel == "helped"
    assert last_line(desk, code) == "Đính chính Cách nộp: Giấy, tại quầy → Trực tuyến, cán bộ giúp. Lý do: Ghi nhầm"
    (row,) = reports.report(desk, "channels", desk.today(), desk.today()).rows
    assert (row["paper"], row["helped"]) == (0, 1)
    assert steps.correct(desk, code, {CHANNEL: "paper"}, reason="Vẫn là giấy").channel == ""
    with pytest.raises(BadFactError):
        steps.correct(desk, code, {CHANNEL: "fax"})
    with pytest.raises(NothingChangedError):
        steps.correct(desk, code, {CHANNEL: "paper"})


def test_two_desks_that_correct_the_way_differently_are_shown_to_a_person(desk: Desk, colleague: Desk) -> None:
    code = received(desk)
    bring(desk, colleague)
    steps.correct(desk, code, {CHANNEL: "online"})
    steps.correct(colleague, code, {CHANNEL: "helped"})
    bring(colleague, desk)
    (found,) = steps.conflicts(desk, code)
    assert {value.shown for value in found.values} == {"Trực tuyến", "Trực tuyến, cán bộ giúp"}
