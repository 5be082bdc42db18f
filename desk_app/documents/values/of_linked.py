"""What the slip says of dossiers that were received as one: each with its code and due, and when the last is due."""

from __future__ import annotations

from desk_app.documents.layout.code_strips import SCANNED
from desk_app.documents.values.written import put_moment
from desk_app.domain import money
from desk_app.domain.calendar.moments import in_vietnam
from desk_app.domain.dossiers import numbering
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.linked.group import LinkedGroup, LinkedPart
from desk_app.domain.payments import bundle_payment, vietqr


def put_linked(values: dict[str, object], dossier: Dossier) -> None:
    """Nothing of a dossier that was received by itself. Its own due is the one that it has now."""
    group = dossier.linked
    if group is None:
        return
    dues = [dossier.due_at if part.id == dossier.id else part.due_at for part in group.parts]
    values["linked.title"] = group.title
    _put_fees(values, dossier, group)
    put_moment(values, "linked.due_at", max([group.due_at, *dues]))
    values["linked"] = tuple(
        {"n": str(number), "name": part.title, "code": part.code, "due": _day(due), "amount": _amount(part)}
        for number, (part, due) in enumerate(zip(group.parts, dues, strict=True), 1)
    )
    for number, (part, due) in enumerate(zip(group.parts, dues, strict=True), 1):
        if part.code:
            values[f"linked.{number}.code"] = part.code
            values[f"linked.{number}.name"] = part.title
            values[f"linked.{number}.due"] = _day(due)
            values[f"linked.{number}.barcode"] = numbering.payload(part.code)
            values[f"linked.{number}.caption"] = f"{number}. {part.code} · hẹn {_day(due)}"
            if part.mark:
                values[f"linked.{number}.barcode{SCANNED}"] = f"{numbering.payload(part.code)}/{part.mark}"


def _put_fees(values: dict[str, object], dossier: Dossier, group: LinkedGroup) -> None:
    """What all of them cost together, and what a bank reads to pay it at once; nothing where nothing is to be paid, no
    payment while nobody knows the sum.
    """
    total = sum(part.fee or 0 for part in group.parts)
    if not total:
        return
    if any(part.fee is None for part in group.parts):
        values["linked.fee"] = f"{money.dotted(total)} đồng và khoản chưa xác định"
        return
    values["linked.fee"] = f"{money.dotted(total)} đồng"
    values["linked.fee_words"] = money.in_words(total)
    lead, office = group.parts[0].code, dossier.office
    if vietqr.bin_problem(office.bank_bin) or vietqr.account_problem(office.bank_account):
        return
    note = bundle_payment.whole_note(lead, len(group.parts))
    values["linked.payment_note"] = note
    values["linked.payment"] = vietqr.payload(
        bank=office.bank_bin, account=office.bank_account, amount=total, note=note
    )


def _amount(part: LinkedPart) -> str:
    return money.dotted(part.fee) if part.fee else ""


def _day(at_ms: int) -> str:
    return f"{in_vietnam(at_ms):%H:%M ngày %d/%m/%Y}" if at_ms else "chưa xác định"
