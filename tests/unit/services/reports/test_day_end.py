"""The close of a day: what is left, what was done, and the report that carries the journal's head."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2
import pytest
from msgspec.structs import replace

from desk_app.domain.calendar.moments import milliseconds
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import steps as dossier_steps
from desk_app.services.dossiers import taking_back
from desk_app.services.papers import papers
from desk_app.services.reception import cards, reception
from desk_app.services.reports import day_end, day_report, reports
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import journal, logs
from desk_app.store.queries import day_events
from tests.kit.desk.desks import CARD, TestClock

BIRTH, SINGLE, COPY = "1.001193", "1.004873", "2.000815"


def received(desk: Desk, procedure: str = SINGLE, **facts: object) -> str:
    draft = replace(reception.new_draft(procedure), people={"applicant": cards.scan(desk, CARD).person}, **facts)
    return reception.receive(desk, draft).dossier.code


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(document[page].get_textpage().get_text_bounded() for page in range(len(document)))


def test_a_day_is_added_up_from_its_own_events(desk: Desk, clock: TestClock) -> None:
    old = received(desk)
    dossier_steps.step(desk, old, "ready")
    clock.moment += timedelta(days=3)
    fresh = received(desk, fee_total=8000)
    dossier_steps.correct(desk, fresh, {"fee.total": "15000"})
    received(desk, COPY, hand_over=True, due_at=0)
    dossier_steps.step(desk, old, "return")
    day = day_end.day_end(desk)
    assert (day.figures.ours.received, day.figures.ours.returned, day.figures.ours.fees) == (2, 2, 15000)
    assert {(one.procedure, one.received, one.returned) for one in day.figures.procedures} == {
        (SINGLE, 1, 1),
        (COPY, 1, 1),
    }
    assert day.figures.all == day.figures.ours


def test_what_another_desk_did_counts_for_the_office_only(desk: Desk) -> None:
    received(desk)
    (log,) = [one.log for one in logs.standings(desk.db)]
    ((_, body, _),) = logs.bodies(desk.db, log, after=0, limit_bytes=1 << 20)
    code = "H26.99-261120-2000"
    with unit_of_work(desk.db):
        theirs = body.replace("H26.99-261120-0001", code).replace('"l":1', '"l":2')
        theirs = theirs.replace(body[body.index('"d":"') + 5 :][:16], "a" * 16)
        journal.absorb(desk.db, b"o" * 16, [(1, theirs)])
    day = day_end.day_end(desk)
    assert (day.figures.ours.received, day.figures.all.received) == (1, 2)
    assert [row.code for row in day.unprinted] == ["H26.99-261120-0001"]


def test_unprinted_are_those_received_today_without_the_paper_they_owe(desk: Desk) -> None:
    forgotten, printed = received(desk), received(desk)
    received(desk, COPY, hand_over=True)  # handed over at once: owes no slip
    papers.printed(desk, printed, ["slip"])
    assert [row.code for row in day_end.day_end(desk).unprinted] == [forgotten]


@pytest.mark.parametrize("steps", [("ready", "return"), ("refuse",), ("withdraw",), ("stop",)])
def test_no_paper_is_owed_for_a_dossier_that_has_ended(desk: Desk, steps: tuple[str, ...]) -> None:
    ended, still_open = received(desk), received(desk)
    for step in steps:
        dossier_steps.step(desk, ended, step, reason="Công dân đổi ý.")
    assert [row.code for row in day_end.day_end(desk).unprinted] == [still_open]


def test_unsent_is_everything_the_district_has_not_confirmed(desk: Desk) -> None:
    first, second = received(desk), received(desk)
    (log,) = logs.standings(desk.db)
    with unit_of_work(desk.db):
        logs.confirm(desk.db, log.log, 2)
    assert [row.code for row in day_end.day_end(desk).unsent] == []
    dossier_steps.correct(desk, first, {"note": "gọi trước"})
    day = day_end.day_end(desk)
    assert [row.code for row in day.unsent] == [first]
    assert (day.sync.waiting_events, day.sync.confirmed_events, day.sync.enrolled) == (1, 2, False)
    assert second not in [row.code for row in day.unsent]


def test_what_is_unsent_is_found_without_looking_at_every_dossier(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    received(desk)
    plain, asked = desk.db.all, []
    monkeypatch.setattr(desk.db, "all", lambda *told: asked.append(told) or plain(*told))
    unsent = day_events.unsent_dossiers(desk.db)
    assert len(unsent) == 1
    assert day_events.first_unsent(desk.db, 10) == unsent
    assert day_events.first_unsent(desk.db, 0) == []
    plans = [row[3] for sql, *values in asked for row in plain(f"EXPLAIN QUERY PLAN {sql}", *values)]
    assert not [line for line in plans if "ON TABLE dossier" in line or line.startswith(("SCAN event", "SCAN dossier"))]


def test_unreturned_are_results_that_wait_and_dossiers_that_are_late(desk: Desk, clock: TestClock) -> None:
    ready, late = received(desk), received(desk)
    dossier_steps.step(desk, ready, "ready")
    clock.moment += timedelta(days=20)
    day = day_end.day_end(desk)
    assert ([row.code for row in day.ready], [row.code for row in day.late]) == ([ready], [late])


def test_the_report_says_the_head_of_the_journal_and_draws_the_same_again(desk: Desk) -> None:
    received(desk)
    paper = day_report.report(desk)
    head = day_end.journal_head(desk)
    said = " ".join(text_of(paper.pdf).split())
    assert (paper.sheet, paper.pages, head.seq) == ("A4", 1, 1)
    for part in (head.hash[:8], head.hash[-8:], "BÁO CÁO KẾT THÚC NGÀY", "H26.99-261120-0001", "chưa in giấy"):
        assert part in said
    assert "Nguyễn" not in said  # the report needs no names
    assert day_report.report(desk).pdf == paper.pdf


def test_the_report_of_the_fullest_day_is_one_page(desk: Desk, clock: TestClock) -> None:
    for procedure in ("1.000656", "1.000894", "1.001193", SINGLE, "2.000635", COPY, "2.000908"):
        for _ in range(3):
            received(desk, procedure, due_at=int((clock.moment + timedelta(hours=1)).timestamp() * 1000))
    clock.moment += timedelta(hours=2)
    paper = day_report.report(desk)
    said = text_of(paper.pdf)
    assert paper.pages == 1
    assert "hồ sơ nữa" in said
    assert "Các thủ tục khác" in said


def test_a_desk_without_any_work_can_still_close_its_day(desk: Desk) -> None:
    day = day_end.day_end(desk)
    assert (day.head.seq, day.unsent, day.unprinted) == (0, (), ())
    assert "Không còn hồ sơ nào" in text_of(day_report.report(desk).pdf)
    day_end.close(desk)


def test_closing_notes_the_head_where_it_lasts(desk: Desk) -> None:
    received(desk)
    (desk.data / "head.json").unlink()
    day_end.close(desk)
    assert day_end.journal_head(desk).hash in (desk.data / "head.json").read_text()


def test_a_signed_report_proves_later_that_the_journal_was_not_touched(desk: Desk) -> None:
    received(desk)
    seal = day_end.seal_of(desk, day_end.day_end(desk))
    received(desk)
    assert day_end.holds_seal(desk, f" {seal}\n")
    head = day_end.journal_head(desk).hash
    wrong = seal[: -len(head)] + head
    assert not day_end.holds_seal(desk, wrong)
    beyond = seal.replace("|1|", "|9|").replace("H26.99|9|", "H26.99|1|")
    assert not day_end.holds_seal(desk, beyond)
    with pytest.raises(day_end.UnknownLogError):
        day_end.holds_seal(desk, seal.replace(day_end.journal_head(desk).log, "ab" * 16))
    for nonsense in ("", "MC|H26.99-261120-0001", seal + "0", seal.replace("|1|", "||")):
        with pytest.raises(day_end.NoSealError):
            day_end.holds_seal(desk, nonsense)


def test_a_fee_nobody_knows_is_counted_and_never_added_as_nothing(desk: Desk) -> None:
    known, unknown = received(desk, fee_total=8000), received(desk)
    day = day_end.day_end(desk)
    assert (day.figures.ours.fees, day.figures.ours.open_fees) == (8000, 1)
    said = text_of(day_report.report(desk).pdf)
    assert "Hồ sơ tiếp nhận chưa xác định phí" in said
    assert "8.000 và chưa rõ" in " ".join(said.split())
    dossier_steps.correct(desk, unknown, {"fee.total": "0"})
    dossier_steps.correct(desk, known, {"fee.total": ""})
    figures = day_end.day_end(desk).figures.ours
    assert (figures.fees, figures.open_fees) == (0, 1)


def test_an_annulled_result_was_returned_on_its_day_and_is_told_as_annulled(desk: Desk, clock: TestClock) -> None:
    code = received(desk)
    for action in ("ready", "return"):
        dossier_steps.step(desk, code, action)
    dossier_steps.step(desk, code, "annul", reason="Sai tên", details={"outcome": "redo"})
    day = day_end.day_end(desk)
    assert (day.figures.ours.returned, day.figures.ours.annulled) == (1, 1)
    assert (day.counts.processing, day.counts.ready) == (1, 0), "and where it stands is another question"
    assert "Kết quả đã trả bị hủy" in text_of(day_report.report(desk).pdf)
    taking_back.take_back(desk, code, reason="Nhầm hồ sơ")
    assert day_end.day_end(desk).figures.ours.annulled == 0
    dossier_steps.step(desk, code, "annul", reason="Sai tên", details={"outcome": "redo"})
    clock.moment += timedelta(days=1)
    dossier_steps.step(desk, code, "ready")
    figures = day_end.day_end(desk).figures.ours
    assert (figures.returned, figures.annulled) == (0, 0), "each on its own day"
    dossier_steps.step(desk, code, "return")
    assert day_end.day_end(desk).figures.ours.returned == 1
    (row,) = reports.report(desk, "register", desk.today() - timedelta(days=9), desk.today()).rows
    assert row["returned"] == milliseconds(clock.moment)
    assert row["remark"] == f"Đã hủy kết quả trả ngày {desk.today() - timedelta(days=1):%d/%m/%Y}"
