"""The commands with which dossiers go from one desk of the commune to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.lazy import lazy
from desk_app.terminal import Add

if TYPE_CHECKING:
    from desk_app.cli.custody import custody_commands
else:
    custody_commands = lazy("desk_app.cli.custody.custody_commands")


def desks_commands(add: Add) -> None:
    give = add("give", lambda: custody_commands.give, "chuyển hồ sơ cùng giấy tờ cho quầy khác của xã")
    take = add("take", lambda: custody_commands.take, "xác nhận hồ sơ và giấy tờ đã ở quầy này")
    for each in (give, take):
        many = "+" if each is give else "*"
        each.add_argument("codes", nargs=many, metavar="MÃ", help="một hay nhiều hồ sơ: ghi tất cả hoặc không ghi gì")
        each.add_argument("--note", default="", metavar="GHI_CHÚ")
    give.add_argument("--to", type=int, required=True, metavar="QUẦY", help="số quầy nhận; số quầy này để giữ lại")
    take.add_argument(
        "--list", default="", metavar="SỐ", help="số hay mã vạch của danh sách chuyển quầy; không nêu hồ sơ thì nhận cả"
    )
    held = add("held", lambda: custody_commands.held, "hồ sơ chưa xong mà một quầy đang giữ")
    held.add_argument("--desk", type=int, default=0, metavar="QUẦY", help="số quầy (mặc định: mọi quầy khác)")
    held.add_argument("--limit", type=int, default=1000, metavar="N")
    coming = add("arriving", lambda: custody_commands.arriving, "hồ sơ quầy khác chuyển đến, chưa ai nhận")
    coming.add_argument("--limit", type=int, default=1000, metavar="N")
    add("list", lambda: custody_commands.desks, "mỗi quầy đang giữ bao nhiêu hồ sơ chưa xong")
