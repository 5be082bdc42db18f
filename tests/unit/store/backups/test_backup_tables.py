"""Every table of a desk is placed: a backup must know what becomes of its rows."""

from __future__ import annotations

from pathlib import Path

from desk_app.store.backups import backup_tables
from tests.kit.desk import books

OF_THE_TEXT_SEARCH = {f"search_{part}" for part in ("config", "content", "data", "docsize", "idx")}


def test_each_table_is_carried_or_made_anew_and_none_is_forgotten(tmp_path: Path) -> None:
    db = books.made(tmp_path)
    found = {name for (name,) in db.all("SELECT name FROM sqlite_master WHERE type = 'table'")}
    db.close()
    placed = [
        *backup_tables.OF_LOGS,
        *backup_tables.GROWING,
        *backup_tables.WHOLE,
        *backup_tables.IN_BLOCKS,
        *backup_tables.MADE_ANEW,
        *backup_tables.OF_THE_BASE,
    ]
    assert sorted(placed) == sorted(found - OF_THE_TEXT_SEARCH)
