"""Events of money as a history tells them. Pure."""

from __future__ import annotations

from desk_app.domain import money
from desk_app.domain.payments.money_events import MoneyEvent, Paid, PaidBack, Receipted
from desk_app.domain.payments.payment import way_told
from desk_app.domain.payments.receipt_words import receipt_told


def event_told(event: MoneyEvent) -> str:
    """One sentence, with the amount in figures and, where money was taken, in words."""
    match event:
        case Paid(amount=amount, way=way, receipt=receipt, note=note):
            words = money.in_words(amount).lower()
            parts = [f"Thu {money.dotted(amount)} đ ({words}), {way_told(way)}", receipt_told(receipt), note]
            return ", ".join(filter(None, parts))
        case PaidBack(amount=amount, reason=reason, is_mistake=True, receipt=receipt):
            voided = f", hủy {receipt_told(receipt)}" if receipt else ""
            return f"Rút lại lần thu {money.dotted(amount)} đ ghi nhầm{voided}. Lý do: {reason}"
        case PaidBack(amount=amount, way=way, reason=reason, receipt=receipt):
            voided = f", hủy {receipt_told(receipt)}" if receipt else ""
            return f"Trả lại {money.dotted(amount)} đ, {way_told(way)}{voided}. Lý do: {reason}"
        case Receipted(receipt=receipt, reason=reason):
            said = f"Ghi {receipt_told(receipt)} cho khoản đã thu"
            return f"{said}. Lý do: {reason}" if reason else said
