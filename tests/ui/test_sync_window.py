"""The window and a real district: what is told of what was sent, others' work arriving, and no line at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desk_app.district.transport import stick
from desk_app.protocol.keys import Keys
from desk_app.services.desk.desk import open_desk
from desk_app.services.dossiers.steps import correct
from desk_app.services.sync import status as sync_status
from desk_app.services.sync import syncing
from desk_app.services.sync.records import Exchanged, SyncStatus
from desk_app.store.journal import forks, logs
from desk_app.ui.services.sync_services import SyncServices
from desk_app.ui.sync import sync_rounds
from tests.kit.desk import counters
from tests.kit.desk.counters import Counter
from tests.kit.desk.desks import FRIDAY, PASSPHRASE
from tests.kit.district.serving import Served, served
from tests.kit.district.writers import Root, register
from tests.ui.hand import Hand

KEY = Qt.Key


@pytest.fixture
def district(tmp_path: Path) -> Iterator[Served]:
    root = Root()
    with served(tmp_path / "district.db", root, clock=lambda: int(FRIDAY.timestamp() * 1000)) as running:
        root.url = running.url
        yield running


@pytest.fixture(scope="session")
def two_desks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Counter, Counter]:
    """Two desks of one commune with a small morning each, not yet known to any district."""
    folder = tmp_path_factory.mktemp("two")
    made = counters.made(folder, desk=1), counters.made(folder, desk=2)
    for seed, counter in enumerate(made, 1):
        counters.work(counter, events=12, dossiers=4, seed=seed)
    return made


@pytest.fixture
def desks(two_desks: tuple[Counter, Counter], district: Served, tmp_path: Path) -> tuple[Counter, Counter]:
    """The two, enrolled in this test's district."""
    ours, theirs = (one.copied(tmp_path / name) for one, name in zip(two_desks, ("ours", "theirs"), strict=True))
    for counter in (ours, theirs):
        keys = Keys.new()
        counters.enrol(counter, district.root.card, register(district.district, district.root, keys.public), keys)
    return ours, theirs


@pytest.fixture
def at_desk(make_hand: Callable[..., Hand], desks: tuple[Counter, Counter], monkeypatch: pytest.MonkeyPatch) -> Hand:
    """The window on the first desk, on its sync page; it begins no round of its own, however slow the machine is."""
    monkeypatch.setattr(sync_rounds, "_AFTER_START_MS", 3_600_000)
    hand = make_hand(desks[0].data)
    hand.until_open()
    hand.press(KEY.Key_F7)
    hand.until(lambda: hand.text("sync.state") != "")
    return hand


def status(hand: Hand) -> SyncStatus:
    return sync_status.status(hand.program.desk)


def send(hand: Hand) -> None:
    """Press the button and wait for the end of the round."""
    rounds, ended = hand.program.rounds, []
    rounds.ended.connect(lambda: ended.append(True))
    hand.widget("sync.send_again").click()
    hand.until(lambda: bool(ended) and not rounds.is_running and not rounds._is_looking)


def test_what_is_sent_is_told_only_once_the_district_confirmed_it(at_desk: Hand, district: Served) -> None:
    hand = at_desk
    assert hand.text("sync.state") == "Còn 4 hồ sơ chờ gửi"
    assert (hand.text("sync.waiting"), hand.text("sync.confirmed")) == ("4", "0")
    send(hand)
    assert hand.text("sync.state") == "Cấp trên đã nhận đủ"
    assert (hand.text("sync.ours"), hand.text("sync.confirmed"), hand.text("sync.waiting")) == ("4", "4", "0")
    assert hand.text("sync.confirmed_events") == hand.text("sync.ours_events") == "12 việc đã ghi"
    assert "Đã gửi đủ" in hand.widget("sync.side").accessibleName()
    assert "Đã gửi 12 việc" in hand.text("status.message")


def test_without_a_district_nothing_counts_as_sent_and_the_clerk_reads_what_to_do(
    at_desk: Hand, district: Served
) -> None:
    hand = at_desk
    hand.program.rounds._services = with_nobody_there(hand)
    send(hand)
    assert hand.text("sync.state") == "Chưa gửi được"
    assert status(hand).waiting_events == 12
    assert "4 hồ sơ vẫn nằm trên máy này" in hand.text("sync.more")
    assert hand.program.rounds.next_at is not None
    assert hand.widget("sync.side").accessibleName() == "4 hồ sơ chưa gửi"


def with_nobody_there(hand: Hand) -> SyncServices:
    """The same services, asking where nobody listens."""

    def ask(tell: Callable[[object], None], stop: Event) -> Exchanged:
        return syncing.synchronise(hand.program.desk, progress=tell, stop=stop, url="http://127.0.0.1:9")

    return replace(hand.program.view._tools.services.sync, synchronise_apart=ask)


def test_others_dossiers_come_into_the_list_and_the_chosen_row_stays(
    at_desk: Hand, desks: tuple[Counter, Counter], district: Served
) -> None:
    hand = at_desk
    counters.round_of(desks[1], url=district.url)
    hand.press(KEY.Key_F3, KEY.Key_Escape)
    hand.until(lambda: hand.text("dossiers.count") == "4 hồ sơ")
    table = hand.widget("dossiers.table")
    table.selectRow(2)
    chosen = table.chosen_code()
    hand.program.rounds.send_now()
    hand.until(lambda: hand.text("dossiers.count") == "8 hồ sơ")
    assert table.chosen_code() == chosen
    hand.fill("-2")
    found = hand.program.view._tools.services.find_apart("H61.37-261120-2", 20)
    assert len(found) == 4
    hand.program.view.open_dossier(found[0].code)
    assert hand.text("dossier.code") == found[0].code


def test_two_desks_that_correct_one_thing_are_shown_and_settled(
    at_desk: Hand, desks: tuple[Counter, Counter], district: Served
) -> None:
    hand, (_, theirs) = at_desk, desks
    send(hand)
    counters.round_of(theirs, url=district.url)
    code = hand.program.view._tools.services.find_apart("H61.37-261120", 20)[-1].code
    with open_desk(theirs.data, passphrase=PASSPHRASE) as other:
        correct(other, code, {"people.applicant.phone": "0110000002"})
    counters.round_of(theirs, url=district.url)
    hand.program.view.open_dossier(code)
    hand.press(KEY.Key_E, ctrl=True)
    hand.fill("dien thoai")
    hand.press(KEY.Key_Return)
    assert hand.focused() == "dossier.correct.value"
    hand.program.window.focusWidget().selectAll()
    hand.fill("0110000001")
    hand.press(KEY.Key_Return)
    hand.fill("ghi nhầm")
    hand.press(KEY.Key_Return)
    assert "Đã đính chính" in hand.text("status.message")
    hand.program.rounds.send_now()
    hand.until(lambda: hand.widget("conflict.title").isVisible())
    values = {hand.text(f"conflict.people.applicant.phone.{n}.value") for n in (0, 1)}
    assert values == {"0110000001", "0110000002"}
    hand.until(lambda: not hand.program.rounds.is_running)
    assert status(hand).conflicts == 1
    shown_first = hand.text("conflict.people.applicant.phone.0.value")
    other_value = (values - {shown_first}).pop()
    hand.widget("conflict.people.applicant.phone.1").click()
    hand.settle()
    assert not hand.widget("conflict.title").isVisible()
    detail = hand.program.view._tools.services.detail(code)
    assert detail.dossier.applicant.phone == other_value
    assert not detail.dossier.conflicts
    assert status(hand).conflicts == 0


def test_a_stick_that_was_written_out_counts_only_when_its_answer_was_read(
    at_desk: Hand, district: Served, tmp_path: Path
) -> None:
    hand, folder = at_desk, tmp_path / "usb"
    folder.mkdir()
    hand.widget("sync.stick_folder").setText(str(folder))
    hand.widget("sync.stick_export").click()
    hand.until(lambda: bool(list(folder.glob("*.cx"))))
    hand.until(lambda: "chưa có trả lời" in hand.text("sync.stick_waiting"))
    assert status(hand).waiting_events == 12
    stick.take_in(district.district, folder)
    hand.widget("sync.stick_import").click()
    hand.until(lambda: hand.text("sync.state") == "Cấp trên đã nhận đủ")
    assert status(hand).waiting_events == 0


def test_what_stands_aside_is_counted_and_comes_back_by_itself(at_desk: Hand, district: Served) -> None:
    hand = at_desk
    db = hand.program.desk.db
    log = next(one.log for one in logs.standings(db) if one.own == logs.OPEN)
    forks.fork(db, log, 10)
    hand.press(KEY.Key_F3)
    hand.press(KEY.Key_F7)
    hand.until(lambda: is_told(hand))
    assert hand.text("sync.set_aside.coming_back") == "2 việc đã ghi đang để riêng, chưa mất"
    assert (status(hand).aside_events, status(hand).waiting_events) == (2, 12)
    send(hand)
    assert (status(hand).aside_events, status(hand).waiting_events) == (0, 0)
    hand.until(lambda: not is_told(hand))


def is_told(hand: Hand) -> bool:
    lines = [each for each in hand.widgets() if each.accessibleIdentifier() == "sync.set_aside.coming_back"]
    return any(each.isVisible() for each in lines)


def test_no_page_opens_a_window_of_its_own(at_desk: Hand) -> None:
    hand = at_desk
    for key in (KEY.Key_F8, KEY.Key_F3, KEY.Key_F7):
        hand.press(key)
        hand.program.view.open_dossier(hand.program.view._tools.services.find_apart("H61.37-261120", 1)[0].code)
        hand.press(KEY.Key_E, ctrl=True)
        assert hand.program.window.isActiveWindow()
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == [hand.program.window]


def test_closing_the_window_during_a_round_ends_both(at_desk: Hand, district: Served) -> None:
    at_desk.program.rounds.send_now()
    at_desk.program.close()
    assert at_desk.program.desk is None
