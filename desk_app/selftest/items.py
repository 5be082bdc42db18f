"""The items of the self-test, in the order in which they are told; what each needs is handed in."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from desk_app.domain.calendar.moments import VIETNAM
from desk_app.selftest import encryption, key_store, letters_on_paper, loopback, machine, modules, shipped
from desk_app.selftest.trial import Item, RunningItem, Trial

_AGAIN = "Cài lại chương trình từ USB cài đặt; vẫn lỗi thì báo người quản trị và đưa kèm danh sách này."
_CLOCK = "Chỉnh ngày giờ của máy tính, bật tự chỉnh giờ, rồi chạy lại."
_MODULES_S = 20.0
END_S = 19.0
"""The self-test ends so long after its beginning. An item that outlasted its patience may end well until then."""
WHOLE_S = END_S - modules.READING_S
"""Loading modules ends so long after the beginning; what is left is read."""
_LEAST_S = 1.0
LAUNCHERS_END = "DESK_SELFTEST_BY"
"""Variable of the launcher, which ends a self-test after 22 s: by which second of the clock it must have ended."""


def seconds_given(environment: Mapping[str, str], now: float) -> float:
    """How long the self-test may take: where a launcher waits for it, the program's own start has taken of its time."""
    by = environment.get(LAUNCHERS_END, "")
    return max(_LEAST_S, min(END_S, float(by) - now)) if by.isdecimal() else END_S


def items(data: Path, now: datetime, *, has_window: bool, whole_s: float = WHOLE_S) -> tuple[Item, ...]:
    """Everything that is tried; `has_window` False leaves out what only a window needs."""
    without = () if has_window else modules.WINDOW
    today = now.astimezone(VIETNAM).date()
    until = time.monotonic() + whole_s
    return (
        Item(
            name="modules",
            subject="Chương trình",
            attempt=lambda: modules.every_module(without, loading_s=max(_LEAST_S, until - time.monotonic())),
            remedy=_AGAIN,
            patience_s=_MODULES_S,
            takes_the_rest=True,
        ),
        Item(name="database", subject="Mã hóa dữ liệu", attempt=encryption.database_encrypted, remedy=_AGAIN),
        Item(name="letters", subject="Chữ trên giấy", attempt=letters_on_paper.every_letter, remedy=_AGAIN),
        Item(name="tls", subject="Đường truyền", attempt=loopback.tls_round_trip, remedy=_loopback_remedy()),
        Item(name="key_store", subject="Kho khóa", attempt=key_store.key_store, remedy=_key_store_remedy()),
        Item(name="forms", subject="Biểu mẫu, phông", attempt=shipped.forms_and_fonts, remedy=_AGAIN),
        Item(name="lists", subject="Danh mục kèm theo", attempt=lambda: shipped.carried_lists(today), remedy=_AGAIN),
        Item(name="printers", subject="Máy in", attempt=machine.printers, remedy=_printer_remedy()),
        Item(name="ports", subject="Cổng nối tiếp", attempt=machine.ports, remedy=_AGAIN),
        Item(name="disk", subject="Đĩa", attempt=lambda: machine.disk(data), remedy="Chọn thư mục khác sau --data."),
        Item(name="clock", subject="Đồng hồ", attempt=lambda: machine.clock(now), remedy=_CLOCK),
    )


def carried_out(chosen: tuple[Item, ...], *, end_s: float = END_S) -> list[tuple[Item, Trial]]:
    """Each item with its outcome, in the order given; one that takes the rest of the time is carried out last.

    One that outlasts its patience goes on beside the others until `end_s`.
    """
    until = time.monotonic() + end_s
    attempts: dict[int, RunningItem] = {}
    for place in sorted(range(len(chosen)), key=lambda place: chosen[place].takes_the_rest):
        attempts[place] = RunningItem(chosen[place])
        attempts[place].wait(chosen[place].patience_s)
    for attempt in attempts.values():
        attempt.wait(until - time.monotonic())
    return [(item, attempts[place].trial()) for place, item in enumerate(chosen)]


def _loopback_remedy() -> str:
    return "Cho chương trình nối tới chính máy này (127.0.0.1) trong tường lửa, phần mềm diệt vi-rút, rồi chạy lại."


def _key_store_remedy() -> str:
    if sys.platform == "win32":
        return "Bật dịch vụ Credential Manager của Windows; chưa được thì dùng mật khẩu mở dữ liệu."
    return "Đăng nhập lại để mở chùm khóa (GNOME Keyring, KWallet); chưa được thì dùng mật khẩu mở dữ liệu."


def _printer_remedy() -> str:
    if sys.platform == "win32":
        return "Bật dịch vụ Print Spooler của Windows, rồi chạy lại."
    return "Kiểm tra dịch vụ in của máy (CUPS): lệnh lpstat -t phải trả lời."
