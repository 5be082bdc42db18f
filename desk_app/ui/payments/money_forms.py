"""The small forms of the money card: taking money, giving it back, naming a receipt, freeing from the fee.

Enter goes to the next input and records behind the last; each opens with what is usual filled in.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain import money
from desk_app.domain.payments.exemption import OTHER, ExemptionClaim
from desk_app.domain.payments.money_events import ELECTRONIC, PAPER
from desk_app.domain.payments.payment import Way
from desk_app.domain.payments.receipt_book import BookStanding
from desk_app.domain.procedures.fee_exemption import Exemption
from desk_app.errors import DeskError
from desk_app.services.payments.collecting import ReceiptTyped
from desk_app.ui.focus.sight import bring_in_sight
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button, named
from desk_app.ui.widgets.fields import ChoiceInput, Labelled, TextInput
from desk_app.ui.widgets.labels import label

_ENTERS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


def tr(text: str) -> str:
    return QCoreApplication.translate("MoneyForms", text)


class MoneyForm(QFrame):
    """A panel with inputs and two buttons. `record_wanted` when it is filled in, `cancel_wanted` when put away."""

    record_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, look: Look, name: str, title: str, deed: str) -> None:
        super().__init__()
        self.setProperty("panel", "plain")
        self._held: dict[str, Labelled] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(14, 10, 14, 13)
        self.column.setSpacing(8)
        self.title = label(title, "section", wraps=True)
        self.column.addWidget(self.title)
        self._inputs = QVBoxLayout()
        self._inputs.setSpacing(8)
        self.column.addLayout(self._inputs)
        self.save = button(
            look, deed, f"dossier.money.{name}.save", self.record_wanted.emit, kind="primary", icon="check", key="Enter"
        )
        self.leave = button(look, tr("Thôi"), f"dossier.money.{name}.cancel", self.cancel_wanted.emit, key="Esc")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.save)
        row.addWidget(self.leave)
        row.addStretch()
        self.column.addLayout(row)
        self.hide()

    def hold(self, key: str, text: str, field: QWidget, *, required: bool = False) -> None:
        """An input under the key by which a refusal names it."""
        self._held[key] = Labelled(text, field, required=required)

    def lay(self, *rows: Sequence[str]) -> None:
        """The inputs in rows, by their keys."""
        for keys in rows:
            row = QHBoxLayout()
            row.setSpacing(12)
            for key in keys:
                row.addWidget(self._held[key], 1)
            self._inputs.addLayout(row)

    def open_at(self, field: QWidget) -> None:
        for held in self._held.values():
            held.complain("")
        self.show()
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_in_sight(self)

    def show_only(self, key: str, *, shown: bool) -> None:
        self._held[key].setVisible(shown)

    def complain(self, error: DeskError) -> None:
        """Mark the input that a refusal names."""
        key = str(error.facts.get("field", ""))
        held = self._held.get(key)
        if held is not None and not held.isHidden():
            held.complain(str(error.facts.get("why", "")) or tr("chưa nhập"))
            held.field.setFocus(Qt.FocusReason.OtherFocusReason)
            if isinstance(held.field, TextInput):
                held.field.selectAll()  # what is typed next takes the place of what was refused

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _ENTERS:
            super().keyPressEvent(event)
            return
        focus = self.focusWidget()
        stops = [held.field for held in self._held.values() if not held.isHidden()]
        later = stops[stops.index(focus) + 1 :] if focus in stops else []
        if later and not self.is_enough():
            later[0].setFocus(Qt.FocusReason.TabFocusReason)
        elif focus not in (self.save, self.leave):
            self.record_wanted.emit()
        else:
            super().keyPressEvent(event)

    def is_enough(self) -> bool:
        """Whether Enter records from any input: what is usual is filled in."""
        return False


class ReceiptInputs:
    """Which receipt: electronic, or out of the book of paper receipts in use; its number."""

    def __init__(self, form: MoneyForm, name: str) -> None:
        self._form = form
        self._book: BookStanding | None = None
        choices = ((ELECTRONIC, tr("Điện tử")), (PAPER, tr("Giấy, theo quyển")))
        self.kind = ChoiceInput(f"dossier.money.{name}.receipt_kind", tr("Loại biên lai"), choices)
        self.number = TextInput(f"dossier.money.{name}.receipt_number", tr("Số biên lai"))
        self.kind.changed.connect(self._show_number)
        form.hold("receipt_kind", tr("Loại biên lai"), self.kind)
        form.hold("receipt_number", tr("Số biên lai"), self.number)

    def begin(self, book: BookStanding | None) -> None:
        """`book` gives paper receipts, None where there is none or the law ended them."""
        self._book = book
        self._form.show_only("receipt_kind", shown=book is not None)
        self.kind.put(PAPER if book is not None else ELECTRONIC)
        self._show_number()

    def _show_number(self) -> None:
        is_paper = self.kind.value() == PAPER and self._book is not None
        self.number.put(f"{self._book.next_number:07d}" if is_paper and self._book is not None else "")

    def typed(self) -> ReceiptTyped:
        is_paper = self.kind.value() == PAPER and self._book is not None
        book = self._book.book.id if is_paper and self._book is not None else ""
        return ReceiptTyped(kind=PAPER if is_paper else ELECTRONIC, number=self.number.value(), book=book)


class CollectForm(MoneyForm):
    """Taking money: how much, how, which receipt."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "collect", tr("Thu phí, lệ phí"), tr("Ghi đã thu"))
        self.amount = TextInput("dossier.money.collect.amount", tr("Số tiền"))
        self.way = ChoiceInput(
            "dossier.money.collect.way",
            tr("Cách nộp tiền"),
            tuple((each.value, each.label[:1].upper() + each.label[1:]) for each in Way),
        )
        self.note = TextInput("dossier.money.collect.note", tr("Ghi chú"))
        self._words = label(role="faint", wraps=True)
        self.hold("amount", tr("Số tiền"), self.amount, required=True)
        self.hold("way", tr("Cách nộp tiền"), self.way)
        self.receipt = ReceiptInputs(self, "collect")
        self.hold("note", tr("Ghi chú"), self.note)
        self.lay(("amount", "way"), ("receipt_kind", "receipt_number", "note"))
        self._inputs.addWidget(self._words)
        self.amount.changed.connect(self._say_words)

    def begin(self, rest: int, book: BookStanding | None) -> None:
        """`rest` is offered, 0 offers nothing."""
        self.amount.put(money.dotted(rest) if rest > 0 else "")
        self.way.put(Way.CASH)
        self.note.put("")
        self.receipt.begin(book)
        self._say_words()
        self.open_at(self.amount)

    def is_enough(self) -> bool:
        return bool(self.amount.value().strip())

    def total(self) -> int | None:
        """Raises `BadFactError`."""
        typed = self.amount.value()
        return money.sum_typed(typed, field="amount", label=tr("Số tiền")) if typed.strip() else None

    def _say_words(self) -> None:
        try:
            total = self.total()
        except DeskError:
            total = None
        self._words.setText(tr("Bằng chữ: %s") % money.in_words(total) if total else "")


class BackForm(MoneyForm):
    """Giving money back, or taking back a payment that never was."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "back", tr("Trả lại"), tr("Ghi trả lại"))
        self.amount = TextInput("dossier.money.back.amount", tr("Số tiền trả lại"))
        self.reason = TextInput("dossier.money.back.reason", tr("Lý do"))
        self.mistake = QCheckBox(tr("Ghi nhầm: chưa từng nhận khoản này"))
        named(self.mistake, "dossier.money.back.mistake", tr("Ghi nhầm: chưa từng nhận khoản này"))
        self.hold("reason", tr("Lý do"), self.reason, required=True)
        self.hold("amount", tr("Số tiền trả lại"), self.amount)
        self.lay(("reason", "amount"))
        self._inputs.addWidget(self.mistake)
        self.mistake.toggled.connect(lambda on: self.show_only("amount", shown=not on))

    def begin(self, told: str, offered: int) -> None:
        self.title.setText(tr("Trả lại khoản %s") % told)
        self.amount.put(money.dotted(offered))
        self.reason.put("")
        self.mistake.setChecked(False)
        self.open_at(self.reason)

    def is_enough(self) -> bool:
        return bool(self.reason.value().strip())

    def total(self) -> int | None:
        """Raises `BadFactError`."""
        typed = self.amount.value()
        return money.sum_typed(typed, field="amount", label=tr("Số tiền trả lại")) if typed.strip() else None


class ReceiptForm(MoneyForm):
    """Which receipt a payment has."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "receipt", tr("Biên lai"), tr("Ghi biên lai"))
        self.receipt = ReceiptInputs(self, "receipt")
        self.reason = TextInput("dossier.money.receipt.reason", tr("Lý do thay biên lai"))
        self.hold("reason", tr("Lý do thay biên lai"), self.reason, required=True)
        self.lay(("receipt_kind", "receipt_number", "reason"))

    def begin(self, told: str, book: BookStanding | None, *, replaces: bool) -> None:
        self.title.setText(tr("Biên lai của khoản %s") % told)
        self.receipt.begin(book)
        self.reason.put("")
        self.show_only("reason", shown=replaces)
        self.open_at(self.receipt.number)


class ExemptForm(MoneyForm):
    """Who is exempt, by which law, shown by which paper."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "exempt", tr("Miễn phí, lệ phí"), tr("Ghi miễn"))
        self._rules: dict[str, Exemption] = {}
        self.by = ChoiceInput("dossier.money.exempt.by", tr("Diện được miễn"), ((OTHER, tr("Diện khác")),))
        self.who = TextInput("dossier.money.exempt.who", tr("Thuộc diện nào"))
        self.law = TextInput("dossier.money.exempt.law", tr("Theo văn bản nào"))
        self.proof = TextInput("dossier.money.exempt.proof", tr("Giấy tờ chứng minh"))
        self._cited = label(role="faint", wraps=True)
        self.hold("exemption", tr("Diện được miễn"), self.by)
        self.hold("exemption_who", tr("Thuộc diện nào"), self.who, required=True)
        self.hold("exemption_law", tr("Theo văn bản nào"), self.law, required=True)
        self.hold("exemption_proof", tr("Giấy tờ chứng minh, có số nếu có"), self.proof, required=True)
        self.lay(("exemption",), ("exemption_who", "exemption_law"), ("exemption_proof",))
        self._inputs.addWidget(self._cited)
        self.by.changed.connect(self._show_rule)

    def begin(self, rules: Sequence[Exemption]) -> None:
        self._rules = {rule.id: rule for rule in rules}
        named_rules = [(rule.id, rule.who[:1].upper() + rule.who[1:]) for rule in rules]
        self.by.offer([*named_rules, (OTHER, tr("Diện khác"))])
        self.by.put(rules[0].id if rules else OTHER)
        for field in (self.who, self.law, self.proof):
            field.put("")
        self._show_rule()
        self.open_at(self.by)

    def claim(self) -> ExemptionClaim:
        return ExemptionClaim(id=self.by.value(), proof=self.proof.value(), who=self.who.value(), law=self.law.value())

    def _show_rule(self) -> None:
        rule = self._rules.get(self.by.value())
        for key in ("exemption_who", "exemption_law"):
            self.show_only(key, shown=rule is None)
        self.proof.setPlaceholderText(rule.proof if rule else "")
        unsure = "" if rule is None or rule.verified else tr(" (chưa đối chiếu văn bản)")
        self._cited.setText(f"{rule.citation.title} {rule.citation.number}{unsure}" if rule else "")
