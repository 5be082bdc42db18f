"""Proves everything the district keeps from its logs, in one snapshot; and makes what is derived from them anew."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from desk_app.district.admin import audit
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.checks import device_checks, file_checks, log_checks, projection_check, seal_checks
from desk_app.district.failures import StillReadingError
from desk_app.district.storage import Session, dossiers, logs
from desk_app.protocol.messages import Refused

_TRIES = 5


class DistrictCheck(Struct, frozen=True, kw_only=True):
    """What was read and what is wrong with it, a sentence each."""

    logs: tuple[tuple[str, int, str], ...]
    events: int
    frames: int
    dossiers: int
    files: int
    problems: tuple[str, ...]


def check(office: DistrictOffice) -> DistrictCheck:
    """Read all of it; nothing is changed but that waiting frames are read first.

    Raises `StillReadingError` where desks send faster than frames are read, and what a storage says.
    """
    district = office.district
    for _ in range(_TRIES):
        district.projection.catch_up()
        with district.storage.reading() as session:
            if not logs.unprojected(session, most=1):
                return _checked(session, office)
    raise StillReadingError


def rebuild(office: DistrictOffice) -> int:
    """Make the lists of dossiers and the counts of receptions again from the frames; of how many dossiers.

    A power cut in between loses nothing: what was not read yet is read at the next start.
    """
    district = office.district
    with district.storage.writing() as session:
        dossiers.forget_all(session)
        for log in logs.every(session):
            counted = _receptions(session, log.log)
            if counted != log.receptions:
                logs.put(session, replace(log, receptions=counted))
    district.projection.catch_up()
    with district.storage.reading() as session:
        ((made,),) = session.all("SELECT COUNT(*) FROM dossier")
    return int(made)


def _checked(session: Session, office: DistrictOffice) -> DistrictCheck:
    district = office.district
    counted: list[int] = []
    is_file = district.storage.kind == "sqlite"
    damage = session.all("PRAGMA integrity_check(20)") if is_file else [("ok",)]
    damage += session.all("PRAGMA cipher_integrity_check") if is_file else []
    problems = [
        *(f"Tệp cơ sở dữ liệu: {told}." for (told,) in damage if told != "ok"),
        *log_checks.problems(session, district.identity),
        *device_checks.problems(session, district.identity),
        *file_checks.problems(session),
        *seal_checks.problems(session),
        *_audit(session, office),
        *projection_check.problems(session, district, Path(office.folder), told=counted.append),
    ]
    found = logs.every(session)
    ((frames,),) = session.all("SELECT COUNT(*) FROM frame")
    ((files,),) = session.all("SELECT COUNT(*) FROM blob")
    return DistrictCheck(
        logs=tuple((log.log.hex(), log.seq, log.head.hex()) for log in found),
        events=sum(log.seq for log in found),
        frames=int(frames),
        dossiers=sum(counted),
        files=int(files),
        problems=tuple(problems),
    )


def _audit(session: Session, office: DistrictOffice) -> list[str]:
    wrong = audit.altered(session, office.district.identity)
    return [f"Nhật ký truy cập, dòng {n}: bị sửa, hoặc trước nó có dòng bị mất." for n in wrong[:50]]


def _receptions(session: Session, log: bytes) -> int:
    """Counted in the frames; one that cannot be read counts none."""
    counted, at = 0, 0
    while found := logs.frames_after(session, log, at):
        for frame in found:
            with suppress(Refused):
                counted += log_checks.receptions_in(frame)[0]
            at = max(frame.last, at + 1)
    return counted
