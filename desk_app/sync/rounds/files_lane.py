"""Files go behind all events, from the byte where the district stands, within what a day may cost on this line."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Protocol

from desk_app.protocol.batch import Blob, blob_frame
from desk_app.protocol.keys import PublicKeys
from desk_app.protocol.messages import MAX_BLOB
from desk_app.sync.rounds.outgoing import Parcel

MOST_OFFERS = 32
FIRST, MOST = 64 << 10, 512 << 10
_QUICK_S = 3.0
DAY_BYTES = 20 << 20
"""What a day's files may cost unless the office says otherwise."""


class FileSource(Protocol):
    """The files of a desk that the district does not hold yet."""

    def waiting(self) -> list[tuple[bytes, int]]:
        """SHA-256 and size, in the order in which they should go."""

    def read_at(self, sha: bytes, offset: int, length: int) -> bytes:
        """So many bytes of the file, b"" where it cannot be read."""

    def confirm(self, sha: bytes) -> None:
        """The district holds all of it."""


class FilesLane:
    """For one round; `sent` bytes of files went into requests, `finished` files are whole over there."""

    def __init__(self, source: FileSource, *, budget: int = DAY_BYTES) -> None:
        self._source = source
        self._budget = budget
        self._waiting = dict(source.waiting()[:MOST_OFFERS])
        self._unreadable: set[bytes] = set()
        self._most = FIRST
        self._filled_at = 0.0
        self.sent = 0
        self.finished = 0

    def offers(self) -> dict[bytes, int]:
        """What a question offers: size by SHA-256."""
        return dict(self._waiting) if self._budget > self.sent else {}

    def has_more(self, have: Mapping[bytes, int]) -> bool:
        """Whether something is left that the district asks for and that may still go today."""
        return self._budget > self.sent and any(self._lacks(sha, have) for sha in self._waiting)

    def left(self, have: Mapping[bytes, int]) -> int:
        """How many bytes that is."""
        lacking = sum(size - have.get(sha, 0) for sha, size in self._waiting.items() if self._lacks(sha, have))
        return max(0, min(lacking, self._budget - self.sent))

    def fill(self, parcel: Parcel, have: Mapping[bytes, int], *, to: PublicKeys) -> None:
        """Put pieces into the parcel, as much as this line takes in a few seconds."""
        now = time.monotonic()
        if self._filled_at and now - self._filled_at < _QUICK_S:
            self._most = min(self._most * 2, MOST)
        self._filled_at = now
        for sha, size in self._waiting.items():
            offset = have.get(sha, 0)
            while self._lacks(sha, {sha: offset}) and sha in have and parcel.size < self._most:
                data = self._source.read_at(sha, offset, min(MAX_BLOB, size - offset, self._budget - self.sent))
                if not data:
                    self._unreadable.add(sha)
                    break
                parcel.add_blob(blob_frame(Blob(sha, size, offset, data), to))
                offset += len(data)
                self.sent += len(data)
                if self.sent >= self._budget:
                    return

    def note(self, have: Mapping[bytes, int]) -> None:
        """What the receipt says the district holds; whole files are done, and others move up."""
        done = [sha for sha, size in self._waiting.items() if have.get(sha, -1) >= size]
        for sha in done:
            self._source.confirm(sha)
            del self._waiting[sha]
        self.finished += len(done)
        if done:
            self._waiting = dict(self._source.waiting()[:MOST_OFFERS])

    def _lacks(self, sha: bytes, have: Mapping[bytes, int]) -> bool:
        """Not for a file that is damaged here: it would stop the others."""
        return sha not in self._unreadable and have.get(sha, 0) < self._waiting[sha]
