"""Service days and held procedures in the window: set with keys, said where a clerk looks, counted in gestures."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desk_app.domain.dossiers.steps import Status
from desk_app.domain.holds.hold import Hold, HoldWeight
from desk_app.domain.papers import USUAL
from desk_app.domain.service_days.service_day import ServiceDay, ServiceDayKind
from desk_app.ui.service_days.day_line import ServiceDayLine
from tests.kit.desk.desks import CARD
from tests.ui.hand import Hand

KEY = Qt.Key
SAID = Qt.ItemDataRole.AccessibleTextRole
COPY, ORIGINAL, EXTRACT, MARRIAGE, BIRTH, DEATH = "2.000815", "2.000908", "2.000635", "1.000894", "1.001193", "1.000656"
FRIDAY = ServiceDay(
    id="khong-viet",
    kind=ServiceDayKind.NO_WRITING,
    weekdays=(5,),
    number="12/QĐ-UBND",
    decided_on="2026-10-01",
    in_force_from="2026-11-01",
)


@pytest.fixture
def hand(shared_hand: Hand) -> Hand:
    return shared_hand.unseen()


def shown(hand: Hand, identifier: str) -> str:
    """The text of a label that is in sight, "" else."""
    return next(
        (
            str(each.property("text"))
            for each in hand.program.window.findChildren(QWidget)
            if each.accessibleIdentifier() == identifier and each.isVisible()
        ),
        "",
    )


def chosen(hand: Hand, code: str) -> None:
    """The procedure by its quick key."""
    codes = [each.code for each in hand.program.view._tools.services.choices()]
    hand.press(Qt.Key(KEY.Key_0 + codes.index(code) + 1), ctrl=True)


def test_an_office_takes_an_example_over_with_keys_and_the_window_says_what_day_it_is(hand: Hand) -> None:
    assert not shown(hand, "dossiers.service_day")
    hand.press(KEY.Key_W, ctrl=True)
    hand.widget("service_days.row.ngay-khong-hen").setFocus()
    hand.press(KEY.Key_Return)
    assert hand.focused() == "service_days.number"
    hand.press(KEY.Key_S, ctrl=True)  # no decision: refused, and the field says so
    assert hand.focused() == "service_days.number"
    hand.fill("12/QĐ-UBND")
    hand.press(KEY.Key_Return)
    hand.fill("1/10/2026")
    hand.press(KEY.Key_Return, KEY.Key_Return)
    assert hand.focused() == "service_days.in_force_from"
    hand.fill("1/11/2026")
    hand.press(KEY.Key_S, ctrl=True)
    (row,) = [row for row in hand.program.view._tools.services.days.days() if row.is_today]
    assert (row.day.id, row.origin, row.day.weekdays) == ("ngay-khong-hen", "commune", (5,))
    hand.press(KEY.Key_Escape)
    assert shown(hand, "dossiers.service_day") == "Hôm nay: Ngày không hẹn, 7 thủ tục."
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    chosen(hand, EXTRACT)
    assert shown(hand, "reception.service_day") == "Hôm nay: Ngày không hẹn, 7 thủ tục."
    assert "Ngày không hẹn" in shown(hand, "reception.procedure.service_day")
    chosen(hand, "2.001016")
    assert not shown(hand, "reception.procedure.service_day")


def test_same_day_results_of_a_service_day_are_recorded_complete_in_seven_gestures_at_most(hand: Hand) -> None:
    services = hand.program.view._tools.services
    services.days.put_day(FRIDAY)
    for code in (COPY, ORIGINAL, EXTRACT, MARRIAGE, BIRTH, DEATH):
        hand.press(KEY.Key_F2)
        hand.gestures = 0
        hand.scan(CARD)
        chosen(hand, code)
        if code == COPY:
            hand.fill("2x3")
        hand.press(KEY.Key_F10)
        if not hand.program.view.reception.saved_code:  # a fee that nobody knows is asked about once
            hand.press(KEY.Key_F10)
        assert hand.gestures <= 7
        dossier = services.detail(hand.program.view.reception.saved_code).dossier
        assert (dossier.procedure, dossier.status, dossier.due_at) == (code, Status.RETURNED, 0)
        assert [each.kind for each in dossier.service_days] == ["no_writing"]
        hand.settle()
    slips = [title for title in hand.printed if "TIẾP NHẬN" in title.upper()]
    assert slips == []
    (slip,) = services.draw_apart(dossier.code, "slip", USUAL)  # asked for, it is there
    assert "TIẾP NHẬN" in slip.title.upper()
    hand.press(KEY.Key_F8)
    hand.until(lambda: shown(hand, "day_end.service_day.khong-viet") == "6")


def test_a_hold_is_told_at_the_choice_asked_about_or_refused_and_ended_with_keys(hand: Hand) -> None:
    services = hand.program.view._tools.services
    hand.press(KEY.Key_W, ctrl=True)
    said = [each.text() for each in hand.program.view.front.findChildren(QLabel) if each.isVisible()]
    assert "Không có thủ tục nào tạm dừng tiếp nhận." in said
    facts = {"procedures": (ORIGINAL,), "starts": "2026-11-20", "until": "2026-11-25", "reason": "Kho lưu trữ sửa"}
    warned = services.days.add_hold(Hold(**facts, weight=HoldWeight.WARN))
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    chosen(hand, ORIGINAL)
    assert shown(hand, "reception.procedure.held").startswith("Đang tạm dừng đến hết 25/11/2026")
    hand.press(KEY.Key_F9)
    assert not hand.program.view.reception.saved_code  # asked about once
    assert "Kho lưu trữ sửa" in hand.widget("reception.procedure").accessibleDescription()
    assert not shown(hand, "reception.procedure.held")  # not said twice
    hand.press(KEY.Key_F9)
    dossier = services.detail(hand.program.view.reception.saved_code).dossier
    assert [each.id for each in dossier.holds] == [warned.id]

    hand.press(KEY.Key_F2)  # also in the list of procedures, before one is chosen
    hand.widget("reception.procedure").setFocus()
    hand.press(KEY.Key_Down)
    lines = hand.widget("reception.procedure.list").model()
    told = [lines.data(lines.index(row), SAID) for row in range(lines.rowCount())]
    marked = [text for text in told if "Tạm dừng" in text]
    assert [text.rpartition(", ")[2] for text in marked] == ["Tạm dừng: nhắc"]
    hand.press(KEY.Key_Escape)

    services.days.end_hold(warned.id, "Thay bằng không nhận")
    refusal = services.days.add_hold(Hold(**facts, weight=HoldWeight.REFUSE, remedy="Mời đến từ ngày 26/11"))
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    chosen(hand, ORIGINAL)
    hand.press(KEY.Key_F9, KEY.Key_F9)
    assert not hand.program.view.reception.saved_code
    assert hand.focused() == "reception.procedure"
    assert "Kho lưu trữ sửa" in hand.text("status.message")

    hand.press(KEY.Key_W, ctrl=True)
    hand.widget(f"holds.row.{refusal.id}").setFocus()
    hand.press(KEY.Key_Return)
    assert hand.focused() == "holds.why"
    hand.press(KEY.Key_Return)  # an end without a reason is refused
    assert hand.focused() == "holds.why"
    assert ("Ctrl+Enter", "Lưu thay đổi") in hand.program.view._key_bar.keys
    hand.widget("holds.until").setFocus()  # the same hold stands in the card to be said otherwise
    hand.fill("31/11/2026")
    hand.press(KEY.Key_Return, ctrl=True)
    assert hand.focused() == "holds.until"
    hand.press(KEY.Key_A, ctrl=True)
    hand.fill("4/12/2026")
    hand.widget("holds.reason").setFocus()
    hand.fill("Kho lưu trữ dời đi")
    hand.press(KEY.Key_Return, ctrl=True)
    (changed,) = [row for row in services.days.holds() if row.hold.id == refusal.id]
    assert (changed.hold.until, changed.hold.reason) == ("2026-12-04", "Kho lưu trữ dời đi")
    assert [said.hold.until for said in changed.earlier] == ["2026-11-25"]
    assert hand.focused() == "holds.add_procedure"
    assert hand.widget("holds.reason").text() == ""
    hand.widget(f"holds.row.{refusal.id}").setFocus()
    hand.press(KEY.Key_Return)
    assert "Kho lưu trữ sửa" in shown(hand, "holds.which")  # what it said before
    assert hand.widget("holds.until").text() == "04/12/2026"
    hand.press(KEY.Key_Escape)
    assert hand.widget("holds.until").text() == ""
    hand.widget(f"holds.row.{refusal.id}").setFocus()
    hand.press(KEY.Key_Return)
    hand.fill("Kho đã sửa xong")
    hand.press(KEY.Key_Return)
    states = {row.hold.id: row.state for row in services.days.holds()}
    assert states == {warned.id: "ended", refusal.id: "ended"}
    hand.press(KEY.Key_F2)
    assert not shown(hand, "reception.procedure.held")


def test_a_window_that_is_closed_asks_its_desk_for_the_day_no_more(make_hand: object, busy_desk: Path) -> None:
    hand: Hand = make_hand(busy_desk)  # type: ignore[operator]
    hand.until_open()
    crashes: list[object] = []
    hand.program.crash.happened.connect(crashes.append)
    (line, *_) = [each for each in hand.widgets() if isinstance(each, ServiceDayLine)]
    asked: list[str] = []
    line._line = lambda: asked.append("asked") or ""
    line._time_passed()
    assert asked == ["asked"]
    hand.program.window.close()
    line._time_passed()
    assert asked == ["asked"]
    assert crashes == []


def test_the_inner_steps_of_a_procedure_are_set_with_keys_and_go_back_to_the_common_ones(hand: Hand) -> None:
    view = hand.program.view
    services = view._tools.services
    hand.press(KEY.Key_W, ctrl=True)
    hand.widget("inner_steps.procedure").setFocus()
    title = next(each.title for each in services.choices() if each.code == MARRIAGE)
    hand.fill(title)
    hand.press(KEY.Key_Return)
    hand.until(lambda: bool(shown(hand, "inner_steps.told")) and hand.widget("inner_steps.1.name").isVisible())
    assert "chung" in shown(hand, "inner_steps.told")
    hand.widget("inner_steps.2.who").setFocus()
    hand.widget("inner_steps.2.who").selectAll()
    hand.fill("Bà Mẫu")
    hand.widget("inner_steps.add").setFocus()
    hand.press(KEY.Key_Return)
    assert hand.focused() == "inner_steps.4.name"
    hand.fill("Vào sổ")
    hand.press(KEY.Key_Return)
    assert hand.focused() == "inner_steps.4.who"
    hand.widget("inner_steps.save").setFocus()
    hand.press(KEY.Key_Return)
    kept = services.days.inner_steps(MARRIAGE)
    assert kept.is_own
    assert [(step.id, step.who) for step in kept.steps][1::2] == [("appraisal", "Bà Mẫu"), ("buoc-1", "")]
    assert "xã đặt từ" in shown(hand, "inner_steps.told")
    hand.widget("inner_steps.reset").setFocus()
    hand.press(KEY.Key_Return)
    assert not services.days.inner_steps(MARRIAGE).is_own
    assert hand.focused() == "inner_steps.procedure"


def test_an_inner_step_goes_up_and_down_with_keys_and_buttons_and_the_office_keeps_the_order(hand: Hand) -> None:
    services = hand.program.view._tools.services
    hand.press(KEY.Key_W, ctrl=True)
    hand.widget("inner_steps.procedure").setFocus()
    hand.fill(next(each.title for each in services.choices() if each.code == MARRIAGE))
    hand.press(KEY.Key_Return)
    hand.until(lambda: bool(shown(hand, "inner_steps.told")) and hand.widget("inner_steps.1.name").isVisible())
    assert hand.focused() == "inner_steps.1.name"
    before = [step.id for step in services.days.inner_steps(MARRIAGE).steps]
    assert len(before) == 3
    hand.widget("inner_steps.procedure").setFocus()
    stops = []
    while not stops or stops[-1] != "inner_steps.add":
        hand.press(KEY.Key_Tab)
        stops.append(hand.focused())
    parts = ("name", "who", "half_days", "kind", "up", "down")
    rows = [f"inner_steps.{row}.{part}" for row in (1, 2, 3) for part in parts]
    assert stops[:-1] == [each for each in rows if hand.widget(each).isEnabled()]
    assert not hand.widget("inner_steps.1.up").isEnabled()
    assert not hand.widget("inner_steps.3.down").isEnabled()

    def moved(key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget(), key, Qt.KeyboardModifier.AltModifier)
        hand.settle()

    hand.widget("inner_steps.1.kind").setFocus()
    moved(KEY.Key_Up)  # nothing is above
    assert hand.focused() == "inner_steps.1.kind"
    name = hand.text("inner_steps.1.name")
    moved(KEY.Key_Down)
    assert (hand.focused(), hand.text("inner_steps.2.name")) == ("inner_steps.2.kind", name)
    assert QApplication.activePopupWidget() is None
    hand.widget("inner_steps.3.name").setFocus()
    moved(KEY.Key_Up)
    assert hand.focused() == "inner_steps.2.name"
    hand.widget("inner_steps.2.down").click()
    hand.widget("inner_steps.3.up").click()
    hand.widget("inner_steps.3.up").click()
    hand.settle()
    hand.widget("inner_steps.save").setFocus()
    hand.press(KEY.Key_Return)
    order = [step.id for step in services.days.inner_steps(MARRIAGE).steps]
    assert order == [before[1], before[0], before[2]]
    hand.widget("inner_steps.reset").setFocus()
    hand.press(KEY.Key_Return)
    assert [step.id for step in services.days.inner_steps(MARRIAGE).steps] == before
