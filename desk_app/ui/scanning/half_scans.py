"""What is kept of a scan that broke off, until its rest comes or time has passed. Only grammar joins two pieces."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desk_app.lazy import lazy
from desk_app.ui.scanning.burst import Burst
from desk_app.ui.scanning.key_place import KeyPlace
from desk_app.ui.scanning.verdict import Verdict

if TYPE_CHECKING:
    from desk_app.domain.prepared import part_digits
    from desk_app.ui.scanning import scan_grammar
else:
    part_digits = lazy("desk_app.domain.prepared.part_digits")
    scan_grammar = lazy("desk_app.ui.scanning.scan_grammar")

_HALF_MS = 15_000
_FRAGMENT_MS = 3_000


class HalfScans(QObject):
    """Keeps one piece. A fragment is a piece too short to be known as a scan: it still stands in a field."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._text = ""
        self._place = KeyPlace(None)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.forget)

    def keep(self, text: str) -> None:
        """A piece that stands in no field."""
        self._text = scan_grammar.joined(self._text, text)
        self._place = KeyPlace(None)
        self._timer.start(_HALF_MS)

    def end(self, verdict: Verdict, text: str, *, may_go_on: bool) -> None:
        """A scan is over. Without an ending more of it may come; a code that is no part of a card leaves the piece."""
        if verdict is not Verdict.WHOLE and not self.is_going_on(text):
            return
        self.forget()
        if may_go_on and text:
            self.keep(text)

    def keep_fragment(self, text: str, place: KeyPlace) -> None:
        """The first keys of what may become a scan; an earlier piece matters more."""
        if not self._text:
            self._text, self._place = text, place
            self._timer.start(_FRAGMENT_MS)

    def forget(self) -> None:
        self._text = ""
        self._place = KeyPlace(None)
        self._timer.stop()

    def is_going_on(self, text: str) -> bool:
        """Whether `text` can belong to the piece; without a piece, to any."""
        return not self._text or scan_grammar.may_go_on(self._text, text)

    def is_completed_by(self, text: str) -> bool:
        """Whether the piece and `text` are a whole scan together, and neither is one alone."""
        if not self._text or not self.is_going_on(text):
            return False
        if scan_grammar.is_whole(self._text) and not text.startswith("|"):
            return False
        return scan_grammar.is_whole(scan_grammar.joined(self._text, text))

    def is_whole_alone(self, text: str, is_slip: Callable[[str], bool]) -> bool:
        """Whether `text` is a whole scan without the piece before it."""
        return scan_grammar.judged(text, is_slip)[0] is Verdict.WHOLE

    def judged_burst(self, burst: Burst, is_slip: Callable[[str], bool]) -> tuple[Verdict, str]:
        """What the burst says; the half it began with is kept when another code came after it."""
        half = burst.let_half_go(partial(scan_grammar.is_other, is_slip=is_slip))
        if half:
            self.keep(half)
        return self.judged(burst.letters()[0], is_slip)

    def judged(self, text: str, is_slip: Callable[[str], bool]) -> tuple[Verdict, str]:
        """What `text` is, with the piece before it where only both together make sense."""
        verdict, scan = scan_grammar.judged(text, is_slip)
        if verdict is Verdict.WHOLE or not self._text:
            return verdict, scan
        both = scan_grammar.joined(self._text, text)
        if self.is_completed_by(text):
            return scan_grammar.judged(both, is_slip)
        if verdict is Verdict.FOREIGN and self.is_going_on(text) and not scan_grammar.is_whole(self._text):
            return scan_grammar.judged(both, is_slip)
        return verdict, scan

    def completed(self, text: str) -> str:
        """`text`, or the whole of the piece and `text`; "" when a card's end is still to come: then it is kept.

        Parts of prepared declarations are not put together: each is whole, or says what it lacks.
        """
        if part_digits.in_one_text(text):
            self.forget()
            return text
        verdict, scan = self.judged(text, lambda _: False)
        if verdict is Verdict.PART:
            self.keep(text)
            return ""
        self.forget()
        return scan if verdict is Verdict.WHOLE else text

    def clear_field(self) -> None:
        """Take the fragment out of the field it stands in: it was the scan's."""
        self._place.restore()
