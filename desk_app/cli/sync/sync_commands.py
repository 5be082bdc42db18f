"""enrol, sync, stick, announcements: exchanging with the district, from the terminal."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from desk_app.cli.opening import opened, text_or_stdin
from desk_app.errors import BadFactError, DeskError, MissingFactError
from desk_app.lazy import lazy
from desk_app.services.desk.desk import Desk
from desk_app.services.sync import status as sync_status
from desk_app.terminal import Answer

if TYPE_CHECKING:
    from desk_app.services.sync import enrolling, syncing
    from desk_app.services.sync.enrolling import EnrolmentOffer
    from desk_app.services.sync.records import Exchanged, SetAsideLine
    from desk_app.sync.line.progress import Progress
else:
    enrolling = lazy("desk_app.services.sync.enrolling")
    syncing = lazy("desk_app.services.sync.syncing")

_STAGES = {
    "connecting": "Đang kết nối",
    "sending": "Đang gửi",
    "waiting": "Đang chờ cấp trên trả lời",
    "receiving": "Đang nhận",
    "files": "Đang gửi tệp đính kèm",
}


class DigitsDifferError(DeskError):
    message = "Sáu số trên máy này không giống sáu số đã cho; đã hủy, chưa có gì được gửi."
    remedy = "Hỏi lại cấp trên sáu số trên màn hình của họ; khác thật thì báo cấp trên, đừng ghép."


def enrol(chosen: argparse.Namespace) -> Answer:
    """Ask, compare digits, confirm: at once where `--expect` or `--yes` says how, else in a second command."""
    with opened(chosen) as desk:
        if chosen.stick:
            return _by_stick(desk, chosen)
        if chosen.code or chosen.qr:
            return _compared(desk, enrolling.enrol(desk, _code(chosen), url=chosen.url), chosen)
        offer = enrolling.offered(desk)
        if offer is None:
            raise MissingFactError(field="code", label="mã ghép (--code hoặc --qr)")
        return _compared(desk, offer, chosen)


def _by_stick(desk: Desk, chosen: argparse.Namespace) -> Answer:
    """With a code the request goes out; without one the answer is read."""
    folder = Path(chosen.stick)
    if chosen.code or chosen.qr:
        file = enrolling.ask_on_stick(desk, _code(chosen), folder)
        line = f"Đã ghi yêu cầu ghép vào {file.name}. Mang USB tới cấp trên, rồi chạy lại lệnh này không kèm mã."
        return Answer({"enrolled": False, "path": str(file)}, (line,))
    return _compared(desk, enrolling.answer_from_stick(desk, folder), chosen)


def _code(chosen: argparse.Namespace) -> str:
    """The code or the QR's text; "-" reads it from standard input, where no list of processes shows it."""
    return text_or_stdin(chosen.qr or chosen.code)


def _compared(desk: Desk, offer: EnrolmentOffer, chosen: argparse.Namespace) -> Answer:
    is_same = chosen.yes
    if chosen.expect:
        if "".join(chosen.expect.split()) != offer.six_digits:
            enrolling.decline(desk)
            raise DigitsDifferError
        is_same = True
    if is_same:
        enrolling.confirm(desk)
    data = {
        "enrolled": is_same,
        "district": offer.district,
        "url": offer.url,
        "unit": offer.unit,
        "desk": offer.desk,
        "numbers": offer.numbers,
        "six_digits": offer.six_digits,
    }
    lines = [f"Cấp trên: {offer.district or offer.url}. Quầy {offer.desk}, dải số {offer.numbers}."]
    if is_same:
        lines.append("Đã ghép. Từ nay quầy gửi và nhận với cấp trên.")
    else:
        lines.append(f"SÁU SỐ: {offer.six_digits[:3]} {offer.six_digits[3:]}")
        lines.append("So với màn hình của cấp trên; giống nhau thì chạy: desk-app enrol --expect SÁU_SỐ")
    return Answer(data, tuple(lines))


def sync(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk, _stopped_by_hand() as stop:
        done = syncing.synchronise(
            desk, progress=_progress(), stop=stop, url=chosen.to or "", with_files=not chosen.no_files
        )
    return _exchanged(done)


def stick_export(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        return _exchanged(
            syncing.export_stick(desk, Path(chosen.folder), to_desk=chosen.to_desk, with_files=chosen.files)
        )


def stick_import(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        return _exchanged(syncing.import_stick(desk, Path(chosen.folder)))


def status(chosen: argparse.Namespace) -> Answer:
    """How this desk stands to its district; with `--settle` one thing set aside is done with."""
    with opened(chosen, reader=chosen.settle is None) as desk:
        if chosen.settle is not None:
            if chosen.settle not in [line.n for line in sync_status.status(desk).set_aside]:
                raise BadFactError(field="settle", label="--settle", why="không có việc để riêng mang số đó")
            syncing.settle_set_aside(desk, chosen.settle)
        found = sync_status.status(desk)
    data = {
        "enrolled": found.enrolled,
        "district": found.district,
        "url": found.url,
        "waiting": found.waiting_events,
        "aside_events": found.aside_events,
        "waiting_dossiers": found.waiting_dossiers,
        "waiting_files": found.waiting_files,
        "events": found.ours_events,
        "confirmed": found.confirmed_events,
        "dossiers": found.ours_dossiers,
        "confirmed_dossiers": found.confirmed_dossiers,
        "conflicts": found.conflicts,
        "set_aside": [_aside(line) for line in found.set_aside],
        "sticks_out": [{"file": one.file, "at": one.at.isoformat(), "events": one.events} for one in found.sticks_out],
        "last_success_at": found.last_success_at.isoformat(timespec="seconds") if found.last_success_at else None,
        "last_outcome": found.last_outcome,
        "clock_warning": found.clock_warning,
    }
    lines = [
        f"Cấp trên: {found.district or found.url}" if found.enrolled else "Quầy chưa ghép với cấp trên.",
        f"Chờ gửi: {found.waiting_events} việc của {found.waiting_dossiers} hồ sơ, {found.waiting_files} tệp.",
        f"Trong đó {found.aside_events} việc đang để riêng, lần gửi sau tự nối lại." if found.aside_events else "",
        f"Cấp trên đã xác nhận: {found.confirmed_dossiers}/{found.ours_dossiers} hồ sơ của quầy này.",
        f"Tính theo việc: {found.confirmed_events}/{found.ours_events}.",
        f"Gửi thành công gần nhất: {found.last_success_at:%H:%M %d/%m/%Y}" if found.last_success_at else "",
        found.last_outcome,
        found.clock_warning,
        f"{found.conflicts} hồ sơ cần xem lại (desk-app conflicts)." if found.conflicts else "",
        *_aside_lines(found.set_aside),
    ]
    return Answer(data, tuple(line for line in lines if line))


def announcements(chosen: argparse.Namespace) -> Answer:
    """What the district tells; shown once, it counts as seen."""
    with opened(chosen) as desk:
        found = sync_status.status(desk).announcements
        syncing.mark_announcements_seen(desk)
    data = [
        {"at": one.at.isoformat(timespec="seconds"), "title": one.title, "text": one.text, "until": one.until}
        | {"seen": one.seen}
        for one in found
    ]
    lines = [line for one in found for line in (f"{one.at:%d/%m/%Y}  {one.title}", f"  {one.text}")]
    return Answer(data, tuple(lines) or ("Cấp trên không có thông báo nào.",))


@contextmanager
def _stopped_by_hand() -> Iterator[Event]:
    """Ctrl+C ends the round in good order: what was exchanged until then stays."""
    stop = Event()
    before = signal.signal(signal.SIGINT, lambda *_: stop.set())
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def _progress() -> Callable[[Progress], None]:
    """A line that rewrites itself, for a person who waits; nothing where nobody looks."""
    if not sys.stderr.isatty():
        return lambda _: None

    def show(at: Progress) -> None:
        left = f", còn khoảng {at.seconds_left} giây" if at.seconds_left is not None else ""
        told = f"{_STAGES.get(at.stage, at.stage)} {at.bytes_done / 1000:.1f}/{at.bytes_total / 1000:.1f} KB{left}"
        print(f"\r{told:<70}", end="", file=sys.stderr, flush=True)

    return show


def _exchanged(done: Exchanged) -> Answer:
    data = {
        "sent": done.sent,
        "received": done.received,
        "confirmed": done.confirmed,
        "set_aside": [_aside(line) for line in done.set_aside],
        "waiting": done.waiting,
        "bytes_sent": done.bytes_sent,
        "bytes_received": done.bytes_received,
        "exchanges": done.exchanges,
        "files": [str(file) for file in done.files],
        "told": done.told,
    }
    if done.clock_warning:
        print(done.clock_warning, file=sys.stderr)
    return Answer(data, (done.told, *map(str, done.files), *_aside_lines(done.set_aside)))


def _aside(line: SetAsideLine) -> dict[str, object]:
    return {
        "n": line.n,
        "reason": line.reason,
        "what": line.what,
        "remedy": line.remedy,
        "code": line.code,
        "at": line.at.isoformat(timespec="seconds"),
    }


def _aside_lines(lines: tuple[SetAsideLine, ...]) -> list[str]:
    return [f"Để riêng {line.n}: {line.what}. {line.remedy}" for line in lines]
