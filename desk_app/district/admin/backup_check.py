"""Reads a copy as a stranger would: the file whole, every chain unbroken, every signature its writer's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desk_app.district.checks import file_checks, log_checks
from desk_app.district.failures import BadBackupError
from desk_app.district.keys.identity import ROOT, Identity
from desk_app.district.storage import Session, devices, logs, meta
from desk_app.district.storage.logs import LogRow
from desk_app.protocol.event_body import first_hash
from desk_app.protocol.keys import PublicKeys


@dataclass(frozen=True, slots=True)
class Checked:
    """What a sound copy holds: the last number of each log, how many frames; what was spoilt before it was copied."""

    covered: dict[bytes, int]
    frames: int
    damaged: tuple[str, ...] = ()


def check(
    session: Session,
    identity: Identity,
    *,
    file: str,
    source: Session | None = None,
    pause: Callable[[], None] = lambda: None,
) -> Checked:
    """What the copy holds, if it is this district's and sound; `session` reads it.

    A file that is spoilt is passed over only where `source`, of which the copy was made, has it spoilt as well: one bad
    file must not leave a district without any copy. Raises `BadBackupError`.
    """
    if session.all("PRAGMA cipher_integrity_check") or session.all("PRAGMA integrity_check") != [("ok",)]:
        raise BadBackupError(file=file, why="tệp bị hỏng")
    if meta.get(session, ROOT) != identity.card.root:
        raise BadBackupError(file=file, why="của một cấp trên khác")
    keys = {device.kid: device.public for device in devices.every(session)}
    keys[identity.keys.kid] = identity.keys.public
    covered: dict[bytes, int] = {}
    frames = 0
    for log in logs.every(session):
        why, number = _checked(session, log, keys.get(log.kid))
        if why:
            raise BadBackupError(file=file, why=why)
        covered[log.log] = log.seq
        frames += number
        pause()
    damaged = tuple(file_checks.problems(session))
    if damaged and source is not None and not set(damaged) <= set(file_checks.problems(source)):
        raise BadBackupError(file=file, why="có tệp đọc lại không đúng")
    return Checked(covered, frames, damaged)


def _checked(session: Session, log: LogRow, keys: PublicKeys | None) -> tuple[str, int]:
    """What is wrong with a log, "" when nothing is, and how many frames it has."""
    at, head, number = 0, first_hash(log.log), 0
    while found := logs.frames_after(session, log.log, at):
        for frame in found:
            if frame.first != at + 1 or frame.prev != head:
                return "sổ có chỗ thiếu hoặc đứt", number
            if why := log_checks.frame_problem(frame, keys):
                return f"có lô {why}", number
            at, head, number = frame.last, frame.head, number + 1
    return ("", number) if (at, head) == (log.seq, log.head) else ("sổ thiếu phần cuối", number)
