"""What papers say of a dossier itself: its numbers, moments, papers handed in, fee. Pure."""

from __future__ import annotations

from desk_app.documents.layout.code_strips import SCANNED
from desk_app.documents.values.written import put_moment
from desk_app.domain import money
from desk_app.domain.dossiers import numbering
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.messages import occasion
from desk_app.domain.outgoing import slip_scans
from desk_app.domain.payments import vietqr
from desk_app.domain.procedures.procedure import FeeStanding, Procedure

NO_PAPERS = "Không có giấy tờ nộp kèm"
"""Stands in the list of papers of a dossier without any: an empty row could be filled in afterwards."""
ORIGINAL = "Bản chính"
"""What an original to certify is called where nobody named it."""
_RETURN_BY = {"counter": "Tại Bộ phận Một cửa", "post": "Qua dịch vụ bưu chính công ích", "home": "Tại nhà"}


_WISH = {None: "", True: "có", False: "không"}


def put_dossier(values: dict[str, object], dossier: Dossier, procedure: Procedure) -> None:
    put_moment(values, "dossier.received_at", dossier.received_at)
    put_moment(values, "dossier.due_at", dossier.due_at)
    values |= {
        "dossier.code": dossier.code,
        "dossier.barcode": numbering.payload(dossier.code),
        "dossier.procedure": _sentence(procedure.name.removeprefix("Thủ tục ")),
        "dossier.procedure_code": procedure.code,
        "dossier.procedure_title": procedure.title,
        "dossier.limit": procedure.limit_text if "limit" in procedure.unsure else procedure.limit.text,
        "dossier.sets": f"{dossier.sets:02d}",
        "dossier.fee": _fee(dossier),
        "dossier.fee_words": money.in_words(dossier.fee.known_total) if dossier.fee.known_total else "",
        "dossier.return_by": _RETURN_BY.get(dossier.return_by, dossier.return_by),
        "dossier.note": dossier.note,
        "dossier.messages": _WISH[occasion.wants_messages(dossier)],
        "dossier.presence": procedure.presence,
        "dossier.components": "; ".join(_brought(dossier)) or NO_PAPERS,
        "dossier.exemption": _exemption(dossier),
        "dossier.payment": _payment(dossier),
        "dossier.payment_account": _account(dossier),
        "dossier.payment_note": vietqr.transfer_note(dossier.code),
    }


def scanned_codes(dossier: Dossier, *, of_course: bool) -> dict[str, str]:
    """What barcodes hold in place of the bare code, by the key they show: a later due day, or a paper of the office.

    Barcodes have no room for punctuation.
    """
    mark = slip_scans.COURSE_MARK.strip("/") if of_course else slip_scans.due_mark(dossier)
    if not mark or not dossier.code:
        return {}
    return {
        f"dossier.code{SCANNED}": f"{dossier.code}/{mark}",
        f"dossier.barcode{SCANNED}": f"{numbering.payload(dossier.code)}/{mark}",
    }


def put_tables(values: dict[str, object], dossier: Dossier) -> None:
    """The rows of what was handed in, of what is to be certified, and of the fee."""
    values["components"] = tuple(
        {
            "n": str(number),
            "name": paper.name,
            "originals": _count(paper.originals),
            "certified": _count(paper.certified),
            "copies": _count(paper.copies),
        }
        for number, paper in enumerate((each for each in dossier.components if each.name.strip()), 1)
    )
    if not values["components"] and dossier.code:
        # all the keys of a row: one that is missing would be taken from the dossier, as the copies a citizen asked for
        values["components"] = ({"name": NO_PAPERS} | dict.fromkeys(("n", "originals", "certified", "copies"), ""),)
    values["documents"] = tuple(
        {"n": str(number), "name": paper.name or ORIGINAL, "pages": _count(paper.pages), "copies": _count(paper.copies)}
        for number, paper in enumerate((each for each in dossier.documents if each.pages and each.copies), 1)
    )
    values["fees"] = tuple(
        {"n": str(number), "name": line.name, "amount": money.dotted(line.amount), "how": line.how}
        for number, line in enumerate(dossier.fee.lines, 1)
    )


def _brought(dossier: Dossier) -> list[str]:
    documents = [f"{paper.name or ORIGINAL} ({paper.pages} trang × {paper.copies} bản)" for paper in dossier.documents]
    return [paper.name for paper in dossier.components] + documents


def _sentence(text: str) -> str:
    """Catalogues call it "Thủ tục đăng ký khai sinh"; after "Nội dung yêu cầu:" the word says nothing."""
    return text[:1].upper() + text[1:]


def _fee(dossier: Dossier) -> str:
    """An unknown fee is a blank that a pen can fill."""
    return "" if dossier.fee.standing is FeeStanding.UNKNOWN else dossier.fee.told("đồng")


def _exemption(dossier: Dossier) -> str:
    """By which text nothing, or less, is asked, and which paper proves it."""
    fee = dossier.fee
    if not fee.exemption_id:
        return ""
    return "; ".join(filter(None, (fee.exemption, fee.exemption_law, fee.exemption_proof)))


def _payment(dossier: Dossier) -> str:
    """What a bank reads to pay the fee; "" where nothing is to be paid or the office had no account on that day."""
    office, amount = dossier.office, dossier.fee.known_total
    if not amount or vietqr.bin_problem(office.bank_bin) or vietqr.account_problem(office.bank_account):
        return ""
    return vietqr.payload(bank=office.bank_bin, account=office.bank_account, amount=amount, note=dossier.code)


def _account(dossier: Dossier) -> str:
    office = dossier.office
    holder = f", chủ tài khoản {office.bank_holder}" if office.bank_holder else ""
    return f"{office.bank_name} {office.bank_account}{holder}".strip() if office.bank_account else ""


def _count(number: int) -> str:
    return f"{number:02d}" if number else ""
