"""The options of the commands of the day's work and of telling citizens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.domain.messages.kinds import ContactOutcome
from desk_app.domain.worklists.lists import Worklist
from desk_app.lazy import lazy
from desk_app.terminal import Add

if TYPE_CHECKING:
    from desk_app.cli.worklists import work_commands
else:
    work_commands = lazy("desk_app.cli.worklists.work_commands")

_OUTCOMES = tuple(each.value for each in ContactOutcome if each is not ContactOutcome.AT_COUNTER)


def work_options(add: Add) -> None:
    work = add("work", lambda: work_commands.work, "việc hôm nay: số hồ sơ của từng danh sách, hoặc một danh sách")
    names = [each.value for each in Worklist]
    work.add_argument("list", nargs="?", default="", metavar="DANH_SÁCH", choices=["", *names], help=", ".join(names))
    work.add_argument("--limit", type=int, default=1000, metavar="N")
    told = add("told", lambda: work_commands.told, "ghi kết quả báo cho người dân: đã báo, chưa báo được …")
    told.add_argument("code", metavar="MÃ")
    told.add_argument("outcome", metavar="KẾT_QUẢ", choices=_OUTCOMES, help=", ".join(_OUTCOMES))
    told.add_argument("--note", default="", metavar="GHI_CHÚ")
    sent = add("messages", lambda: work_commands.messages, "tin nhắn của một hồ sơ: đã xếp, đã gửi, không tới")
    sent.add_argument("code", metavar="MÃ")
