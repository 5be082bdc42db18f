"""When the result is due, what it costs, how it is handed out, and what the law leaves to be noticed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain import channels
from desk_app.domain.calendar.typed_day import DaySense
from desk_app.domain.channels import CHANNELS, SAID_PAPER
from desk_app.domain.money import amount_typed
from desk_app.errors import BadFactError
from desk_app.services.reception.reception import Outlook
from desk_app.ui.kit.card import PageCard
from desk_app.ui.look.theme import Look
from desk_app.ui.payments.exemption_inputs import ExemptionInputs
from desk_app.ui.widgets.buttons import named
from desk_app.ui.widgets.date_field import DateField, ReadDay
from desk_app.ui.widgets.fields import ChoiceInput, Labelled, NumberInput, TextInput
from desk_app.ui.widgets.labels import Picture, label

_LONGEST_REMARK = 40
"""More letters beside the card's title would make the card wider than half of a small window."""

_CHANNELS = tuple((channel or SAID_PAPER, text) for channel, text in CHANNELS.items())


class DueCard(PageCard):
    """`changed` when the clerk changed anything here."""

    changed = Signal()

    def __init__(self, look: Look, read_day: ReadDay) -> None:
        super().__init__(self.tr("Hẹn trả và lệ phí"))
        self.column.addWidget(self._due_panel(look))
        self._warnings = QFrame()
        self._warnings.setProperty("panel", "warn")
        warned = QHBoxLayout(self._warnings)
        warned.setContentsMargins(12, 7, 12, 7)
        warned.setSpacing(9)
        warned.addWidget(Picture(look, "triangle-alert", "warn", 18), 0, Qt.AlignmentFlag.AlignTop)
        self._warning_text = label(wraps=True)
        self._warning_text.setAccessibleIdentifier("reception.warnings")
        warned.addWidget(self._warning_text, 1)
        self.column.addWidget(self._warnings)
        self.due_on = DateField("reception.due_on", self.tr("Ngày hẹn trả"), DaySense.DUE, read_day)
        self.fee = TextInput("reception.fee", self.tr("Phí, lệ phí"))
        self.copies = NumberInput("reception.copies", self.tr("Số bản sao cấp thêm"), 999, "0")
        self.return_by = ChoiceInput(
            "reception.return_by",
            self.tr("Nhận kết quả"),
            (
                ("counter", self.tr("Trực tiếp tại quầy")),
                ("post", self.tr("Qua bưu chính công ích")),
                ("home", self.tr("Tại nhà (người cao tuổi, chính sách)")),
            ),
        )
        self.exemption = ExemptionInputs(self.tr("Miễn phí, lệ phí"))
        self.exemption.changed.connect(self.changed)
        self.exemption.changed.connect(self._flow)
        self.channel = ChoiceInput("reception.channel", self.tr("Cách nộp"), _CHANNELS)
        self.note = TextInput("reception.note", self.tr("Ghi chú"), self.tr("In trên giấy hẹn"))
        self.hand_over = QCheckBox(self.tr("Trả kết quả ngay, không cần giấy hẹn (F10 khi lưu)"))
        named(self.hand_over, "reception.hand_over", self.tr("Trả kết quả ngay, không cần giấy hẹn"))
        self._held = {
            "due": Labelled(self.tr("Ngày hẹn trả"), self.due_on, required=True),
            "fee": Labelled(self.tr("Phí, lệ phí"), self.fee),
            "copies": Labelled(self.tr("Số bản sao cấp thêm"), self.copies),
            **self.exemption.held,
        }
        self._more = (
            Labelled(self.tr("Nhận kết quả"), self.return_by),
            Labelled(self.tr("Ghi chú"), self.note),
            Labelled(self.tr("Cách nộp"), self.channel),
        )
        for held in (*self._held.values(), *self._more):
            held.setParent(self)  # without a parent, showing it would open a window of its own
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(7)
        for column in range(3):
            self._grid.setColumnStretch(column, 1)
        self.column.addLayout(self._grid)
        self._flow()
        self.column.addWidget(self.hand_over)
        self._fee_typed = False
        self.fee.changed.connect(self._fee_changed)
        self.fee.editingFinished.connect(self._fee_left)
        for field in (self.due_on, self.copies, self.return_by, self.note, self.channel):
            field.changed.connect(self.changed)
        self.hand_over.toggled.connect(lambda _on: self.changed.emit())

    def _due_panel(self, look: Look) -> QFrame:
        panel = QFrame()
        panel.setProperty("panel", "accent")
        row = QHBoxLayout(panel)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(9)
        row.addWidget(Picture(look, "calendar", "link", 20), 0, Qt.AlignmentFlag.AlignVCenter)
        self.due = label(wraps=True)
        self.due.setAccessibleIdentifier("reception.due")
        self._limit = label(role="plain", wraps=True)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self.due)
        texts.addWidget(self._limit)
        row.addLayout(texts, 1)
        return panel

    def show_outlook(self, outlook: Outlook, *, form_asks_copies: bool) -> None:
        """What the rules say now; `form_asks_copies`: the declaration has that question already."""
        self.due.setText(self.tr("Hẹn trả: %s") % outlook.due_text if outlook.due_at else outlook.due_text)
        limit = self.tr("Thời hạn: %s") % outlook.limit_text if outlook.limit_text else ""
        fee = self.tr("Phí, lệ phí theo danh mục: %s") % outlook.fee_hint if outlook.fee_hint else ""
        self._limit.setText("\n".join(filter(None, (limit, fee))))
        self._limit.setVisible(bool(limit or fee))
        self._warning_text.setText("\n".join(outlook.warnings))
        self._warnings.setVisible(bool(outlook.warnings))
        self._held["due"].setVisible(outlook.asks_due and not self.hand_over.isChecked())
        self._held["copies"].setVisible(outlook.asks_copies and not form_asks_copies)
        if not self.copies.value():
            self.copies.setPlaceholderText(str(outlook.copies))
        self.exemption.offer(outlook.exemptions)
        self._flow()
        self.hand_over.setVisible(outlook.can_hand_over)
        self._show_fee(outlook)
        how = "; ".join(line.how for line in outlook.fee.lines if line.how)
        self.remark(how if len(how) < _LONGEST_REMARK else "")

    def _show_fee(self, outlook: Outlook) -> None:
        """The reckoned sum; a sum nobody knows leaves the field empty, for the clerk to type it.

        While the clerk has emptied the field to type another sum, nothing is put back into it.
        """
        is_known = outlook.fee.known_total is not None
        self.fee.setPlaceholderText("" if is_known else outlook.fee_text)
        named_lines = "; ".join(f"{line.name}: {line.how}" for line in outlook.fee.lines if line.how)
        self.fee.setToolTip(named_lines or outlook.fee_hint or outlook.fee_text)
        if not self._fee_typed and not (self.fee.hasFocus() and self.fee.isModified()):
            self.fee.put(outlook.fee_text if is_known else "")

    def _flow(self) -> None:
        """Fields that are asked, three in a row; the last takes what is left of its row."""
        asked = [held for held in (*self._held.values(), *self._more) if not held.isHidden()]
        for at, held in enumerate(asked):
            last = at == len(asked) - 1
            self._grid.addWidget(held, at // 3, at % 3, 1, 3 - at % 3 if last else 1)

    @property
    def is_fee_typed(self) -> bool:
        """Whether the sum in sight is the clerk's, not what the rules reckon."""
        return self._fee_typed

    def fee_total(self, *, whole: bool) -> int | None:
        """What the clerk typed, in đồng; None takes what the rules reckon.

        Raises `BadFactError` for what is no sum, unless the clerk is still typing (`whole` False).
        """
        if not self._fee_typed:
            return None
        try:
            return amount_typed(self.fee.value())
        except BadFactError:
            if whole:
                raise
            return None

    def said(self, *, whole: bool) -> dict[str, Any]:
        """The sum that the clerk typed, the exemption, the ways in and out and the note, as a draft takes them."""
        return {
            "fee_total": self.fee_total(whole=whole),
            "exemption": self.exemption.claim(),
            "return_by": self.return_by.value(),
            "channel": channels.recorded(self.channel.value()),
            "note": self.note.value().strip(),
        }

    def clear(self) -> None:
        self._fee_typed = False
        for field in (self.due_on, self.fee, self.copies, self.note):
            field.put("")
        self.exemption.clear()
        self.return_by.put("counter")
        self.channel.put(SAID_PAPER)
        self.hand_over.setChecked(False)
        for held in self._held.values():
            held.complain("")

    def complain(self, name: str, why: str) -> QWidget | None:
        """Say what is wrong with a field; the field, None when it is none of this card."""
        if name not in self._held:
            return None
        self._held[name].complain(why)
        return self._held[name].field

    def _fee_left(self) -> None:
        self.fee.setModified(False)
        if not self._fee_typed:
            self.changed.emit()

    def _fee_changed(self) -> None:
        self._fee_typed = bool(self.fee.value().strip())
        self.changed.emit()
