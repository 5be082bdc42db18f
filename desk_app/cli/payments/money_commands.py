"""money show, pay, back, receipt, exempt, exemptions."""

from __future__ import annotations

import argparse

from desk_app.cli.opening import opened
from desk_app.domain import money
from desk_app.domain.payments.exemption import ExemptionClaim
from desk_app.domain.payments.money_events import ELECTRONIC, PAPER, FeeReceipt
from desk_app.domain.payments.payment import Payment, way_told
from desk_app.services.payments import collecting, exempting, standing
from desk_app.services.payments.collecting import Collected, ReceiptTyped
from desk_app.services.payments.standing import MoneyOutlook, WholeMoney
from desk_app.terminal import Answer, moment


def show(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        found = standing.outlook(desk, chosen.code)
    return Answer(told(found), tuple(_lines(found)))


def pay(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        done = collecting.collect(
            desk,
            chosen.code,
            amount=amount_said(chosen.amount),
            way=chosen.way,
            receipt=_receipt(chosen),
            note=chosen.note,
        )
        found = standing.outlook_of(desk, done.dossier)
    return _answer(done, found, f"Đã thu {money.dotted(done.amount)} đ ({done.words.lower()}), {way_told(chosen.way)}.")


def give_back(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        done = collecting.give_back(
            desk,
            chosen.code,
            reason=chosen.reason,
            amount=amount_said(chosen.amount),
            way=chosen.way,
            is_mistake=chosen.mistake,
            voids_receipt=chosen.void,
        )
        found = standing.outlook_of(desk, done.dossier)
    word = "Đã rút lại lần thu" if chosen.mistake else "Đã trả lại"
    return _answer(done, found, f"{word} {money.dotted(done.amount)} đ.")


def receipt(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        done = collecting.name_receipt(desk, chosen.code, _receipt(chosen), reason=chosen.reason)
        found = standing.outlook_of(desk, done.dossier)
    return _answer(done, found, "Đã ghi biên lai.")


def exempt(chosen: argparse.Namespace) -> Answer:
    claim = ExemptionClaim(id=chosen.by, proof=chosen.proof, who=chosen.who, law=chosen.law)
    with opened(chosen) as desk:
        kept = exempting.exempt(desk, chosen.code, claim)
        found = standing.outlook_of(desk, kept)
    return Answer(told(found), (f"Hồ sơ {kept.code}: {found.exemption}.", *_lines(found)))


def exemptions(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        rules = exempting.rules(desk, chosen.procedure or "")
    data = [
        {
            "id": rule.id,
            "who": rule.who,
            "proof": rule.proof,
            "law": rule.citation.number,
            "procedures": list(rule.procedures) or [chosen.procedure],
            "in_force_from": rule.in_force_from,
            "in_force_to": rule.in_force_to,
            "verified": rule.verified,
            "proof_verified": rule.proof_verified,
        }
        for rule in rules
    ]
    lines = [
        f"{rule.id}: {rule.who}, theo {rule.citation.number}; giấy tờ: {rule.proof}"
        + ("" if rule.verified and rule.proof_verified else " (chưa đối chiếu văn bản)")
        for rule in rules
    ]
    return Answer(data, (*lines, "other: diện khác, tự ghi diện, văn bản và giấy tờ"))


def told(found: MoneyOutlook) -> dict[str, object]:
    """The money of a dossier, for `--json`."""
    stands = found.standing
    return {
        "code": found.code,
        "fee": found.fee,
        "fee_vnd": stands.owed,
        "fee_words": found.words,
        "collected_vnd": stands.collected,
        "rest_vnd": stands.rest,
        "told": stands.told,
        "exemption": found.exemption,
        "payments": [_payment(each) for each in found.payments],
        "vietqr": found.bank.payload if found.bank else "",
        "whole": _whole_data(found.whole) if found.whole else None,
    }


def _whole_data(whole: WholeMoney) -> dict[str, object]:
    bank = whole.bank
    return {"dossiers": whole.parts, "rest_vnd": whole.rest, "vietqr": bank.payload if bank else ""}


def amount_said(text: str | None) -> int | None:
    """An amount of an option; None where it was not given. Raises `BadFactError`."""
    return None if text is None else money.sum_typed(text, field="amount", label="Số tiền")


def _payment(each: Payment) -> dict[str, object]:
    line = each.line
    return {
        "amount_vnd": line.amount,
        "given_back_vnd": each.given_back,
        "way": line.way,
        "at": moment(line.at),
        "desk": line.desk,
        "author": line.author,
        "receipt": _receipt_data(line.receipt),
        "note": line.note,
    }


def _receipt_data(receipt: FeeReceipt | None) -> dict[str, object] | None:
    if receipt is None:
        return None
    return {
        "kind": receipt.kind,
        "template": receipt.template,
        "series": receipt.series,
        "number": receipt.number,
    }


def _receipt(chosen: argparse.Namespace) -> ReceiptTyped:
    is_paper = chosen.paper or bool(chosen.book)
    return ReceiptTyped(
        number=chosen.number,
        kind=PAPER if is_paper else ELECTRONIC,
        template=chosen.template,
        series=chosen.series,
        book=chosen.book,
        takes_next=is_paper,
    )


def _answer(done: Collected, found: MoneyOutlook, line: str) -> Answer:
    data = {**told(found), "amount_vnd": done.amount, "amount_words": done.words, "warnings": list(done.warnings)}
    return Answer(data, (f"Hồ sơ {done.dossier.code}: {line}", f"{done.standing.told}.", *done.warnings))


def _lines(found: MoneyOutlook) -> list[str]:
    lines = [f"Phí, lệ phí: {found.fee}" + (f" ({found.words})" if found.words else ""), f"{found.standing.told}."]
    lines += [each.told for each in found.payments]
    if found.bank is not None:
        lines += [f"Chuyển khoản: {found.bank.words}", f"VietQR: {found.bank.payload}"]
    if found.whole is not None:
        lines.append(found.whole.told)
        if found.whole.bank is not None:
            lines += [f"Chuyển khoản cả gói: {found.whole.bank.words}", f"VietQR: {found.whole.bank.payload}"]
    return lines
