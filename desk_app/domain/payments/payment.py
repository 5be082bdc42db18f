"""Where the money of a dossier stands: its payments folded from its events, what is left to collect or give back."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from desk_app.domain import money
from desk_app.domain.dossiers.dossier_state import Dossier
from desk_app.domain.dossiers.events import Recorded, Stamp
from desk_app.domain.payments.money_events import PAID, FeeReceipt, Paid, PaidBack, Receipted
from desk_app.domain.payments.receipt_words import receipt_told


class Way(StrEnum):
    """How money changes hands (NĐ 61/2018/NĐ-CP Đ22): at the counter, to the account, on a portal, by the post."""

    CASH = "cash"
    TRANSFER = "transfer"
    ONLINE = "online"
    POST = "post"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Way.CASH: "tiền mặt",
    Way.TRANSFER: "chuyển khoản",
    Way.ONLINE: "trực tuyến",
    Way.POST: "qua bưu chính",
}


def way_told(way: str) -> str:
    """The way in words; as it stands where a later program knows more ways."""
    return _LABELS[Way(way)] if way in set(Way) else way


class MoneyLine(Struct, frozen=True, kw_only=True):
    """One movement: `amount` in đồng, below 0 for money given back; `receipt` as it holds now, None for none yet.

    `of` is the receipt that money given back belongs to, `reason` why; `is_whole` that all of that payment came back.
    """

    stamp: Stamp
    at: int
    amount: int
    way: str
    desk: int
    author: str
    receipt: FeeReceipt | None = None
    of: FeeReceipt | None = None
    reason: str = ""
    is_mistake: bool = False
    is_whole: bool = False
    note: str = ""


class Payment(Struct, frozen=True, kw_only=True):
    """Money taken, and how much of it was given back since."""

    line: MoneyLine
    given_back: int = 0

    @property
    def left(self) -> int:
        return self.line.amount - self.given_back

    @property
    def told(self) -> str:
        """As a list shows it: "8.000 đ, tiền mặt, biên lai EBL01 26TAA số 12"."""
        parts = [f"{money.dotted(self.line.amount)} đ", way_told(self.line.way), receipt_told(self.line.receipt)]
        back = f"đã trả lại {money.dotted(self.given_back)} đ" if self.given_back else ""
        return ", ".join(filter(None, [*parts, back]))


def lines_of(events: Iterable[Recorded]) -> tuple[MoneyLine, ...]:
    """Every movement of money among the events of one dossier, in their order; an amount that is none counts nothing.

    Two desks may each give back the same payment: both amounts left a drawer, both count.
    """
    found: dict[Stamp, MoneyLine] = {}
    back: dict[Stamp, int] = {}
    for event in events:
        of = next((stamp for stamp in event.seen.get(PAID, ()) if stamp in found), None)
        match event.payload:
            case Paid() as paid if paid.amount > 0:
                found[event.stamp] = _line(event, paid.amount, paid.way, paid.desk, paid.receipt, note=paid.note)
            case PaidBack() as given if given.amount > 0:
                paid_line = found[of] if of is not None else None
                if of is not None:
                    back[of] = back.get(of, 0) + given.amount
                whole = paid_line is not None and of is not None and back[of] >= paid_line.amount
                if paid_line is not None and of is not None and given.is_mistake and given.receipt is None:
                    found[of] = _with_receipt(paid_line, None)  # it was never given: its number is free again
                found[event.stamp] = _line(
                    event,
                    -given.amount,
                    given.way,
                    given.desk,
                    None,
                    of=given.receipt or (paid_line.receipt if paid_line else None),
                    reason=given.reason,
                    is_mistake=given.is_mistake,
                    is_whole=whole,
                )
            case Receipted(receipt=receipt) if of is not None:
                found[of] = _with_receipt(found[of], receipt)
            case _:
                pass
    return tuple(found.values())


def payments_of(events: Iterable[Recorded]) -> tuple[Payment, ...]:
    """Money taken, with what was given back of each."""
    listed = list(events)
    back: dict[Stamp, int] = {}
    for event in listed:
        if isinstance(event.payload, PaidBack) and event.payload.amount > 0:
            for stamp in event.seen.get(PAID, ())[:1]:
                back[stamp] = back.get(stamp, 0) + event.payload.amount
    return tuple(Payment(line=line, given_back=back.get(line.stamp, 0)) for line in lines_of(listed) if line.amount > 0)


class MoneyStanding(Struct, frozen=True, kw_only=True):
    """What a dossier costs (`owed` None while nobody knows), what was taken and not given back."""

    owed: int | None
    collected: int

    @property
    def rest(self) -> int:
        """Still to collect, below 0 to give back; 0 while nobody knows what is owed."""
        return 0 if self.owed is None else self.owed - self.collected

    @property
    def is_settled(self) -> bool:
        return self.owed is not None and self.rest == 0

    @property
    def told(self) -> str:
        """What is to be done, in words: "Còn phải thu 8.000 đ"; where nothing is, what was done."""
        if self.owed is None:
            had = f", đã thu {money.dotted(self.collected)} đ" if self.collected else ""
            return f"Chưa xác định mức phí{had}"
        if self.rest > 0:
            start = "Còn phải thu" if self.collected else "Chưa thu"
            return f"{start} {money.dotted(self.rest)} đ"
        if self.rest < 0:
            return f"Phải trả lại {money.dotted(-self.rest)} đ"
        return f"Đã thu đủ {money.dotted(self.collected)} đ" if self.collected else "Không phải thu"


def standing_of(dossier: Dossier) -> MoneyStanding:
    """Where the money of a dossier stands now."""
    return MoneyStanding(owed=dossier.fee.known_total, collected=sum(line.amount for line in lines_of(dossier.money)))


def _line(
    event: Recorded,
    amount: int,
    way: str,
    desk: int,
    receipt: FeeReceipt | None,
    *,
    of: FeeReceipt | None = None,
    reason: str = "",
    is_mistake: bool = False,
    is_whole: bool = False,
    note: str = "",
) -> MoneyLine:
    return MoneyLine(
        stamp=event.stamp,
        at=event.at,
        amount=amount,
        way=way,
        desk=desk,
        author=event.author,
        receipt=receipt,
        of=of,
        reason=reason,
        is_mistake=is_mistake,
        is_whole=is_whole,
        note=note,
    )


def _with_receipt(line: MoneyLine, receipt: FeeReceipt | None) -> MoneyLine:
    return MoneyLine(**{name: getattr(line, name) for name in MoneyLine.__struct_fields__} | {"receipt": receipt})
