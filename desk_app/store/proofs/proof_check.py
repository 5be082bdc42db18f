"""Compares the journal with what others signed of it: receipts, colleagues' and the district's signatures, orders to
erase, the seals of day reports. Each sentence is without personal data.

A chain of hashes can be made anew by whoever holds the keys of the machine; these cannot. A hole in a chain vouches for
nothing before it, so each hole is compared with the order that made it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from desk_app import typed_values
from desk_app.domain.calendar.moments import shown_day
from desk_app.protocol.batch import checkpoint
from desk_app.protocol.event_body import ERASED
from desk_app.protocol.keys import SIGNATURE, Certificate, PublicKeys
from desk_app.protocol.messages import Refused
from desk_app.store.database.database import DeskDatabase
from desk_app.store.journal import logs
from desk_app.store.journal.rows import OPEN, OTHERS
from desk_app.store.peers import devices
from desk_app.store.proofs import receipts, seals


def problems(db: DeskDatabase) -> Iterator[str]:
    """What does not agree, a sentence each."""
    yield from _of_receipts(db)
    yield from _of_seals(db)
    yield from _of_holes(db)
    yield from _of_signatures(db)


def _of_receipts(db: DeskDatabase) -> Iterator[str]:
    if receipts.are_gone(db):
        yield "Biên nhận mới nhất của cấp trên đã bị lấy khỏi dữ liệu: sổ không đối chiếu được, có thể đã bị sửa."
    kept = receipts.all(db)
    for log in dict.fromkeys(name for one in kept for name in one.logs):
        found = receipts.contradicted(db, log, kept)
        if found is not None:
            after = max((one.logs[log].seq for one in kept if log in one.logs and _agrees(db, log, one)), default=0)
            last = max(found.seq, after + 1)
            numbers = f"số {last}" if last == after + 1 else f"số {after + 1} đến {last}"
            yield (
                f"Sổ {log.hex()[:8]}: khác biên nhận mà cấp trên ký ngày {shown_day(found.at)}: trong các việc "
                f"{numbers} có việc bị sửa, thêm hoặc bớt sau khi đã xác nhận."
            )


def _agrees(db: DeskDatabase, log: bytes, kept: receipts.KeptReceipt) -> bool:
    return (logs.hash_at(db, log, kept.logs[log].seq) or b"")[:8] == kept.logs[log].head


def _of_seals(db: DeskDatabase) -> Iterator[str]:
    for seal in seals.all(db):
        standing = logs.standing(db, seal.log)
        if standing is None or (seal.seq > standing.seq and standing.own != OPEN):
            continue  # a closed log may still be on its way back from the district
        if logs.hash_at(db, seal.log, seal.seq) == seal.hash or _was_aside(db, seal):
            continue
        yield (
            f"Sổ {seal.log.hex()[:8]}: khác dấu trên báo cáo kết thúc ngày {seal.day} (đến việc số {seal.seq}): "
            "có việc bị sửa, thêm hoặc bớt sau ngày đó."
        )


def _was_aside(db: DeskDatabase, seal: seals.KeptSeal) -> bool:
    """What stood under the seal has left its place for the district's copy, and is kept."""
    sql = "SELECT 1 FROM orphan JOIN log ON log.id = orphan.log WHERE log.name = ? AND orphan.seq = ? AND hash = ?"
    return db.one(sql, (seal.log, seal.seq, seal.hash)) is not None


def _of_holes(db: DeskDatabase) -> Iterator[str]:
    """A body may be missing only where the district ordered it, behind the event that its order names."""
    sql = "SELECT log.name, event.seq, event.hash FROM event JOIN log ON log.id = event.log WHERE event.kind = ?"
    for log, seq, digest in db.all(sql, (ERASED,)):
        orders = db.all("SELECT before FROM redaction WHERE log = ? AND seq = ? AND hash = ?", (log, seq, digest))
        before = logs.hash_at(db, log, seq - 1)
        if not orders:
            yield f"Sổ {log.hex()[:8]}: việc số {seq} bị bỏ nội dung mà không có lệnh xóa của cấp trên."
        elif all(named not in (b"", before) for (named,) in orders):
            yield f"Sổ {log.hex()[:8]}: có việc trước số {seq} bị sửa: không khớp lệnh xóa của cấp trên."


def _of_signatures(db: DeskDatabase) -> Iterator[str]:
    """Others' logs stand as their writers signed them: at their end, and before each hole."""
    known = _keys(db)
    for one in logs.standings(db):
        keys = known.get(one.author or b"")
        if one.own != OTHERS or keys is None:
            continue
        for seq, signature in _checkpoints(db, one.log):
            try:
                keys.verify(signature, checkpoint(one.log, seq, logs.hash_at(db, one.log, seq) or b""))
            except Refused:
                yield (
                    f"Sổ {one.log.hex()[:8]} của nơi khác: có việc đến số {seq} bị sửa trên máy này, "
                    "không khớp chữ ký của người ghi."
                )
                break


def _checkpoints(db: DeskDatabase, log: bytes) -> list[tuple[int, bytes]]:
    """The last signature, and the last before each hole."""
    points = [point for point in logs.checkpoints(db, log, after=0) if logs.hash_at(db, log, point[0])]
    holes = db.all(
        "SELECT seq FROM event WHERE log = (SELECT id FROM log WHERE name = ?) AND kind = ? ORDER BY seq", (log, ERASED)
    )
    wanted = [max((seq for seq, _ in points if seq < hole), default=0) for (hole,) in holes]
    last = {seq for seq, _ in points[-1:]}
    return [point for point in points if point[0] in {*wanted, *last}]


def _keys(db: DeskDatabase) -> Mapping[bytes, PublicKeys]:
    """The keys of all devices and of the district, as their certificates name them."""
    found = {}
    for row in devices.all(db):
        try:
            keys = typed_values.from_msgpack(row.certificate[SIGNATURE:], Certificate).public
        except (msgspec.DecodeError, Refused):
            continue
        if keys.kid == row.kid:
            found[row.kid] = keys
    return found
