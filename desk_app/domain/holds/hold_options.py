"""The options of `holds add` and `holds change`, at the terminals of desk and district alike."""

from __future__ import annotations

from argparse import ArgumentParser

from desk_app.domain.holds.hold import HoldWeight

_WEIGHTS = [each.value for each in HoldWeight]


def new_hold_options(new: ArgumentParser, *, setter: str) -> None:
    """What a hold says that begins; `setter` names who sets it when nobody is named."""
    new.add_argument(
        "--procedure", action="append", default=[], metavar="MÃ", help="lặp lại được; không nêu là mọi thủ tục"
    )
    new.add_argument("--reason", required=True, metavar="LÝ_DO")
    new.add_argument("--weight", choices=_WEIGHTS, required=True, help="nhắc hay không nhận")
    new.add_argument("--from", dest="since", default="", metavar="NGÀY", help="từ ngày (mặc định: hôm nay)")
    new.add_argument("--to", default="", metavar="NGÀY", help="đến hết ngày (mặc định: đến khi kết thúc)")
    new.add_argument("--remedy", default="", metavar="VIỆC", help="người dân và cán bộ làm gì trong lúc đó")
    new.add_argument("--number", default="", metavar="SỐ", help="số văn bản, nếu có")
    new.add_argument("--by", default="", metavar="AI", help=f"ai đặt (mặc định: {setter})")


def changed_hold_options(change: ArgumentParser) -> None:
    """What may be said anew of a hold that stands; what is not named stays."""
    change.add_argument("id", metavar="MÃ")
    change.add_argument("--procedure", action="append", metavar="MÃ", help="lặp lại được; all là mọi thủ tục")
    change.add_argument("--reason", metavar="LÝ_DO")
    change.add_argument("--weight", choices=_WEIGHTS, help="nhắc hay không nhận")
    change.add_argument("--from", dest="since", metavar="NGÀY", help="từ ngày")
    change.add_argument("--to", metavar="NGÀY", help="đến hết ngày; - là đến khi kết thúc")
    change.add_argument("--remedy", metavar="VIỆC", help="người dân và cán bộ làm gì trong lúc đó")
    change.add_argument("--number", metavar="SỐ", help="số văn bản")
