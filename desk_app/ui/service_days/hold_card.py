"""The card in which a procedure is held at reception, and the one that ends a hold."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.domain.calendar.typed_day import DaySense
from desk_app.domain.holds.hold import Hold, HoldWeight
from desk_app.ui.kit.card import PageCard
from desk_app.ui.look.theme import Look
from desk_app.ui.service_days.procedures_input import ProceduresInput
from desk_app.ui.service_days.rule_card import RuleCard
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.date_field import DateField, ReadDay
from desk_app.ui.widgets.fields import ChoiceInput, Labelled, TextInput
from desk_app.ui.widgets.labels import label


class HoldCard(RuleCard):
    """`save_wanted` for what is entered, `new_wanted` for a blank card; `shown` is the hold in it, None for none."""

    save_wanted = Signal()
    new_wanted = Signal()

    def __init__(self, look: Look, read_day: ReadDay, *, refusal: str) -> None:
        super().__init__(self.tr("Tạm dừng tiếp nhận một thủ tục"))
        self.shown: Hold | None = None
        self.procedures = ProceduresInput("holds")
        weights = tuple((weight.value, weight.label) for weight in HoldWeight)
        self.weight = ChoiceInput("holds.weight", self.tr("Quầy làm gì"), weights)
        self.starts = DateField("holds.starts", self.tr("Từ ngày"), DaySense.ANY, read_day)
        self.until = DateField("holds.until", self.tr("Đến hết ngày"), DaySense.ANY, read_day)
        self.reason = TextInput("holds.reason", self.tr("Lý do"))
        self.remedy = TextInput("holds.remedy", self.tr("Trong lúc đó làm gì"))
        self.number = TextInput("holds.number", self.tr("Số văn bản (nếu có)"))
        self._held = {
            "weight": Labelled(self.tr("Quầy làm gì"), self.weight, required=True),
            "starts": Labelled(self.tr("Từ ngày"), self.starts, required=True),
            "until": Labelled(self.tr("Đến hết ngày"), self.until),
            "reason": Labelled(self.tr("Lý do"), self.reason, required=True),
            "remedy": Labelled(self.tr("Trong lúc đó làm gì"), self.remedy),
            "number": Labelled(self.tr("Số văn bản (nếu có)"), self.number),
        }
        self.column.addWidget(self.procedures)
        for names in (("weight", "starts", "until"), ("reason",), ("remedy", "number")):
            row = QHBoxLayout()
            row.setSpacing(12)
            for name in names:
                row.addWidget(self._held[name], 1)
            self.column.addLayout(row)
        add = button(
            look,
            self.tr("Tạm dừng"),
            "holds.add",
            self.save_wanted.emit,
            kind="primary",
            icon="hourglass",
            key="Ctrl+Enter",
        )
        change = button(
            look,
            self.tr("Lưu thay đổi"),
            "holds.change",
            self.save_wanted.emit,
            kind="primary",
            icon="check",
            key="Ctrl+Enter",
        )
        new = button(look, self.tr("Lần tạm dừng mới"), "holds.new", self.new_wanted.emit, icon="plus")
        self._of_new, self._of_shown = (add,), (change, new)
        row = QHBoxLayout()
        for each in (add, change, new):
            each.setEnabled(not refusal or each is new)
            row.addWidget(each)
        row.addStretch()
        self.column.addLayout(row)
        if refusal:
            self.column.addWidget(label(refusal, "warn", wraps=True))

    def begin(self, today: str) -> None:
        """A blank card; `today` ISO."""
        self._be_of(None)
        self.procedures.put(())
        self.weight.put(HoldWeight.WARN.value)
        self.starts.put_iso(today)
        for field in (self.until, self.reason, self.remedy, self.number):
            field.put("")
        self.be_content()

    def edit(self, hold: Hold) -> None:
        """The hold as it stands, to be said otherwise."""
        self._be_of(hold)
        self.procedures.put(hold.procedures)
        self.weight.put(hold.weight.value)
        self.starts.put_iso(hold.starts)
        self.until.put_iso(hold.until)
        for field, text in ((self.reason, hold.reason), (self.remedy, hold.remedy), (self.number, hold.number)):
            field.put(text)
        self.be_content()

    def _be_of(self, hold: Hold | None) -> None:
        self.shown = hold
        self.remark(self.tr("đang sửa lần %s") % hold.id if hold is not None else "")
        for buttons, are_wanted in ((self._of_new, hold is None), (self._of_shown, hold is not None)):
            for each in buttons:
                each.setVisible(are_wanted and each.parentWidget() is not None)

    def hold(self) -> Hold:
        """What the card says."""
        for date in (self.starts, self.until):
            date.judge()
        return Hold(
            procedures=self.procedures.value(),
            starts=self.starts.iso(),
            until=self.until.iso(),
            reason=self.reason.value(),
            weight=HoldWeight(self.weight.value()),
            remedy=self.remedy.value(),
            number=self.number.value(),
        )


class HoldEndCard(PageCard):
    """Ends the hold that was pressed in the list; hidden while none is. `end_wanted` gives the reason."""

    end_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(self.tr("Kết thúc lần tạm dừng"))
        self.hold: Hold | None = None
        self._which = label(role="soft", wraps=True)
        self._which.setAccessibleIdentifier("holds.which")
        self.why = TextInput("holds.why", self.tr("Lý do kết thúc"))
        self._held = Labelled(self.tr("Lý do kết thúc"), self.why, required=True)
        end = button(look, self.tr("Kết thúc tạm dừng"), "holds.end", self._end, icon="check")
        self.column.addWidget(self._which)
        self.column.addWidget(self._held)
        row = QHBoxLayout()
        row.addWidget(end)
        row.addStretch()
        self.column.addLayout(row)
        self.why.returnPressed.connect(self._end)
        self.show_hold(None, "")

    def show_hold(self, hold: Hold | None, told: str) -> None:
        self.hold = hold
        self._which.setText(told)
        self.why.put("")
        self._held.complain("")
        self.setVisible(hold is not None and self.parentWidget() is not None)

    def complain(self, why: str) -> QWidget:
        self._held.complain(why)
        return self.why

    def _end(self) -> None:
        self.end_wanted.emit(self.why.value())
