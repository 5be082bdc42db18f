"""A page that scrolls and changes while it is filled in, its fields in the order in which they are read."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from desk_app.ui.focus.sight import bring_in_sight
from desk_app.ui.kit.card_column import CardColumn
from desk_app.ui.widgets.chooser import Chooser
from desk_app.ui.widgets.fields import Labelled, TextInput

_ROW_PX = 12
_BY_TAB = frozenset({Qt.FocusPolicy.TabFocus, Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.WheelFocus})


class OrderedPage(CardColumn):
    """`body` holds what is shown. What has the cursor stays in sight while the page grows and shrinks around it."""

    def __init__(self, *, beside_paper: bool = False) -> None:
        super().__init__(beside_paper=beside_paper)
        self.verticalScrollBar().rangeChanged.connect(self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        field: QWidget | None = self.focusWidget()
        if field is not None and field.hasFocus():
            bring_in_sight(field)

    def settle(self) -> bool:
        """Judge every field as when it is left; False where one cannot stand: it says so, and has the focus."""
        for field in in_reading_order(self.body):
            if isinstance(field, TextInput | Chooser) and field.settle():
                self.go_to(field)
                return False
        return True

    def forget_typing(self) -> None:
        """Nothing that is half typed or complained about may stay for the next citizen."""
        for chooser in self.body.findChildren(Chooser):
            if chooser.is_typed:
                chooser.put_back()
        for held in self.body.findChildren(Labelled):
            held.complain("")

    def look_at(self, name: str, said: str, state: str) -> QWidget | None:
        """Mark the input of this name and let it say why; None where none is."""
        field = self.input_named(name)
        if field is not None:
            field.show_state(state)
            field.noted.emit(said, "error" if state == "error" else "warn")
        return field

    def input_named(self, name: str) -> TextInput | Chooser | None:
        """The input "reception.<name>", or "reception.field.<name>"; None where none is."""
        for field in in_reading_order(self.body):
            known = field.accessibleIdentifier().removeprefix("reception.").removeprefix("field.")
            if known == name and isinstance(field, TextInput | Chooser):
                return field
        return None

    def go_to(self, field: QWidget) -> None:
        """Put the cursor there, in sight, so that typing replaces what is wrong."""
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(field, QLineEdit):
            field.selectAll()
        bring_in_sight(field)


def in_reading_order(page: QWidget) -> list[QWidget]:
    """The parts of the page that Tab may stop at now."""
    _lay_out(page)
    parts = [part for part in page.findChildren(QWidget) if takes_tab(part)]
    placed = sorted(((part.mapTo(page, part.rect().center()).y(), part) for part in parts), key=lambda each: each[0])
    rows: list[list[tuple[int, QWidget]]] = []
    for middle, part in placed:
        if rows and middle - rows[-1][0][0] <= _ROW_PX:
            rows[-1].append((middle, part))
        else:
            rows.append([(middle, part)])
    return [part for row in rows for _, part in sorted(row, key=lambda each: each[1].mapTo(page, QPoint()).x())]


def _lay_out(page: QWidget) -> None:
    """Give what was shown a moment ago its place."""
    for card in page.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if (layout := card.layout()) is not None:
            layout.activate()
    if (layout := page.layout()) is not None:
        layout.activate()


def takes_tab(part: QWidget) -> bool:
    """Whether Tab may stop there now."""
    return part.isVisible() and part.isEnabled() and part.focusPolicy() in _BY_TAB
