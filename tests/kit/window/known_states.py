"""States that a test gives the window, for they would take two desks and a district to come about."""

from __future__ import annotations

from desk_app.services.dossiers.steps import Conflict, ConflictValue
from desk_app.services.sync.records import Announcement, SetAsideLine, StickOut, SyncStatus
from tests.kit.desk.desks import FRIDAY
from tests.ui.hand import Hand

NOW = FRIDAY
CONFLICT = Conflict(
    path="people.applicant.phone",
    label="Số điện thoại",
    values=tuple(
        ConflictValue(value=value, shown=value, author="Lê Thử Mẫu", at=NOW, is_ours=value.endswith("1"))
        for value in ("0110000001", "0110000002")
    ),
)
STATUS = SyncStatus(
    enrolled=True,
    digits_confirmed=True,
    waiting_events=3,
    conflicts=1,
    set_aside=(SetAsideLine(n=1, at=NOW, reason="same-code", what="Một mã hai hồ sơ.", remedy="Mở xem.", code="H26"),),
    announcements=(Announcement(n=1, at=NOW, title="Nghỉ lễ", text="Thứ Hai nghỉ bù."),),
    sticks_out=(StickOut(file="a.cx", at=NOW, events=3),),
    clock_warning="Đồng hồ máy này chạy chậm 7 phút so với cấp trên.",
)


def show_enrolled(hand: Hand) -> None:
    """The sync page as of a desk that is enrolled; what the desk finds out by itself no longer comes in between."""
    hand.program.rounds.stop()
    hand.until(lambda: not hand.program.view._tools.jobs._jobs)
    hand.program.rounds.known = STATUS
    hand.program.view.sync._show(STATUS)
