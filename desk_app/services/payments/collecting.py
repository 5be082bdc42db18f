"""Taking money for a dossier, giving it back, naming its receipt: each one event, or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec import Struct

from desk_app.domain import money
from desk_app.domain.dossiers import dossier
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import Stamp
from desk_app.domain.dossiers.fact_paths import FEE
from desk_app.domain.payments.money_events import ELECTRONIC, PAID, PAPER, FeeReceipt, Paid, PaidBack, Receipted
from desk_app.domain.payments.payment import MoneyStanding, Payment, Way, payments_of, standing_of
from desk_app.domain.payments.receipt_words import checked_receipt, number_typed, receipt_told
from desk_app.domain.permissions import Permission
from desk_app.domain.text import nfc
from desk_app.errors import BadFactError, DeskError, MissingFactError
from desk_app.services.accounts import session
from desk_app.services.desk.desk import Desk
from desk_app.services.payments import fee_law, receipt_books
from desk_app.store.queries import dossiers, payments

_LONGEST = 200


class NothingToCollectError(DeskError):
    message = "Hồ sơ {code} không còn khoản nào phải thu: {told}."
    remedy = "Xem khoản đã thu ở mục «Thu phí, lệ phí» của hồ sơ; mức phí sai thì đính chính."


class NothingPaidError(DeskError):
    message = "Hồ sơ {code} không có khoản đã thu nào còn để {deed}."
    remedy = "Xem các khoản đã thu của hồ sơ; chọn đúng hồ sơ rồi làm lại."


class ReceiptSettingError(DeskError):
    """The series that settings give cannot stand on a receipt: it is of last year, or nobody has set it."""

    message = "Chưa ghi gì: {label} trong Cài đặt chưa đúng ({why})."
    remedy = "Sửa ở trang Cài đặt, mục «Thu phí, lệ phí», theo ký hiệu của năm nay rồi ghi lại."


class ReceiptTyped(Struct, frozen=True, kw_only=True):
    """A receipt as a person names it: no number says that there is none yet.

    Empty template and series are those of the settings; a paper receipt is of `book`, "" for the one in use, and with
    `takes_next` its next number where none is named.
    """

    number: str = ""
    kind: str = ELECTRONIC
    template: str = ""
    series: str = ""
    book: str = ""
    takes_next: bool = False


NO_RECEIPT = ReceiptTyped()


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """The dossier after the deed, how its money stands, and what a person should know."""

    dossier: Dossier
    standing: MoneyStanding
    amount: int
    warnings: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        return money.in_words(self.amount)


def collect(
    desk: Desk,
    code: str,
    *,
    amount: int | None = None,
    way: str = Way.CASH,
    receipt: ReceiptTyped = NO_RECEIPT,
    note: str = "",
) -> Collected:
    """Record money taken; without `amount` all that is left. A fee that nobody knew is then what was taken.

    Raises `NothingToCollectError`, `BadFactError`, `MissingFactError`, `PaperReceiptsEndedError`, `NumberGivenError`,
    `BookUsedUpError`, `UnknownDossierError`.
    """
    note = _short(note, "note", "Ghi chú")
    way = _known_way(way)
    with session.deed(desk, Permission.COLLECT) as done:
        kept = dossiers.by_code(desk.db, code)
        stands = standing_of(kept)
        taken = _amount(kept, stands, amount)
        named, warnings = _receipt_of(desk, receipt, dossier_code=kept.code)
        if stands.owed is None:
            event, seen = dossier.correct(kept, {FEE: str(stands.collected + taken)}, reason="Mức phí theo khoản thu")
            kept = done.advance(kept, event, seen)
        paid = Paid(amount=taken, way=way, receipt=named, note=note, desk=desk.settings.desk)
        kept = done.advance(kept, paid)
    return Collected(dossier=kept, standing=standing_of(kept), amount=taken, warnings=tuple(warnings))


def give_back(
    desk: Desk,
    code: str,
    *,
    reason: str,
    amount: int | None = None,
    way: str = "",
    of: Stamp | None = None,
    is_mistake: bool = False,
    voids_receipt: bool = False,
) -> Collected:
    """Record money given back of one payment (`of`, else the latest that has some left), or a payment that never was.

    Without `amount` all that is left of it; without `way` the way in which it was paid. `voids_receipt` says that its
    receipt counts no longer. Raises `NothingPaidError`, `MissingFactError`, `BadFactError`, `UnknownDossierError`.
    """
    reason = _short(reason, "reason", "Lý do")
    if not reason:
        raise MissingFactError(field="reason", label="Lý do trả lại")
    with session.deed(desk, Permission.COLLECT) as done:
        kept = dossiers.by_code(desk.db, code)
        payment = _payment(kept, of, deed="trả lại")
        back = payment.left if amount is None or is_mistake else amount
        if not 0 < back <= payment.left:
            why = f"khoản này còn {money.dotted(payment.left)} đ"
            raise BadFactError(field="amount", label="Số tiền trả lại", why=why)
        event = PaidBack(
            amount=back,
            way=payment.line.way if is_mistake or not way else _known_way(way),
            reason=reason,
            is_mistake=is_mistake,
            receipt=payment.line.receipt if voids_receipt else None,
            desk=payment.line.desk if is_mistake else desk.settings.desk,
        )
        kept = done.advance(kept, event, {PAID: (payment.line.stamp,)})
    return Collected(dossier=kept, standing=standing_of(kept), amount=back)


def name_receipt(
    desk: Desk, code: str, receipt: ReceiptTyped, *, of: Stamp | None = None, reason: str = ""
) -> Collected:
    """Note which receipt a payment has: `of`, else the latest without one. Another than was noted needs a reason.

    Raises as `collect`, and `NothingPaidError`.
    """
    reason = _short(reason, "reason", "Lý do")
    with session.deed(desk, Permission.COLLECT) as done:
        kept = dossiers.by_code(desk.db, code)
        open_ones = [each for each in payments_of(kept.money) if each.line.receipt is None]
        latest = open_ones[-1].line.stamp if open_ones and of is None else of
        payment = _payment(kept, latest, deed="ghi biên lai")
        if payment.line.receipt is not None and not reason:
            told = receipt_told(payment.line.receipt)
            raise MissingFactError(field="reason", label=f"Lý do thay {told}")
        named, warnings = _receipt_of(desk, receipt, dossier_code=kept.code)
        if named is None:
            raise MissingFactError(field="receipt_number", label="Số biên lai")
        kept = done.advance(kept, Receipted(receipt=named, reason=reason), {PAID: (payment.line.stamp,)})
    amount = payment.line.amount
    return Collected(dossier=kept, standing=standing_of(kept), amount=amount, warnings=tuple(warnings))


def _amount(kept: Dossier, stands: MoneyStanding, amount: int | None) -> int:
    if stands.owed is None:
        if not amount:
            raise MissingFactError(field="amount", label="Số tiền (hồ sơ chưa xác định mức phí)")
    elif stands.rest <= 0:
        raise NothingToCollectError(code=kept.code, told=stands.told[:1].lower() + stands.told[1:])
    taken = stands.rest if amount is None else amount
    if taken <= 0:
        raise BadFactError(field="amount", label="Số tiền", why="phải lớn hơn 0")
    if stands.owed is not None and taken > stands.rest:
        why = f"chỉ còn phải thu {money.dotted(stands.rest)} đ; mức phí khác thì đính chính trước"
        raise BadFactError(field="amount", label="Số tiền", why=why)
    return taken


def _payment(kept: Dossier, of: Stamp | None, *, deed: str) -> Payment:
    found = [each for each in payments_of(kept.money) if each.left > 0 and of in (None, each.line.stamp)]
    if not found:
        raise NothingPaidError(code=kept.code, deed=deed)
    return found[-1]


def _receipt_of(desk: Desk, typed: ReceiptTyped, *, dossier_code: str) -> tuple[FeeReceipt | None, list[str]]:
    """The receipt that was named, None for none; and what a person should know of it."""
    number = number_typed(typed.number, kind=typed.kind)
    if typed.kind == PAPER:
        fee_law.receipt_rules(desk.today().isoformat()).check_paper(desk.today().isoformat())
        if not number and not typed.takes_next:
            return None, []
        return receipt_books.receipt_from(desk, typed.book, number), []
    if not number:
        return None, []
    kept = desk.settings
    receipt = FeeReceipt(
        kind=typed.kind,
        template=(nfc(typed.template) or kept.receipt_template).upper(),
        series=(nfc(typed.series) or kept.receipt_series).upper(),
        number=number,
    )
    try:
        checked = checked_receipt(receipt, year=desk.today().year)
    except BadFactError as error:
        typed_here = {"receipt_template": typed.template, "receipt_series": typed.series}
        if typed_here.get(str(error.facts["field"]), "-"):
            raise
        label = str(error.facts["label"])
        raise ReceiptSettingError(label=label[0].lower() + label[1:], why=error.facts["why"]) from error
    other = payments.code_with_receipt(desk.db, checked)
    if other and other != dossier_code:
        return checked, [f"Số của {receipt_told(checked)} đã ghi cho hồ sơ {other}: xem lại."]
    return checked, []


def _known_way(way: str) -> Way:
    if way not in set(Way):
        said = ", ".join(f"{each.value} ({each.label})" for each in Way)
        raise BadFactError(field="way", label="Cách nộp tiền", why=f"cần {said}")
    return Way(way)


def _short(text: str, field: str, label: str) -> str:
    tidy = nfc(text)
    if len(tidy) > _LONGEST:
        raise BadFactError(field=field, label=label, why=f"dài quá {_LONGEST} chữ")
    return tidy
