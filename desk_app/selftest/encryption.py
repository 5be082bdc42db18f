"""An encrypted database made, closed and opened again; another key must not open it, and no byte of it may be read."""

from __future__ import annotations

import secrets
import tempfile
from pathlib import Path

from desk_app.errors import WrongKeyError
from desk_app.selftest.trial import Trial, TrialError
from desk_app.store.database import database
from desk_app.store.reference import settings

_PLAIN = b"SQLite format 3\0"


def database_encrypted() -> Trial:
    """A whole desk database with one known word in it, in a folder that is thrown away."""
    key, word = secrets.token_bytes(32), secrets.token_hex(16)
    with tempfile.TemporaryDirectory(prefix="ban-mot-cua-thu-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / database.FILE
        made = database.open_database(path, key, create=True)
        with database.unit_of_work(made):
            settings.put(made, settings.Settings(unit="THU", commune=word))
        cipher = made.cipher
        _refuse_readable(Path(folder), word)  # the write-ahead log as well
        made.close()
        _refuse_readable(Path(folder), word)
        _refuse_other_key(path)
        again = database.open_database(path, key)
        kept = settings.get(again).commune
        again.close()
    if kept != word:
        raise TrialError("mở lại thì nội dung khác lúc ghi")
    return Trial(
        state=f"SQLCipher {cipher}: ghi, đóng, mở lại được; khóa khác bị từ chối; trên đĩa không có chữ đọc được"
    )


def _refuse_other_key(path: Path) -> None:
    try:
        database.open_database(path, secrets.token_bytes(32)).close()
    except WrongKeyError:
        return
    raise TrialError("mở được bằng một khóa khác")


def _refuse_readable(folder: Path, word: str) -> None:
    for file in folder.iterdir():
        content = file.read_bytes()
        if _PLAIN in content or word.encode() in content:
            raise TrialError(f"tệp {file.name} đọc được mà không cần khóa")
