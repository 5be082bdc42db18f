"""The tables of money at the district: a row for each movement of a dossier, a row for each counted day of a desk.

Filled from the frames as the dossiers are; a movement whose reception is not here yet counts all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct

from desk_app import typed_values
from desk_app.district.storage import Session, writers
from desk_app.district.storage.dossiers import MadeDossier
from desk_app.domain.dossiers.events import OfficeChanged, Recorded
from desk_app.domain.history import signed_desks
from desk_app.domain.payments.cash_count import CashCount
from desk_app.domain.payments.desk_day import COUNTS, count_of, day_of
from desk_app.domain.payments.payment import MoneyLine
from desk_app.domain.payments.receipt_summary import summary_status, summed_receipt

_encode = msgspec.json.Encoder(order="sorted").encode
_LONGEST_WAY = 40


class DaySum(Struct, frozen=True, kw_only=True):
    """What moved on a day (ISO) at a desk of a commune by one way, with one status in 01/TH-BLĐT ("" for none)."""

    day: str
    unit: str
    desk: int
    way: str
    receipt: str
    lines: int
    amount: int


class Movement(Struct, frozen=True, kw_only=True):
    """A movement with its dossier: `code` and `applicant` "" while its reception is not here."""

    unit: str
    code: str
    applicant: str
    procedure: str
    line: MoneyLine


class WantedMoney(Struct, frozen=True, kw_only=True):
    """Which movements: of a day (ISO), and of a unit, a desk (-1 any), a way, with an electronic receipt, where named.

    `page` counts from 0.
    """

    day: str
    unit: str = ""
    desk: int = -1
    way: str = ""
    receipts: bool = False
    page: int = 0


def put(session: Session, made: Mapping[int, MadeDossier]) -> None:
    """The movements of these dossiers as they are now."""
    session.many("DELETE FROM payment WHERE n = ?", [(n,) for n in made])
    session.fill(
        "payment",
        [
            (
                n,
                place,
                one.unit,
                day_of(line),
                line.at,
                line.desk,
                line.way.replace("\0", "")[:_LONGEST_WAY],
                line.amount,
                summary_status(line).value if summed_receipt(line) is not None else "",
                _encode(line).decode(),
            )
            for n, one in made.items()
            for place, line in enumerate(one.money)
        ],
    )


def put_counts(session: Session, unit: str, event: Recorded) -> None:
    """The counts of drawers that an event of the office tells; of two counts of a desk's day the later stamp holds.

    Only a desk itself counts its drawer (`signed_desks`).
    """
    told = event.payload.values if isinstance(event.payload, OfficeChanged) else {}
    said = {key: value for key, value in told.items() if key.startswith(COUNTS)}
    known = writers.writers(session, unit) if said else None
    for key, value in said.items():
        count = count_of(value) if known and signed_desks.may_set(key, event, known) else None
        if count is None or not key.endswith(f"/{count.desk}"):
            continue
        place = (unit, key[len(COUNTS) :].partition("/")[0][:10], count.desk)
        lamport, log = event.stamp
        stamp = (lamport, bytes.fromhex(log))
        session.run(
            "DELETE FROM cash_count WHERE unit = ? AND day = ? AND desk = ? AND (lamport, log) < (?, ?)",
            (*place, *stamp),
        )
        if session.one("SELECT lamport FROM cash_count WHERE unit = ? AND day = ? AND desk = ?", place) is None:
            session.fill("cash_count", [(*place, *stamp, value)])


def sums(session: Session, first: str, last: str, *, unit: str = "") -> list[DaySum]:
    """What moved on these days, both included, by day, unit, desk, way and status in the summary of receipts."""
    where, values = _where({"unit": unit} if unit else {})
    rows = session.all(
        "SELECT day, unit, desk, way, receipt, COUNT(*), CAST(SUM(amount) AS BIGINT) FROM payment"  # noqa: S608 - names of our own
        f" WHERE day >= ? AND day <= ?{where} GROUP BY day, unit, desk, way, receipt"
        " ORDER BY day, unit, desk, way, receipt",
        [first, last, *values],
    )
    return [
        DaySum(day=day, unit=of, desk=desk, way=way, receipt=receipt, lines=lines, amount=amount)
        for day, of, desk, way, receipt, lines, amount in rows
    ]


def counts(session: Session, first: str, last: str, *, unit: str = "") -> dict[tuple[str, str, int], CashCount]:
    """The counts of these days by day, unit and desk."""
    where, values = _where({"unit": unit} if unit else {})
    rows = session.all(
        f"SELECT day, unit, desk, body FROM cash_count WHERE day >= ? AND day <= ?{where} ORDER BY day, unit, desk",  # noqa: S608 - names of our own
        [first, last, *values],
    )
    found: dict[tuple[str, str, int], CashCount] = {}
    for day, of, desk, body in rows:
        count = count_of(session.seals.opened("cash_count", "body", (of, day, desk), str(body)))
        if count is not None:
            found[day, of, desk] = count
    return found


def movements(session: Session, wanted: WantedMoney, *, most: int) -> list[Movement]:
    """The movements behind a figure, by commune and moment: one page of `most`, and one more where there are more."""
    facts: dict[str, object] = {"unit": wanted.unit} if wanted.unit else {}
    facts |= {"way": wanted.way} if wanted.way else {}
    facts |= {"desk": wanted.desk} if wanted.desk >= 0 else {}
    where, values = _where(facts)
    where += " AND receipt <> ''" if wanted.receipts else ""
    rows = session.all(
        "SELECT n, place, unit, line FROM payment"  # noqa: S608 - names of our own
        f" WHERE day = ?{where} ORDER BY unit, at, n, place LIMIT ? OFFSET ?",
        [wanted.day, *values, most + 1, most * wanted.page],
    )
    known = _dossiers(session, {int(row[0]) for row in rows})
    nobody = ("", "", "")
    found = []
    for n, place, unit, line in rows:
        code, applicant, procedure = known.get(n, nobody)
        told = session.seals.opened("payment", "line", (n, place), str(line))
        kept = typed_values.from_json(told, MoneyLine)
        found.append(Movement(unit=unit, code=code, applicant=applicant, procedure=procedure, line=kept))
    return found


def _dossiers(session: Session, numbers: Iterable[int]) -> dict[int, tuple[str, str, str]]:
    told = ", ".join(map(str, sorted(numbers)))
    rows = session.all(f"SELECT n, code, applicant, procedure FROM dossier WHERE n IN ({told})") if told else []  # noqa: S608 - numbers
    return {
        n: (code, session.seals.opened("dossier", "applicant", (n,), str(applicant)), procedure)
        for n, code, applicant, procedure in rows
    }


def _where(facts: Mapping[str, object]) -> tuple[str, list[object]]:
    return "".join(f" AND {column} = ?" for column in facts), list(facts.values())
