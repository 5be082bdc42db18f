"""Two service days and the days between at the real window, by keys alone: dossiers of all nine procedures live their
whole lives, money is taken and counted, the day is closed; every list and figure is a recount of the journal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desk_app.district.messages import outbox
from desk_app.domain.calendar.moments import VIETNAM
from desk_app.domain.dossiers.events import StepTaken
from desk_app.domain.dossiers.steps import Status
from desk_app.domain.handling.ways_out import WayOut
from desk_app.domain.messages import occasion
from desk_app.domain.messages.kinds import Sending
from desk_app.domain.payments.payment import lines_of
from desk_app.domain.service_days.service_day import ServiceDay, ServiceDayKind
from desk_app.domain.worklists.lists import Worklist, lists_of, standing_of
from desk_app.services.desk import office_settings
from desk_app.services.payments import day_money
from desk_app.services.reports import reports
from desk_app.services.worklists import day_moments
from desk_app.store.journal import journal
from tests.kit.desk.desks import FRIDAY
from tests.kit.district.serving import served
from tests.kit.district.writers import Root
from tests.kit.window.clerk import KEY
from tests.kit.window.life_work import (
    BIRTH,
    COPY,
    DEATH,
    DISABILITY,
    EXTRACT,
    LINKED_BIRTH,
    NINE,
    REFUSAL,
    LifeOfTheDesk,
)
from tests.kit.wire.communes import Office, member_of
from tests.ui.hand import Hand

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
DECIDED = {"number": "12/QĐ-UBND", "decided_on": "2026-10-01", "in_force_from": "2026-11-01"}
SERVICE_DAYS = (
    ServiceDay(id="khong-viet", kind=ServiceDayKind.NO_WRITING, weekdays=(FRIDAY.isoweekday(),), **DECIDED),
    ServiceDay(id="khong-cho", kind=ServiceDayKind.NO_WAITING, weekdays=(MONDAY.isoweekday(),), **DECIDED),
)


@pytest.fixture
def life(make_hand: Callable[..., Hand], empty_desk: Path) -> Iterator[LifeOfTheDesk]:
    hand = make_hand(empty_desk)
    hand.until_open()
    made = LifeOfTheDesk(hand.unseen())
    for day in SERVICE_DAYS:
        made.services.days.put_day(day)
    return made


def test_two_service_days_and_whole_lives_leave_lists_that_equal_a_recount(
    life: LifeOfTheDesk, request: pytest.FixtureRequest
) -> None:
    at_once = 20 if request.config.getoption("whole_days") else 2
    more = 12 if request.config.getoption("whole_days") else 0
    received = first_day(life, at_once, more)
    life.next_day(MONDAY)
    before = taken(life)
    second_day(life, received, at_once)
    assert recounted(life) == life.told.keys()
    closed(life, at_once, taken(life) - before)
    life.next_day(MONDAY + timedelta(days=15))
    assert recounted(life) == life.told.keys()


def first_day(life: LifeOfTheDesk, at_once: int, more: int) -> dict[str, str]:
    """A no-writing day: results in hand at once, one dossier of each procedure, a linked birth."""
    for n in range(at_once):
        life.receive((COPY, EXTRACT)[n % 2], at_once=True)
    received = {procedure: life.receive(procedure) for procedure in NINE}
    received[LINKED_BIRTH] = life.receive(LINKED_BIRTH)
    for n in range(more):
        life.receive(NINE[n % 9])
    for procedure in (EXTRACT, COPY):
        life.pay(received[procedure])
    life.step(received[DISABILITY], "forward", Status.PROCESSING)
    life.step(received[REFUSAL], "forward", Status.PROCESSING)
    missing = [("field.step.defect.du-thao", "thiếu"), ("field.step.defect.so-huu", "chưa ký")]
    life.step(received[REFUSAL], "request-completion", Status.AWAITING_COMPLETION, *missing)
    assert len(life.services.detail(received[REFUSAL]).dossier.handling.defects) == 2
    return received


def second_day(life: LifeOfTheDesk, received: dict[str, str], at_once: int) -> None:
    """A no-waiting day: what is late is excused, completed, signed, refused; results leave in four ways."""
    at_once_today = [life.receive(EXTRACT, at_once=True) for _ in range(at_once // 2)]
    life.pay(at_once_today[0])
    late = received[BIRTH]
    life.step(late, "apologise", Status.RECEIVED, ("due", "25/11/2026"), reason="mất điện hai ngày")
    life.step(received[REFUSAL], "complete", Status.PROCESSING)
    life.step(received[DISABILITY], "submit", Status.AWAITING_SIGNATURE)
    life.step(received[DISABILITY], "signed", Status.PROCESSING, ("field.step.result", "15/GXN"))
    assert "stop" not in life.offered(received[DISABILITY])  # a decision is recorded: TT 03/2025 Điều 7
    assert "stop" in life.offered(received[DEATH])
    life.step(received[DEATH], "stop", Status.STOPPED, reason="người dân xin dừng")
    for procedure in (DISABILITY, EXTRACT, COPY, BIRTH, REFUSAL):
        life.step(received[procedure], "ready", Status.RESULT_READY)
    life.step(received[COPY], "return", Status.RETURNED)
    life.step(
        received[EXTRACT],
        "return",
        Status.RETURNED,
        ("field.step.handed", "Gửi bưu chính"),
        ("field.step.item_code", "EB123456789VN"),
    )
    life.step(
        received[DISABILITY],
        "return",
        Status.RETURNED,
        ("field.step.handed", "Trả tại nhà"),
        ("field.step.cause", "người cao tuổi"),
    )
    handling = life.services.detail(received[EXTRACT]).dossier.handling
    assert (handling.handed, handling.item_code) == ("post", "EB123456789VN")
    assert life.services.detail(received[DISABILITY]).dossier.handling.handed == "home"
    linked = life.services.detail(received[LINKED_BIRTH]).dossier.linked
    assert linked is not None
    first = linked.parts[0].code
    life.step(first, "forward", Status.PROCESSING)
    life.step(first, "ready", Status.RESULT_READY)
    life.step(first, "return", Status.RETURNED)
    life.open(linked.parts[1].code)
    assert f"đã xong 1/{len(linked.parts)}" in life.hand.text("dossier.linked")


def recounted(life: LifeOfTheDesk) -> set[str]:
    """What was told is what the journal holds, and every number and list is counted again from it: the codes there."""
    desk = life.hand.program.desk
    assert desk is not None
    ids = [dossier for (dossier,) in desk.db.all("SELECT DISTINCT dossier FROM event WHERE dossier <> ''")]
    folded = {each.code: each for each in (journal.dossier(desk.db, dossier) for dossier in ids)}
    assert {code: told.status for code, told in life.told.items()} == {code: one.status for code, one in folded.items()}
    for code, told in life.told.items():
        events = journal.history(desk.db, folded[code].id)
        assert [one.payload.action for one in events if isinstance(one.payload, StepTaken)] == told.steps
        assert sum(line.amount for line in lines_of(folded[code].money)) == told.paid
    at = day_moments.of(desk)
    standings = {code: standing for code, one in folded.items() if (standing := standing_of(one)) is not None}
    within = {code: lists_of(standing, at) for code, standing in standings.items()}
    counted = Counter(which for found in within.values() for which in found)
    assert {each.which: each.number for each in life.services.work.counts()} == {w: counted[w] for w in Worklist}
    life.hand.press(KEY.Key_H, ctrl=True)
    table = life.hand.program.view.late.built("work").table
    every = {code for code, found in within.items() if found}
    life.hand.until(lambda: table.model().rowCount() == len(every))
    assert {table.model().row(place).code for place in range(len(every))} == every
    life.hand.press(KEY.Key_Escape)
    return set(folded)


def taken(life: LifeOfTheDesk) -> int:
    """What was paid until now, as the clerk remembers it."""
    return sum(told.paid for told in life.told.values())


def closed(life: LifeOfTheDesk, at_once: int, today: int) -> None:
    """The money of today is counted and balances with the journal, and the day is closed; its figures are those of the
    journal.
    """
    hand, desk = life.hand, life.hand.program.desk
    assert desk is not None and today > 0
    hand.press(KEY.Key_F8)
    place = "day_end.service_day.khong-cho"
    hand.until(lambda: any(each.accessibleIdentifier() == place for each in hand.widgets()))
    assert hand.text(place) == str(at_once // 2)
    hand.until(lambda: hand.widget("day_end.cash.500000").isVisible())
    hand.widget("day_end.cash.500000").setFocus()
    notes = in_notes(today)
    for note, number in notes.items():
        life.clerk.put(f"day_end.cash.{note}", str(number))
    assert day_money.day_money(desk, desk.today()).ours.count is None, "typed is not recorded"
    hand.widget("day_end.cash.1000").setFocus()
    for place in ("1000", "opening", "reason"):  # Enter behind the last one records
        assert hand.focused() == f"day_end.cash.{place}"
        hand.press(KEY.Key_Return)
    ours = day_money.day_money(desk, desk.today()).ours
    assert ours.count is not None
    assert (dict(ours.count.notes), ours.count.counted, ours.cash, ours.difference) == (notes, today, today, 0)
    hand.until(lambda: "Tiền mặt khớp" in hand.text("day_end.money.told"))
    printed = len(hand.printed)
    hand.until(lambda: bool(hand.program.view.front._pane.view.pages))
    hand.press(KEY.Key_F9)
    hand.until(lambda: len(hand.printed) > printed)
    hand.until(lambda: hand.text("status.message").startswith("Đã kết thúc ngày"))
    assert "Tiền mặt" not in hand.text("status.message"), "the drawer balances"
    hand.press(KEY.Key_Escape)


def in_notes(amount: int) -> dict[int, int]:
    """The amount in the fewest notes."""
    found = {}
    for note in (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5000, 2000, 1000):
        found[note], amount = divmod(amount, note)
    return {note: number for note, number in found.items() if number}


def test_a_drawer_that_lacks_money_an_authorised_return_and_messages_are_what_the_journal_holds(
    life: LifeOfTheDesk, tmp_path: Path
) -> None:
    desk, hand = life.hand.program.desk, life.hand
    assert desk is not None
    office_settings.change_all(desk, {"message_ready": "on", "message_consent": "off"})
    paid, told = life.receive(COPY, phone="0912000111"), life.receive(EXTRACT)
    life.pay(paid)
    for code in (paid, told):
        life.step(code, "ready", Status.RESULT_READY)
    with served(tmp_path / "district.db", Root()) as there:
        member = member_of(there, unit=desk.settings.unit, desk=desk.settings.desk)
        office = Office(desk, member, hand.program._clock)
        assert sendings(life) == {paid: [Sending.WAITING], told: []}, "who has no telephone gets no message"
        office.sync()
        (tmp_path / "gateway").mkdir()
        assert len(outbox.hand_over(there.district, tmp_path / "gateway")) == 1
        office.sync()
    assert sendings(life) == {paid: [Sending.SENT], told: []}
    history = life.services.detail(paid).history
    assert any("Cấp trên đã gửi tin nhắn" in line.text for line in history)
    calls = reports.report(desk, "calls", desk.today(), desk.today())
    assert [row["code"] for row in calls.rows] == [told], "a message was sent about the other"
    answers = (
        ("handed", WayOut.AUTHORISED.label),
        ("collector.full_name", "Lê Văn Thử"),
        ("paper_of_authority", "12/GUQ"),
    )
    life.step(paid, "return", Status.RETURNED, *((f"field.step.{name}", text) for name, text in answers))
    kept = life.services.detail(paid).dossier
    assert (kept.handling.handed, kept.handling.paper_of_authority) == (WayOut.AUTHORISED, "12/GUQ")
    assert kept.collector is not None and kept.collector.full_name == "Lê Văn Thử"
    recounted(life)
    lacking(life)


def sendings(life: LifeOfTheDesk) -> dict[str, list[Sending]]:
    """Where the messages of each dossier stand."""
    dossiers = {code: life.services.detail(code).dossier for code in life.told}
    return {code: [each.sending for each in occasion.messages(kept)] for code, kept in dossiers.items()}


def lacking(life: LifeOfTheDesk) -> None:
    """The drawer lacks 1.000 đ: refused without a reason, recorded with it; the day says what the journal says."""
    hand, desk = life.hand, life.hand.program.desk
    cash = taken(life)
    hand.press(KEY.Key_F8)
    hand.until(lambda: any(each.accessibleIdentifier() == "day_end.cash.1000" for each in hand.widgets()))
    hand.until(lambda: bool(hand.text("day_end.money.told")) and bool(hand.program.view.front._pane.view.pages))
    hand.until(lambda: hand.widget("day_end.cash.1000").isVisible())
    hand.widget("day_end.cash.1000").setFocus()
    life.clerk.type(str(cash // 1000 - 1))
    hand.widget("day_end.cash.reason").setFocus()
    hand.press(KEY.Key_Return)
    assert day_money.day_money(desk, desk.today()).ours.count is None, "a difference needs its reason"
    assert hand.focused() == "day_end.cash.reason"
    life.clerk.type("Trả nhầm tiền lẻ")
    hand.press(KEY.Key_Return)
    ours = day_money.day_money(desk, desk.today()).ours
    assert (ours.cash, ours.difference) == (cash, -1000)
    assert "thiếu 1.000 đ" in hand.text("day_end.money.told")
    hand.press(KEY.Key_Escape)
