"""Attached files, kept encrypted in the data folder and named by what is in them; how much of each is here and there.

No file name tells what a file is: it is a keyed hash of the content's own.
"""

from __future__ import annotations

import hashlib
import hmac
import mimetypes
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from desk_app import foreign_folder
from desk_app.errors import FileGoneError, FileOverLimitError, FileTooLargeError, FileUnreadableError, of_system
from desk_app.own_files import held_files, owner_only
from desk_app.store.attachments.sealed_file import CHUNK, SealedFile, sealed_size
from desk_app.store.database.database import DeskDatabase, unit_of_work
from desk_app.store.database.failures import file_failures
from desk_app.store.database.schema import FILE_BLOCK

FOLDER = "files"
LARGEST = 50_000_000
_PIECE = CHUNK * 32
_WHOLE = "here = size AND size > 0"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file by the SHA-256 of its content in hex; `here` and `confirmed` are its bytes here and at the district."""

    sha: str
    size: int
    type: str
    here: int
    confirmed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedCopy:
    """A whole file as it lies sealed: its number, its name, its bytes so, where it is, and what proves its content."""

    n: int
    name: str
    size: int
    path: Path | None
    key: bytes
    sha: str
    plain_size: int

    def at(self, path: Path) -> SealedCopy:
        """The same file in another place."""
        return replace(self, path=path)


def add(db: DeskDatabase, path: Path) -> KeptFile:
    """Take a copy of the file at `path`; the same content is kept once.

    Raises `FileUnreadableError`, `FileTooLargeError`, and the disk's own failures.
    """
    try:
        content = foreign_folder.whole(path, most=LARGEST)
    except FileOverLimitError as error:
        raise FileTooLargeError(name=path.name, most=LARGEST // 1_000_000) from error
    except OSError as error:
        raise FileUnreadableError(of_system(error, path), name=path.name) from error
    sha = hashlib.sha256(content).hexdigest()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    known = get(db, sha)
    if known is None or known.here < known.size or not _sealed(db, sha).path.exists():
        _write_whole(db, sha, content)
    with unit_of_work(db):
        _note(db, sha, size=len(content), kind=kind, here=len(content))
    return KeptFile(sha=sha, size=len(content), type=kind, here=len(content), confirmed=known.confirmed if known else 0)


def sealed_copies(
    db: DeskDatabase, key: bytes, data: Path, *, within: Iterable[range] = (range(1, 1 << 62),)
) -> list[SealedCopy]:
    """Every file that is whole here, as `db` tells of it, or those with numbers `within` these spans.

    `key` is the desk's, `data` where the files lie.
    """
    own = hmac.digest(key, b"desk files", "sha256")
    sql = f"SELECT n, sha, size FROM file WHERE {_WHOLE} AND n BETWEEN ? AND ? ORDER BY n"
    rows = [row for span in within for row in db.all(sql, (span[0], span[-1]))]
    return [_copy(data, own, row) for row in rows]


def sealed_total(db: DeskDatabase) -> tuple[int, int]:
    """How many files are whole here, and their bytes as they lie sealed."""
    return total_of(sealed_sums(db))


def total_of(sums: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """All blocks of `sealed_sums` together."""
    counts, sizes = zip((0, 0), *sums, strict=True)
    return sum(counts), sum(sizes)


def sealed_sums(db: DeskDatabase) -> tuple[tuple[int, int], ...]:
    """The same of each block of `FILE_BLOCK` numbers, the first block first."""
    pieces, longer = f"((size + {CHUNK - 1}) / {CHUNK})", sealed_size(1) - 1
    sums = f"count(*), sum(size + {pieces} * {longer})"
    rows = db.all(f"SELECT (n - 1) / {FILE_BLOCK}, {sums} FROM file WHERE {_WHOLE} GROUP BY 1")
    found = {block: (count, size) for block, count, size in rows}
    return tuple(found.get(block, (0, 0)) for block in range(max(found, default=-1) + 1))


def is_whole_here(db: DeskDatabase, sha: str) -> bool:
    """Whether the desk has all of the file, as its table tells."""
    return db.one(f"SELECT 1 FROM file WHERE sha = ? AND {_WHOLE}", (sha,)) is not None


def is_whole(kept: SealedCopy) -> bool:
    """Whether what lies there opens and is the content that the name promises."""
    if kept.path is None:
        return False
    sealed, reckoned = SealedFile(kept.path, kept.key, bytes.fromhex(kept.sha)), hashlib.sha256()
    try:
        for offset in range(0, kept.plain_size, _PIECE):
            reckoned.update(sealed.read_at(offset, _PIECE))
    except FileGoneError:
        return False
    return reckoned.hexdigest() == kept.sha


def get(db: DeskDatabase, sha: str) -> KeptFile | None:
    found = db.one("SELECT sha, size, type, here, confirmed FROM file WHERE sha = ?", (sha,))
    return _kept(found) if found else None


def read_at(db: DeskDatabase, sha: str, offset: int, length: int) -> bytes:
    """Bytes of a file from `offset` on. Raises `FileGoneError`."""
    with file_failures(db.path.parent):
        return _sealed(db, sha).read_at(offset, length)


def receive(db: DeskDatabase, sha: str, size: int, offset: int, data: bytes) -> int:
    """Take in a piece of a file from elsewhere; how many of its bytes, from the first on, are then here.

    A piece behind a gap is not taken. When the last byte is here the whole is checked; what is not the file that its
    name promises is thrown away.
    """
    known = get(db, sha)
    here = known.here if known else 0
    new = data[max(0, here - offset) :]
    if not 0 < size <= LARGEST or offset > here or not new or here + len(new) > size:
        return here
    try:
        here = _grown(db, sha, here, new)
    except FileGoneError:  # the last chunk was torn by a power cut: begin again where the whole chunks end
        here = here // CHUNK * CHUNK
    if here == size and _digest(db, sha, size) != sha:
        with file_failures(db.path.parent):
            held_files.remove(_sealed(db, sha).path, missing_ok=True)
        here = 0
    with unit_of_work(db):
        _note(db, sha, size=size, kind="", here=here)
    return here


def confirm(db: DeskDatabase, sha: str, have: int) -> None:
    """The district has the first `have` bytes; what it lost in a restore is confirmed no longer."""
    db.execute("UPDATE file SET confirmed = min(?, size) WHERE sha = ?", (have, sha))


def unconfirm_all(db: DeskDatabase) -> None:
    """The district was restored from a backup: what it has of each file, it must be asked again."""
    db.execute("UPDATE file SET confirmed = 0 WHERE confirmed > 0")


def waiting_files(db: DeskDatabase) -> list[KeptFile]:
    """Files that are whole here and not at the district, the oldest first."""
    sql = "SELECT sha, size, type, here, confirmed FROM file WHERE here = size AND confirmed < size ORDER BY n"
    return [_kept(row) for row in db.all(sql)]


def forget_lost(db: DeskDatabase, sha: str) -> None:
    """Note that nothing of a file is here, so that the district is asked for all of it."""
    db.execute("UPDATE file SET here = 0 WHERE sha = ?", (sha,))


def forget_unused(db: DeskDatabase, sha: str) -> None:
    """Erase a file that no dossier has any more."""
    if get(db, sha) is not None and db.one("SELECT 1 FROM attachment WHERE sha = ?", (sha,)) is None:
        db.execute("DELETE FROM file WHERE sha = ?", (sha,))
        with file_failures(db.path.parent):
            held_files.remove(_sealed(db, sha).path, missing_ok=True)


def _write_whole(db: DeskDatabase, sha: str, content: bytes) -> None:
    """Beside its place first: a file half written never stands under its name."""
    sealed = _sealed(db, sha)
    with file_failures(db.path.parent):
        owner_only.make_folder(sealed.path.parent, exist_ok=True)
        beside = SealedFile(sealed.path.with_suffix(".new"), sealed.key, sealed.name)
        held_files.remove(beside.path, missing_ok=True)
        try:
            beside.write_at(0, content)
            held_files.replace(beside.path, sealed.path)
        except BaseException:
            held_files.remove(beside.path, missing_ok=True)
            raise


def _grown(db: DeskDatabase, sha: str, here: int, new: bytes) -> int:
    sealed = _sealed(db, sha)
    with file_failures(db.path.parent):
        owner_only.make_folder(sealed.path.parent, exist_ok=True)
        sealed.write_at(here, new)
    return here + len(new)


def _digest(db: DeskDatabase, sha: str, size: int) -> str:
    reckoned = hashlib.sha256()
    for offset in range(0, size, _PIECE):
        reckoned.update(read_at(db, sha, offset, _PIECE))
    return reckoned.hexdigest()


def _note(db: DeskDatabase, sha: str, *, size: int, kind: str, here: int) -> None:
    db.execute(
        "INSERT INTO file(sha, size, type, here) VALUES(?,?,?,?) ON CONFLICT(sha) DO UPDATE SET here = excluded.here,"
        " type = CASE WHEN excluded.type = '' THEN type ELSE excluded.type END",
        (sha, size, kind, here),
    )


def _sealed(db: DeskDatabase, sha: str) -> SealedFile:
    key = db.derived_key(b"files")
    digest = bytes.fromhex(sha)
    return SealedFile(db.path.parent / FOLDER / _name_of(key, digest), key, digest)


def _copy(data: Path, key: bytes, row: tuple[int, str, int]) -> SealedCopy:
    n, sha, size = row
    name = _name_of(key, bytes.fromhex(sha))
    path = data / FOLDER / name
    return SealedCopy(n=n, name=name, size=sealed_size(size), path=path, key=key, sha=sha, plain_size=size)


def _name_of(key: bytes, digest: bytes) -> str:
    return hmac.digest(key, digest, "sha256")[:16].hex()


def _kept(row: tuple[str, int, str, int, int]) -> KeptFile:
    sha, size, kind, here, confirmed = row
    return KeptFile(sha=sha, size=size, type=kind, here=here, confirmed=confirmed)
