"""What the commands of backups take."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desk_app.lazy import lazy
from desk_app.terminal import Add

if TYPE_CHECKING:
    from desk_app.cli.backups import backup_commands
else:
    backup_commands = lazy("desk_app.cli.backups.backup_commands")


def backup_options(add: Add) -> None:
    """`backup` and `restore`."""
    backing = add("backup", lambda: backup_commands.back_up, "sao lưu dữ liệu sang ổ đĩa khác, USB hoặc thư mục mạng")
    backing.add_argument("to", nargs="?", metavar="THƯ_MỤC", help="nơi cất (mặc định: như ở thiết lập backup_folder)")
    backing.add_argument("--to", dest="named", metavar="THƯ_MỤC", help="như trên")
    backing.add_argument("--list", action="store_true", dest="lists", help="xem các bản sao lưu đã có ở đó")
    backing.add_argument("--base", action="store_true", help="chép lại toàn bộ, không chỉ phần mới")
    proving = backing.add_mutually_exclusive_group()
    proving.add_argument("--prove-later", action="store_true", help="chép xong thì thôi, để lần sau kiểm")
    proving.add_argument("--prove", action="store_true", help="không chép: kiểm tiếp bản chưa kiểm xong")
    backing.add_argument("--key-from-window", action="store_true", help=argparse.SUPPRESS)
    bringing = add(
        "restore", lambda: backup_commands.restore, "khôi phục quầy từ bản sao lưu vào thư mục dữ liệu trống"
    )
    bringing.add_argument("source", metavar="THƯ_MỤC", help="nơi cất bản sao lưu")
    bringing.add_argument("--name", default="", metavar="TÊN", help="bản nào (mặc định: bản mới nhất)")
    bringing.add_argument("--drill", action="store_true", help="chỉ diễn tập: khôi phục vào thư mục tạm rồi báo cáo")
    bringing.add_argument("--recovery-file", metavar="TỆP", help="tệp chứa mã khôi phục; - để đọc từ đầu vào")
    bringing.add_argument("--key-from-window", action="store_true", help=argparse.SUPPRESS)
