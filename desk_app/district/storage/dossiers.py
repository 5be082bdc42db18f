"""Dossiers as the frames make them: a row each, and which events of which logs they are made of. Always behind.

A dossier is (unit, id): what one commune's desks write never touches a dossier of another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from desk_app.district.storage import schema
from desk_app.district.storage.contract import Row, Session
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.steps import Status
from desk_app.domain.messages.kinds import Sending
from desk_app.domain.messages.occasion import Message
from desk_app.domain.payments.payment import MoneyLine

Key = tuple[str, str]
"""A dossier's unit and id."""
Place = tuple[int, int]
"""An event's log, by its short number, and its number in it."""


DOUBLED = 2
"""In `needs_look`: two receptions have one id. 1 is any other reason for a person to look."""


def numbers(session: Session, keys: Iterable[Key]) -> dict[Key, int]:
    """The short number of each of these dossiers, given now, in the order of `keys`, to those that have none."""
    wanted = dict.fromkeys(keys)
    found: dict[Key, int] = {}
    for unit in sorted({unit for unit, _ in wanted}):
        ids = sorted(dossier for of, dossier in wanted if of == unit)
        for at in range(0, len(ids), _AT_ONCE):
            some = ids[at : at + _AT_ONCE]
            marks = ", ".join("?" for _ in some)
            rows = session.all(f"SELECT id, n FROM dossier_key WHERE unit = ? AND id IN ({marks})", [unit, *some])
            found |= {(unit, dossier): n for dossier, n in rows}
    ((highest,),) = session.all("SELECT coalesce(max(n), 0) FROM dossier_key")
    new = {key: n for n, key in enumerate((key for key in wanted if key not in found), int(highest) + 1)}
    session.fill("dossier_key", [(n, unit, dossier) for (unit, dossier), n in new.items()])
    return found | new


def add_events(session: Session, rows: Sequence[tuple[int, int, int]]) -> None:
    """Which events these dossiers are made of: (dossier, log, number)."""
    session.many("INSERT INTO event(dossier, log, seq) VALUES(?, ?, ?) ON CONFLICT(dossier, log, seq) DO NOTHING", rows)


def events(session: Session, dossiers: Sequence[int]) -> dict[int, list[Place]]:
    """Where the events of each of these dossiers stand."""
    found: dict[int, list[Place]] = {n: [] for n in dossiers}
    for at in range(0, len(dossiers), _AT_ONCE):
        some = dossiers[at : at + _AT_ONCE]
        marks = ", ".join("?" for _ in some)
        rows = session.all(f"SELECT dossier, log, seq FROM event WHERE dossier IN ({marks}) ORDER BY log, seq", some)
        for n, log, seq in rows:
            found[n].append((log, seq))
    return found


class MadeDossier(Struct, frozen=True, kw_only=True):
    """What a dossier's events make: None while its reception is not here; its money counts all the same. `count` of its
    events.
    """

    unit: str
    dossier: Dossier | None
    count: int
    money: tuple[MoneyLine, ...] = ()
    messages: tuple[Message, ...] = ()

    @property
    def has_message(self) -> bool:
        """Whether a message waits to be sent."""
        return any(each.sending is Sending.WAITING for each in self.messages)


def put(session: Session, made: Mapping[int, MadeDossier]) -> None:
    """The rows of these dossiers as they are now; none for those without a reception."""
    tally: Counter[tuple[str, str]] = Counter()
    for unit, status in _states(session, list(made)):
        tally[unit, status] -= 1
    tally.update((one.unit, one.dossier.status.value) for one in made.values() if one.dossier)
    _count(session, tally)
    session.many("DELETE FROM dossier WHERE n = ?", [(n,) for n in made])
    session.fill("dossier", [_row(n, one, one.dossier) for n, one in made.items() if one.dossier])
    session.many("DELETE FROM message_waiting WHERE n = ?", [(n,) for n in made])
    session.fill("message_waiting", [(n,) for n, one in made.items() if one.has_message])
    session.many("DELETE FROM dossier_place WHERE n = ?", [(n,) for n in made])
    places = (_place_row(n, one.dossier) for n, one in made.items() if one.dossier)
    session.fill("dossier_place", [row for row in places if row])
    session.many("DELETE FROM suspension_counting WHERE n = ?", [(n,) for n in made])
    session.fill("suspension_counting", [(n,) for n, one in made.items() if one.dossier and _is_counting(one.dossier)])


def _is_counting(dossier: Dossier) -> bool:
    return dossier.status is Status.SUSPENDED and dossier.handling.counts


def counting(session: Session, numbers: Sequence[int]) -> frozenset[int]:
    """Those of these dossiers that are suspended for the office's own reasons."""
    told = ", ".join(map(str, numbers))
    rows = session.all(f"SELECT n FROM suspension_counting WHERE n IN ({told})") if told else []
    return frozenset(n for (n,) in rows)


def with_messages(session: Session) -> list[Key]:
    """The dossiers in which a message waits to be sent."""
    rows = session.all("SELECT k.unit, k.id FROM message_waiting w JOIN dossier_key k ON k.n = w.n ORDER BY w.n")
    return [(unit, dossier) for unit, dossier in rows]


def total(session: Session, *, unit: str = "", status: str = "") -> int:
    """How many dossiers there are, of a unit and in a status where these are named."""
    where, values = ["1 = 1"], []
    for column, value in (("unit", unit), ("status", status)):
        if value:
            where.append(f"{column} = ?")
            values.append(value)
    ((found,),) = session.all(f"SELECT coalesce(sum(n), 0) FROM dossier_tally WHERE {' AND '.join(where)}", values)
    return int(found)


def _states(session: Session, numbers: Sequence[int]) -> Iterator[tuple[str, str]]:
    """Unit and status of those of these dossiers that have a row."""
    for at in range(0, len(numbers), _AT_ONCE):
        some = numbers[at : at + _AT_ONCE]
        marks = ", ".join("?" for _ in some)
        rows: list[tuple[str, str]] = session.all(f"SELECT unit, status FROM dossier WHERE n IN ({marks})", some)
        yield from rows


def _count(session: Session, more: Mapping[tuple[str, str], int]) -> None:
    session.many(
        "INSERT INTO dossier_tally(unit, status, n) VALUES(?, ?, ?)"
        " ON CONFLICT(unit, status) DO UPDATE SET n = dossier_tally.n + excluded.n",
        [(unit, status, n) for (unit, status), n in sorted(more.items()) if n],
    )


def _row(n: int, made: MadeDossier, dossier: Dossier) -> Row:
    return (
        n,
        made.unit,
        dossier.id,
        _plain(dossier.code),
        dossier.status.value,
        _plain(dossier.procedure),
        _plain(dossier.applicant.full_name),
        _plain(dossier.applicant.id_number),
        dossier.received_at,
        dossier.due_at,
        dossier.returned_at,
        DOUBLED if dossier.rivals else int(dossier.needs_look),
        made.count,
    )


def _place_row(n: int, dossier: Dossier) -> Row | None:
    """Where it belongs and where its papers are; None for one by itself that never left its desk."""
    linked, held = dossier.linked, dossier.held
    if linked is None and held is None:
        return None
    return (
        n,
        linked.key if linked else "",
        linked.place if linked else 0,
        len(linked.parts) if linked else 0,
        _plain(linked.own.title) if linked else "",
        dossier.holding.desk,
        dossier.holding.way_to,
    )


def of_group(session: Session, unit: str, group: str) -> list[int]:
    """The short numbers of the dossiers of a unit that were received as one, in their order."""
    rows = session.all(
        "SELECT p.n FROM dossier_place p JOIN dossier d ON d.n = p.n WHERE p.group_id = ? AND d.unit = ?"
        " ORDER BY p.place",
        [group, unit],
    )
    return [int(n) for (n,) in rows]


class DossierPlace(Struct, frozen=True, kw_only=True):
    """To which whole a dossier belongs, and where its papers are: `done` of `members` of the whole have ended."""

    group: str
    members: int
    done: int
    title: str
    desk: int
    way_to: int


def places(session: Session, numbers: Sequence[int]) -> dict[int, DossierPlace]:
    """Of those of these dossiers that belong to a whole or went to another desk."""
    told = ", ".join(map(str, numbers))
    if not told:
        return {}
    rows = session.all(
        "SELECT p.n, d.unit, p.group_id, p.members, p.title, p.desk, p.way_to FROM dossier_place p"
        f" JOIN dossier d ON d.n = p.n WHERE p.n IN ({told})"
    )
    done = {}
    for unit, group in sorted({(unit, group) for _, unit, group, *_ in rows if group}):
        ended = session.all(
            "SELECT d.status FROM dossier_place p JOIN dossier d ON d.n = p.n WHERE p.group_id = ? AND d.unit = ?",
            [group, unit],
        )
        done[unit, group] = sum(not Status(status).is_open for (status,) in ended)
    return {
        n: DossierPlace(
            group=group, members=members, done=done.get((unit, group), 0), title=title, desk=desk, way_to=way_to
        )
        for n, unit, group, members, title, desk, way_to in rows
    }


def by_code(session: Session, code: str) -> list[Key]:
    """The dossiers that carry this code: one, but for a desk that was cloned."""
    rows = session.all("SELECT unit, id FROM dossier WHERE code = ? ORDER BY unit, id", (code,))
    return [(unit, dossier) for unit, dossier in rows]


def number_of(session: Session, key: Key) -> int | None:
    """The short number of a dossier; None for one nobody has written of."""
    row = session.one("SELECT n FROM dossier_key WHERE unit = ? AND id = ?", key)
    return int(row[0]) if row else None


def read_again(session: Session, n: int) -> None:
    """Take the row away, and let every frame that speaks of the dossier wait to be read anew."""
    _count(session, Counter(dict.fromkeys(_states(session, [n]), -1)))
    for table in ("dossier", "dossier_place", "suspension_counting", "payment", "message"):
        session.run(f"DELETE FROM {table} WHERE n = ?", (n,))
    session.run("UPDATE dossier_held SET digest = ? WHERE n = ?", (b"", n))  # out of the index, whatever is made of it
    places = session.all(
        "SELECT log.log, event.seq FROM event JOIN log ON log.n = event.log WHERE event.dossier = ?", (n,)
    )
    session.many(
        "UPDATE frame SET projected = 0 WHERE log = ?"
        " AND first = (SELECT max(first) FROM frame WHERE log = ? AND first <= ?)",
        [(log, log, seq) for log, seq in places],
    )


def note_error(session: Session, log: bytes, seq: int, *, dossier: str, reason: str, at: int) -> None:
    """An event, or a dossier whose newest event it is, that could not be read."""
    session.run(
        "INSERT INTO projection_error(log, seq, dossier, reason, at) VALUES(?, ?, ?, ?, ?)"
        " ON CONFLICT(log, seq, dossier) DO UPDATE SET reason = excluded.reason, at = excluded.at",
        (log, seq, dossier, reason, at),
    )


def forget_errors(session: Session, ids: Collection[str]) -> None:
    """Dossiers that can be read after all."""
    wanted = sorted(ids)
    for at in range(0, len(wanted), _AT_ONCE):
        some = wanted[at : at + _AT_ONCE]
        marks = ", ".join("?" for _ in some)
        session.run(f"DELETE FROM projection_error WHERE dossier <> '' AND dossier IN ({marks})", some)


def forget_all(session: Session) -> None:
    """Begin the projection again, from the first frame."""
    for table in schema.PROJECTIONS:
        session.run(f"DELETE FROM {table}")
    session.run("UPDATE frame SET projected = 0 WHERE projected = 1")


_AT_ONCE = 400


def _plain(text: str) -> str:
    """PostgreSQL keeps no NUL in a text."""
    return text.replace("\0", "")
