"""What the window says of how the desk stands to its district."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from desk_app.domain.calendar.moments import VIETNAM
from desk_app.services.sync.records import SyncStatus
from desk_app.sync.line.progress import Progress
from desk_app.ui.sync.sync_texts import Doing, progress_words, standing
from desk_app.ui.widgets import formats

NOW = datetime(2026, 11, 20, 16, 50, tzinfo=VIETNAM)
STATUS = SyncStatus(
    enrolled=True,
    digits_confirmed=True,
    waiting_events=48,
    waiting_dossiers=12,
    ours_events=480,
    last_success_at=NOW - timedelta(hours=1),
)
ALL_SENT = replace(STATUS, waiting_events=0, waiting_dossiers=0)
FAILED = Doing(failure="Không thấy máy chủ.", remedy="Xem lại mạng.", next_at=NOW + timedelta(minutes=2))


def test_nothing_is_called_received_while_something_waits() -> None:
    for doing in (Doing(), Doing(is_running=True), FAILED):
        said = standing(STATUS, doing, NOW)
        assert "đã nhận đủ" not in said.title and "Đã gửi đủ" not in said.side


def test_a_failure_says_why_what_to_do_and_that_nothing_is_lost() -> None:
    said = standing(STATUS, FAILED, NOW)
    assert said.title == "Chưa gửi được"
    assert said.detail == "Không thấy máy chủ. Xem lại mạng."
    assert "12 hồ sơ vẫn nằm trên máy này" in said.more
    assert "16:52" in said.more and "15:50 hôm nay" in said.more


def test_a_failure_of_yesterday_is_still_told_after_a_restart() -> None:
    said = standing(replace(STATUS, last_outcome="Mạng đứt giữa chừng."), Doing(), NOW)
    assert said.detail == "Mạng đứt giữa chừng."
    assert said.side == "12 hồ sơ chưa gửi"


def test_all_sent_is_green_and_says_when() -> None:
    said = standing(ALL_SENT, Doing(), NOW)
    assert (said.tone, said.side) == ("ok", "Đã gửi đủ 15:50")


def test_a_failure_with_nothing_to_send_does_not_say_that_something_is_unsent() -> None:
    said = standing(ALL_SENT, FAILED, NOW)
    assert said.title == "Chưa liên lạc được với cấp trên"
    assert "Không còn gì chờ gửi" in said.more


def test_only_prints_and_steps_waiting_are_not_called_dossiers() -> None:
    assert standing(replace(STATUS, waiting_dossiers=0), Doing(), NOW).title == "Còn 48 việc đã ghi chờ gửi"


def test_a_desk_that_never_enrolled_is_told_quietly() -> None:
    said = standing(SyncStatus(enrolled=False, waiting_events=5), Doing(), NOW)
    assert said.tone == "off" and "vẫn nhận, in và lưu" in said.detail


def test_progress_tells_bytes_and_time_as_people_do() -> None:
    told = progress_words(Progress(stage="sending", bytes_done=12_400, bytes_total=41_600, seconds_left=22.0))
    assert told == "Đang gửi: 12,4 KB trong 41,6 KB, còn khoảng 20 giây"
    told = progress_words(Progress(stage="connecting", bytes_done=0, bytes_total=0, seconds_left=None))
    assert told == "Đang liên lạc với cấp trên…"


def test_moments_are_said_by_their_day() -> None:
    assert formats.moment(NOW, NOW) == "16:50 hôm nay"
    assert formats.moment(NOW - timedelta(days=1), NOW) == "16:50 hôm qua"
    assert formats.moment(NOW - timedelta(days=9), NOW) == "16:50 ngày 11/11/2026"
