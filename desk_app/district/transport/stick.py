"""Desks that come by stick: their files in, the answers beside them; the same frames as over the line.

A file may be handed in twice, torn or for somebody else: each is told, and nothing is taken wrongly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desk_app.district.district import District
from desk_app.district.failures import NothingToImportError
from desk_app.district.intake import enrolment
from desk_app.district.storage import Session, devices, logs
from desk_app.district.storage.devices import Device
from desk_app.district.storage.logs import FrameRow
from desk_app.errors import FileOverLimitError, FolderForFileError, LinkRefusedError, NotAFileError
from desk_app.protocol.batch import Batch, batch_frame
from desk_app.protocol.messages import Code, Frame, FrameKind, FrameReader, Refused, encoded
from desk_app.protocol.packing import Chain
from desk_app.sync.stick.stick_files import files_on, pieces_of, write_whole

REQUEST, ANSWER = ".cx", ".rcp.cx"
ENROL, ENROLLED = ".enrol.cx", ".enrolled.cx"
CARD = "cap-tren.card"
"""The district's card for a desk that enrols by stick: what /v1/hub tells over the line."""
_OURS = (ANSWER, ENROLLED)
_MOST_ENROL = 64 << 10
_KIND = 3  # where a frame says what it is

_TOLD = {
    Code.OK: "đã nhận",
    Code.GAP: "đã nhận; còn thiếu đoạn giữa, quầy sẽ gửi bù",
    Code.FORK: "một phần được để riêng: quầy đã được khôi phục hoặc chép sang máy khác",
    Code.NOT_OWNER: "một phần được để riêng: máy này ghi vào sổ của máy khác",
    Code.REVOKED: "máy đã bị thu hồi: mọi thứ được để riêng chờ xem",
    Code.UNKNOWN_DEVICE: "máy này chưa được ghép ở đây; không nhận gì",
    Code.WRONG_RECIPIENT: "không gửi cho cấp trên này; không nhận gì",
    Code.NO_HELLO: "phần đầu bị hỏng hoặc đứt; không nhận gì, chép lại từ quầy",
    Code.NOT_CX: "bị hỏng; phần đọc được đã nhận, chép lại từ quầy",
    Code.BAD_CODE: "mã ghép sai, đã dùng hoặc hết hạn; làm mã mới bằng desk-district enrol",
    Code.VERSION: "do bản chương trình mới hơn ghi; cập nhật chương trình cấp trên rồi nhập lại",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What became of one file: its code, the answer's file ("" for none), events kept; `is_torn` when it ends early.

    `problem` says why a thing of that name is no file of a desk at all: a link, a folder, a pipe, far too large.
    """

    file: str
    code: Code
    answer: str
    events: int
    is_torn: bool
    problem: str = ""

    @property
    def told(self) -> str:
        if self.problem:
            return self.problem.rstrip(".")
        said = _TOLD.get(self.code, f"có phần không nhận được ({self.code.value}), quầy sẽ gửi lại")
        return said + ("; tệp đứt giữa chừng, phần còn nguyên đã nhận" if self.is_torn and self.answer else "")


def take_in(district: District, place: Path) -> list[Handed]:
    """Every file of a desk in a folder, or one file; each answer is written beside its question.

    Raises `NothingToImportError` and the errors of a stick.
    """
    is_folder = place.is_dir() or not place.exists()
    files = [file for file in files_on(place, REQUEST) if not file.name.endswith(_OURS)] if is_folder else [place]
    if not files:
        raise NothingToImportError(folder=place)
    return [_handed(district, file) for file in files]


def hand_out(district: District, folder: Path, *, unit: str = "", since: int = 0) -> list[tuple[str, int]]:
    """For each active desk (of a unit) a file with what came since (UTC ms), sealed to it; names and events.

    A desk that holds some of it takes the rest. Also writes the card that a new desk needs. Raises as `take_in`.
    """
    made = []
    _written(folder, CARD, [encoded(district.identity.card)])
    with district.storage.reading() as session:
        for device in devices.every(session, unit=unit or None):
            if device.role == "desk" and not device.is_revoked:
                name = f"cap-tren-{device.unit}-{device.desk}{REQUEST}"
                count = _Counted()
                _written(folder, name, count.through(_frames(session, district, device, since)))
                made.append((name, count.events))
    return made


def write_card(district: District, folder: Path) -> Path:
    """Put the district's card where a desk that enrols by stick will look for it."""
    return _written(folder, CARD, [encoded(district.identity.card)])


def _handed(district: District, file: Path) -> Handed:
    """One file; what is no file of a desk at all is told, and the others are taken in."""
    try:
        return _enrolled(district, file) if file.name.endswith(ENROL) else _taken(district, file)
    except (FileOverLimitError, FolderForFileError, LinkRefusedError, NotAFileError) as error:
        return Handed(file=file.name, code=Code.NOT_CX, answer="", events=0, is_torn=False, problem=str(error))


def _taken(district: District, file: Path) -> Handed:
    """Like a request over the line, but as long as it likes."""
    before = _events(district)
    exchange = district.exchange(is_carried=True)
    reader = FrameReader(district.identity.keys.kid)
    damage: Code | None = None
    try:
        for frame in _frames_in(reader, file):
            done = exchange.take(frame)
            if done is not None:
                exchange.settle(done)
            if exchange.is_over:
                break
    except Refused as refused:
        damage = refused.code
    answer = exchange.answer()
    name = ""
    if answer.body:
        name = _written(file.parent, file.name.removesuffix(REQUEST) + ANSWER, [answer.body]).name
    code = damage if damage is not None and answer.code in (Code.OK, Code.NO_HELLO) else answer.code
    return Handed(
        file=file.name, code=code, answer=name, events=_events(district) - before, is_torn=bool(reader.pending)
    )


def _enrolled(district: District, file: Path) -> Handed:
    try:
        request = b"".join(pieces_of(file, most=_MOST_ENROL))
        answer = enrolment.answer(district.storage, district.identity, request, at=district.clock())
    except Refused as refused:
        return Handed(file=file.name, code=refused.code, answer="", events=0, is_torn=False)
    name = _written(file.parent, file.name.removesuffix(ENROL) + ENROLLED, [answer]).name
    is_in = answer[_KIND] == FrameKind.ENROLLED
    return Handed(file=file.name, code=Code.OK if is_in else Code.BAD_CODE, answer=name, events=0, is_torn=False)


def _frames_in(reader: FrameReader, file: Path) -> Iterator[Frame]:
    for piece in pieces_of(file):
        yield from reader.feed(piece)


def _frames(session: Session, district: District, device: Device, since: int) -> Iterator[tuple[bytes, int]]:
    """Sealed frames for this desk, the certificates first, with how many events each holds."""
    readable = logs.readable(session, device.unit, device.kid)
    chain = Chain()
    for log in sorted(readable, key=lambda each: (each.scope != "*", each.kid != district.identity.keys.kid, each.n)):
        if log.kid == device.kid:
            continue
        seq = 0
        while found := logs.frames_after(session, log.log, seq):
            for frame in found:
                seq = frame.last
                if frame.received_at >= since or log.scope == "*":
                    yield _sealed(frame, log.kid, device, chain), frame.last - frame.first + 1


def _sealed(frame: FrameRow, author: bytes, device: Device, chain: Chain) -> bytes:
    batch = Batch(
        author=author,
        signature=frame.signature,
        log=frame.log,
        first=frame.first,
        prev8=frame.prev[:8],
        bodies=tuple(frame.bodies()),
    )
    return batch_frame(batch, device.public, chain=chain)


class _Counted:
    """Counts the events of frames on their way into a file."""

    def __init__(self) -> None:
        self.events = 0

    def through(self, frames: Iterator[tuple[bytes, int]]) -> Iterator[bytes]:
        for frame, events in frames:
            self.events += events
            yield frame


def _written(folder: Path, name: str, pieces: Iterator[bytes] | list[bytes]) -> Path:
    return write_whole(folder, name, pieces)[0]


def _events(district: District) -> int:
    with district.storage.reading() as session:
        row = session.one("SELECT CAST(COALESCE(SUM(seq), 0) AS BIGINT) FROM log")
    return int(row[0]) if row else 0
