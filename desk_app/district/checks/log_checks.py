"""Proves each log: unbroken from its first event, signed by its writer, as long and as full as its row says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desk_app.district.intake import batch_checks
from desk_app.district.keys.identity import Identity
from desk_app.district.storage import Session, devices, logs, own_logs
from desk_app.district.storage.devices import Device
from desk_app.district.storage.logs import FrameRow, LogRow
from desk_app.protocol.batch import chain, checkpoint
from desk_app.protocol.event_body import first_hash, is_hole
from desk_app.protocol.keys import PublicKeys
from desk_app.protocol.messages import Refused


def problems(session: Session, identity: Identity) -> Iterator[str]:
    """What is wrong with the logs and their frames, a sentence each."""
    known = {device.kid: device for device in devices.every(session)}
    numbers: dict[int, bytes] = {}
    for log in logs.every(session):
        told = f"Sổ {log.log.hex()[:16]}"
        for what in _of_row(log, known):
            yield f"{told}: {what}."
        if log.n in numbers:
            yield f"{told}: trùng số thứ tự với sổ {numbers[log.n].hex()[:16]}."
        numbers[log.n] = log.log
        for what in _of_frames(session, log, _keys(log, known, identity)):
            yield f"{told}: {what}."
    orphans = session.all("SELECT DISTINCT log FROM frame WHERE log NOT IN (SELECT log FROM log) LIMIT 100")
    for (name,) in orphans:
        yield f"Sổ {bytes(name).hex()[:16]}: còn các lô nhưng mất dòng của sổ."


def _of_row(log: LogRow, known: Mapping[bytes, Device]) -> Iterator[str]:
    is_ours = bool(own_logs.scope_of(log.log, [log.scope]))
    writer = known.get(log.kid)
    if writer is not None and writer.role == devices.DESK:
        if writer.unit != log.scope:
            yield f"ghi là của đơn vị {log.scope}, máy viết sổ thuộc {writer.unit}"
    elif not is_ours:
        yield "không rõ máy nào viết"
    if not 0 <= log.safe <= log.seq:
        yield f"ghi là đã sao lưu {log.safe} việc, sổ có {log.seq}"


def _keys(log: LogRow, known: Mapping[bytes, Device], identity: Identity) -> PublicKeys | None:
    """Keys nobody knows any more (operational keys that were replaced) leave the chain as the only witness."""
    if log.kid == identity.keys.kid:
        return identity.keys.public
    return known[log.kid].public if log.kid in known else None


def _of_frames(session: Session, log: LogRow, keys: PublicKeys | None) -> Iterator[str]:
    at, head, receptions, lamport = 0, first_hash(log.log), 0, 0
    is_read = True
    while found := logs.frames_after(session, log.log, at):
        for frame in found:
            if frame.first != at + 1:
                yield (
                    f"thiếu việc số {at + 1} đến {frame.first - 1}"
                    if frame.first > at
                    else (f"lô từ việc số {frame.first} chồng lên lô trước")
                )
            if frame.prev != head and frame.first == at + 1:
                yield f"lô từ việc số {frame.first} không nối với việc trước nó"
            if why := frame_problem(frame, keys):
                is_read = False
                yield f"lô từ việc số {frame.first} {why}"
            else:
                counted, highest = receptions_in(frame)
                receptions, lamport = receptions + counted, max(lamport, highest)
            at, head = max(frame.last, at + 1), frame.head
    if (at, head) != (log.seq, log.head):
        yield f"ghi là có {log.seq} việc, các lô có {at}" if at != log.seq else "dấu cuối sổ không khớp với lô cuối"
    if is_read and receptions != log.receptions:
        yield f"ghi là có {log.receptions} lần tiếp nhận, đếm trong các lô được {receptions}"
    if is_read and lamport > log.lamport:
        yield "đồng hồ thứ tự của sổ bị lùi"


def frame_problem(frame: FrameRow, keys: PublicKeys | None) -> str:
    """What is wrong with a frame, "" when nothing is; `keys` None where nobody knows its writer's any more."""
    try:
        bodies = frame.bodies()
        if frame.last != frame.first + len(bodies) - 1 or not bodies:
            return "có số việc khác dòng của nó"
        if chain(frame.prev, bodies)[-1] != frame.head:
            return "có việc bị sửa: chuỗi xác thực bị đứt"
        if keys is not None:
            keys.verify(frame.signature, checkpoint(frame.log, frame.last, frame.head))
    except Refused as refused:
        return f"hỏng hoặc không phải máy này ký ({refused.code.value})"
    return ""


def receptions_in(frame: FrameRow) -> tuple[int, int]:
    """How many receptions a sound frame holds, as the intake counts them, and its highest lamport."""
    bodies = frame.bodies()
    flags, lamport = batch_checks.glimpses(tuple(bodies))
    return sum(one and not is_hole(body) for one, body in zip(flags, bodies, strict=True)), lamport
