"""Which movements stand in the summary of electronic receipts 01/TH-BLĐT, and as what. Pure; desk and district alike.

The words under "trạng thái" were not found and are ours (docs/decisions/0194).
"""

from __future__ import annotations

from enum import StrEnum

from desk_app.domain.payments.money_events import PAPER, FeeReceipt
from desk_app.domain.payments.payment import MoneyLine


class SummaryStatus(StrEnum):
    """What a line of the summary does to its receipt."""

    NEW = "new"
    VOID = "void"
    LESS = "less"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {SummaryStatus.NEW: "Mới", SummaryStatus.VOID: "Hủy", SummaryStatus.LESS: "Điều chỉnh giảm"}


def summed_receipt(line: MoneyLine) -> FeeReceipt | None:
    """The electronic receipt of money taken, or of the payment that money was given back of; None for a movement that
    the summary leaves out.
    """
    receipt = line.receipt if line.amount > 0 else line.of
    return receipt if receipt is not None and receipt.kind != PAPER else None


def summary_status(line: MoneyLine) -> SummaryStatus:
    """What a movement with an electronic receipt is in the summary."""
    if line.amount > 0:
        return SummaryStatus.NEW
    return SummaryStatus.VOID if line.is_whole else SummaryStatus.LESS
