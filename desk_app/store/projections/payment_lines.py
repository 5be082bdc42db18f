"""The money of dossiers, a row for each movement: what lists of a day and books of receipts read."""

from __future__ import annotations

from typing import Any

import msgspec

from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.payments.desk_day import day_of
from desk_app.domain.payments.money_events import PAPER, FeeReceipt
from desk_app.domain.payments.payment import lines_of
from desk_app.store.database.database import DeskDatabase

COLUMNS = "dossier, place, at, day, desk, way, amount, receipt, line"
_INSERT = f"INSERT INTO payment({COLUMNS}) VALUES(?,?,?,?,?,?,?,?,?)"
Row = tuple[Any, ...]
_encode = msgspec.json.Encoder(order="sorted").encode


def receipt_key(receipt: FeeReceipt | None) -> str:
    """One text for one receipt: "EBL01 26TAA 12", of a paper one its book and number; "" for none."""
    if receipt is None or not receipt.number:
        return ""
    if receipt.kind == PAPER:
        return f"{receipt.book}/{receipt.number:07d}"
    return f"{receipt.template} {receipt.series} {receipt.number}"


def lines_in(number: int, dossier: Dossier) -> list[Row]:
    """The rows of a dossier, in the order of its events; `day` is that of Vietnam, `amount` below 0 for money back."""
    return [
        (
            number,
            place,
            line.at,
            day_of(line),
            line.desk,
            line.way,
            line.amount,
            receipt_key(line.receipt),
            _encode(line).decode(),
        )
        for place, line in enumerate(lines_of(dossier.money))
    ]


def put(db: DeskDatabase, number: int, dossier: Dossier) -> None:
    """Bring the rows up to date, writing only what changed; inside `unit_of_work`."""
    rows = lines_in(number, dossier)
    kept = db.all(f"SELECT {COLUMNS} FROM payment WHERE dossier = ? ORDER BY place", (number,))
    if rows != kept:
        remove(db, number)
        put_many(db, rows)


def put_many(db: DeskDatabase, rows: list[Row]) -> None:
    db.many(_INSERT, rows)


def remove(db: DeskDatabase, number: int) -> None:
    db.execute("DELETE FROM payment WHERE dossier = ?", (number,))


def rows(db: DeskDatabase, first: int, last: int) -> list[Row]:
    """The rows of dossiers numbered `first` to `last`, in that order."""
    return db.all(f"SELECT {COLUMNS} FROM payment WHERE dossier BETWEEN ? AND ? ORDER BY dossier, place", (first, last))
