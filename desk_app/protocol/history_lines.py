"""A line of a log as `domain.history.rewriting` compares it."""

from __future__ import annotations

import msgspec

from desk_app.domain.history import moved
from desk_app.domain.history.rewriting import HistoryLine
from desk_app.protocol.event_body import columns_of, is_hole


def history_line(seq: int, body: str | bytes, digest: bytes) -> HistoryLine:
    """The line with what its columns say; of a line that cannot be read nothing but its bytes."""
    line = body.encode() if isinstance(body, str) else body
    try:
        dossier, kind, lamport, at, *_ = columns_of(line)
    except msgspec.DecodeError:
        dossier, kind, lamport, at = "", "", 0, 0
    return HistoryLine(
        seq=seq,
        hash=digest,
        line=line,
        told=moved.told(line),
        dossier=dossier,
        kind=kind,
        lamport=lamport,
        at=at,
        is_hole=is_hole(line),
    )
