"""The keys that came one after another without a pause: what they say, how fast, and where they went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeyEvent

from desk_app.lazy import lazy
from desk_app.ui.scanning.key_place import KeyPlace
from desk_app.ui.scanning.typed_codes import CodeKeys, KeyedLetter, plain, resolved
from desk_app.ui.scanning.typing_pace import Pace

if TYPE_CHECKING:
    from desk_app.ui.scanning import scan_grammar
else:
    scan_grammar = lazy("desk_app.ui.scanning.scan_grammar")

_HELD_DOWN = 5
_LEAST_CODE, _LONG = 5, 9
_NO_HAND_ON_A_BUTTON, _ONE_GO_MS = 6, 150


class Burst:
    """Collects letters; knows nothing of events and timers."""

    def __init__(self, place: KeyPlace | None = None) -> None:
        self.place = place if place is not None else KeyPlace(None)
        self.pace = Pace()
        self.codes = CodeKeys()
        self.is_composed = False
        self.is_begun = place is not None
        self._parts: list[str | KeyedLetter] = []
        self._before = ""
        self._half = 0
        self._rest_place = self.place
        self.is_by_hand = False

    def __len__(self) -> int:
        return len(self._parts)

    @property
    def text(self) -> str:
        return plain(self._parts)

    def letters(self) -> tuple[str, bool]:
        """The text, and whether letters given as numbers are certain."""
        return resolved(self._parts)

    def add(self, text: str, at_ms: int | None, *, is_repeat: bool = False) -> None:
        last = self._parts[-1] if self._parts else None
        if isinstance(last, KeyedLetter) and last.may_show(text):
            last.shown = text
            self.pace.unknown()
            return
        is_repeat = is_repeat or (len(self._parts) >= _HELD_DOWN and self._parts[-_HELD_DOWN:] == [text] * _HELD_DOWN)
        self.pace.key(at_ms, is_repeat=is_repeat, letters=len(text))
        self._parts += list(text)

    def go_on(self, events: Sequence[QKeyEvent]) -> None:
        """More keys come after half a card; `events` were held back until it was clear that they belong here."""
        self._half = len(self._parts)
        self._rest_place = KeyPlace.now()
        for event in events:
            self.add(event.text(), event.timestamp())

    def let_half_go(self, is_other: Callable[[str, str], bool]) -> str:
        """The half, taken out when `is_other(half, the keys after it)`: these are another code then. Else "".

        From then on `is_by_hand` says whether a hand typed them, and `place` where they belong.
        """
        half, rest = resolved(self._parts[: self._half])[0], resolved(self._parts[self._half :])[0]
        if not half or not is_other(half, rest):
            return ""
        self.is_by_hand = self.pace.is_by_hand(self._half)
        self.place, self._parts, self._half = self._rest_place, self._parts[self._half :], 0
        return half

    def begin_hex(self) -> None:
        self.number_ended()
        self.codes.begin_hex()

    def number_ended(self) -> bool:
        """Whether a letter given as a number was under way; it stands among the others now."""
        code = self.codes.ended()
        if code is None:
            return False
        self._parts.append(code)
        self.pace.wrote()
        return True

    def add_line_end(self, mark: str) -> None:
        """A line break or a tab inside the burst; a second one right after it says nothing new."""
        if self._parts and self._parts[-1] != mark:
            self._parts.append(mark)
            self.pace.wrote()

    def take_back(self) -> None:
        """An input method took the last letter back, to put a mark on it."""
        if self._parts:
            self._parts.pop()
        self.pace.corrected()

    def scan_begins(self) -> int | None:
        """Which letter a scan begins with, prefix included, once that is certain; None while a person may be typing."""
        begins = scan_grammar.beginning(self.text)
        if begins is not None:
            return self.pace.start_of(begins)
        if self.pace.is_machine:
            return self.pace.start_of(max(0, len(self._parts) - self.pace.run))
        return None

    def cut(self, begins: int) -> None:
        """Take the letters of the scan out of the place they went to; what a person typed before them stays."""
        typed = plain(self._parts[:begins])
        self._parts = self._parts[begins:]
        self._before = typed
        self.place.restore()
        self.place.insert(typed)

    def give_back(self) -> None:
        """It was a person, or a program that types for one: the letters go where they were meant to."""
        self.place.insert(self.text)

    def may_be_typed(self, *, is_ended: bool, is_search: bool) -> bool:
        """Whether a hand after half a card, or a program that types for people, sent this into a field for text."""
        if not self.place.takes_text:
            return False
        whole = self.place.before + self._before + self.text  # a busy machine tears what is typed apart
        return self.is_by_hand or any(
            scan_grammar.may_be_typed(text, is_ended=is_ended, is_search=is_search) for text in (self.text, whole)
        )

    def names_slip(self, is_slip: Callable[[str], bool]) -> bool:
        """Whether the keys are the code of a slip that `is_slip` knows."""
        return scan_grammar.may_be_slip(self.text) and is_slip(self.text)

    def is_code(self, end_gap: int | None) -> bool:
        """Whether these few keys, ended after `end_gap`, are a code rather than two keys that a hand rolled over."""
        if len(self._parts) < _LEAST_CODE:
            return False
        return len(self._parts) > _LONG or scan_grammar.is_code(self.text) or self.pace.is_fast(end_gap)

    def is_pressed_on_a_button(self, end_gap: int | None) -> bool:
        """Whether letters were typed, in one go with an end, to what takes no letters: no hand does that."""
        is_one_go = end_gap is None or end_gap <= _ONE_GO_MS
        return is_one_go and len(self._parts) >= _NO_HAND_ON_A_BUTTON and not self.place.takes_text
