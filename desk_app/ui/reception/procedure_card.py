"""Which procedure: typed to filter, by Ctrl and a number for those most used, or one click on them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QPushButton, QSizePolicy, QWidget

from desk_app.store.reference.catalogue import Choice
from desk_app.ui.kit.card import PageCard, empty
from desk_app.ui.look.theme import Look, font
from desk_app.ui.reception.procedure_rows import ROW_HEIGHT, ProcedureRows, facts_of
from desk_app.ui.service_days.day_line import ServiceDayLine
from desk_app.ui.services.window_services import WindowServices
from desk_app.ui.widgets.buttons import named
from desk_app.ui.widgets.chooser import Chooser
from desk_app.ui.widgets.fields import Labelled, NumberInput
from desk_app.ui.widgets.labels import in_two_lines, label, restyle
from desk_app.ui.widgets.pick_list import ONE_LINE

_BESIDE = 3
_FEW = 20
_PILL_SIDES = 24


class QuickButton(QPushButton):
    """One of the procedures most used; a long name takes two lines, the second shortened to the room there is."""

    def __init__(self, number: int, title: str) -> None:
        super().__init__()
        self._number, self._title = number, title
        self.setProperty("kind", "pill")
        self.setProperty("tall", "small")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(title)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        metrics = QFontMetrics(font(12, QFont.Weight.DemiBold))
        text = in_two_lines(f"Ctrl+{self._number}  {self._title}", metrics, self.width() - _PILL_SIDES)
        if text != self.text():
            restyle(self, "lines", "two" if "\n" in text else "")
            self.setText(text)


class ProcedureCard(PageCard):
    """`chosen` when the procedure changed, `pressed` when by one of the quick buttons, `changed` with the sets."""

    chosen = Signal()
    pressed = Signal()
    changed = Signal()

    def __init__(self, look: Look, services: WindowServices) -> None:
        super().__init__(self.tr("Thủ tục hành chính"))
        self._settings, self._days = services.settings, services.days
        self._all: Sequence[Choice] = ()
        self._choices: Sequence[Choice] = ()
        self.chooser = Chooser("reception.procedure", self.tr("Tên thủ tục"), self.tr("Gõ vài chữ để lọc"))
        self.chooser.changed.connect(self._chosen)
        self.chooser.noted.connect(self._noted)
        self._rows = ProcedureRows(look, self.chooser.offers)
        self.chooser.offers.setItemDelegate(self._rows)
        self._facts = label(role="faint", wraps=True)
        self._facts.setAccessibleIdentifier("reception.procedure.facts")
        self.elsewhere = QCheckBox()
        named(self.elsewhere, "reception.procedure.elsewhere", self.tr("Hiện cả thủ tục của tỉnh khác"))
        self.elsewhere.toggled.connect(self._offer)
        self.sets = NumberInput("reception.sets", self.tr("Số bộ hồ sơ"), 99)
        self.sets.changed.connect(self.changed)
        self._labelled = Labelled(self.tr("Tên thủ tục (gõ vài chữ để lọc)"), self.chooser, required=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.addWidget(self._labelled, 0, 0, 1, 2)
        grid.addWidget(Labelled(self.tr("Số bộ hồ sơ"), self.sets), 0, 2)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        self._today = ServiceDayLine(look, "reception", services.days.line)
        self._today.looked.connect(self._mark_list)
        self.column.addWidget(self._today)
        self.column.addLayout(grid)
        self._complaint = ""
        self._held = label(role="warn", wraps=True)
        self._held.setAccessibleIdentifier("reception.procedure.held")
        self._day = label(role="soft", wraps=True)
        self._day.setAccessibleIdentifier("reception.procedure.service_day")
        for said in (self._held, self._day, self._facts):
            self.column.addWidget(said)
        self.column.addWidget(self.elsewhere)
        self._quick_rows = QGridLayout()
        self._quick_rows.setSpacing(7)
        self._quick: list[QPushButton] = []
        self._quick_choices: Sequence[Choice] = ()
        self.column.addLayout(self._quick_rows)

    def offer(self, choices: Sequence[Choice]) -> None:
        """The procedures, most used first; those of other provinces stay out of sight until asked for."""
        self._all = choices
        self._today.look_again()
        others = sum(each.is_elsewhere for each in choices)
        self.elsewhere.setText(self.tr("Hiện cả %d thủ tục của tỉnh khác") % others)
        self.elsewhere.setVisible(bool(others))
        self._offer()

    def _offer(self) -> None:
        chosen = self.code()
        is_all = self.elsewhere.isChecked()
        self._mark_list()
        self._choices = [each for each in self._all if is_all or not each.is_elsewhere or each.code == chosen]
        is_long = len(self._all) > _FEW  # short names of a short list need one line each
        self._rows.show({each.code: each for each in self._choices} if is_long else {})
        self.chooser.offers.row_height = ROW_HEIGHT if is_long else ONE_LINE
        self.chooser.offer([(each.code, f"{each.title}\t{each.name} {each.field_name}") for each in self._choices])
        self.remark(self.tr("%d thủ tục") % len(self._choices))
        self._offer_quick()
        self._mark()

    def _mark_list(self) -> None:
        """Beside the procedures of the list: which are held at reception, which have a service day now."""
        marks = self._days.marks(self._all) if self._all else {}
        self._rows.mark(marks)
        self.chooser.offers.remarks = {code: mark.words for code, mark in marks.items()}

    def _offer_quick(self) -> None:
        """As many buttons as the office wants, three beside each other."""
        empty(self._quick_rows)
        self._quick = []
        self._quick_choices = self._settings.quick(self._choices)
        offered = self._quick_choices[: self._settings.quick_count()]
        beside = min(len(offered), _BESIDE)
        for column in range(_BESIDE):
            self._quick_rows.setColumnStretch(column, 1 if column < beside else 0)
        for at, each in enumerate(offered):
            self._quick_rows.addWidget(self._quick_button(at + 1, each), at // beside, at % beside)

    def _quick_button(self, number: int, choice: Choice) -> QPushButton:
        made = QuickButton(number, choice.title)
        named(made, f"reception.procedure.{number}", choice.title)
        made.setAccessibleDescription(f"Phím tắt Ctrl+{number}")
        made.clicked.connect(lambda _checked=False, code=choice.code: self._press(code))
        self._quick.append(made)
        return made

    def choose(self, code: str) -> None:
        """Take a procedure as if the clerk had picked it; one of another province comes into sight for it."""
        if any(each.code == code and each.is_elsewhere for each in self._all) and not self.elsewhere.isChecked():
            self.elsewhere.setChecked(True)
        self.chooser.put(code)
        self._chosen()

    def _press(self, code: str) -> None:
        self.choose(code)
        self.pressed.emit()

    def choose_quick(self, number: int) -> None:
        """The `number`-th of those the office chose, and then of the most used, from 1."""
        if 0 < number <= len(self._quick_choices):
            self.choose(self._quick_choices[number - 1].code)

    def code(self) -> str:
        return self.chooser.value()

    def complain(self, why: str) -> QWidget:
        """`why` stands below the field; a hold that it speaks of is not told a second time."""
        self._labelled.complain(why)
        self._noted(why)
        return self.chooser

    def _noted(self, text: str, _tone: str = "") -> None:
        if text != self._complaint:  # it comes with every key
            self._complaint = text
            self._mark()

    def _chosen(self) -> None:
        self.complain("")
        self._mark()
        self.chosen.emit()

    def _mark(self) -> None:
        here = next((each for each in self._choices if each.code == self.code()), None)
        self._facts.setText(facts_of(here) if here is not None else "")
        self._facts.setVisible(here is not None and len(self._all) > _FEW)
        self._tell_of_today(here)
        self.chooser.setToolTip(here.name if here is not None else "")
        for made, choice in zip(self._quick, self._quick_choices, strict=False):
            made.setChecked(choice.code == self.code())

    def _tell_of_today(self, here: Choice | None) -> None:
        """Whether the procedure is held at reception, and which service day it has now."""
        found = self._days.of_procedure(here.code) if here is not None else None
        for said, text in ((self._held, found.held if found else ""), (self._day, found.day if found else "")):
            said.setText(text)
            said.setVisible(bool(text))
        self._held.setVisible(bool(self._held.text()) and not self._complaint)
        restyle(self._held, "text_role", "error" if found and found.is_refused else "warn")
