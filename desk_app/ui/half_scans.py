"""What is kept of a scan that broke off, until its rest comes or time has passed. Only grammar joins two pieces."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from desk_app.domain import scan_envelope
from desk_app.ui import scan_grammar
from desk_app.ui.key_place import KeyPlace
from desk_app.ui.scan_grammar import Verdict

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
        self._text = scan_envelope.joined(self._text, text)
        self._place = KeyPlace(None)
        self._timer.start(_HALF_MS)

    def replace(self, text: str) -> None:
        """Forget the piece; keep `text` instead, unless it is empty."""
        self.forget()
        if text:
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

    def is_completed_by(self, text: str) -> bool:
        """Whether the piece and `text` are a whole scan together, and neither is one alone."""
        if not self._text or not scan_grammar.may_go_on(text):
            return False
        if scan_envelope.is_whole(self._text) and not text.startswith("|"):
            return False
        return scan_envelope.is_whole(scan_envelope.joined(self._text, text))

    def judged(self, text: str, is_slip: Callable[[str], bool]) -> tuple[Verdict, str]:
        """What `text` is, with the piece before it where only both together make sense."""
        verdict, scan = scan_grammar.judged(text, is_slip)
        if verdict is Verdict.WHOLE or not self._text:
            return verdict, scan
        both = scan_envelope.joined(self._text, text)
        if self.is_completed_by(text):
            return Verdict.WHOLE, scan_envelope.unwrapped(both)
        if verdict is Verdict.FOREIGN and scan_grammar.may_go_on(text) and not scan_envelope.is_whole(self._text):
            return scan_grammar.judged(both, is_slip)
        return verdict, scan

    def completed(self, text: str) -> str:
        """`text`, or the whole of the piece and `text`; "" when a card's end is still to come: then it is kept."""
        verdict, scan = self.judged(text, lambda _: False)
        if verdict is Verdict.PART:
            self.keep(text)
            return ""
        self.forget()
        return scan if verdict is Verdict.WHOLE else text

    def clear_field(self) -> None:
        """Take the fragment out of the field it stands in: it was the scan's."""
        self._place.restore()
