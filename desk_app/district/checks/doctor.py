"""How the machine of the district stands: disk, clock, rights, certificate, backup, database. A sick one too."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from cryptography import x509

from desk_app.district.admin import backup_state, settings, status
from desk_app.district.admin.settings import DistrictSettings
from desk_app.district.keys import keyfile, rootfile, tls
from desk_app.district.keys.keyfile import Opened
from desk_app.district.storage import Session, meta, open_storage
from desk_app.domain.calendar.moments import in_vietnam, shown_moment
from desk_app.errors import DeskError
from desk_app.own_files import owner_only

_GIB = 1 << 30
_DAY = 86_400_000
_FEW_DESKS = 3
_SOON = 30
_PRIVATE = (keyfile.FILE, tls.KEY, settings.DATABASE, f"{settings.DATABASE}-wal", f"{settings.DATABASE}-shm")


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineState:
    """One thing that was looked at: what, how it stands, and what to do where it is not well ("" where it is)."""

    subject: str
    state: str
    remedy: str = ""

    @property
    def is_well(self) -> bool:
        return not self.remedy


def doctor(folder: Path, *, database: str, unlock: Callable[[], Opened], at: int) -> list[MachineState]:
    """Everything that can be looked at; `unlock` opens the keys or raises, `database` "" is the settings' own.

    `at` UTC ms. Raises nothing that a look finds out: what cannot be read is a state as well.
    """
    found = [_space(folder), *_rights(folder)]
    keys: Opened | None = None
    try:
        keys = unlock()
        found.append(MachineState(subject="Khóa cấp trên", state="mở được"))
    except DeskError as error:
        found.append(_ill("Khóa cấp trên", error))
    try:
        chosen = settings.read(folder)
    except DeskError as error:
        return [*found, _ill("Thiết lập", error)]
    found += [
        MachineState(subject="Thiết lập", state=f"«{chosen.name}», {chosen.url}"),
        *_certificate(folder, chosen, at),
    ]
    if keys is None:
        remedy = "Mở được khóa cấp trên rồi chạy lại desk-district doctor."
        return [*found, MachineState(subject="Cơ sở dữ liệu", state="chưa xem được: khóa chưa mở", remedy=remedy)]
    try:
        storage = open_storage(database or chosen.storage_url(folder), keys.storage_key)
    except DeskError as error:
        return [*found, _ill("Cơ sở dữ liệu", error)]
    try:
        with storage.reading() as session:
            kind = "PostgreSQL" if storage.kind == "postgresql" else "tệp trong thư mục dữ liệu"
            found += [
                MachineState(subject="Cơ sở dữ liệu", state=f"{kind}, mở và đọc được"),
                _clock(session, at),
                *_backup(session, folder, at),
                *_reading(session),
            ]
    except DeskError as error:
        found.append(_ill("Cơ sở dữ liệu", error))
    finally:
        storage.close()
    return found


def _space(folder: Path) -> MachineState:
    try:
        usage = shutil.disk_usage(folder)
    except OSError as error:
        return MachineState(
            subject="Đĩa", state=f"không xem được ({error.strerror})", remedy="Kiểm tra thư mục sau --data."
        )
    state = f"còn trống {usage.free / _GIB:.1f} GB trong {usage.total / _GIB:.1f} GB"
    is_low = usage.free < _GIB or (usage.free < 10 * _GIB and usage.free * 20 < usage.total)
    remedy = "Dọn đĩa hoặc chuyển thư mục dữ liệu sang đĩa lớn hơn: đầy đĩa thì không nhận được gì." if is_low else ""
    return MachineState(subject="Đĩa", state=state, remedy=remedy)


def _rights(folder: Path) -> Iterator[MachineState]:
    if not os.access(folder, os.W_OK | os.X_OK):
        yield MachineState(
            subject="Quyền", state=f"không ghi được vào {folder}", remedy="Chạy bằng tài khoản sở hữu thư mục dữ liệu."
        )
        return
    files = [*(folder / name for name in _PRIVATE), *sorted(folder.glob(rootfile.PATTERN))]
    open_ones = [path.name for path in files if path.exists() and owner_only.is_open_to_others(path)]
    if owner_only.is_open_to_others(folder) and open_ones:
        yield MachineState(
            subject="Quyền",
            state=f"tài khoản khác của máy đọc được: {', '.join(open_ones)}",
            remedy=owner_only.how_to_close(folder),
        )
    else:
        yield MachineState(subject="Quyền", state="chỉ chủ thư mục đọc được")
    if any(folder.glob(rootfile.PATTERN)):
        yield MachineState(
            subject="Khóa gốc",
            state="tệp khóa gốc vẫn nằm trên máy chủ",
            remedy="Chép sang hai USB, cất hai nơi có khóa, rồi xóa ở đây.",
        )


def _certificate(folder: Path, chosen: DistrictSettings, at: int) -> Iterator[MachineState]:
    if not chosen.speaks_tls:
        yield MachineState(subject="Chứng thư máy chủ", state="máy chủ phía trước (nginx…) lo, xem ở đó")
        return
    remedy = "Chép lại tls.pem và tls.key từ bản sao lưu (desk-district restore), rồi chạy lại desk-district serve."
    try:
        certificate = x509.load_pem_x509_certificate((folder / tls.CERTIFICATE).read_bytes())
        has_key = (folder / tls.KEY).is_file()
    except (OSError, ValueError):
        yield MachineState(subject="Chứng thư máy chủ", state="không có hoặc không đọc được tls.pem", remedy=remedy)
        return
    today = in_vietnam(at)
    left = (certificate.not_valid_after_utc - today).days
    if not has_key:
        yield MachineState(subject="Chứng thư máy chủ", state="không có tls.key", remedy=remedy)
    elif certificate.not_valid_before_utc > today or left < 0:
        yield MachineState(subject="Chứng thư máy chủ", state="không có giá trị hôm nay", remedy=remedy)
    elif left < _SOON:
        yield MachineState(subject="Chứng thư máy chủ", state=f"còn {left} ngày là hết hạn", remedy=remedy)
    else:
        until = certificate.not_valid_after_utc
        yield MachineState(subject="Chứng thư máy chủ", state=f"có giá trị đến {until:%d/%m/%Y}")


def _clock(session: Session, at: int) -> MachineState:
    """The clock against what was received before, and against the desks that called of late."""
    ((last,),) = session.all("SELECT COALESCE(MAX(received_at), 0) FROM frame")
    remedy = "Chỉnh giờ của máy chủ và bật tự chỉnh giờ (NTP), rồi chạy lại desk-district serve."
    if last > at + status.WRONG_CLOCK * 1000:
        return MachineState(subject="Đồng hồ", state="đang lùi: có việc đã nhận sau giờ này", remedy=remedy)
    rows = session.all("SELECT clock_offset FROM device WHERE role = 'desk' AND seen_at > ?", (at - 7 * _DAY,))
    offset = int(median(row[0] for row in rows)) if len(rows) >= _FEW_DESKS else 0
    if abs(offset) > status.WRONG_CLOCK:
        told = status.clock_told(-offset)
        return MachineState(subject="Đồng hồ", state=f"{told} so với quá nửa số quầy", remedy=remedy)
    return MachineState(subject="Đồng hồ", state=f"{shown_moment(at)}, không trái với các quầy")


def _backup(session: Session, folder: Path, at: int) -> Iterator[MachineState]:
    """A state for each thing to do about the copies; one that says their age where nothing is."""
    wrong = list(backup_state.remarks(session, folder, at=at))
    for told in wrong:
        state, _, remedy = told.partition(": ")
        state = "chưa lần nào" if state == backup_state.NEVER else state
        yield MachineState(subject="Sao lưu", state=state, remedy=remedy or told)
    if not wrong:
        age = at - int(meta.text(session, backup_state.BACKUP_AT, "0"))
        state = f"cách đây {age // _DAY} ngày" if age >= _DAY else "trong ngày qua"
        yield MachineState(subject="Sao lưu", state=state)


def _reading(session: Session) -> Iterator[MachineState]:
    totals = status.totals(session)
    if totals.unreadable:
        yield MachineState(
            subject="Danh sách",
            state=f"{totals.unreadable} việc bản này chưa đọc được",
            remedy="Cài bản mới của chương trình rồi chạy desk-district rebuild.",
        )


def _ill(subject: str, error: DeskError) -> MachineState:
    return MachineState(subject=subject, state=str(error), remedy=error.remedy or "Báo cho người quản trị.")
