"""The grammar of `money` and `cash`: taking money, giving it back, receipts and their books, counting a drawer."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desk_app.lazy import lazy
from desk_app.terminal import Add

if TYPE_CHECKING:
    from desk_app.cli.payments import book_commands, cash_commands, money_commands
else:
    book_commands = lazy("desk_app.cli.payments.book_commands")
    cash_commands = lazy("desk_app.cli.payments.cash_commands")
    money_commands = lazy("desk_app.cli.payments.money_commands")

_WAYS = ("cash", "transfer", "online", "post")


def money_options(add: Add) -> None:
    show = add("show", lambda: money_commands.show, "phí của một hồ sơ: phải thu, đã thu, mã chuyển khoản")
    pay = add("pay", lambda: money_commands.pay, "ghi một khoản thu")
    pay.add_argument("--amount", metavar="SỐ_TIỀN", help="mặc định: mọi khoản còn phải thu")
    pay.add_argument("--way", default="cash", choices=_WAYS, metavar="CÁCH", help=", ".join(_WAYS))
    pay.add_argument("--note", default="", metavar="CHỮ")
    back = add("back", lambda: money_commands.give_back, "ghi khoản trả lại, hoặc rút lại lần thu ghi nhầm")
    back.add_argument("--reason", required=True, metavar="LÝ_DO")
    back.add_argument("--amount", metavar="SỐ_TIỀN", help="mặc định: cả khoản thu mới nhất")
    back.add_argument("--way", default="", choices=("", *_WAYS), metavar="CÁCH", help="mặc định: như khi thu")
    back.add_argument("--mistake", action="store_true", help="khoản thu ghi nhầm, chưa từng nhận tiền")
    back.add_argument("--void", action="store_true", help="hủy luôn biên lai của khoản thu")
    receipt = add("receipt", lambda: money_commands.receipt, "ghi số biên lai của một khoản đã thu")
    receipt.add_argument("--reason", default="", metavar="LÝ_DO", help="khi thay biên lai đã ghi")
    exempt = add("exempt", lambda: money_commands.exempt, "miễn phí, lệ phí cho một hồ sơ đã nhận")
    exempt.add_argument("--by", required=True, metavar="DIỆN", help="như lệnh money exemptions ghi, hoặc other")
    exempt.add_argument("--proof", required=True, metavar="GIẤY_TỜ", help="giấy tờ chứng minh, có số nếu có")
    exempt.add_argument("--who", default="", metavar="AI", help="với other: thuộc diện nào")
    exempt.add_argument("--law", default="", metavar="VĂN_BẢN", help="với other: theo văn bản nào")
    for command in (show, pay, back, receipt, exempt):
        command.add_argument("code", metavar="MÃ")
    for command in (pay, receipt):
        _receipt(command)
    exemptions = add("exemptions", lambda: money_commands.exemptions, "ai được miễn, theo luật nào, giấy tờ nào")
    exemptions.add_argument("--procedure", default="", metavar="MÃ_THỦ_TỤC")
    day = add("day", lambda: cash_commands.day, "tiền thu trong ngày của từng quầy")
    _day(day)
    add("books", lambda: book_commands.books, "các quyển biên lai giấy và số còn lại")
    opened = add("book-open", lambda: book_commands.open_book, "ghi một quyển biên lai giấy")
    opened.add_argument("--template", default="", metavar="KÝ_HIỆU_MẪU")
    opened.add_argument("--series", required=True, metavar="KÝ_HIỆU")
    opened.add_argument("--first", type=int, required=True, metavar="SỐ")
    opened.add_argument("--last", type=int, required=True, metavar="SỐ")
    opened.add_argument("--shared", action="store_true", help="mọi quầy cùng dùng quyển này")
    spoilt = add("book-spoil", lambda: book_commands.spoil, "hủy một số biên lai giấy")
    spoilt.add_argument("book", metavar="QUYỂN", help="ký hiệu của quyển")
    spoilt.add_argument("number", type=int, metavar="SỐ")
    spoilt.add_argument("--reason", required=True, metavar="LÝ_DO")
    closed = add("book-close", lambda: book_commands.close, "đóng một quyển biên lai giấy")
    closed.add_argument("book", metavar="QUYỂN", help="ký hiệu của quyển")


def cash_options(add: Add) -> None:
    count = add("count", lambda: cash_commands.count, "đếm quỹ tiền mặt của quầy theo số tờ")
    count.add_argument("notes", nargs="*", default=[], metavar="MỆNH_GIÁ=SỐ_TỜ", help="500000=2 200000=1 … 1000=5")
    count.add_argument("--opening", metavar="SỐ_TIỀN", help="tiền lẻ có sẵn đầu ngày (mặc định: như lần đếm trước)")
    count.add_argument("--reason", default="", metavar="LÝ_DO", help="khi không khớp")
    show = add("show", lambda: cash_commands.day, "quỹ tiền mặt trong ngày: đã thu, đã đếm, thừa hay thiếu")
    for command in (count, show):
        _day(command)


def _day(command: argparse.ArgumentParser) -> None:
    command.add_argument("--day", metavar="NGÀY", help="mặc định: hôm nay")


def _receipt(command: argparse.ArgumentParser) -> None:
    command.add_argument("--number", default="", metavar="SỐ", help="số biên lai")
    command.add_argument("--template", default="", metavar="KÝ_HIỆU_MẪU", help="mặc định: như thiết lập")
    command.add_argument("--series", default="", metavar="KÝ_HIỆU", help="mặc định: như thiết lập")
    command.add_argument("--paper", action="store_true", help="biên lai giấy: số kế tiếp của quyển đang dùng")
    command.add_argument("--book", default="", metavar="QUYỂN", help="quyển biên lai giấy, theo ký hiệu")
