"""One window for tests that record nothing: each finds it as a clerk finds it in the morning, on the list of dossiers.

To make a window costs half of what such a test does with it. What a test leaves behind is put right where the program
itself has a way to (an empty page, no news, no half of a scan); after anything else, an event, another setting, a
failure, a page of settings or of another place, the next test gets a window of its own.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from tests.ui.hand import USUAL_SIZE, Hand


class SharedWindow:
    """`begin` opens the program over a new copy of the desk; `failures` says how many tests have failed so far."""

    def __init__(self, begin: Callable[[], Hand], failures: Callable[[], int]) -> None:
        self._begin, self._failures = begin, failures
        self._hand: Hand | None = None
        self._before: tuple[object, ...] = ()

    def fresh(self) -> Hand:
        """The window for the next test."""
        if self._hand is not None and self._state(self._hand) != self._before:
            self.close()
        if self._hand is None:
            self._hand = self._begin()
            self._before = self._state(self._hand)
        else:
            _put_right(self._hand)
        return self._hand

    def close(self) -> None:
        if self._hand is not None:
            self._hand.close()
            self._hand = None

    def _state(self, hand: Hand) -> tuple[object, ...]:
        """What no key takes back."""
        desk = hand.program.desk
        if desk is None:
            return ()
        built = hand.program.view.late._built.keys() - {"dossiers", "reception", "dossier"}
        return (desk.db.one("SELECT count(*) FROM event"), desk.settings, sorted(built), self._failures())


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
    assert hand.program.desk is not None
    hand.program.desk.db.execute("DELETE FROM draft")
    if reception is not None:
        reception.drafts.show_left()
