"""Tells a scanner that types like a keyboard from a clerk who types: takes its keys before any field sees them.

Keys are looked at where they enter the window, with the time the system gave them. Until a scan is certain they pass
through; then the place they went to is put back as it was, and what follows is swallowed. The text's own grammar says
whether a card is whole; a timer says only that nothing more came. What is no card is refused and stands nowhere.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication

from desk_app.errors import HalfCardError, NotACardError, ScannerCodePageError
from desk_app.ui.scanning import key_kinds
from desk_app.ui.scanning.burst import Burst
from desk_app.ui.scanning.half_scans import HalfScans
from desk_app.ui.scanning.key_place import KeyPlace
from desk_app.ui.scanning.key_watch import KeyWatch
from desk_app.ui.scanning.scan_tail import ScanTail
from desk_app.ui.scanning.verdict import Verdict

_PAUSE_MS = 150
_IDLE_MS = 250
_COMPOSING_MS = 90
_HALF_MS = 1500
_PROBE_MS = 120
_HAND_MS = 100
_LEAST_REST = 8


class Wedge(KeyWatch):
    """Emits `scanned(text, composed)`; `composed`: an input method took part, so letters may be mangled.

    `refused(error)` when a scanner sent what is no card, or half a card. `is_slip` answers whether a bare text names a
    dossier of this desk; `is_search` whether the cursor is where a code is looked for.
    """

    scanned = Signal(str, bool)
    refused = Signal(object)

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.is_slip: Callable[[str], bool] = lambda _: False
        self.is_search: Callable[[], bool] = lambda: False
        self._idle = self.timer(_IDLE_MS, self._came_to_rest)
        self._compose = self.timer(_COMPOSING_MS, self._came_to_rest)
        self._quiet = self.timer(_PAUSE_MS, self._paused)
        self._waiting = self.timer(_HALF_MS, self._half_is_over)
        self._probe = self.timer(_PROBE_MS, self._was_a_hand)
        self._halves = HalfScans(self)
        self._tail = ScanTail()
        self._start_over()
        self.watch(application)

    def focus_moved(self) -> None:
        if not self._is_scan:
            self._start_over()

    def _start_over(self) -> None:
        self._burst = Burst()
        self._is_scan = False
        self._is_half = False
        self._held: list[QKeyEvent] = []
        for timer in (self._idle, self._compose, self._waiting, self._probe):
            timer.stop()

    def pressed(self, event: QKeyEvent) -> bool:
        if self._takes_number(event) or key_kinds.is_bare(event):
            return self._is_scan
        if key_kinds.is_end(event):
            return self._tail.takes(event) or self._end_pressed(event)
        self._tail.over()
        if event.key() == Qt.Key.Key_Backspace:
            self._burst.take_back()
            return self._is_scan and not self._is_half
        if key_kinds.is_command(event):
            return self._commanded(event)
        return self._resumed(event) if self._is_half else self._add(event)

    def released(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Alt and self._burst.number_ended():
            self._look()
        if key_kinds.is_end(event) and not event.isAutoRepeat():
            self._tail.let_go()
        return self._is_scan and not self._is_half

    def _takes_number(self, event: QKeyEvent) -> bool:
        """Whether the key is part of a letter given as a number."""
        is_hex = self._burst.codes.is_hex
        if not (is_hex or key_kinds.is_number(event)):
            self._burst.number_ended()
            return False
        if is_hex and key_kinds.is_bare(event):
            return True
        if self._is_half:
            self._go_on()
        self._follow(event)
        if key_kinds.begins_hex(event):
            self._burst.begin_hex()
        elif not self._burst.codes.takes(key_kinds.figure(event), with_alt=key_kinds.has_alt(event)):
            self._burst.number_ended()
            return is_hex and key_kinds.ends_hex(event)
        self._burst.pace.beat(event.timestamp())
        self._look()
        return True

    def composing(self) -> None:
        """An input method holds a word back until it is whole: that is no pause."""
        self._burst.pace.unknown()
        if self._is_scan and not self._is_half:
            self._idle.start()
        elif len(self._burst):
            self._quiet.start()

    def committed(self, text: str) -> bool:
        if not text.isprintable():
            return False
        if self._is_half:
            self._half_is_over()
        if not self._burst.is_begun:
            self._burst = Burst(KeyPlace.now())
        self._burst.is_composed = self._burst.is_composed or len(self._burst) > 0 or len(text) > 1
        self._burst.add(text, None)
        self._quiet.start()  # what an input method commits carries no time of its own
        return self._look()

    def _follow(self, event: QKeyEvent) -> None:
        """The key follows the ones before it, or begins anew after a pause."""
        gap = self._burst.pace.gap(event.timestamp())
        if gap is not None and not self._is_scan and gap > _PAUSE_MS:
            self._paused()
        if not self._burst.is_begun and not self._is_scan:
            self._burst = Burst(KeyPlace.now())

    def _add(self, event: QKeyEvent) -> bool:
        self._follow(event)
        follows = len(self._burst) > 0
        self._burst.add(event.text(), event.timestamp(), is_repeat=event.isAutoRepeat())
        # A blank right behind letters presses the button that has the cursor: nobody types letters to a button.
        is_blank = event.key() == Qt.Key.Key_Space and follows and not self._burst.place.takes_text
        return self._look() or is_blank

    def _look(self) -> bool:
        """Whether the burst is a scan by now; when it becomes one, its place is put back."""
        if not self._is_scan:
            begins = self._burst.scan_begins()
            if begins is None and len(self._burst) >= _LEAST_REST and self._halves.is_completed_by(self._burst.text):
                begins = 0
            if begins is None:
                return False
            self._burst.cut(begins)
            self._is_scan = True
        self._idle.start()
        return True

    def _end_pressed(self, event: QKeyEvent) -> bool:
        if not self._is_scan:
            return self._ends_typing(event)
        if self._probe.isActive():
            self._go_on()
        if self._is_half:
            return True
        verdict = self._verdict()[0]
        if verdict is Verdict.FOREIGN and self._burst.may_be_typed(is_ended=True, is_search=self.is_search()):
            self._burst.give_back()
            self._start_over()
            return False
        if verdict is not Verdict.WHOLE:
            self._burst.add_line_end("\t" if event.key() == Qt.Key.Key_Tab else "\n")
            self._idle.start()
        elif self._burst.is_composed:
            self._compose.start()  # the input method's last commit comes after Enter
        else:
            self._finish(event.timestamp())
        return True

    def _ends_typing(self, event: QKeyEvent) -> bool:
        """Enter or Tab after keys that may be a hand's; whether it is swallowed."""
        text, gap = self._burst.text, self._burst.pace.gap(event.timestamp())
        is_quick = self._burst.pace.is_quick and (gap is None or gap <= _PAUSE_MS)
        is_rest = (is_quick or self._burst.pace.is_fast(gap)) and self._halves.is_completed_by(text)
        if (
            self._burst.names_slip(self.is_slip)  # too slow for a scanner, and it names a dossier
            or is_rest
            or (
                is_quick
                and self._burst.is_code(gap)
                and not self._burst.may_be_typed(is_ended=True, is_search=self.is_search())
            )
            or self._burst.is_pressed_on_a_button(gap)
        ):
            self._burst.cut(0)
            self._is_scan = True
            self._finish(event.timestamp())
            return True
        self._start_over()
        return False

    def _commanded(self, event: QKeyEvent) -> bool:
        """A key that does something: inside a burst it is the scanner's, after it the clerk's."""
        if not self._is_scan:
            self._start_over()
            return False
        if not self._is_half and self._burst.pace.is_inside(event.timestamp()):
            return True
        self._came_to_rest()
        return False

    def may_be_shortcut(self, event: QKeyEvent) -> bool:
        """Inside a burst a shortcut does nothing."""
        is_number = self._burst.codes.is_open or key_kinds.is_number(event)
        if not self._is_scan or not (is_number or key_kinds.is_command(event)):
            return False
        is_inside = (self._burst.pace.gap(event.timestamp()) or 0) > 0 and self._burst.pace.is_inside(event.timestamp())
        if is_number or (is_inside and not self._is_half):
            event.accept()
            return True
        self._came_to_rest()
        return False

    def _paused(self) -> None:
        """The keys so far were no scan; a few that no hand pressed may be the first of a card that goes on later."""
        burst = self._burst
        if self._is_scan:
            return
        if 0 < len(burst) <= _LEAST_REST and (len(burst) == 1 or burst.pace.is_quick):
            self._halves.keep_fragment(burst.text, burst.place)
        self._start_over()

    def _came_to_rest(self) -> None:
        """Nothing more came for a while."""
        if not self._is_scan or self._is_half:
            return
        verdict = self._verdict()[0]
        if verdict is Verdict.PART:
            self._is_half = True
            self._waiting.start()
            self.refused.emit(HalfCardError())
        elif verdict is Verdict.FOREIGN and self._burst.may_be_typed(is_ended=False, is_search=self.is_search()):
            self._burst.give_back()
            self._start_over()
        else:
            self._finish(None)

    def _verdict(self) -> tuple[Verdict, str]:
        return self._halves.judged_burst(self._burst, self.is_slip)

    def _finish(self, at_ms: int | None) -> None:
        """The burst is over: it was a scan of ours, or it is refused."""
        verdict, scan = self._verdict()
        burst, (text, is_proven) = self._burst, self._burst.letters()
        if verdict is Verdict.WHOLE and not self._halves.is_whole_alone(text, self.is_slip):
            self._halves.clear_field()
        self._halves.end(verdict, text, may_go_on=at_ms is None)
        self._tail.begin(at_ms, burst.pace.usual())
        self._start_over()
        if verdict is not Verdict.WHOLE:
            self.refused.emit(NotACardError())
        elif not is_proven:
            self.refused.emit(ScannerCodePageError())
        else:
            self.scanned.emit(scan, burst.is_composed)

    def _resumed(self, event: QKeyEvent) -> bool:
        """A key while half a card waits: the scanner's if the next one follows as fast as no hand can."""
        self._held.append(event.clone())
        if len(self._held) == 1:
            self._probe.start()
        elif event.timestamp() - self._held[0].timestamp() > _HAND_MS:
            self._was_a_hand()
        else:
            self._go_on()
        return True

    def _go_on(self) -> None:
        """The rest of the card is coming."""
        held, self._held = self._held, []
        self._probe.stop()
        self._waiting.stop()
        self._is_half = False
        self._burst.go_on(held)
        self._idle.start()

    def _was_a_hand(self) -> None:
        """Not the scanner: the half is over, and the keys held back go their way."""
        held, window = self._held, QGuiApplication.focusWindow()
        self._half_is_over()
        if window is not None:
            for event in held:
                QCoreApplication.sendEvent(window, event)

    def _half_is_over(self) -> None:
        """Nothing came after the half; it is kept a while, for a rest that comes late."""
        self._halves.keep(self._burst.letters()[0])
        self._start_over()
