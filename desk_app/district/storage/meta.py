"""Small facts about the district itself, by name."""

from __future__ import annotations

from desk_app.district.storage.contract import Session


def get(session: Session, key: str) -> bytes | None:
    row = session.one("SELECT value FROM meta WHERE key = ?", (key,))
    return bytes(row[0]) if row else None


def put(session: Session, key: str, value: bytes) -> None:
    session.run(
        "INSERT INTO meta(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value", (key, value)
    )


def text(session: Session, key: str, default: str = "") -> str:
    """A fact that is text."""
    found = get(session, key)
    return default if found is None else found.decode()
