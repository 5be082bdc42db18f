"""The commands for whoever sets a machine up: is the installation whole, and what makes a new desk ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.lazy import lazy
from desk_app.terminal import Add

if TYPE_CHECKING:
    from desk_app.cli.ready import keys_command, setup_command
    from desk_app.selftest import command as selftest
else:
    keys_command = lazy("desk_app.cli.ready.keys_command")
    selftest = lazy("desk_app.selftest.command")
    setup_command = lazy("desk_app.cli.ready.setup_command")


def ready_commands(add: Add) -> None:
    ready = add("setup", lambda: setup_command.setup, "các bước chuẩn bị quầy mới: xem, làm, để sau")
    ready.add_argument("step", nargs="?", default="", metavar="BƯỚC", help="printer, scanner, district hoặc backup")
    ready.add_argument("--use", metavar="CÁI_GÌ", help="tên máy in, nội dung quét (- để đọc từ đầu vào), thư mục")
    ready.add_argument("--later", action="store_true", help="để bước này sau")
    add("selftest", lambda: selftest.of_desk, "tự kiểm tra bản cài đặt, không cần dữ liệu")
    keys = add("keys", lambda: keys_command.keys, "phím tắt của cửa sổ: xem, hoặc ghi tờ A4 để dán cạnh màn hình")
    keys.add_argument("--out", metavar="TỆP", help="ghi bảng phím tắt vào tệp PDF này")
