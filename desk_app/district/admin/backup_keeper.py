"""Makes the server's own copies at their hour, in a thread of its own, and takes older ones away. Never ends by itself.

What went wrong stands in the database until a copy succeeds, so that the pages and `doctor` can tell it.
"""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desk_app import foreign_folder
from desk_app.district import safe_log
from desk_app.district.admin import backup, backup_schedule, backup_state
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.failures import BackupPlaceFullError, FolderRefusedError
from desk_app.district.keys import durable_files
from desk_app.district.storage import meta
from desk_app.errors import DeskError, of_system

ACCOUNT = "máy chủ: theo lịch"
_LOOK_S = 60.0
_PAUSE_S, _LONGEST_PAUSES = 0.05, 200
_log = logging.getLogger(__name__)


class BackupKeeper:
    """Looks once a minute whether a copy is due."""

    def __init__(self, office: DistrictOffice) -> None:
        self._office = office
        self._tried_at = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="backup", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """After the copy that is being made, if one is."""
        self._ended.set()
        self._thread.join()

    def look(self) -> Path | None:
        """Make a copy if one is due; its file. What goes wrong is noted, not raised."""
        settings, at = self._office.settings, self._office.district.clock()
        try:
            with self._office.district.storage.reading() as session:
                made_at = int(meta.text(session, backup_state.BACKUP_AT, "0"))
            if not backup_schedule.is_due(settings, made_at=made_at, tried_at=self._tried_at, at=at):
                return None
            self._tried_at = at
            file = self._made(Path(settings.backup_folder), at)
        except DeskError as error:
            self._note_failure(f"{error} {error.remedy}")
            return None
        except Exception as error:  # noqa: BLE001 - a bug in here must not end the copies of all days to come
            _log.error("no copy was made: %s", safe_log.told(error))
            self._note_failure("Lỗi của chương trình, xem nhật ký máy chủ.")
            return None
        self._note_failure("")
        return file

    def _made(self, folder: Path, at: int) -> Path:
        with self._office.district.storage.reading() as session:
            size = int(meta.text(session, backup_state.BACKUP_SIZE, "0"))
        if not foreign_folder.is_there(folder):
            durable_files.make_private_folder(folder)
        try:
            free = shutil.disk_usage(folder).free
        except OSError as error:
            raise FolderRefusedError(of_system(error, folder), folder=folder) from error
        if free < size + size // 4:
            raise BackupPlaceFullError(folder=folder)
        file = folder / backup_schedule.name_for(at)
        backup.make(self._office, file, account=ACCOUNT, pause=self._pause)
        self._rotate(folder)
        return file

    def _rotate(self, folder: Path) -> None:
        """Only after a new copy was verified, and only regular files with names that this program gives."""
        settings = self._office.settings
        try:
            found = foreign_folder.listed(folder, suffix=backup_schedule.SUFFIX)
            names = [file.name for file in found if foreign_folder.is_file(file)]
            old = backup_schedule.superseded(names, days=settings.backup_days, weeks=settings.backup_weeks)
            for name in old:
                foreign_folder.remove(folder / name)
        except OSError as error:
            raise FolderRefusedError(of_system(error, folder), folder=folder) from error

    def _pause(self) -> None:
        """The reception goes first; after ten seconds the copy goes on all the same."""
        for _ in range(_LONGEST_PAUSES):
            if not self._office.district.inbox.is_busy or self._ended.wait(_PAUSE_S):
                return

    def _note_failure(self, told: str) -> None:
        with suppress(DeskError), self._office.district.storage.writing() as session:
            if told or meta.get(session, backup_state.BACKUP_FAILED):
                meta.put(session, backup_state.BACKUP_FAILED, told.encode())

    def _run(self) -> None:
        while not self._ended.wait(_LOOK_S):
            self.look()


@contextmanager
def kept(office: DistrictOffice) -> Iterator[None]:
    """Copies are made as long as this lasts."""
    with suppress(OSError):
        backup.forget_leftovers(office)
    made = BackupKeeper(office)
    made.start()
    try:
        yield
    finally:
        made.stop()
