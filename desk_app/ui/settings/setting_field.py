"""One setting on the screen: its label, whose it is, its input, what it is for, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desk_app.services.desk.office_settings import SettingRow
from desk_app.services.settings.kinds import InputKind, Scope, SettingKind
from desk_app.ui.settings.quick_input import QuickInput
from desk_app.ui.widgets.chooser import Chooser
from desk_app.ui.widgets.fields import TextInput
from desk_app.ui.widgets.labels import ShortLabel, label, restyle

SettingInput = TextInput | Chooser | QuickInput


class SettingField(QWidget):
    """`changed` when a person changed the value. The identifier of the input is "settings.<key>"."""

    changed = Signal()

    def __init__(self, row: SettingRow, *, can_change: bool) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.kind = row.kind
        self._saved = row.value
        self.input = self._made(row.kind)
        self._name = ShortLabel("label")
        own = row.kind.label.partition(": ")[2]  # a document's: its name stands above
        self._name.setText(own[:1].upper() + own[1:] or row.kind.label)
        self._name.setBuddy(self.input)
        is_common = row.kind.scope is Scope.COMMUNE
        whose = label(self.tr("Cả xã") if is_common else self.tr("Máy này"), "tag-commune" if is_common else "tag")
        self._note = label(role="error", wraps=True)
        self._note.setAccessibleIdentifier(f"settings.{row.kind.key}.note")
        self._told = label(row.kind.told, "faint", wraps=True)
        self._more = label(role="code", wraps=True)
        self._more.setAccessibleIdentifier(f"settings.{row.kind.key}.more")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._name, 1)
        head.addWidget(whose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(head)
        column.addWidget(self.input)
        for part in (self._note, self._more, self._told):
            column.addWidget(part)
        column.addStretch()
        self._note.hide()
        self._more.hide()
        self._told.setVisible(bool(row.kind.told))  # only now: shown without a parent it would be a window of its own
        self._describe("")
        self.show_saved(row.value)
        self.input.changed.connect(self._mended)
        if isinstance(self.input, TextInput | Chooser):
            self.input.noted.connect(self._noted)
        if not can_change:
            self._close()

    def _made(self, kind: SettingKind) -> SettingInput:
        identifier = f"settings.{kind.key}"
        if kind.input is InputKind.PROCEDURES:
            return QuickInput(identifier, kind.label)
        if kind.input in {InputKind.TEXT, InputKind.HOUR, InputKind.NUMBER, InputKind.FOLDER}:
            return TextInput(identifier, kind.label, self._hint(kind))
        is_free = kind.input in {InputKind.PRINTER, InputKind.TRAY, InputKind.PORT}
        made = Chooser(identifier, kind.label, free=is_free, needed=not is_free)
        made.offer(list(kind.choices.items()))
        return made

    def _hint(self, kind: SettingKind) -> str:
        if kind.input is InputKind.HOUR:
            return self.tr("giờ:phút")
        if kind.input is InputKind.NUMBER:
            return f"{kind.least} – {kind.most} {kind.unit}".rstrip()
        return ""

    def _close(self) -> None:
        """To be read, not to be changed."""
        if isinstance(self.input, QLineEdit):
            self.input.setReadOnly(True)
        if isinstance(self.input, Chooser | QuickInput):
            self.input.setEnabled(False)

    # --- its value -------------------------------------------------------------------------------------------------

    @property
    def is_changed(self) -> bool:
        return self.value() != self._saved

    def value(self) -> str:
        return self.input.value()

    def put(self, value: str) -> None:
        """Show a value as if a person had changed it."""
        self.input.put(value)

    def offer(self, entries: Sequence[tuple[str, str]]) -> None:
        """What can be chosen; what is chosen stays as it is."""
        if isinstance(self.input, Chooser):
            self.input.offer(entries)
            if not self.input.is_typed:
                self.input.put_back()
        elif isinstance(self.input, QuickInput):
            self.input.offer(entries)

    def show_saved(self, value: str) -> None:
        """The value that holds now; nothing is changed or wrong any more."""
        self._saved = value
        self.input.put(value)
        self.complain("")

    def show_arrived(self, value: str) -> None:
        """Another desk or program set it: shown unless a person is changing it here, who is told then."""
        if value == self._saved:
            return
        if self.is_changed:
            self._saved = value
            self._say(self.tr("Nơi khác vừa đổi mục này thành «%s».") % (value or self.tr("để trống")), "warn")
        else:
            self.show_saved(value)

    def settle(self) -> str:
        """Take what is half typed; why it cannot be taken, "" when it is."""
        return self.input.settle()

    # --- what is said of it ----------------------------------------------------------------------------------------

    def complain(self, why: str) -> None:
        restyle(self._name, "state", "error" if why else "")
        if isinstance(self.input, TextInput | Chooser):
            self.input.show_state("error" if why else "")
        self._say(f"{why[:1].upper()}{why[1:].rstrip('.')}." if why else "", "error")

    def tell(self, text: str) -> None:
        """Something about the value as it stands there."""
        self._more.setText(text)
        self._more.setVisible(bool(text))

    def _noted(self, text: str, tone: str) -> None:
        self._say(text, tone or "error")

    def _say(self, text: str, tone: str) -> None:
        self._note.setText(text)
        self._note.setVisible(bool(text))
        restyle(self._note, "text_role", tone)
        self._describe(text)

    def _describe(self, said: str) -> None:
        whose = self.tr("Cả xã") if self.kind.scope is Scope.COMMUNE else self.tr("Máy này")
        self.input.setAccessibleDescription(" ".join(part for part in (said, f"{whose}.", self.kind.told) if part))

    def _mended(self) -> None:
        self.complain("")
        self.changed.emit()


def changes(fields: Mapping[str, SettingField]) -> dict[str, str]:
    """What a person changed and did not save, by key."""
    return {key: field.value() for key, field in fields.items() if field.is_changed}
