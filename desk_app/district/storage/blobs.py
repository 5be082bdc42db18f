"""Files that desks send in pieces: each continues where the last one ended, and the whole must hash to its name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from desk_app.district.storage.contract import Session
from desk_app.protocol.batch import Blob
from desk_app.protocol.messages import Code

MOST_SIZE = 64 << 20
"""The longest file that is taken, in bytes."""


def have(session: Session, scope: str, shas: list[bytes]) -> dict[bytes, int]:
    """How many bytes are here of each of these files of a unit; 0 for those that are not."""
    marks = ", ".join("?" for _ in shas)
    where = f"scope = ? AND sha IN ({marks})"
    rows = session.all(f"SELECT sha, have FROM blob WHERE {where}", [scope, *shas]) if shas else []
    return {**dict.fromkeys(shas, 0), **dict(rows)}


def append(session: Session, scope: str, piece: Blob, *, at: int) -> Code:
    """Keep what of the piece is new. GAP when something before it is lacking; BAD_COUNT when the whole is not what
    its name says, and then nothing of it is kept.
    """
    if piece.size > MOST_SIZE or not piece.size:
        return Code.TOO_LARGE
    row = session.one("SELECT size, have FROM blob WHERE scope = ? AND sha = ?", (scope, piece.sha))
    size, held = row or (piece.size, 0)
    if size != piece.size:
        return Code.BAD_COUNT
    if piece.offset > held:
        return Code.GAP
    data = piece.data[held - piece.offset :]
    if not data:
        return Code.DUP
    if row is None:
        session.run("INSERT INTO blob(scope, sha, size, have, at) VALUES(?, ?, ?, 0, ?)", (scope, piece.sha, size, at))
    sealed = session.seals.sealed("blob_piece", "data", (scope, piece.sha, held), data)
    session.run("INSERT INTO blob_piece(scope, sha, start, data) VALUES(?, ?, ?, ?)", (scope, piece.sha, held, sealed))
    held += len(data)
    session.run("UPDATE blob SET have = ? WHERE scope = ? AND sha = ?", (held, scope, piece.sha))
    if held == size and not _is_whole(session, scope, piece.sha):
        _forget(session, scope, piece.sha)
        return Code.BAD_COUNT
    return Code.OK


def pieces(session: Session, scope: str, sha: bytes) -> Iterator[bytes]:
    """A file's bytes in order, as far as they are here."""
    starts = session.all("SELECT start FROM blob_piece WHERE scope = ? AND sha = ? ORDER BY start", (scope, sha))
    for (start,) in starts:
        row = session.one("SELECT data FROM blob_piece WHERE scope = ? AND sha = ? AND start = ?", (scope, sha, start))
        if row:
            yield session.seals.opened("blob_piece", "data", (scope, sha, start), bytes(row[0]))


def drop(session: Session, scope: str, sha: str) -> None:
    """Erase a unit's file, by its SHA-256 in hex. Where another dossier has it too, a desk will send it again."""
    try:
        name = bytes.fromhex(sha)
    except ValueError:
        return
    _forget(session, scope, name)


def _forget(session: Session, scope: str, sha: bytes) -> None:
    session.run("DELETE FROM blob_piece WHERE scope = ? AND sha = ?", (scope, sha))
    session.run("DELETE FROM blob WHERE scope = ? AND sha = ?", (scope, sha))


def _is_whole(session: Session, scope: str, sha: bytes) -> bool:
    digest = hashlib.sha256()
    for piece in pieces(session, scope, sha):
        digest.update(piece)
    return digest.digest() == sha
