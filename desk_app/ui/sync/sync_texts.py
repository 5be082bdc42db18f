"""How the desk stands to the district, in words: pure, from what is known to what a clerk reads."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from desk_app.ui.widgets import formats

if TYPE_CHECKING:
    from desk_app.services.sync.records import SyncStatus
    from desk_app.sync.rounds.rounds import Progress


def tr(text: str) -> str:
    return QCoreApplication.translate("Standing", text)


class SyncHeadline(Struct, frozen=True, kw_only=True):
    """A headline, what it means, what comes next, and the few words of the side bar.

    `tone` is "ok", "wait", "warn" or "off".
    """

    title: str
    detail: str
    more: str = ""
    side: str
    icon: str
    tone: str


class Doing(Struct, frozen=True, kw_only=True):
    """What the rounds are at: one under way, the last failure with its remedy, when the next comes by itself."""

    is_running: bool = False
    failure: str = ""
    remedy: str = ""
    next_at: datetime | None = None


def standing(status: SyncStatus, doing: Doing, now: datetime) -> SyncHeadline:
    """What to tell; nothing here says "sent" of what the district has not confirmed."""
    if not status.enrolled or not status.digits_confirmed:
        return _not_begun(status)
    if doing.is_running:
        return SyncHeadline(
            title=tr("Đang gửi và nhận…"),
            detail=tr("Cứ làm việc tiếp, không cần chờ."),
            side=tr("Đang gửi và nhận…"),
            icon="refresh-cw",
            tone="wait",
        )
    failure = doing.failure or status.last_outcome
    if failure:
        return _failed(status, doing, failure, now)
    if status.waiting_events:
        waiting = waiting_words(status)
        return SyncHeadline(
            title=tr("Còn %s chờ gửi") % waiting,
            detail=_next(doing.next_at),
            more=last_success(status, now),
            side=tr("%s chờ gửi") % waiting,
            icon="cloud-upload",
            tone="wait",
        )
    if status.last_success_at is None:
        return SyncHeadline(
            title=tr("Chưa gửi lần nào"),
            detail=_next(doing.next_at),
            side=tr("Chưa gửi lần nào"),
            icon="cloud-upload",
            tone="wait",
        )
    return SyncHeadline(
        title=tr("Cấp trên đã nhận đủ"),
        detail=tr("Mọi việc quầy này đã ghi đều được cấp trên xác nhận."),
        more=last_success(status, now),
        side=tr("Đã gửi đủ %s") % formats.short_moment(status.last_success_at, now),
        icon="cloud-check",
        tone="ok",
    )


def _not_begun(status: SyncStatus) -> SyncHeadline:
    if status.enrolled or status.six_digits:
        return SyncHeadline(
            title=tr("Còn một bước: so sáu số"),
            detail=tr("Hai màn hình phải hiện cùng sáu số thì mới bắt đầu gửi."),
            side=tr("Chờ so sáu số"),
            icon="info",
            tone="warn",
        )
    return SyncHeadline(
        title=tr("Quầy này chưa ghép với cấp trên"),
        detail=tr("Hồ sơ vẫn nhận, in và lưu bình thường trên máy này."),
        side=tr("Chưa ghép với cấp trên"),
        icon="unplug",
        tone="off",
    )


def _failed(status: SyncStatus, doing: Doing, failure: str, now: datetime) -> SyncHeadline:
    safe = (
        tr("Không mất gì: %s vẫn nằm trên máy này, chờ gửi.") % waiting_words(status)
        if status.waiting_events
        else tr("Không còn gì chờ gửi.")
    )
    more = (safe, _next(doing.next_at), last_success(status, now))
    return SyncHeadline(
        title=tr("Chưa gửi được") if status.waiting_events else tr("Chưa liên lạc được với cấp trên"),
        detail=f"{failure} {doing.remedy}".strip(),
        more=" ".join(part for part in more if part),
        side=tr("%s chưa gửi") % waiting_words(status) if status.waiting_events else tr("Chưa liên lạc được"),
        icon="cloud-off",
        tone="warn",
    )


def waiting_words(status: SyncStatus) -> str:
    """ "12 hồ sơ", and where only other things wait "3 việc đã ghi"."""
    if status.waiting_dossiers:
        return formats.dossiers(status.waiting_dossiers)
    return formats.events(status.waiting_events)


def last_success(status: SyncStatus, now: datetime) -> str:
    if status.last_success_at is None:
        return tr("Chưa lần nào gửi xong.")
    return tr("Lần gửi xong gần nhất: %s.") % formats.moment(status.last_success_at, now)


def _next(next_at: datetime | None) -> str:
    return tr("Chương trình tự gửi lúc %s.") % f"{next_at:%H:%M}" if next_at is not None else ""


def progress_words(progress: Progress) -> str:
    """ "Đang gửi: 12,4 KB trong 41,6 KB, còn khoảng 20 giây"."""
    stage = {
        "connecting": tr("Đang liên lạc với cấp trên"),
        "sending": tr("Đang gửi"),
        "waiting": tr("Đang chờ cấp trên trả lời"),
        "receiving": tr("Đang nhận"),
        "files": tr("Đang gửi tệp kèm theo"),
    }.get(progress.stage, tr("Đang làm"))
    if not progress.bytes_total:
        return f"{stage}…"
    amount = tr("%s trong %s") % (formats.size(progress.bytes_done), formats.size(progress.bytes_total))
    left = tr(", còn %s") % formats.span(progress.seconds_left) if progress.seconds_left is not None else ""
    return f"{stage}: {amount}{left}"
