"""The commands about bundles of linked procedures, and about the dossiers that were received as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.lazy import lazy
from desk_app.terminal import Add

if TYPE_CHECKING:
    from desk_app.cli.linked import linked_commands
else:
    linked_commands = lazy("desk_app.cli.linked.linked_commands")


def linked_options(add: Add) -> None:
    add("list", lambda: linked_commands.listed, "các gói liên thông đang có hiệu lực, thủ tục và thời hạn của từng gói")
    show = add("show", lambda: linked_commands.show, "cả gói mà một hồ sơ thuộc về: đã xong mấy hồ sơ, còn hồ sơ nào")
    show.add_argument("code", metavar="MÃ")
    for name, deed, text in (
        ("check", lambda: linked_commands.check, "xem tệp gói liên thông có lỗi không, chưa ghi"),
        ("put", lambda: linked_commands.put, "dùng gói trong tệp này thay gói cùng tên, ở mọi quầy của xã"),
    ):
        add(name, deed, text).add_argument("file", metavar="TỆP")
