"""The table of messages at the district: a row for each message of a dossier, as it stands; no number, no words of it.

Filled from the frames as the dossiers are. Numbers of what is sent are asked for spans of days, so that no page counts
the messages of years.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from desk_app.district.storage import Session
from desk_app.district.storage.dossiers import MadeDossier
from desk_app.domain.calendar.moments import span_of
from desk_app.domain.messages.kinds import Sending

_LONGEST = 40


class SendingCount(Struct, frozen=True, kw_only=True):
    """A commune's messages: how many stand so, and when the oldest of them was queued, UTC ms."""

    unit: str
    sending: Sending
    messages: int
    oldest: int


class ListedMessage(Struct, frozen=True, kw_only=True):
    """A message with its dossier's code ("" while its reception is not here); moments UTC ms, 0 for never."""

    id: str
    unit: str
    code: str
    procedure: str
    about: str
    queued_at: int
    sent_at: int
    failed: str


class WantedMessages(Struct, frozen=True, kw_only=True):
    """Which messages: those that stand so, of a unit where one is named; queued on days from `first` to `last` but for
    those that wait, which are always all. `page` counts from 0.
    """

    sending: Sending
    first: date
    last: date
    unit: str = ""
    page: int = 0


def put(session: Session, made: Mapping[int, MadeDossier]) -> None:
    """The messages of these dossiers as they are now."""
    session.many("DELETE FROM message WHERE n = ?", [(n,) for n in made])
    session.fill(
        "message",
        [
            (
                n,
                place,
                one.unit,
                _plain(each.id),
                _plain(each.about),
                each.sending.value,
                each.queued_at,
                each.sent_at,
                each.failed.replace("\0", ""),
            )
            for n, one in made.items()
            for place, each in enumerate(one.messages)
        ],
    )


def counts(session: Session, first: date, last: date, *, unit: str = "") -> list[SendingCount]:
    """Numbers by commune: all that wait; of the others those that were queued on these days."""
    found = []
    for sending in Sending:
        where, values = _span(sending, first, last, unit)
        rows = session.all(
            f"SELECT unit, COUNT(*), MIN(queued_at) FROM message WHERE {where} GROUP BY unit ORDER BY unit",  # noqa: S608 - names of our own
            values,
        )
        found += [SendingCount(unit=of, sending=sending, messages=n, oldest=oldest) for of, n, oldest in rows]
    return found


def listed(session: Session, wanted: WantedMessages, *, most: int) -> list[ListedMessage]:
    """The messages behind a number, the longest queued first: one page of `most`, and one more where there are more."""
    where, values = _span(wanted.sending, wanted.first, wanted.last, wanted.unit)
    rows = session.all(
        "SELECT n, place, unit, id, about, queued_at, sent_at, failed FROM message"  # noqa: S608 - names of our own
        f" WHERE {where} ORDER BY queued_at, n, place LIMIT ? OFFSET ?",
        [*values, most + 1, most * wanted.page],
    )
    told = ", ".join(sorted({str(int(row[0])) for row in rows}))
    dossiers = session.all(f"SELECT n, code, procedure FROM dossier WHERE n IN ({told})") if told else []  # noqa: S608 - numbers
    known = {n: (code, procedure) for n, code, procedure in dossiers}
    return [
        ListedMessage(
            id=id_,
            unit=unit,
            code=known.get(n, ("", ""))[0],
            procedure=known.get(n, ("", ""))[1],
            about=about,
            queued_at=queued_at,
            sent_at=sent_at,
            failed=session.seals.opened("message", "failed", (n, place), str(failed)),
        )
        for n, place, unit, id_, about, queued_at, sent_at, failed in rows
    ]


def _span(sending: Sending, first: date, last: date, unit: str) -> tuple[str, list[object]]:
    where, values = "sending = ?", list[object]([sending.value])
    if sending is not Sending.WAITING:
        where += " AND queued_at >= ? AND queued_at < ?"
        values += span_of(first, last)
    if unit:
        where += " AND unit = ?"
        values.append(unit)
    return where, values


def _plain(text: str) -> str:
    return text.replace("\0", "")[:_LONGEST]
