"""How the money of a dossier stands, as screens and terminal show it; the code with which a bank pays it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desk_app.domain import money
from desk_app.domain.calendar.moments import day_in_vietnam
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.steps import Action
from desk_app.domain.payments import bundle_payment, vietqr
from desk_app.domain.payments.payment import MoneyStanding, Payment, payments_of, standing_of
from desk_app.domain.procedures.fee_exemption import Exemption
from desk_app.errors import BadFactError
from desk_app.services.catalogue import procedure_versions
from desk_app.services.desk.desk import Desk
from desk_app.services.payments import fee_law
from desk_app.store.journal import journal
from desk_app.store.queries import dossiers, linked

_HANDS_OVER = frozenset({Action.RETURN, Action.HAND_OVER})


@dataclass(frozen=True, slots=True, kw_only=True)
class BankCode:
    """What the payment code says, and the same in words: account, holder, text of the transfer."""

    payload: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeMoney:
    """What is left to pay for all dossiers received as one: how many they are, the sum, the bank's code for it (None
    while the fees of `unknown` of them are not known).
    """

    parts: int
    rest: int
    unknown: int
    bank: BankCode | None

    @property
    def told(self) -> str:
        unknown = f", {self.unknown} hồ sơ chưa xác định mức phí" if self.unknown else ""
        return f"Cả gói {self.parts} hồ sơ còn phải thu {money.dotted(self.rest)} đ{unknown}."


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyOutlook:
    """A dossier's money: `fee` in words, what stands, each payment, the bank's code for what is left (None: no account
    is set, or nothing is left), who could be exempt, and the template and series to offer for a receipt. `whole` is
    what is left of all dossiers received with it, None for one received by itself or where nothing is left.
    """

    code: str
    whole: WholeMoney | None = None
    fee: str
    words: str
    standing: MoneyStanding
    payments: tuple[Payment, ...]
    bank: BankCode | None
    exemptions: tuple[Exemption, ...]
    exemption: str
    template: str
    series: str

    @property
    def left_told(self) -> str:
        """What is still to be collected or given back once something was paid; "" for nothing."""
        return f"{self.standing.told}." if self.standing.collected and self.standing.rest else ""


def outlook(desk: Desk, code: str) -> MoneyOutlook:
    """The money of a dossier now. Raises `UnknownDossierError`."""
    return outlook_of(desk, dossiers.by_code(desk.db, code))


def outlook_of(desk: Desk, kept: Dossier) -> MoneyOutlook:
    stands = standing_of(kept)
    fee = kept.fee
    proof = (f"theo {fee.exemption_law}" if fee.exemption_law else "", fee.exemption_proof)
    return MoneyOutlook(
        code=kept.code,
        whole=_whole(desk, kept),
        fee=fee.told(),
        words=money.in_words(stands.owed) if stands.owed else "",
        standing=stands,
        payments=payments_of(kept.money),
        bank=bank_code(desk, kept.code, stands.rest),
        exemptions=fee_law.exemptions_for(procedure_versions.procedure_of(desk, kept), received_on(kept)),
        exemption=", ".join(filter(None, (fee.exemption, *proof))) if fee.exemption_id else fee.exemption,
        template=desk.settings.receipt_template,
        series=desk.settings.receipt_series,
    )


def received_on(kept: Dossier) -> str:
    """The day (ISO) whose law holds for a dossier: that of its reception."""
    return day_in_vietnam(kept.received_at).isoformat()


def _whole(desk: Desk, kept: Dossier) -> WholeMoney | None:
    if kept.linked is None:
        return None
    ids = linked.ids_of_group(desk.db, kept.linked.key)
    members = [kept if id_ == kept.id else journal.dossier(desk.db, id_) for id_ in ids]
    stands = [standing_of(each) for each in members]
    rest = sum(max(0, each.rest) for each in stands)
    if not rest:
        return None
    unknown = sum(each.owed is None for each in stands)
    parts = kept.linked.parts
    note = bundle_payment.whole_note(parts[0].code, len(parts))
    bank = None if unknown else bank_code(desk, note, rest)
    return WholeMoney(parts=len(parts), rest=rest, unknown=unknown, bank=bank)


def bank_code(desk: Desk, code: str, amount: int) -> BankCode | None:
    """The code with which `amount` đồng can be paid for a dossier, or for a whole whose `whole_note` stands in the
    code's place; None without an account, or with nothing to pay.
    """
    kept = desk.settings
    if amount <= 0 or not (kept.bank_bin and kept.bank_account):
        return None
    try:
        made = vietqr.payload(bank=kept.bank_bin, account=kept.bank_account, amount=amount, note=code)
    except BadFactError:
        return None  # a later program may hold an account of another kind
    holder = f" ({kept.bank_holder})" if kept.bank_holder else ""
    account = f"{fee_law.bank_name(kept.bank_bin)} {kept.bank_account}{holder}"
    return BankCode(payload=made, words=f"{account}, nội dung: {vietqr.transfer_note(code)}")


def told_before(kept: Dossier, action: str) -> str:
    """What a clerk should know of the money before a step hands the result over; "" for nothing. Nothing is refused."""
    if action not in _HANDS_OVER:
        return ""
    stands = standing_of(kept)
    if stands.owed is None and not stands.collected:
        return "Chưa xác định mức phí, lệ phí của hồ sơ này."
    return f"Phí, lệ phí: {stands.told[:1].lower()}{stands.told[1:]}." if stands.rest else ""


def told_after(kept: Dossier) -> str:
    """What a change of the fee leaves to collect or to give back, once something was paid; "" for nothing."""
    stands = standing_of(kept)
    return f"{stands.told}." if stands.collected and stands.rest else ""


def unsettled_told(found: Sequence[tuple[str, int]]) -> str:
    """How many dossiers are not paid as their fee says, and how much that is; "" for none."""
    owing = [rest for _, rest in found if rest > 0]
    over = [rest for _, rest in found if rest < 0]
    parts = []
    if owing:
        parts.append(f"{len(owing)} hồ sơ chưa thu đủ phí, còn {money.dotted(sum(owing))} đ")
    if over:
        parts.append(f"{len(over)} hồ sơ phải trả lại {money.dotted(-sum(over))} đ")
    return "; ".join(parts)
