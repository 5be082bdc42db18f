"""The inputs with which one thing of a dossier is set right: each says what it changes, by path."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.domain import channels
from desk_app.domain.calendar.typed_day import DaySense, sense_of
from desk_app.domain.dossiers.changes import components_of, documents_of, text_of
from desk_app.domain.dossiers.fact_paths import CHANNEL, DUE, FactPath
from desk_app.domain.handling.ways_back import WAYS_BACK
from desk_app.domain.procedures.procedure import Component
from desk_app.ui.look.theme import Look
from desk_app.ui.reception.components_card import ComponentRow
from desk_app.ui.reception.documents_card import DocumentsCard
from desk_app.ui.widgets.chooser import Chooser
from desk_app.ui.widgets.date_field import DateField, ReadDay
from desk_app.ui.widgets.fields import Labelled, TextInput
from desk_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from desk_app.services.dossiers.corrections import Correctable

_VALUE = "dossier.correct.value"


def tr(text: str) -> str:
    return QCoreApplication.translate("CorrectionInputs", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What inputs need of the page: the look, the reading of days, procedures by (code, title), and the due day that
    another procedure would give.
    """

    look: Look
    read_day: ReadDay
    procedures: Callable[[], Sequence[tuple[str, str]]]
    due_for: Callable[[str], str]


class CorrectionInput(QWidget):
    """One input or several; `stops` are where Enter leads through it."""

    def __init__(self, about: Correctable) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.about = about
        self._stops: list[QWidget] = []
        self.held: Labelled | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)

    @property
    def stops(self) -> list[QWidget]:
        return self._stops

    def changes(self) -> dict[str, str]:
        """By path, as typed."""
        return {}

    def settle(self) -> bool:
        """Take what is typed last; False, with the focus there, where it cannot be taken."""
        for stop in self.stops:
            if isinstance(stop, TextInput | Chooser) and stop.isVisibleTo(self) and stop.settle():
                stop.setFocus(Qt.FocusReason.OtherFocusReason)
                return False
        return True

    def complain(self, why: str) -> None:
        """Say what is wrong, and go there."""
        if self.held is not None:
            self.held.complain(why)
        if self.stops:
            self.stops[0].setFocus()

    def add(self, field: QWidget, text: str) -> Labelled:
        held = Labelled(text, field)
        self.column.addWidget(held)
        self._stops.append(field)
        return held


class PlainInput(CorrectionInput):
    """A text, a day, or a choice among a few."""

    def __init__(self, about: Correctable, read_day: ReadDay) -> None:
        super().__init__(about)
        self._field = _field(about, read_day)
        self.held = self.add(self._field, tr("Giá trị đúng"))

    def changes(self) -> dict[str, str]:
        field = self._field
        return {self.about.path: field.iso() if isinstance(field, DateField) else field.value().strip()}


class ProcedureInput(CorrectionInput):
    """Another procedure, and the due date that comes with it."""

    def __init__(self, about: Correctable, around: Around) -> None:
        super().__init__(about)
        self._due_for = around.due_for
        self._chooser = Chooser(_VALUE, about.label, tr("Gõ vài chữ để lọc"), needed=True)
        self._chooser.offer(around.procedures())
        self._chooser.put(about.value)
        self._chooser.changed.connect(self._propose)
        self.held = self.add(self._chooser, tr("Thủ tục đúng"))
        told = tr("Giấy tờ, thời hạn, phí và tờ khai đổi theo thủ tục mới; mã hồ sơ giữ nguyên.")
        self.column.addWidget(label(told, "faint", wraps=True))
        self._due = DateField("dossier.correct.due", tr("Ngày hẹn trả mới"), DaySense.DUE, around.read_day)
        self._due_held = self.add(self._due, tr("Ngày hẹn trả mới"))
        self._propose()

    def changes(self) -> dict[str, str]:
        changes = {self.about.path: self._chooser.value()}
        if self._due.text().strip() and not self._due_held.isHidden():
            changes[DUE] = self._due.iso()
        return changes

    def _propose(self) -> None:
        code = self._chooser.value()
        is_other = bool(code) and code != self.about.value
        self._due_held.setVisible(is_other)
        self._due.put_iso(self._due_for(code) if is_other else "")


class PapersInput(CorrectionInput):
    """Which papers were handed in: a box each."""

    def __init__(self, about: Correctable) -> None:
        super().__init__(about)
        handed_in = components_of(about.value) or ()
        self._rows = [
            ComponentRow(Component(id=each.component, name=each.name, default=each in handed_in), "dossier.correct")
            for each in about.papers
        ]
        for row in self._rows:
            self.column.addWidget(row)
        self._stops = [row.box for row in self._rows]

    def changes(self) -> dict[str, str]:
        pairs = zip(self.about.papers, self._rows, strict=True)
        return {self.about.path: text_of(tuple(paper for paper, row in pairs if row.box.isChecked()))}


class OriginalsInput(CorrectionInput):
    """The originals to certify, as reception asks them."""

    def __init__(self, about: Correctable, look: Look) -> None:
        super().__init__(about)
        self._card = DocumentsCard(look, "dossier.correct")
        self._card.setProperty("card", "")
        if documents := documents_of(about.value):
            self._card.put_rows([(each.name, str(each.pages), str(each.copies)) for each in documents])
        self.column.addWidget(self._card)

    @property
    def stops(self) -> list[QWidget]:
        return self._card.inputs

    def changes(self) -> dict[str, str]:
        return {self.about.path: text_of(self._card.documents(whole_only=False))}

    def complain(self, why: str) -> None:
        del why  # the number that is missing is marked itself
        self._card.complain().setFocus()


def input_for(about: Correctable, around: Around) -> CorrectionInput:
    """The input this thing is set right with."""
    if about.kind == "procedure":
        return ProcedureInput(about, around)
    if about.kind == "components":
        return PapersInput(about)
    if about.kind == "documents":
        return OriginalsInput(about, around.look)
    return PlainInput(about, around.read_day)


def _choices(about: Correctable) -> tuple[tuple[str, str], ...]:
    """(value, words), none for what is typed."""
    if about.path == "return_by":
        return tuple(WAYS_BACK.items())
    if about.path == CHANNEL:
        return tuple(
            (channels.SAID_PAPER if way == channels.PAPER else way, channels.told(way)) for way in channels.CHANNELS
        )
    if about.kind == "yes_no":
        return (("Có", "Có"), ("Không", "Không"))
    fact = FactPath.parse(about.path)
    if (fact.head, fact.name) == ("people", "sex"):
        return (("Nam", "Nam"), ("Nữ", "Nữ"))
    return tuple((choice, choice) for choice in about.choices)


def _field(about: Correctable, read_day: ReadDay) -> TextInput | Chooser:
    if choices := _choices(about):
        choice = Chooser(_VALUE, about.label, "—", free=about.free, needed=about.path in ("return_by", CHANNEL))
        choice.offer(choices)
        choice.put(about.value)
        return choice
    if about.kind == "date":
        date = DateField(_VALUE, about.label, sense_of(about.path), read_day)
        date.put_iso(about.value)
        return date
    text = TextInput(_VALUE, about.label)
    text.put(about.value)
    return text
