"""Keeping a desk sound: check the journal, rebuild what is derived from it, and say how the machine stands."""

from __future__ import annotations

import platform
import shutil
import sys
from dataclasses import dataclass

from desk_app import __version__
from desk_app.documents.forms import ending_law
from desk_app.domain.calendar.dates import shown
from desk_app.services.backups import standing
from desk_app.services.catalogue import own_unit, units
from desk_app.services.desk.desk import Desk
from desk_app.services.setup import shipped_days
from desk_app.store.journal.check import CheckReport
from desk_app.store.journal.check import check as verify
from desk_app.store.journal.rebuild import rebuild as remake
from desk_app.store.keys import vault

_LOW_SPACE = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing `doctor` looked at: what, how it stands, and what to do when it is not well ("" when it is)."""

    subject: str
    state: str
    remedy: str = ""


def check(desk: Desk) -> CheckReport:
    """Verify every page, the hash chain, and that projections say what the events say."""
    return verify(desk.db)


def rebuild(desk: Desk) -> int:
    """Make every projection again from the events, in one transaction; of how many dossiers."""
    return remake(desk.db)


def doctor(desk: Desk) -> list[Finding]:
    """How the program, the key, the disk and the data stand, without personal data."""
    free = shutil.disk_usage(desk.data).free
    kept_by = vault.kept_by(desk.data)
    today = desk.today()
    found = [
        Finding(subject="Chương trình", state=f"{__version__}, Python {platform.python_version()}, {sys.platform}"),
        Finding(subject="Mã hóa", state=f"SQLCipher {desk.db.cipher}"),
        Finding(
            subject="Khóa dữ liệu",
            state=kept_by or "mật khẩu và mã khôi phục",
            remedy="" if kept_by else "Máy không có kho khóa: giữ kỹ mật khẩu và mã khôi phục đã in.",
        ),
        *_recovery_code(desk),
        Finding(
            subject="Chỗ trống trên đĩa",
            state=f"{free / 1e9:.1f} GB",
            remedy="" if free > _LOW_SPACE else "Đĩa sắp đầy: xóa bớt tệp không cần, hoặc chuyển dữ liệu đi nơi khác.",
        ),
        Finding(
            subject="Lịch nghỉ lễ",
            state=f"năm {today.year}" if today.year in desk.calendar.confirmed_years else "chưa xác nhận",
            remedy=""
            if today.year in desk.calendar.confirmed_years
            else f"Nhập lịch nghỉ năm {today.year}: desk-app holidays import TỆP",
        ),
    ]
    found += _backups(desk)
    found += _shipped_days(desk)
    found += _units(desk)
    problems = desk.forms.problems
    found.append(
        Finding(
            subject="Biểu mẫu",
            state=f"{len(desk.forms.ids())} mẫu" if not problems else f"{len(problems)} lỗi",
            remedy="" if not problems else "Xem từng lỗi bằng lệnh: desk-app forms check",
        )
    )
    return found + _ending_laws(desk)


def _backups(desk: Desk) -> list[Finding]:
    """How old the last backup is, and each thing that is amiss with the place."""
    stands = standing.standing(desk)
    if not stands.remarks:
        made = stands.made_on
        return [Finding(subject="Sao lưu", state=f"{made:%H:%M %d/%m/%Y}, {stands.folder}" if made else "")]
    return [Finding(subject="Sao lưu", state=each.text, remedy=each.remedy) for each in stands.remarks]


def _ending_laws(desk: Desk) -> list[Finding]:
    """Told only while the law of a form ends soon and the form that comes after is not here."""
    remedy = "Hỏi cấp trên mẫu mới, thêm thư mục phiên bản vào forms của dữ liệu, rồi kiểm tra: desk-app forms check"
    said = ending_law.endings(desk.forms, desk.today())
    return [Finding(subject="Mẫu sắp hết căn cứ", state=each, remedy=remedy) for each in said]


def _shipped_days(desk: Desk) -> list[Finding]:
    """What this desk took over of the program's own list of days off, once it has."""
    taken = desk.settings.days_taken
    if not taken.on:
        return []
    remedy = shipped_days.left_in_words(taken)
    return [Finding(subject="Lịch nghỉ của chương trình", state=shipped_days.in_words(taken), remedy=remedy)]


def _recovery_code(desk: Desk) -> list[Finding]:
    """Told only while a new code waits to be typed back."""
    if not vault.has_unsettled_code(desk.data):
        return []
    return [
        Finding(
            subject="Mã khôi phục",
            state="mã mới chưa được gõ lại; mã cũ và mã mới đều mở được dữ liệu",
            remedy="Làm lại cho xong: desk-app recovery-code",
        )
    ]


def _units(desk: Desk) -> list[Finding]:
    """How old the list of administrative units is, and whether the office's own unit has a new name."""
    state = units.state(desk.today(), desk)
    found = [
        Finding(
            subject="Đơn vị hành chính",
            state=f"bản từ {shown(state.edition.version)}, xem thay đổi đến {shown(state.looked_on)}",
            remedy="Đã quá sáu tháng: hỏi cấp trên bản mới, rồi nhập bằng desk-app units import TỆP."
            if state.is_old
            else "",
        )
    ]
    own = own_unit.new_name(desk)
    if own is not None:
        found.append(
            Finding(
                subject="Tên đơn vị", state=own.in_words, remedy=f"Lấy tên mới cho giấy tờ từ nay: {own_unit.COMMAND}"
            )
        )
    return found
