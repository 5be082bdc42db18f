"""Proves the lists of dossiers: reads every frame anew, in an encrypted copy beside the data, and compares row by row.

The key of the copy is drawn anew and kept nowhere.
"""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from desk_app.district.checks import index_check
from desk_app.district.district import District
from desk_app.district.intake.projection import Projection
from desk_app.district.storage import Session, Storage, schema, table_copy
from desk_app.district.storage.sqlite import SqliteStorage

_READ = ("log", "frame", "device", "redaction", "dossier_key")
"""What the projection reads; the index names dossiers by their short numbers, so these must be the same."""
_BESIDE = {
    "dossier_place": "gói liên thông hoặc quầy giữ",
    "suspension_counting": "thời hạn khi tạm dừng",
    "payment": "tiền đã thu, đã trả lại",
    "message": "tin nhắn",
}
_COMPARED = ("dossier_key", "dossier", "event", *_BESIDE, "cash_count", *index_check.COMPARED)
_MOST_TOLD = 200
_LABELS = {
    "code": "mã",
    "status": "tình trạng",
    "procedure": "thủ tục",
    "applicant": "người nộp",
    "id_number": "số giấy tờ",
    "received_at": "lúc tiếp nhận",
    "due_at": "hẹn trả",
    "returned_at": "lúc trả",
    "needs_look": "dấu cần xem",
    "events": "số việc",
}


def problems(source: Session, district: District, folder: Path, *, told: Callable[[int], None]) -> Iterator[str]:
    """What the lists say otherwise than the frames of the same snapshot, a sentence each; `told` how many dossiers."""
    with tempfile.TemporaryDirectory(prefix=".check-", dir=folder) as beside:
        copy = SqliteStorage(Path(beside) / "copy.db", secrets.token_bytes(32))
        with closing(copy):
            _fill(source, copy)
            certificate = district.identity.card.certificate
            Projection(
                copy, index=district.index, clock=district.clock, is_busy=lambda: False, certificate=certificate
            ).catch_up()
            with copy.reading() as session:
                ((dossiers,),) = session.all("SELECT COUNT(*) FROM dossier")
                told(dossiers)
                yield from _dossiers(session)
                yield from _events(session)
                yield from _beside(session)
                yield from _counts(session)
                yield from index_check.problems(session, district.index)


def _fill(source: Session, copy: Storage) -> None:
    """The frames with what reading them asks for, and what the lists say of them now, as tables `found_…`."""
    with copy.writing() as target:
        for table in _READ:
            for rows in table_copy.pieces(source, table):
                target.fill(table, rows)
        target.run("UPDATE frame SET projected = 0")
        for table in _COMPARED:
            columns = schema.TABLES[table]
            target.run(f"CREATE TABLE found_{table}({', '.join(columns)})")
            marks = ", ".join("?" for _ in columns)
            for rows in table_copy.pieces(source, table):
                target.many(f"INSERT INTO found_{table} VALUES({marks})", rows)


def _dossiers(session: Session) -> Iterator[str]:
    facts = [name for name in schema.TABLES["dossier"] if name not in ("n", "unit", "id")]
    found, made = (
        ", ".join(f"{side}.{name}" for name in ("code", *facts)) for side in ("found", "made")
    )  # the code first, to name the dossier by
    rows = session.all(
        f"SELECT made.unit, {made}, {found} FROM dossier made"  # noqa: S608 - names of our own tables
        " LEFT JOIN found_dossier found ON found.unit = made.unit AND found.id = made.id"
        f" WHERE found.id IS NULL OR {' OR '.join(f'made.{name} IS NOT found.{name}' for name in facts)}"
        f" ORDER BY made.unit, made.code LIMIT {_MOST_TOLD}"
    )
    half = len(facts) + 1
    for unit, *values in rows:
        rightly, wrongly = values[:half], values[half:]
        if wrongly[0] is None:
            yield f"Hồ sơ {rightly[0]} của {unit}: có trong các sổ mà thiếu trong danh sách."
            continue
        pairs = zip(facts, rightly[1:], wrongly[1:], strict=True)
        names = [_LABELS.get(name, name) for name, one, other in pairs if one != other]
        yield f"Hồ sơ {rightly[0]} của {unit}: danh sách ghi khác các sổ ở {', '.join(names)}."
    extra = session.all(
        "SELECT found.unit, found.code FROM found_dossier found LEFT JOIN dossier made"  # noqa: S608 - constants
        " ON made.unit = found.unit AND made.id = found.id"
        f" WHERE made.id IS NULL ORDER BY found.unit, found.code LIMIT {_MOST_TOLD}"
    )
    for unit, code in extra:
        yield f"Hồ sơ {code} của {unit}: có trong danh sách mà không sổ nào có."
    doubled = session.all("SELECT unit, id FROM found_dossier GROUP BY unit, id HAVING COUNT(*) > 1 LIMIT 1")
    if doubled:
        yield "Danh sách có hồ sơ đứng hai lần."


def _events(session: Session) -> Iterator[str]:
    """Which events a dossier is made of; those whose bodies were erased may still be named."""
    made, found = (  # names of our own tables
        f"SELECT k.unit, k.id, e.log, e.seq FROM {side}event e JOIN {side}dossier_key k ON k.n = e.dossier"  # noqa: S608 - as above
        for side in ("", "found_")
    )
    missing = session.all(f"{made} EXCEPT {found} LIMIT {_MOST_TOLD}")
    extra = session.all(
        f"SELECT * FROM ({found} EXCEPT {made}) x WHERE NOT EXISTS"  # noqa: S608 - names of our own tables
        " (SELECT 1 FROM redaction r JOIN log l ON l.log = r.log WHERE l.n = x.log AND r.seq = x.seq)"
        f" LIMIT {_MOST_TOLD}"
    )
    for rows, what in ((missing, "thiếu ở bảng việc của hồ sơ"), (extra, "đứng sai ở bảng việc của hồ sơ")):
        for unit, _, log, seq in rows:
            names = session.all("SELECT log FROM log WHERE n = ?", (log,))
            name = bytes(names[0][0]).hex()[:16] if names else f"số {log}"
            yield f"Sổ {name} của {unit}, việc số {seq}: {what}."


def _beside(session: Session) -> Iterator[str]:
    """Dossiers of which a list beside theirs says otherwise than the frames; one without its reception has no code."""
    for table, what in _BESIDE.items():
        rows = session.all(
            "SELECT DISTINCT k.unit, COALESCE(d.code, k.id) FROM dossier_key k LEFT JOIN dossier d ON d.n = k.n"  # noqa: S608 - names of our own tables
            f" WHERE k.n IN (SELECT n FROM ({_apart(table)})) ORDER BY 1, 2 LIMIT {_MOST_TOLD}"
        )
        for unit, code in rows:
            yield f"Hồ sơ {code} của {unit}: danh sách ghi khác các sổ ở {what}."


def _counts(session: Session) -> Iterator[str]:
    rows = session.all(
        f"SELECT DISTINCT unit, day, desk FROM ({_apart('cash_count')}) ORDER BY unit, day, desk LIMIT {_MOST_TOLD}"  # noqa: S608 - names of our own tables
    )
    for unit, day, desk in rows:
        yield f"Quầy {desk} của {unit}, ngày {day}: bảng ghi khác các sổ ở lần đếm quỹ."


def _apart(table: str) -> str:
    """The rows that only one side has."""
    columns = ", ".join(schema.TABLES[table])
    made, found = f"SELECT {columns} FROM {table}", f"SELECT {columns} FROM found_{table}"  # noqa: S608 - names of our own tables
    return f"SELECT * FROM ({made} EXCEPT {found}) a UNION SELECT * FROM ({found} EXCEPT {made}) b"  # noqa: S608 - as above
