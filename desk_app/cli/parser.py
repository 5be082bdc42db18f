"""The command line's grammar: every command, its options and what each is for, in Vietnamese."""

from __future__ import annotations

import argparse

from desk_app import __version__
from desk_app.cli import bench_command, desk_commands, dossier_commands, law_commands, paper_commands
from desk_app.services import demo


class _Words(argparse.ArgumentParser):
    """argparse with its own words in Vietnamese where a person meets them."""

    def error(self, message: str) -> None:  # type: ignore[override]
        self.exit(2, f"Lệnh chưa đúng: {message}\nXem cách dùng: {self.prog} --help\n")


def build() -> argparse.ArgumentParser:
    """The parser; each command's namespace carries `run`, a function of the namespace."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", metavar="THƯ_MỤC", help="thư mục dữ liệu của quầy (mặc định: DESK_DATA)")
    common.add_argument("--json", action="store_true", help="trả lời bằng JSON")
    common.add_argument("--passphrase-file", metavar="TỆP", help="tệp chứa mật khẩu mở dữ liệu")
    top = _Words(prog="desk-app", description="Bàn Một Cửa: phần mềm quầy tiếp nhận của xã, phường.")
    top.add_argument("--version", action="version", version=__version__)
    commands = top.add_subparsers(dest="command", required=True, parser_class=_Words, metavar="LỆNH")

    def add(name: str, run: object, text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, parents=[common], help=text, description=text)
        made.set_defaults(run=run)
        return made

    _desk_commands(add)
    _dossier_commands(add)
    _law_commands(commands, common)
    return top


def _desk_commands(add) -> None:  # type: ignore[no-untyped-def]
    init = add("init", desk_commands.init, "tạo dữ liệu cho một quầy")
    init.add_argument("--unit", metavar="MÃ", help="mã định danh đơn vị, đứng đầu mã hồ sơ")
    init.add_argument("--commune", metavar="TÊN", help="tên xã, phường, đặc khu (vd. «xã Đông Sơn»)")
    init.add_argument("--province", default="", metavar="TÊN", help="tên tỉnh, thành phố")
    init.add_argument("--desk", type=int, default=1, metavar="N", help="số quầy trong xã")
    init.add_argument("--clerk", default="", metavar="TÊN", help="họ tên cán bộ tiếp nhận")
    init.add_argument("--demo", action="store_true", help=f"dữ liệu mẫu của {demo.COMMUNE}, người không có thật")
    add("check", desk_commands.check, "kiểm tra nhật ký và toàn bộ dữ liệu")
    add("rebuild", desk_commands.rebuild, "dựng lại các bảng từ nhật ký")
    add("doctor", desk_commands.doctor, "xem tình trạng máy, khóa, đĩa, lịch, biểu mẫu")
    bench = add("bench", bench_command.bench, "đo tốc độ, so với mức sàn đo cùng lúc")
    bench.add_argument("--size", type=int, default=20_000, metavar="N", help="số hồ sơ để đo tìm kiếm (đủ cỡ: 1000000)")
    bench.add_argument("--only", action="append", default=[], metavar="VIỆC", help="chỉ đo việc này; lặp lại được")


def _dossier_commands(add) -> None:  # type: ignore[no-untyped-def]
    scan = add("scan", dossier_commands.scan, "đọc nội dung mã QR hoặc dòng MRZ của thẻ")
    scan.add_argument("text", metavar="NỘI_DUNG", help="nội dung quét được, hoặc - để đọc từ đầu vào")
    receive = add("receive", dossier_commands.receive, "tiếp nhận một hồ sơ")
    receive.add_argument("--scan", metavar="NỘI_DUNG", help="nội dung thẻ, hoặc - để đọc từ đầu vào")
    receive.add_argument("--procedure", required=True, metavar="MÃ", help="mã thủ tục")
    receive.add_argument("--set", action="append", default=[], metavar="KHÓA=GIÁ_TRỊ", help="trả lời một câu hỏi")
    receive.add_argument("--at", metavar="THỜI_ĐIỂM", help="lúc tiếp nhận, ISO (mặc định: bây giờ)")
    receive.add_argument("--out", metavar="THƯ_MỤC", help="ghi giấy tờ thành PDF vào đây")
    show = add("show", dossier_commands.show, "xem một hồ sơ")
    show.add_argument("code", metavar="MÃ")
    find = add("find", dossier_commands.find, "tìm hồ sơ theo tên, số căn cước, điện thoại, mã")
    find.add_argument("text", metavar="CHỮ")
    find.add_argument("--limit", type=int, default=20, metavar="N")
    for name, text in (("late", "hồ sơ quá hạn"), ("today", "hồ sơ tiếp nhận hôm nay")):
        listed = add(name, dossier_commands.listed, text)
        listed.add_argument("--limit", type=int, default=1000, metavar="N")
    printing = add("print", paper_commands.print_papers, "in giấy tờ của một hồ sơ")
    printing.add_argument("code", metavar="MÃ")
    printing.add_argument("--what", default="all", metavar="GIẤY", help="slip, slip80, forms, all hoặc mã biểu mẫu")
    printing.add_argument("--out", metavar="THƯ_MỤC", help="ghi thành PDF vào đây")
    printing.add_argument("--printer", metavar="TÊN", help="gửi tới máy in này")


def _law_commands(commands, common) -> None:  # type: ignore[no-untyped-def]
    def group(name: str, text: str):  # type: ignore[no-untyped-def]
        made = commands.add_parser(name, help=text, description=text)
        return made.add_subparsers(dest="action", required=True, parser_class=_Words, metavar="VIỆC")

    def add(under, name: str, run: object, text: str) -> argparse.ArgumentParser:  # type: ignore[no-untyped-def]
        made = under.add_parser(name, parents=[common], help=text, description=text)
        made.set_defaults(run=run)
        return made

    forms = group("forms", "biểu mẫu")
    add(forms, "list", paper_commands.forms_list, "các biểu mẫu đang có")
    checking = add(forms, "check", paper_commands.forms_check, "kiểm tra biểu mẫu, nêu tệp và dòng sai")
    checking.add_argument("folder", nargs="?", metavar="THƯ_MỤC", help="thư mục biểu mẫu (mặc định: của chương trình)")
    preview = add(forms, "preview", paper_commands.forms_preview, "vẽ thử một biểu mẫu")
    preview.add_argument("form", metavar="MÃ_MẪU")
    preview.add_argument("--out", required=True, metavar="TỆP.pdf")
    preview.add_argument("--blank", action="store_true", help="mẫu trống, chỉ có dòng chấm")
    catalogue = group("catalogue", "danh mục thủ tục")
    for name, run, text in (
        ("import", law_commands.catalogue_import, "nhập danh mục quốc gia"),
        ("diff", law_commands.catalogue_diff, "xem danh mục mới khác gì, chưa ghi"),
    ):
        reading = add(catalogue, name, run, text)
        reading.add_argument("folder", metavar="THƯ_MỤC")
    add(catalogue, "list", law_commands.catalogue_list, "các thủ tục đang có hiệu lực")
    holidays = group("holidays", "ngày nghỉ lễ, ngày làm bù")
    reading = add(holidays, "import", law_commands.holidays_import, "nhập lịch nghỉ của một năm (TOML hoặc CSV)")
    reading.add_argument("file", metavar="TỆP")
    listing = add(holidays, "list", law_commands.holidays_list, "xem ngày nghỉ, ngày làm bù")
    listing.add_argument("--year", type=int, metavar="NĂM")
