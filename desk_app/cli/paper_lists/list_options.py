"""The grammar of `paper-list`: lists of many dossiers that go on with them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desk_app.domain.outgoing.paper_lists import KINDS
from desk_app.lazy import lazy
from desk_app.terminal import Add

if TYPE_CHECKING:
    from desk_app.cli.paper_lists import list_commands
else:
    list_commands = lazy("desk_app.cli.paper_lists.list_commands")


def paper_list_commands(add: Add) -> None:
    offered = add("offer", lambda: list_commands.offer, "hồ sơ có thể đưa vào một danh sách hôm nay")
    _kind(offered)
    make = add("make", lambda: list_commands.make, "lập một danh sách, cấp số, in")
    _kind(make)
    make.add_argument("codes", nargs="*", default=[], metavar="MÃ", help="các hồ sơ; để trống cùng --today")
    make.add_argument("--to", required=True, metavar="BÊN_NHẬN", help="đơn vị, quầy hay người nhận")
    make.add_argument("--today", action="store_true", help="mọi hồ sơ hôm nay chuyển tới bên nhận này")
    make.add_argument(
        "--number", default="", metavar="SỐ", help="số theo sổ của cơ quan; để trống thì chương trình cấp"
    )
    _where(make)
    add("list", lambda: list_commands.every, "các danh sách đã lập, mới nhất trước")


def _kind(command: argparse.ArgumentParser) -> None:
    told = "; ".join(f"{kind.name}: {kind.label}" for kind in KINDS.values())
    command.add_argument("what", choices=list(KINDS), metavar="LOẠI", help=told)


def _where(command: argparse.ArgumentParser) -> None:
    command.add_argument("--out", metavar="THƯ_MỤC", help="ghi thành PDF vào đây")
    command.add_argument("--printer", metavar="TÊN", help="gửi tới máy in này")
