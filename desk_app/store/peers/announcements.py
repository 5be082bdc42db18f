"""What the district tells the clerks, until they have seen it or it no longer matters."""

from __future__ import annotations

from dataclasses import dataclass

from desk_app.store.database.database import DeskDatabase


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementRow:
    """Words of the district: `log` (16 B) and `seq` name it, `at` UTC ms, `until` the last ISO day, "" for always."""

    log: bytes
    seq: int
    at: int
    author: str
    title: str
    text: str
    until: str
    is_seen: bool


def put(
    db: DeskDatabase, log: bytes, seq: int, *, at: int, author: str, title: str, text: str, until: str = ""
) -> None:
    """Keep it once; what a clerk has seen stays seen."""
    db.execute(
        "INSERT OR IGNORE INTO announcement(log, seq, at, author, title, text, until) VALUES(?,?,?,?,?,?,?)",
        (log, seq, at, author, title, text, until),
    )


def all(db: DeskDatabase, *, on: str = "") -> list[AnnouncementRow]:  # noqa: A001 - read as announcements.all(db)
    """Every announcement, the newest first; with `on` (ISO) those that matter on this day."""
    rows = db.all(
        """
        SELECT log, seq, at, author, title, text, until, seen FROM announcement
        WHERE :on = '' OR until = '' OR until >= :on ORDER BY at DESC, log, seq DESC
        """,
        {"on": on},
    )
    return [
        AnnouncementRow(log=log, seq=seq, at=at, author=author, title=title, text=text, until=until, is_seen=bool(seen))
        for log, seq, at, author, title, text, until, seen in rows
    ]


def mark_seen(db: DeskDatabase, log: bytes, seq: int) -> None:
    db.execute("UPDATE announcement SET seen = 1 WHERE log = ? AND seq = ?", (log, seq))
