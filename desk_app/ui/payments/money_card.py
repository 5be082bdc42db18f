"""What a dossier costs and what was paid of it: payments, the bank's code for what is left, one form at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout

from desk_app.domain import money
from desk_app.ui.kit.card import PageCard
from desk_app.ui.kit.record_table import RecordColumn, RecordRow, RecordTable
from desk_app.ui.payments.bank_picture import BankPicture
from desk_app.ui.payments.money_forms import BackForm, CollectForm, ExemptForm, MoneyForm, ReceiptForm
from desk_app.ui.screen_context import Tools
from desk_app.ui.widgets.buttons import button, named
from desk_app.ui.widgets.labels import label
from desk_app.ui.widgets.wrap_row import WrapRow
from desk_app.ui.window.notices import told_to

if TYPE_CHECKING:
    from desk_app.domain.dossiers.dossier import Dossier
    from desk_app.domain.payments.payment import MoneyStanding, Payment
    from desk_app.services.payments.collecting import Collected
    from desk_app.services.payments.standing import MoneyOutlook


class MoneyCard(PageCard):
    """`recorded(told)` is called when something of the dossier's money stands in the journal."""

    def __init__(self, tools: Tools, recorded: Callable[[str], None]) -> None:
        super().__init__(self.tr("Thu phí, lệ phí"))
        named(self, "dossier.money", self.tr("Thu phí, lệ phí"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._tools, self._recorded = tools, recorded
        self._found: MoneyOutlook | None = None
        self._payment: Payment | None = None
        look = tools.look
        self._told = label(wraps=True)
        self._told.setAccessibleIdentifier("dossier.money.told")
        self._payments = RecordTable((RecordColumn(stretch=1, wraps=True),), gap=8)
        self._bank_words = label(role="faint", wraps=True)
        self._bank_words.setAccessibleIdentifier("dossier.money.bank")
        self.picture = BankPicture("dossier.money.code", self.tr("Mã chuyển khoản VietQR"))
        texts = QVBoxLayout()
        texts.setSpacing(7)
        for part in (self._told, self._payments, self._bank_words):
            texts.addWidget(part)
        texts.addStretch()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(texts, 1)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        self._deeds = WrapRow()
        self.column.addWidget(self._deeds)
        self.forms = (CollectForm(look), BackForm(look), ReceiptForm(look), ExemptForm(look))
        self._collecting, self._backing, self._receipting, self._exempting = self.forms
        for form, deed in zip(self.forms, (self._collect, self._give_back, self._name, self._exempt), strict=True):
            form.record_wanted.connect(deed)
            form.cancel_wanted.connect(self.cancel)
            self.column.addWidget(form)

    # --- showing ---------------------------------------------------------------------------------------------------

    def show_money(self, kept: Dossier) -> None:
        """Show the money of a dossier; a form half filled stays while it is still this dossier's."""
        found = self._tools.services.money.outlook_of(kept)
        if self._found is not None and self._found.code != found.code:
            self.cancel()
        self._found = found
        stands = found.standing
        self.remark(stands.told, "warn" if stands.rest or stands.owed is None else "ok")
        words = f" ({found.words})" if found.words else ""
        lines = [self.tr("Phí, lệ phí: %s%s") % (found.fee, words)]
        lines += [self.tr("Miễn: %s") % found.exemption] if found.exemption else []
        self._told.setText("\n".join(lines))
        self._payments.show_rows([self._row(number, each) for number, each in enumerate(found.payments, 1)])
        self._payments.setVisible(bool(found.payments))
        self._show_bank(found)
        self._deeds.show_parts(self._offered(stands))
        self._deeds.setVisible(stands.owed != 0)

    def _show_bank(self, found: MoneyOutlook) -> None:
        """The code that pays what is left; of dossiers received as one what is left of all of them."""
        whole = found.whole
        bank = whole.bank if whole is not None else found.bank
        lines = [whole.told] if whole is not None else []
        if bank is not None:
            said = self.tr("Chuyển khoản một lần cho cả gói: %s") if whole is not None else self.tr("Chuyển khoản: %s")
            lines.append(said % bank.words)
            self.picture.show_payload(bank.payload, bank.words)
        self._bank_words.setText("\n".join(lines))
        self._bank_words.setVisible(bool(lines))
        self.picture.setVisible(bank is not None)

    def _offered(self, stands: MoneyStanding) -> list[QPushButton]:
        """The buttons of what can be done now."""
        look, made = self._tools.look, []
        if stands.owed is None or stands.rest > 0:
            text = self.tr("Thu tiền")
            made = [button(look, text, "dossier.money.take", self.collect, kind="primary", icon="check", key="Ctrl+B")]
        if stands.owed != 0:
            made.append(button(look, self.tr("Miễn phí"), "dossier.money.free", self._begin_exempt))
        return made

    def _row(self, number: int, payment: Payment) -> RecordRow:
        look, deeds = self._tools.look, []
        if payment.left:
            has_receipt = payment.line.receipt is not None
            text = self.tr("Thay biên lai") if has_receipt else self.tr("Ghi biên lai")
            ways = (
                (text, "receipt", partial(self._begin_receipt, payment)),
                (self.tr("Trả lại"), "back", partial(self._begin_back, payment)),
            )
            for name, what, act in ways:
                made = button(look, name, f"dossier.money.{number}.{what}", act, tall="small")
                made.setAccessibleName(f"{name}: {payment.told}")
                deeds.append(made)
        return RecordRow(cells=(payment.told,), deeds=deeds)

    # --- what the clerk does ---------------------------------------------------------------------------------------

    def collect(self) -> None:
        """Open the form with all that is left filled in; Enter records it."""
        if self._found is None:
            return
        stands = self._found.standing
        if stands.owed is not None and stands.rest <= 0:
            self._tools.notices.warn(self.tr("Không còn khoản nào phải thu: %s.") % stands.told.lower())
            return
        with told_to(self._tools.notices):
            self._show_form(self._collecting)
            self._collecting.begin(stands.rest, self._tools.services.money.paper_book())

    def cancel(self) -> bool:
        """Put the open form away; False when there was none."""
        opened = [form for form in self.forms if not form.isHidden()]
        focus = QApplication.focusWidget()
        if focus is not None and any(form.isAncestorOf(focus) for form in opened):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        for form in opened:
            form.hide()
        return bool(opened)

    def _show_form(self, form: MoneyForm) -> None:
        for other in self.forms:
            if other is not form:
                other.hide()

    def _begin_back(self, payment: Payment) -> None:
        self._payment = payment
        over = -self._found.standing.rest if self._found is not None else 0
        self._show_form(self._backing)
        self._backing.begin(payment.told, min(over, payment.left) if over > 0 else payment.left)

    def _begin_receipt(self, payment: Payment) -> None:
        self._payment = payment
        with told_to(self._tools.notices):
            book = self._tools.services.money.paper_book()
            self._show_form(self._receipting)
            self._receipting.begin(payment.told, book, replaces=payment.line.receipt is not None)

    def _begin_exempt(self) -> None:
        if self._found is not None:
            self._show_form(self._exempting)
            self._exempting.begin(self._found.exemptions)

    def _collect(self) -> None:
        form = self._collecting
        with told_to(self._tools.notices, form.complain):
            done = self._tools.services.money.collect(
                self._code, form.total(), form.way.value(), form.receipt.typed(), form.note.value()
            )
            self._done(done, self.tr("Đã thu %s."))

    def _give_back(self) -> None:
        form = self._backing
        with told_to(self._tools.notices, form.complain):
            if self._payment is not None:
                done = self._tools.services.money.give_back(
                    self._code,
                    self._payment.line.stamp,
                    form.total(),
                    form.reason.value(),
                    form.mistake.isChecked(),
                )
                self._done(done, self.tr("Đã rút lại %s.") if form.mistake.isChecked() else self.tr("Đã trả lại %s."))

    def _name(self) -> None:
        form = self._receipting
        with told_to(self._tools.notices, form.complain):
            if self._payment is not None:
                done = self._tools.services.money.name_receipt(
                    self._code, self._payment.line.stamp, form.receipt.typed(), form.reason.value()
                )
                self._done(done, self.tr("Đã ghi biên lai của khoản %s."))

    def _exempt(self) -> None:
        form = self._exempting
        with told_to(self._tools.notices, form.complain):
            kept = self._tools.services.money.exempt(self._code, form.claim())
            self.cancel()
            left = self._tools.services.money.told_after(kept)
            self._recorded(" ".join(filter(None, (self.tr("Đã ghi miễn phí, lệ phí."), left))))

    def _done(self, done: Collected, told: str) -> None:
        self.cancel()
        amount = f"{money.dotted(done.amount)} đ ({done.words.lower()})"
        said = [told % amount, f"{done.standing.told}.", *done.warnings]
        self._recorded(" ".join(said))

    @property
    def _code(self) -> str:
        return self._found.code if self._found is not None else ""
