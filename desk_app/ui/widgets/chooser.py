"""The one box for a choice in the whole window: typed with or without marks, by arrow keys, or by a click."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QLineEdit

from desk_app.domain.text import fold
from desk_app.lazy import lazy
from desk_app.ui.widgets.buttons import named
from desk_app.ui.widgets.labels import restyle
from desk_app.ui.widgets.pick_list import Offer, PickList, distance, leads

if TYPE_CHECKING:
    import difflib
else:
    difflib = lazy("difflib")

_NEAREST = 3
_PASSING = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}


class Chooser(QLineEdit):
    """Shows the chosen entry. Typing filters, Down or a click opens the whole list, Enter and Tab take the marked line.

    Nothing is chosen while a person types: `changed` comes when an entry is taken or the field is left. Only entries
    are taken, with `free` any other text too, verbatim. `needed`: it cannot be left empty. `noted(text, tone)` says
    what is wrong with a text that is no entry; Escape puts back what was chosen before, if anything was.
    """

    changed = Signal()
    noted = Signal(str, str)

    def __init__(self, identifier: str, name: str, hint: str = "", *, free: bool = False, needed: bool = False) -> None:
        super().__init__()
        named(self, identifier, name)
        self.setPlaceholderText(hint)
        self.setTextMargins(0, 0, 22, 0)
        self._free, self._needed = free, needed
        self._entries: list[tuple[str, str, str]] = []
        self._value = ""
        self._is_put = False
        self._is_typed = False
        self._list = PickList(self, f"{identifier}.list", name, picks_first=True)
        self._list.picked.connect(self._take)
        self._list.dismissed.connect(self.put_back)
        self.textChanged.connect(self._typed)

    def offer(self, entries: Sequence[tuple[str, str]]) -> None:
        """The entries as (value, text), in the order they are shown; text after a tab is searched but not shown."""
        self._entries = []
        for value, text in entries:
            shown, _, more = text.partition("\t")
            self._entries.append((value, shown, fold(f"{shown} {more} {value}")))

    @property
    def offers(self) -> PickList:
        """The list that opens below, for a card that paints its lines in a way of its own."""
        return self._list

    def value(self) -> str:
        """The entry taken last; what is being typed counts only once it is taken."""
        return self._value

    @property
    def is_typed(self) -> bool:
        """Whether something is typed that is not taken yet."""
        return self._is_typed

    def put(self, value: str) -> None:
        self._value = value
        self.put_back()

    def put_back(self) -> None:
        """Show the entry taken last, whatever is typed."""
        self._is_typed = False
        self._show(self._text_of(self._value))
        self._told("")

    def settle(self) -> str:
        """Take what is typed, as when the field is left; why it cannot be taken, "" when it is."""
        if self.hasFocus():
            QGuiApplication.inputMethod().commit()
        if not self._is_typed:
            return ""
        typed = " ".join(self.text().split())
        meant = self._meant(typed)
        if meant is None:
            return self._refused(typed)
        self._take(meant)
        return ""

    def select_from_end(self) -> None:
        """All is selected, and the beginning stays in sight."""
        self.end(False)
        self.home(True)

    def show_state(self, state: str) -> None:
        restyle(self, "state", state)

    # --- what is meant ---------------------------------------------------------------------------------------------

    def _meant(self, typed: str) -> str | None:
        """The value a text stands for; None when it is no entry and nothing else is taken."""
        if not typed:
            return self._value if self._needed else ""
        wanted = fold(typed)
        exact = [value for value, shown, _ in self._entries if wanted in {fold(shown), fold(value)}]
        if exact:
            return exact[0]
        if self._free:
            return typed
        fitting = self._fitting(typed)
        return str(fitting[0].value) if len(fitting) == 1 else None

    def _fitting(self, text: str) -> list[Offer]:
        """The entries that hold every word typed, those that begin with it first."""
        words = fold(text).split()
        fitting = [
            Offer(shown, value) for value, shown, folded in self._entries if all(word in folded for word in words)
        ]
        return sorted(fitting, key=lambda each: distance(each.text, text)) if words else fitting

    def _refused(self, typed: str) -> str:
        near = [each.text for each in self._fitting(typed)][:_NEAREST]
        if not near:
            folded = {fold(shown): shown for _, shown, _ in self._entries}
            near = [folded[each] for each in difflib.get_close_matches(fold(typed), folded, _NEAREST)]
        said = self.tr("Không có trong danh sách.")
        more = self.tr("Gần giống: %s.") % "; ".join(near) if near else self.tr("Nhấn mũi tên xuống để xem danh sách.")
        self.show_state("error")
        self._told(f"{said} {more}")
        return self.tr("không có trong danh sách")

    # --- typing and taking -----------------------------------------------------------------------------------------

    def _text_of(self, value: str) -> str:
        return next((text for known, text, _ in self._entries if known == value), value)

    def type_on(self) -> None:
        """The page comes back to it: the next letter replaces an entry, and goes on with a text of the clerk's own."""
        is_own = self._is_typed or (self._value and all(known != self._value for known, _, _ in self._entries))
        if is_own:
            self.end(False)
        else:
            self.select_from_end()

    def _show(self, text: str) -> None:
        self._is_put = True
        self.setText(text)
        if self.hasFocus():
            self.type_on()
        else:
            self.setCursorPosition(0)
        self._is_put = False

    def _typed(self, text: str) -> None:
        if self._is_put:
            return
        self._is_typed = True
        self._told("")
        if self.hasFocus():
            self._open(text)
        else:
            self.settle()  # a screen reader or another program put it there: nobody will leave the field

    def _told(self, note: str) -> None:
        if not note and self.property("state"):
            self.show_state("")
        self.noted.emit(note, "error" if note else "")

    def _open(self, text: str) -> None:
        fitting = self._fitting(text)
        if not text.strip():
            here = [n for n, each in enumerate(fitting) if each.value == self._value]
            self._list.offer(fitting, here[0] if here and not self._is_typed else -1)
            return
        marked = 0 if fitting and (not self._free or leads(fitting[0].text, text)) else -1
        if self._free and fitting and not any(fold(each.text) == fold(text) for each in fitting):
            verbatim = " ".join(text.split())
            fitting.append(Offer(self.tr("Ghi đúng như đã gõ: %s") % verbatim, verbatim))
        self._list.offer(fitting, marked)

    def _take(self, value: object) -> None:
        before, self._value = self._value, str(value)
        self.put_back()
        if self._value != before:
            self.changed.emit()

    # --- keys and focus --------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if (
            self._is_typed
            and event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()  # it takes back what is typed, and leaves no page
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Down and not self._list.isVisible():
            self._open("")
        elif key == Qt.Key.Key_Escape and self._is_typed:
            (self.settle if self._free and not self._value else self.put_back)()  # a first text is nobody's to lose
            self.selectAll()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.settle():
            self.selectAll()  # it is no entry: the cursor stays
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        if event.preeditString():
            text, at = self.text(), self.cursorPosition()
            self._open(text[:at] + event.preeditString() + text[at:])

    def focusNextPrevChild(self, next_: bool) -> bool:  # noqa: FBT001 - Qt's signature
        self.settle()  # before the focus moves: a question may appear that comes next
        return super().focusNextPrevChild(next_)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self._is_typed:
            self.selectAll()
            self._open("")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in _PASSING | {Qt.FocusReason.MouseFocusReason} and not self._is_typed:
            self.select_from_end()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _PASSING:
            self.settle()
            self.setCursorPosition(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.PlaceholderText), 1.8))
        right, middle = self.width() - 18.0, self.height() / 2
        painter.drawPolyline(
            [QPointF(right - 4, middle - 2), QPointF(right, middle + 2), QPointF(right + 4, middle - 2)]
        )


class ChoiceInput(Chooser):
    """A short list of fixed choices, the first one chosen; an empty value among them allows "not known".

    As with every short list, a screen reader is told the choice as its name; its label is read beside it.
    """

    def __init__(self, identifier: str, name: str, choices: Sequence[tuple[str, str]]) -> None:
        self._name = name
        values = [value for value, _ in choices]
        super().__init__(identifier, name, "—", needed="" not in values)
        self.offer([(value, text) for value, text in choices if value])
        self.put(values[0])

    def _show(self, text: str) -> None:
        super()._show(text)
        self.setAccessibleName(text or self._name)
