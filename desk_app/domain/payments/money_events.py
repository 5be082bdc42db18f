"""What happens to the money of a dossier, as the journal keeps it. Amounts are whole đồng, always above 0."""

from __future__ import annotations

from msgspec import Struct

ELECTRONIC, PAPER = "electronic", "paper"


class FeeReceipt(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The official receipt given for a payment, made elsewhere: the program only notes which.

    `template` "EBL01", `series` "26TAA", `number` from 1. `kind` is `ELECTRONIC` or, until the law ends them, `PAPER`:
    then `book` names the receipt book.
    """

    kind: str = ELECTRONIC
    template: str = ""
    series: str = ""
    number: int = 0
    book: str = ""


class Paid(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Money was taken at the desk numbered `desk`. `way` is one of `payment.Way`, or of a later program."""

    amount: int
    way: str
    receipt: FeeReceipt | None = None
    note: str = ""
    desk: int = 0


class PaidBack(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Money was given back, or (`is_mistake`) a payment was recorded that never was; cites the payment under "paid".

    `receipt` is the payment's receipt where the event voids it.
    """

    amount: int
    way: str
    reason: str
    is_mistake: bool = False
    receipt: FeeReceipt | None = None
    desk: int = 0


class Receipted(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A payment got its official receipt later, or another one than was noted; cites the payment under "paid"."""

    receipt: FeeReceipt
    reason: str = ""


MoneyEvent = Paid | PaidBack | Receipted
MONEY_KINDS: dict[str, type[MoneyEvent]] = {"paid": Paid, "paid_back": PaidBack, "receipted": Receipted}
PAID = "paid"
"""The name under which a payment is cited."""
