"""One window for the tests of a file: each finds it as a clerk finds it in the morning, on the list of dossiers.

To make a window costs half of what such a test does with it. What a test leaves behind is put right where the program
itself has a way to (an empty page, no news, no half of a scan), and what it recorded goes with the copy of the desk it
worked on; settings go back as a clerk changes them, on their page. After anything else, a failure, a setting changed
otherwise, a page of another place, the next test gets a new window.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desk_app.services.desk import office_settings
from desk_app.store.database import database
from desk_app.store.keys import vault
from desk_app.ui.focus.set_down import SetDown
from tests.kit.desk.desks import PASSPHRASE
from tests.ui.hand import USUAL_SIZE, Hand

_PUT_RIGHT = {"dossiers", "reception", "dossier", "settings"}
"""The pages that can be emptied."""


class SharedWindow:
    """`begin` opens the program over a copy of `template`; `failures` says how many tests have failed so far."""

    def __init__(self, template: Path, begin: Callable[[], Hand], failures: Callable[[], int]) -> None:
        self._template, self._begin, self._failures = template, begin, failures
        self._hand: Hand | None = None
        self._before: tuple[object, ...] = ()
        self._settings: object = None
        self._events = 0

    def fresh(self) -> Hand:
        """The window for the next test."""
        if self._hand is not None and (self._state(self._hand) != self._before or self._is_held(self._hand)):
            self.close()
        if self._hand is None:
            self._hand = self._begin()
            self._hand.printed.clear()  # the list is the file's; the window before printed into it too
            self._settings = _settings(self._hand)
            self._before, self._events = self._state(self._hand), _events(self._hand)
        else:
            if self._has_other_desk(self._hand):
                _put_desk_back(self._hand, self._template)
            _put_right(self._hand)
        return self._hand

    def close(self) -> None:
        if self._hand is not None:
            self._hand.close()
            self._hand = None

    def _state(self, hand: Hand) -> tuple[object, ...]:
        """What is not put right."""
        desk = hand.program.desk
        if desk is None:
            return ()
        pages = hand.program.view.late._built.keys()
        is_left_otherwise = "settings" not in pages and self._has_other_settings(hand)
        return (is_left_otherwise, sorted(pages - _PUT_RIGHT), self._failures())

    def _has_other_desk(self, hand: Hand) -> bool:
        return self._has_other_settings(hand) or _events(hand) != self._events

    def _is_held(self, hand: Hand) -> bool:
        """Windows lets nobody take away a database that a thread of the window has open."""
        return sys.platform == "win32" and self._has_other_desk(hand)

    def _has_other_settings(self, hand: Hand) -> bool:
        return _settings(hand) != self._settings


def _settings(hand: Hand) -> object:
    assert hand.program.desk is not None
    return hand.program.desk.settings


def _events(hand: Hand) -> int:
    assert hand.program.desk is not None
    return int(hand.program.desk.db.all("SELECT count(*) FROM event")[0][0])


def _put_desk_back(hand: Hand, template: Path) -> None:
    """Under the open window, the desk as it was: nobody works on it now, and every thread reads it anew."""
    program, desk = hand.program, hand.program.desk
    assert desk is not None
    hand.until(lambda: not program.jobs._jobs)
    for lane in program.jobs._lanes.values():
        lane.start(program._readers.close)
        lane.waitForDone()
    desk.db.close()
    for file in desk.data.glob(f"{database.FILE}*"):
        file.unlink()
    for file in template.iterdir():
        if file.is_file():
            shutil.copyfile(file, desk.data / file.name)
    key = vault.unlock(desk.data, passphrase=PASSPHRASE)
    desk.db = database.open_database(desk.data / database.FILE, key)
    desk.settings = office_settings.settings.get(desk.db)
    desk.forget_law()


def _put_right(hand: Hand) -> None:
    program = hand.program
    while (dialog := QApplication.activeModalWidget()) is not None:
        dialog.close()
        hand.until(lambda closed=dialog: QApplication.activeModalWidget() is not closed)
    program.wedge._halves.forget()
    program.wedge._start_over()
    program.wedge._tail.over()
    _empty_pages(hand)
    program.notices.withdraw()
    program.window.strip.hide()
    program.window.showNormal()
    program.window.resize(*USUAL_SIZE)
    program.window.activateWindow()
    hand.until(program.window.isActiveWindow)
    program.view.go("nav.dossiers")
    hand.settle()
    hand.until(lambda: not program.jobs._jobs)  # a paper may still be on its way to the printer
    hand.printed.clear()
    hand.gestures = 0


def _empty_pages(hand: Hand) -> None:
    """No page is half filled in, and the office's first procedure is chosen as on the first page of a day."""
    view = hand.program.view
    if (reception := view.late.built("reception")) is not None:
        reception._saved = ""
        reception._procedure = ""
        reception.begin()
        reception.preview.show_what("slip")
    if (dossier := view.late.built("dossier")) is not None:
        dossier.cancel()
        dossier._steps._set_down, dossier._correction._set_down = SetDown(), SetDown()
    if (settings := view.late.built("settings")) is not None:
        while settings.escape():
            hand.settle()
        settings._drop()
        settings.settings_changed.emit()
    assert hand.program.desk is not None
    hand.program.desk.db.execute("DELETE FROM draft")
    if reception is not None:
        reception.drafts.show_left()
