"""Reports: one record behind lines, paper and workbook; what is not known is said, what is late is late for all."""

import io
import zipfile
from datetime import date, datetime, timedelta

import pypdfium2
import pytest
from msgspec.structs import replace

from desk_app.domain.calendar.moments import VIETNAM
from desk_app.domain.service_days.service_day import ServiceDay, ServiceDayKind
from desk_app.errors import BadFactError
from desk_app.services.desk import office_settings
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import steps
from desk_app.services.payments import collecting
from desk_app.services.payments.collecting import ReceiptTyped
from desk_app.services.reception import reception
from desk_app.services.reports import NAMES, reports
from desk_app.services.reports.kinds import KINDS
from desk_app.services.service_days import service_days
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal.check import check
from desk_app.store.journal.rebuild import rebuild
from desk_app.store.projections import register_lines
from desk_app.store.queries import dossiers
from tests.kit.desk.desks import TestClock
from tests.unit.services.reception.test_reception import certified, drafted

TODAY = date(2026, 11, 20)
EVERY_DAY = ServiceDay(
    id="khong-cho",
    kind=ServiceDayKind.NO_WAITING,
    number="12/QĐ-UBND",
    decided_on="2026-10-01",
    in_force_from="2026-11-01",
)


def copies(desk: Desk, **more: object) -> str:
    return reception.receive(desk, drafted(desk, "2.000815", documents=certified((2, 1)), **more)).dossier.code


def words(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def cells(xlsx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(xlsx)) as archive:
        return archive.read("xl/sharedStrings.xml").decode() + archive.read("xl/worksheets/sheet1.xml").decode()


def test_fees_are_summed_and_what_nobody_knows_is_said(desk: Desk) -> None:
    known = copies(desk)
    unknown = reception.receive(desk, drafted(desk, "1.004873")).dossier
    made = reports.report(desk, "day-fees", TODAY, TODAY)
    fees = {str(row["code"]): row["fee"] for row in made.rows}
    kept = dossiers.by_code(desk.db, known)
    assert fees[known] == kept.fee.known_total == 4000
    assert fees[unknown.code] == unknown.fee.known_total
    assert made.totals == {"fee": sum(fee for fee in fees.values() if fee is not None)}
    steps.correct(desk, known, {"fee.total": ""}, reason="chưa thu")
    again = reports.report(desk, "day-fees", TODAY, TODAY)
    (row,) = [row for row in again.rows if row["code"] == known]
    assert row["fee"] is None
    (column,) = [column for column in again.columns if column.key == "fee"]
    assert column.shown(row["fee"]) == "chưa rõ"


def test_only_the_days_asked_for_stand_in_it(desk: Desk, clock: TestClock) -> None:
    first = copies(desk)
    clock.moment = datetime(2026, 11, 23, 0, 30, tzinfo=VIETNAM)
    second = copies(desk)
    for day, code in ((TODAY, first), (date(2026, 11, 23), second)):
        assert [row["code"] for row in reports.report(desk, "day-fees", day, day).rows] == [code]
    assert len(reports.report(desk, "day-fees", TODAY, TODAY + timedelta(days=3)).rows) == 2
    with pytest.raises(BadFactError):
        reports.report(desk, "day-fees", TODAY, TODAY - timedelta(days=1))


def test_the_late_ones_are_those_of_the_list(desk: Desk, clock: TestClock) -> None:
    late, waiting = copies(desk, due_at=0), copies(desk)
    steps.step(desk, waiting, "request-completion", reason="thiếu")
    clock.moment += timedelta(days=30)
    made = reports.report(desk, "late", TODAY, TODAY)
    assert [row["code"] for row in made.rows] == [late]
    assert made.rows[0]["days"] in {29, 30}


@pytest.mark.parametrize("name", KINDS)
def test_paper_and_workbook_say_the_same_and_are_the_same_bytes_again(desk: Desk, clock: TestClock, name: str) -> None:
    if name == "service-days":  # only what was received under one is counted
        service_days.put(desk, EVERY_DAY)
    code = copies(desk)
    office_settings.change(desk, "receipt_series", "26TAA")
    collecting.collect(desk, code, receipt=ReceiptTyped(number="1"))  # lists of money have nothing to say else
    if name == "visits":  # only results that are ready and go home are visited
        steps.correct(desk, code, {"return_by": "home"})
        steps.step(desk, code, "ready")
    if name == "calls":  # only who is to be told something is called
        code = copies(desk)
        steps.step(desk, code, "ready")
    clock.moment += timedelta(days=10)
    made = reports.report(desk, name, TODAY, clock.moment.date())
    assert made.rows
    pdf, xlsx = reports.as_pdf(desk, made), reports.as_workbook(made)
    first = made.rows[0]
    told = first.get("code") or first.get("procedure") or first["name"]  # a count names no dossier
    assert told in (code, first.get("procedure"), first.get("name"))
    assert str(told) in words(pdf)
    assert told in cells(xlsx)
    assert made.title.lower() in words(pdf).lower() or name == "late"
    assert (reports.as_pdf(desk, made), reports.as_workbook(made)) == (pdf, xlsx)


@pytest.mark.parametrize("name", KINDS)
def test_an_empty_report_says_so(desk: Desk, name: str) -> None:
    made = reports.report(desk, name, TODAY, TODAY)
    assert "Không có hồ sơ nào" in words(reports.as_pdf(desk, made))
    assert reports.as_workbook(made)


def test_a_name_that_looks_like_a_formula_stays_a_name(desk: Desk) -> None:
    copies(desk)
    made = reports.report(desk, "day-fees", TODAY, TODAY)
    risky = replace(made, rows=tuple({**row, "applicant": '=HYPERLINK("x")'} for row in made.rows))
    assert "<f>" not in cells(reports.as_workbook(risky))


def test_lines_follow_the_steps_and_rebuild_gives_the_same(desk: Desk, clock: TestClock) -> None:
    code = copies(desk)
    for action in ("forward", "ready", "return"):
        clock.moment += timedelta(hours=1)
        steps.step(desk, code, action)
    last = desk.db.one("SELECT max(id) FROM dossier")[0]
    (line,) = register_lines.lines(desk.db, 1, last)
    told = dict(zip(register_lines.COLUMNS.split(", "), line, strict=True))
    assert told["forwarded_at"] < told["ready_at"] < told["ended_at"] == dossiers.by_code(desk.db, code).returned_at
    assert check(desk.db).problems == ()
    with unit_of_work(desk.db):
        rebuild(desk.db)
    assert register_lines.lines(desk.db, 1, last) == [line]
    desk.db.execute("UPDATE register_line SET fee = 1")
    assert check(desk.db).problems


def test_each_report_has_its_name_in_the_terminal() -> None:
    assert tuple(sorted(KINDS)) == NAMES


def test_the_register_follows_each_dossier_from_hand_to_hand(desk: Desk) -> None:
    code = reception.receive(desk, drafted(desk, "1.001193")).dossier.code
    steps.step(desk, code, "forward", to="Công chức Tư pháp - Hộ tịch")
    steps.step(desk, code, "ready", result="Giấy khai sinh")
    steps.step(desk, code, "return")
    made = reports.report(desk, "register", desk.today(), desk.today())
    (row,) = made.rows
    assert (row["n"], row["code"], row["how"], row["remark"]) == (1, code, "Tại Bộ phận Một cửa", "")
    assert all(row[key] for key in ("received", "forwarded", "ready", "returned", "contact", "office"))
    assert "SỔ THEO DÕI HỒ SƠ" in words(reports.as_pdf(desk, made))
