"""Proves files by their SHA-256, and what was set aside by its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from desk_app.district.storage import Session, blobs, quarantine, table_copy
from desk_app.protocol.event_body import is_hole
from desk_app.protocol.messages import Refused


def problems(session: Session) -> Iterator[str]:
    """What is wrong with files and with batches set aside, a sentence each."""
    for rows in table_copy.pieces(session, "blob"):
        for scope, sha, size, held, _ in rows:
            if why := _of_file(session, scope, bytes(sha), size, held):
                yield f"Tệp {bytes(sha).hex()[:16]} của {scope}: {why}."
    lost = session.all(
        "SELECT DISTINCT p.scope, p.sha FROM blob_piece p LEFT JOIN blob b ON b.scope = p.scope AND b.sha = p.sha"
        " WHERE b.sha IS NULL LIMIT 100"
    )
    for scope, sha in lost:
        yield f"Tệp {bytes(sha).hex()[:16]} của {scope}: còn nội dung nhưng mất dòng của tệp."
    for (digest,) in session.all("SELECT digest FROM quarantine ORDER BY digest"):
        if not _is_as_it_came(session, bytes(digest)):
            yield f"Lô để riêng {bytes(digest).hex()[:16]}: nội dung bị sửa."


def _of_file(session: Session, scope: str, sha: bytes, size: int, held: int) -> str:
    digest, length = hashlib.sha256(), 0
    for start, piece in _pieces(session, scope, sha):
        if start != length:
            return f"thiếu đoạn từ byte {length}"
        digest.update(piece)
        length += len(piece)
    if length != held or held > size:
        return f"ghi là đã nhận {held} byte, đang giữ {length}"
    return "nội dung bị sửa" if held == size and digest.digest() != sha else ""


def _pieces(session: Session, scope: str, sha: bytes) -> Iterator[tuple[int, bytes]]:
    starts = session.all("SELECT start FROM blob_piece WHERE scope = ? AND sha = ? ORDER BY start", (scope, sha))
    for (start,), piece in zip(starts, blobs.pieces(session, scope, sha), strict=True):
        yield start, piece


def _is_as_it_came(session: Session, digest: bytes) -> bool:
    kept = quarantine.get(session, digest)
    if kept is None:
        return False
    try:
        batch = kept.batch()
    except Refused:
        return False
    if kept.last != kept.first + len(batch.bodies) - 1:
        return False
    # where a body was erased by decree, the digest is of what was there before
    return any(map(is_hole, batch.bodies)) or quarantine.digest_of(batch) == digest
