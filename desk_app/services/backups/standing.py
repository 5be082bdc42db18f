"""How a desk stands to its backups: when the next is due, and what somebody should do about them, a sentence each."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from desk_app.domain.calendar.moments import in_vietnam, milliseconds
from desk_app.services.backups import backup_notes
from desk_app.services.backups.backup_notes import BackupNotes, PlaceNote
from desk_app.services.desk.desk import Desk
from desk_app.store.journal import logs
from desk_app.store.peers import sync_state

OLD_AFTER = timedelta(days=3)
"""A weekend passes without a word."""
DRILL_AFTER = timedelta(days=31)
_TOLD_FOR = timedelta(days=7)
AGAIN_AFTER = timedelta(minutes=30)
"""After a try that came to nothing."""


class BackupRemark(Struct, frozen=True):
    """What is amiss, and what to do about it."""

    text: str
    remedy: str


class BackupStanding(Struct, frozen=True, kw_only=True):
    """`folder` "" where no place is chosen; `remarks` the gravest first. `is_proof_due`: a copy waits for its proof.
    `is_drill_to_offer`: it is due, and was not offered in the last month either.
    """

    folder: str
    note: PlaceNote
    remarks: tuple[BackupRemark, ...]
    is_due: bool
    is_proof_due: bool
    is_drill_due: bool
    is_drill_to_offer: bool
    drilled_at: int
    drill_ok: bool

    @property
    def made_on(self) -> datetime | None:
        return in_vietnam(self.note.made_at) if self.note.made_at else None

    @property
    def copied_on(self) -> datetime | None:
        """When the copy was made that is not proved yet."""
        return in_vietnam(self.note.copied_at) if self.note.copied_at else None


def standing(desk: Desk) -> BackupStanding:
    """Looks at notes and at the place itself; quick, but a share that is gone may take its time."""
    folder, notes = desk.settings.backup_folder, backup_notes.read(desk.data)
    note = backup_notes.of_place(desk.data, Path(folder)) if folder else PlaceNote()
    now = milliseconds(desk.now())
    return BackupStanding(
        folder=folder,
        note=note,
        remarks=tuple(_remarks(desk.data, folder, note, notes, now)),
        is_due=_is_due(folder, note, now, every=desk.settings.backup_every),
        is_proof_due=_is_proof_due(folder, note, now),
        is_drill_due=bool(note.made_at) and _is_month_ago(notes.drilled_at, now),
        is_drill_to_offer=bool(note.made_at) and _is_month_ago(max(notes.drilled_at, notes.drill_offered_at), now),
        drilled_at=notes.drilled_at,
        drill_ok=notes.drill_ok,
    )


def drill_offered(desk: Desk) -> None:
    """A person was offered the drill: not again for a month."""
    backup_notes.drill_offered(desk.data, at=milliseconds(desk.now()))


def _is_month_ago(at: int, now: int) -> bool:
    return now - at > DRILL_AFTER / timedelta(milliseconds=1)


def newer_events(desk: Desk, events: int) -> int:
    """How many events this desk holds beyond so many that a backup has."""
    return max(sum(position.seq for position in logs.standings(desk.db)) - events, 0)


def _is_proof_due(folder: str, note: PlaceNote, now: int) -> bool:
    if not folder or not note.copied_at or (note.failed and _is_just_tried(note, now)):
        return False
    return Path(folder).is_dir()


def _is_just_tried(note: PlaceNote, now: int) -> bool:
    return now - note.tried_at < AGAIN_AFTER / timedelta(milliseconds=1)


def _is_due(folder: str, note: PlaceNote, now: int, *, every: int) -> bool:
    if not folder or _is_just_tried(note, now):
        return False
    return (
        now - max(note.made_at, note.copied_at) >= timedelta(hours=every) / timedelta(milliseconds=1)
        and Path(folder).is_dir()
    )


def told_of_restore(desk: Desk) -> tuple[str, str]:
    """That this desk was made of a backup, and what to do, until the district has given back what it has; else ""."""
    notes = backup_notes.read(desk.data)
    is_past = milliseconds(desk.now()) - notes.restored_at > _TOLD_FOR / timedelta(milliseconds=1)
    if not notes.restored_at or is_past or sync_state.get(desk.db).last_success_at > notes.restored_at:
        return "", ""
    made_on = in_vietnam(notes.restored_of)
    text = f"Dữ liệu này được khôi phục từ bản sao lưu lúc {made_on:%H:%M %d/%m/%Y}."
    return text, "Gửi nhận để lấy lại phần cấp trên đã có; giấy in sau lúc đó mà không thấy thì nhập lại theo giấy."


def _remarks(data: Path, folder: str, note: PlaceNote, notes: BackupNotes, now: int) -> Iterator[BackupRemark]:
    if not folder:
        yield BackupRemark(
            "Chưa chọn nơi sao lưu: máy hỏng là mất dữ liệu chưa gửi cấp trên.",
            "Chọn ổ đĩa thứ hai, USB hoặc thư mục mạng ở trang Cài đặt, thẻ «Sao lưu».",
        )
        return
    place = Path(folder)
    is_there = place.is_dir()
    if not is_there:
        yield BackupRemark(f"Không thấy nơi sao lưu {folder}.", "Cắm lại ổ đĩa, USB hoặc nối lại thư mục mạng.")
    if note.copied_at and not note.made_at:
        yield BackupRemark(
            "Bản sao lưu đầu tiên chưa kiểm xong, chưa chắc dùng được.",
            "Để máy mở và đừng rút ổ đĩa: chương trình tự kiểm tiếp.",
        )
    elif not note.made_at:
        yield BackupRemark("Chưa sao lưu lần nào.", "Bấm «Sao lưu ngay» ở trang Cài đặt, hoặc chạy: desk-app backup")
    elif now - note.made_at > OLD_AFTER / timedelta(milliseconds=1):
        days = (now - note.made_at) // 86_400_000
        yield BackupRemark(
            f"Đã {days} ngày chưa sao lưu.", "Bấm «Sao lưu ngay» ở trang Cài đặt, hoặc chạy: desk-app backup"
        )
    if note.failed and is_there:
        yield BackupRemark(f"Lần sao lưu gần nhất chưa xong: {note.failed}", "Sửa điều vừa nêu rồi sao lưu lại.")
    if note.damaged:
        yield BackupRemark(
            f"{note.damaged} tệp kèm theo trên máy này đã mất hoặc hỏng từ trước khi sao lưu.",
            "Gửi nhận với cấp trên để lấy lại, hoặc quét và đính kèm lại.",
        )
    if is_there:
        yield from _of_disk(data, place, note)
    if note.made_at and not notes.drilled_at:
        yield BackupRemark(
            "Chưa lần nào thử khôi phục từ bản sao lưu.", "Bấm «Diễn tập khôi phục» ở trang Cài đặt, thẻ «Sao lưu»."
        )
    if notes.drilled_at and not notes.drill_ok:
        yield BackupRemark(
            "Lần diễn tập khôi phục gần nhất không đạt.", "Sao lưu sang ổ đĩa khác rồi bấm «Diễn tập khôi phục»."
        )


def _of_disk(data: Path, place: Path, note: PlaceNote) -> Iterator[BackupRemark]:
    try:
        if _disk_of(place) == _disk_of(data):
            yield BackupRemark(
                "Bản sao lưu nằm cùng ổ đĩa với dữ liệu: ổ hỏng thì mất cả hai.",
                "Chọn ổ đĩa khác, USB hoặc thư mục mạng ở trang Cài đặt, thẻ «Sao lưu».",
            )
        free = shutil.disk_usage(place).free
    except OSError:
        yield BackupRemark(f"Không xem được nơi sao lưu {place}.", "Kiểm tra ổ đĩa đó.")
        return
    if free < max(2 * note.size, 64 << 20):
        yield BackupRemark(
            f"Nơi sao lưu sắp đầy: còn {free // 1_000_000} MB.", "Dọn bớt tệp khác ở đó, hoặc chọn ổ đĩa rộng hơn."
        )


def _disk_of(path: Path) -> str:
    """The disk itself, where the system tells of which disk a partition is; else the volume."""
    device = path.stat().st_dev
    if not hasattr(os, "major"):
        return str(device)
    known = Path(f"/sys/dev/block/{os.major(device)}:{os.minor(device)}")
    if not known.exists():
        return str(device)
    block = known.resolve()
    return (block.parent if (block / "partition").exists() else block).name
