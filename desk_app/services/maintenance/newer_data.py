"""What an older program can still say of data that a later one wrote: whether the journal is whole, how things stand.

Nothing is written; the lock is not taken, nothing is brought up to date.
"""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desk_app import __version__
from desk_app.errors import NewerDeskError
from desk_app.services.desk.desk import key_of
from desk_app.services.maintenance.checks import Finding
from desk_app.store.database import compatibility, database
from desk_app.store.database.database import DeskDatabase
from desk_app.store.database.failures import file_failures
from desk_app.store.journal.check import CheckReport, check_journal
from desk_app.store.keys import vault


def check(data: Path, *, passphrase: str | None) -> CheckReport:
    """The file and every chain; what later programs derive from the journal is not known here and not checked."""
    with _looked_into(data, passphrase) as db:
        return check_journal(db)


def doctor(data: Path, *, passphrase: str | None) -> list[Finding]:
    """Who wrote the data, what this program may not do, and what to do; the rest as far as an older program knows."""
    with _looked_into(data, passphrase) as db:
        made, cipher = compatibility.made_by(db), db.cipher
    kept_by = vault.kept_by(data)
    return [
        Finding(subject="Chương trình", state=f"{__version__}, Python {platform.python_version()}, {sys.platform}"),
        Finding(
            subject="Dữ liệu",
            state=f"do bản {made.program if made else 'mới hơn'} ghi, bản này chỉ xem được tình trạng",
            remedy=NewerDeskError.remedy,
        ),
        Finding(subject="Mã hóa", state=f"SQLCipher {cipher}"),
        Finding(subject="Khóa dữ liệu", state=kept_by or "mật khẩu và mã khôi phục"),
        Finding(subject="Chỗ trống trên đĩa", state=f"{shutil.disk_usage(data).free / 1e9:.1f} GB"),
    ]


@contextmanager
def _looked_into(data: Path, passphrase: str | None) -> Iterator[DeskDatabase]:
    with file_failures(data):
        key = key_of(data, passphrase=passphrase)
    db = database.open_database(data / database.FILE, key, readonly=True, any_tables=True)
    try:
        yield db
    finally:
        db.close()
