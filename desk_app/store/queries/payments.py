"""Money as lists ask for it: the movements of days, sums by desk and way, what is not collected, numbers of a book."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from desk_app import typed_values
from desk_app.domain.payments.money_events import FeeReceipt
from desk_app.domain.payments.payment import MoneyLine
from desk_app.store.database.database import DeskDatabase
from desk_app.store.projections.payment_lines import receipt_key

_OF_DAYS = """
    SELECT d.code, d.applicant, coalesce(v.title, d.procedure), p.day, p.line
    FROM payment p JOIN dossier d ON d.id = p.dossier
    LEFT JOIN procedure_version v ON v.code = d.procedure AND v.version = d.procedure_version
    WHERE p.day >= ? AND p.day <= ? ORDER BY p.at, p.dossier, p.place
"""
_UNPAID = """
    SELECT d.code, r.fee - coalesce((SELECT sum(amount) FROM payment p WHERE p.dossier = d.id), 0) AS rest
    FROM dossier d JOIN register_line r ON r.dossier = d.id
    WHERE d.received_at >= ? AND d.received_at < ? AND rest <> 0 ORDER BY d.received_at, d.id
"""


class PaidRow(Struct, frozen=True, kw_only=True):
    """A movement of money with its dossier; `day` ISO."""

    code: str
    applicant: str
    procedure: str
    day: str
    line: MoneyLine


def of_days(db: DeskDatabase, first: date, last: date) -> list[PaidRow]:
    """The movements of these days of Vietnam, both included, in the order in which they happened."""
    rows = db.all(_OF_DAYS, (first.isoformat(), last.isoformat()))
    return [
        PaidRow(
            code=code, applicant=applicant, procedure=procedure, day=day, line=typed_values.from_json(line, MoneyLine)
        )
        for code, applicant, procedure, day, line in rows
    ]


def sums(db: DeskDatabase, day: date) -> dict[int, dict[str, int]]:
    """What was taken less what was given back on a day, by desk and way, in đồng."""
    found: dict[int, dict[str, int]] = {}
    rows = db.all(
        "SELECT desk, way, sum(amount) FROM payment WHERE day = ? GROUP BY desk, way ORDER BY desk, way",
        (day.isoformat(),),
    )
    for desk, way, amount in rows:
        found.setdefault(desk, {})[way] = amount
    return found


def unsettled(db: DeskDatabase, start: int, end: int) -> list[tuple[str, int]]:
    """Codes of dossiers received from `start` up to `end` (UTC ms) whose known fee is not what was collected, and what
    is left: below 0 to give back.
    """
    return [(str(code), int(rest)) for code, rest in db.all(_UNPAID, (start, end))]


def numbers_used(db: DeskDatabase, book: str) -> list[int]:
    """The numbers of a book of paper receipts that payments have, each as often as it is there."""
    rows = db.all(
        "SELECT receipt FROM payment WHERE receipt >= ? AND receipt < ? ORDER BY receipt", (f"{book}/", f"{book}0")
    )
    return [int(receipt.rpartition("/")[2]) for (receipt,) in rows]


def code_with_receipt(db: DeskDatabase, receipt: FeeReceipt) -> str:
    """The code of a dossier that has this receipt already; "" for none."""
    found = db.one(
        "SELECT d.code FROM payment p JOIN dossier d ON d.id = p.dossier WHERE p.receipt = ? ORDER BY d.id LIMIT 1",
        (receipt_key(receipt),),
    )
    return str(found[0]) if found else ""
