"""The desk's attached files, as the lane of files and a stick want them."""

from __future__ import annotations

from collections.abc import Iterator

from desk_app.errors import FileGoneError
from desk_app.protocol.batch import Blob, blob_frame
from desk_app.protocol.keys import PublicKeys
from desk_app.protocol.messages import MAX_BLOB
from desk_app.store.attachments import files
from desk_app.store.database.database import DeskDatabase, unit_of_work


class FilesOfDesk:
    """Those that wait to be sent, read piece by piece."""

    def __init__(self, db: DeskDatabase) -> None:
        self._db = db

    def waiting(self) -> list[tuple[bytes, int]]:
        return [(bytes.fromhex(one.sha), one.size) for one in files.waiting_files(self._db)]

    def read_at(self, sha: bytes, offset: int, length: int) -> bytes:
        try:
            return files.read_at(self._db, sha.hex(), offset, length)
        except FileGoneError:
            return b""

    def confirm(self, sha: bytes) -> None:
        known = files.get(self._db, sha.hex())
        if known is not None:
            with unit_of_work(self._db):
                files.confirm(self._db, sha.hex(), known.size)

    def frames(self, to: PublicKeys) -> Iterator[bytes]:
        """Every waiting file from its first byte, for a stick."""
        for sha, size in self.waiting():
            for offset in range(0, size, MAX_BLOB):
                data = self.read_at(sha, offset, min(MAX_BLOB, size - offset))
                if not data:
                    break
                yield blob_frame(Blob(sha, size, offset, data), to)
