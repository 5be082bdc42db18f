"""What one round or one stick does, put together: the membership, notices' effects, files, and what is told after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

from desk_app.domain.moments import milliseconds
from desk_app.errors import DamagedStickError, DeskError, EmptyStickError, FileGoneError, ForeignStickError
from desk_app.protocol.batch import Blob, blob_frame
from desk_app.protocol.keys import PublicKeys
from desk_app.protocol.messages import MAX_BLOB
from desk_app.services.desk import Desk
from desk_app.services.sync_records import Exchanged
from desk_app.services.sync_status import clock_warning, lines_set_aside
from desk_app.store import files, logs, profile_head, restored, sync_state
from desk_app.store.database import DeskDatabase, unit_of_work
from desk_app.store.head import sync_head
from desk_app.sync import clocks, identity, rounds, stick, stick_intake
from desk_app.sync.effects import Effects
from desk_app.sync.files_lane import DAY_BYTES, FilesLane
from desk_app.sync.identity import Member
from desk_app.sync.rounds import Progress
from desk_app.sync.stick_files import files_on, see_stick
from desk_app.sync.stick_intake import TakenIn

_ENROLMENT = (".enrol.cx", ".enrolled.cx")


def over_the_line(
    desk: Desk, *, progress: Callable[[Progress], None], stop: Event, url: str, with_files: bool
) -> Exchanged:
    """One round; raises as `syncing.synchronise` does."""
    member = identity.load(desk.db, desk.data)
    effects = Effects(member)
    source = FilesOfDesk(desk.db)
    lane = FilesLane(source, budget=_budget(desk)) if with_files else None
    try:
        done = rounds.run(
            desk.db, member, clock=desk.clock, progress=progress, stop=stop, effects=effects, lane=lane, url=url
        )
    finally:
        _see_to_the_end(desk)
    return Exchanged(
        sent=done.sent,
        received=done.received,
        confirmed=done.confirmed,
        waiting=done.waiting,
        set_aside=lines_set_aside(desk),
        bytes_sent=done.bytes_sent,
        bytes_received=done.bytes_received,
        exchanges=done.exchanges,
        dossiers=done.dossiers,
        law_changed=effects.law_changed,
        clock_warning=clock_warning(done.clock_offset),
        told=_told(sent=done.sent, received=done.received, waiting=done.waiting),
    )


def out_on_stick(desk: Desk, folder: Path, *, to_desk: int, with_files: bool) -> Exchanged:
    """One file out; raises as `syncing.export_stick` does."""
    member = identity.load(desk.db, desk.data)
    at = milliseconds(desk.clock())
    if to_desk:
        made = stick.export_to_colleague(desk.db, member, folder, desk=to_desk, at=at)
        told = f"Đã ghi {made.events} việc cho quầy {to_desk} vào tệp {made.file.name}."
    else:
        source = FilesOfDesk(desk.db) if with_files else None
        made = stick.export(desk.db, member, folder, at=at, files=source)
        what = f"{made.events} việc" if made.events else "lời hỏi tin của cấp trên, không có việc nào chờ gửi,"
        told = f"Đã ghi {what} vào tệp {made.file.name}. Mang USB tới cấp trên; nhận trả lời rồi mới là đã gửi."
    return Exchanged(
        sent=made.events,
        waiting=logs.waiting(desk.db).events,
        set_aside=lines_set_aside(desk),
        bytes_sent=made.size,
        files=(made.file,),
        told=told,
    )


def in_from_stick(desk: Desk, place: Path) -> Exchanged:
    """Every file there that is for this desk; raises as `syncing.import_stick` does."""
    member = identity.load(desk.db, desk.data)
    ours, others, problems = _sorted(place, member)
    effects = Effects(member)
    taken: list[tuple[Path, TakenIn]] = []
    try:
        for file in ours:
            try:
                taken.append(
                    (
                        file,
                        stick_intake.take_in(
                            desk.db, member, file, effects=effects, now=lambda: milliseconds(desk.clock())
                        ),
                    )
                )
            except DeskError as error:
                problems.append(error)
    finally:
        _see_to_the_end(desk)
    if not taken:
        if problems:
            raise problems[0]
        raise ForeignStickError(file=others[0].name) if others else EmptyStickError()
    problems += [one.problem for _, one in taken if one.problem is not None]
    received, confirmed = sum(one.received for _, one in taken), sum(one.confirmed for _, one in taken)
    waiting = logs.waiting(desk.db).events
    told = [f"Đã nhận {received} việc từ {len(taken)} tệp; cấp trên xác nhận thêm {confirmed} việc của quầy này."]
    told += [f"{problem} {problem.remedy}" for problem in problems]
    return Exchanged(
        received=received,
        confirmed=confirmed,
        waiting=waiting,
        set_aside=lines_set_aside(desk),
        files=tuple(file for file, _ in taken),
        dossiers=tuple(dict.fromkeys(dossier for _, one in taken for dossier in one.dossiers)),
        law_changed=effects.law_changed,
        told=" ".join(told),
    )


class FilesOfDesk:
    """The desk's attached files, as the lane and the stick want them."""

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


def _sorted(place: Path, member: Member) -> tuple[list[Path], list[Path], list[DeskError]]:
    """Files sealed to this desk, those to nobody here, and what is wrong with the others.

    What goes to the district merely passes by; what belongs to an enrolment is `enrolling`'s.
    """
    if not place.is_file():
        see_stick(place)
    found = [place] if place.is_file() else files_on(place, stick.FILE)
    ours: list[Path] = []
    others: list[Path] = []
    problems: list[DeskError] = []
    for file in found:
        if file.name.endswith(_ENROLMENT):
            continue
        try:
            recipient = stick_intake.recipient_of(file)
        except DamagedStickError as error:
            problems.append(error)
            continue
        if recipient == member.keys.kid:
            ours.append(file)
        elif recipient != member.district_keys.kid:
            others.append(file)
    return ours, others, problems


def _budget(desk: Desk) -> int:
    state = sync_state.get(desk.db)
    today = clocks.day_of(milliseconds(desk.clock()))
    return max(0, DAY_BYTES - (state.file_bytes_today if state.day == today else 0))


def _see_to_the_end(desk: Desk) -> None:
    """What is right after every exchange, also one that broke off: the clock learned, the head noted where it lasts."""
    desk.learn_clock()
    restored.settle_returned(desk.db)
    sync_head(desk.data)
    profile_head.note(desk.data)


def _told(*, sent: int, received: int, waiting: int) -> str:
    told = f"Đã gửi {sent} việc, nhận {received} việc."
    return f"{told} Còn {waiting} việc chờ gửi." if waiting else f"{told} Cấp trên đã xác nhận đủ."
