"""A clerk's whole day through the real window, by keys alone; what the journal holds at night is what was told."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from desk_app.domain.dossiers.steps import Status
from desk_app.services.desk.desk import Desk, open_desk
from desk_app.store.journal import journal
from tests.kit.desk.desks import PASSPHRASE, TestClock
from tests.kit.window.clerk import KEY
from tests.kit.window.days_mishaps import bad_scans, corrections, interrupted, mangled_letters, steps
from tests.kit.window.days_work import Day, copies, family, the_rest
from tests.kit.window.expected_day import Expected, differences, kinds
from tests.ui.hand import Hand


def test_a_day_leaves_no_wrong_record_no_traceback_and_no_stray_key(
    make_hand: Callable[..., Hand], empty_desk: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copytree(empty_desk, tmp_path / "desk")
    day = Day(make_hand, tmp_path)
    made = copies(day) | family(day) | the_rest(day)
    made["imported"] = interrupted(day)
    bad_scans(day)
    made |= mangled_letters(day)
    steps(day, made)
    corrections(day, made)
    day.hand.press(KEY.Key_F8)
    hand = day.hand
    hand.until(lambda: any(each.accessibleIdentifier() == "day_end.received" for each in hand.widgets()))
    hand.until(lambda: hand.text("day_end.received") == str(len(day.expected)))
    closing(day)
    day.end()
    with open_desk(day.data, passphrase=PASSPHRASE, clock=TestClock()) as desk:
        assert wrong(desk, day.expected) == []
        assert stray(desk, day.expected) == []
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert day.crashes == []
    logged = (day.data / "log" / "desk-app.log").read_text("utf-8")
    assert not any(word in logged for word in ("CRITICAL", "ERROR", "Traceback", "a bug"))
    assert (day.data / "log" / "crash.log").read_text("utf-8") == ""


def closing(day: Day) -> None:
    """The figures of the list and of the close of day are those a recount of the journal gives; the report prints."""
    hand = day.hand
    assert hand.program.desk is not None
    folded = [journal.dossier(hand.program.desk.db, each) for each in dossiers_of(hand.program.desk)]
    returned = [each for each in folded if each.status is Status.RETURNED]
    fees = sum(each.fee.known_total or 0 for each in folded)
    assert hand.text("day_end.returned") == str(len(returned))
    assert hand.text("day_end.fees") == f"{fees:,}".replace(",", ".")
    printed = len(hand.printed)
    hand.until(lambda: bool(hand.program.view.front._pane.view.pages))
    hand.press(KEY.Key_F9)
    hand.until(lambda: len(hand.printed) > printed)
    hand.press(KEY.Key_F3)
    at_work = {Status.RECEIVED, Status.PROCESSING, Status.SUSPENDED}
    counted = {
        "today": len(folded),
        "processing": sum(each.status in at_work for each in folded),
        "awaiting": sum(each.status is Status.AWAITING_COMPLETION for each in folded),
        "ready": sum(each.status is Status.RESULT_READY for each in folded),
    }
    for which, number in counted.items():
        assert hand.widget(f"dossiers.tile.{which}").accessibleName().endswith(f": {number}")
    hand.press(KEY.Key_A, ctrl=True)
    hand.press(KEY.Key_Escape)
    hand.until(lambda: hand.text("dossiers.count") == f"{len(folded)} hồ sơ")


def dossiers_of(desk: Desk) -> list[str]:
    """The dossiers that have events."""
    found = desk.db.all("SELECT DISTINCT dossier FROM event WHERE dossier <> ''")
    return [dossier for (dossier,) in found]


def wrong(desk: Desk, expected: Mapping[str, Expected]) -> list[str]:
    """Facts that stand otherwise than they were told, dossiers nobody meant, and dossiers that are not there."""
    folded = {each.code: each for each in (journal.dossier(desk.db, name) for name in dossiers_of(desk))}
    found = [f"{code}: nobody meant it" for code in folded.keys() - expected.keys()]
    for code, told in expected.items():
        found += differences(code, folded[code], told) if code in folded else [f"{code}: is not there"]
    return found


def stray(desk: Desk, expected: Mapping[str, Expected]) -> list[str]:
    """Events that the story did not mean, by dossier; each is written by the one clerk of the desk."""
    found = []
    for name in dossiers_of(desk):
        events = journal.history(desk.db, name)
        code = journal.dossier(desk.db, name).code
        meant = expected[code].events if code in expected else ()
        if kinds(events) != meant:
            found.append(f"{code}: {kinds(events)}, meant {meant}")
        found += [f"{code}: by {event.author}" for event in events if event.author != "Trần Thu Mẫu"]
    return found
