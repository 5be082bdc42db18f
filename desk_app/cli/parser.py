"""The command line's grammar: every command, its options and what each is for, in Vietnamese."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desk_app.cli.backups import backup_options
from desk_app.cli.custody.custody_options import desks_commands
from desk_app.cli.days.day_options import hold_options, service_day_options
from desk_app.cli.dossiers.step_words import CORRECT, TAKE_BACK
from desk_app.cli.forms.form_options import forms_commands, manner
from desk_app.cli.handling.handling_options import STEP_FACTS, handling_options
from desk_app.cli.linked.linked_options import linked_options
from desk_app.cli.old_data import import_options
from desk_app.cli.paper_lists.list_options import paper_list_commands
from desk_app.cli.payments import money_options
from desk_app.cli.ready.ready_options import ready_commands
from desk_app.cli.sync.sync_options import stick_options, sync_options
from desk_app.cli.worklists.work_options import work_options
from desk_app.domain.dossiers.steps import ACTIONS
from desk_app.lazy import lazy
from desk_app.services.reports import NAMES
from desk_app.terminal import Add, Commands
from desk_app.vietnamese_parser import VietnameseParser

if TYPE_CHECKING:
    from desk_app.cli import (
        bench_command,
        day_commands,
        desk_commands,
        law_commands,
        recovery_commands,
        report_commands,
        settings_commands,
        unit_commands,
        update_commands,
    )
    from desk_app.cli.dossiers import dossier_commands, paper_commands, step_commands
else:
    bench_command = lazy("desk_app.cli.bench_command")
    day_commands = lazy("desk_app.cli.day_commands")
    desk_commands = lazy("desk_app.cli.desk_commands")
    dossier_commands = lazy("desk_app.cli.dossiers.dossier_commands")
    law_commands = lazy("desk_app.cli.law_commands")
    paper_commands = lazy("desk_app.cli.dossiers.paper_commands")
    recovery_commands = lazy("desk_app.cli.recovery_commands")
    report_commands = lazy("desk_app.cli.report_commands")
    settings_commands = lazy("desk_app.cli.settings_commands")
    step_commands = lazy("desk_app.cli.dossiers.step_commands")
    unit_commands = lazy("desk_app.cli.unit_commands")
    update_commands = lazy("desk_app.cli.update_commands")


def build() -> VietnameseParser:
    """The parser; each command's namespace carries `deed`, which gives a function of the namespace."""
    commands = Commands("desk-app", "Bàn Một Cửa: phần mềm quầy tiếp nhận của xã, phường.", _shared)
    add = commands.add
    _desk_commands(add)
    _dossier_commands(add)
    _step_commands(add)
    handling_options(add)
    sync_options(add)
    for name, text, fill in (
        ("forms", "biểu mẫu", forms_commands),
        ("catalogue", "danh mục thủ tục", _catalogue_commands),
        ("holidays", "ngày nghỉ lễ, ngày làm bù", _holidays_commands),
        ("units", "đơn vị hành chính", _units_commands),
        ("stick", "gửi nhận bằng USB", stick_options),
        ("linked", "gói thủ tục liên thông", linked_options),
        ("desks", "hồ sơ ở quầy nào, chuyển giữa các quầy của xã", desks_commands),
        ("settings", "thiết lập của quầy và của xã", _settings_commands),
        ("money", "thu phí, lệ phí: thu, trả lại, biên lai, miễn", money_options.money_options),
        ("cash", "quỹ tiền mặt của quầy", money_options.cash_options),
        ("service-days", "ngày phục vụ: không viết, không hẹn, không chờ, làm nhanh, giờ thứ 9", service_day_options),
        ("holds", "thủ tục tạm dừng tiếp nhận", hold_options),
        ("paper-list", "danh sách bàn giao, trình ký, trả kết quả", paper_list_commands),
        ("filing", "nộp vào hệ thống khác: bảng chép, sổ nhập khai sinh", import_options.filing_commands),
        ("import", "người và hồ sơ từ bảng của chương trình cũ", import_options.import_commands),
    ):
        fill(commands.group(name, text))
    return commands.top


def _shared(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data", metavar="THƯ_MỤC", help="thư mục dữ liệu của quầy (mặc định: DESK_DATA)")
    command.add_argument("--training", action="store_true", help="dữ liệu tập huấn, để cạnh dữ liệu thật")
    command.add_argument("--passphrase-file", metavar="TỆP", help="tệp chứa mật khẩu mở dữ liệu")


def _desk_commands(add: Add) -> None:
    init = add("init", lambda: desk_commands.init, "tạo dữ liệu cho một quầy")
    init.add_argument("--unit", metavar="MÃ", help="mã định danh đơn vị, đứng đầu mã hồ sơ")
    init.add_argument("--commune", metavar="TÊN", help="tên xã, phường, đặc khu (vd. «xã Đông Sơn»)")
    init.add_argument("--province", default="", metavar="TÊN", help="tên tỉnh, thành phố")
    init.add_argument("--desk", type=int, default=1, metavar="N", help="số quầy trong xã")
    init.add_argument("--clerk", default="", metavar="TÊN", help="họ tên cán bộ tiếp nhận")
    init.add_argument("--demo", action="store_true", help="dữ liệu mẫu của một xã không có thật")
    check = add("check", lambda: desk_commands.check, "kiểm tra nhật ký và toàn bộ dữ liệu")
    check.add_argument("--seal", metavar="NỘI_DUNG", help="mã QR trên báo cáo kết thúc ngày; - để đọc từ đầu vào")
    add("rebuild", lambda: desk_commands.rebuild, "dựng lại các bảng từ nhật ký")
    ready_commands(add)
    work_options(add)
    add("doctor", lambda: desk_commands.doctor, "xem tình trạng máy, khóa, đĩa, lịch, biểu mẫu")
    new = add(
        "update", lambda: update_commands.update, "cập nhật chương trình từ USB, xem bản đang có, quay về bản trước"
    )
    new.add_argument("place", nargs="?", metavar="TỆP|THƯ_MỤC", help="tệp cập nhật, hoặc thư mục (USB) có tệp đó")
    which = new.add_mutually_exclusive_group()
    which.add_argument("--check", action="store_true", help="chỉ kiểm tra tệp, không cài")
    which.add_argument("--status", action="store_true", help="bản đang chạy, bản chờ dùng, bản đã bỏ")
    which.add_argument("--back", action="store_true", help="lần mở tới chạy bản trước")
    code = add("recovery-code", lambda: recovery_commands.renew, "làm mã khôi phục mới, thay mã đã mất hoặc đã lộ")
    code.add_argument("--out", metavar="THƯ_MỤC", help="ghi mã ra tệp ở đây (USB) thay vì hiện trên màn hình")
    code.add_argument("--yes", action="store_true", help="không hỏi gõ lại nhóm cuối: mã cũ hết dùng ngay")
    backup_options.backup_options(add)
    bench = add("bench", lambda: bench_command.bench, "đo tốc độ, so với mức sàn đo cùng lúc")
    bench.add_argument("--size", type=int, default=20_000, metavar="N", help="số hồ sơ khi đo (đủ cỡ: 1000000)")
    bench.add_argument("--only", action="append", default=[], metavar="VIỆC", help="chỉ đo việc này; lặp lại được")
    bench.add_argument(
        "--folder", metavar="THƯ_MỤC", help="giữ quầy đã nạp đầy ở đây, lần sau dùng lại (một triệu hồ sơ nạp lâu)"
    )


def _dossier_commands(add: Add) -> None:
    scan = add("scan", lambda: dossier_commands.scan, "đọc nội dung mã QR hoặc dòng MRZ của thẻ")
    scan.add_argument("text", metavar="NỘI_DUNG", help="nội dung quét được, hoặc - để đọc từ đầu vào")
    where = add("address", lambda: unit_commands.address, "địa chỉ hai cấp hôm nay của một địa chỉ cũ")
    where.add_argument("text", metavar="ĐỊA_CHỈ", help="địa chỉ như trên giấy, hoặc - để đọc từ đầu vào")
    receive = add("receive", lambda: dossier_commands.receive, "tiếp nhận một hồ sơ")
    receive.add_argument("--scan", metavar="NỘI_DUNG", help="nội dung thẻ, hoặc - để đọc từ đầu vào")
    receive.add_argument(
        "--prepared", action="append", default=[], metavar="CHỮ_SỐ", help="mã khai trước ở nhà; lặp lại cho từng phần"
    )
    what = receive.add_mutually_exclusive_group(required=True)
    what.add_argument("--procedure", metavar="MÃ", help="mã thủ tục")
    what.add_argument("--bundle", metavar="GÓI", help="gói liên thông: mỗi thủ tục của gói thành một hồ sơ")
    receive.add_argument("--set", action="append", default=[], metavar="KHÓA=GIÁ_TRỊ", help="trả lời một câu hỏi")
    receive.add_argument("--at", metavar="THỜI_ĐIỂM", help="lúc tiếp nhận, ISO (mặc định: bây giờ)")
    receive.add_argument("--out", metavar="THƯ_MỤC", help="ghi giấy tờ thành PDF vào đây")
    show = add("show", lambda: dossier_commands.show, "xem một hồ sơ")
    show.add_argument("code", metavar="MÃ")
    find = add("find", lambda: dossier_commands.find, "tìm hồ sơ theo tên, số căn cước, điện thoại, mã")
    find.add_argument("text", metavar="CHỮ")
    find.add_argument("--limit", type=int, default=20, metavar="N")
    for name, text in (("late", "hồ sơ quá hạn"), ("today", "hồ sơ tiếp nhận hôm nay")):
        listed = add(name, lambda: dossier_commands.listed, text)
        listed.add_argument("--limit", type=int, default=1000, metavar="N")
    printing = add("print", lambda: paper_commands.print_papers, "in giấy tờ của một hồ sơ")
    printing.add_argument("code", metavar="MÃ")
    printing.add_argument(
        "--what",
        default="all",
        metavar="GIẤY",
        help="slip, slip80, forms, all, owed (giấy của bước mới nhất), tên ở lệnh papers; hoặc hand-over, to-sign,"
        " results, visits với MÃ là số của danh sách",
    )
    printing.add_argument("--out", metavar="THƯ_MỤC", help="ghi thành PDF vào đây")
    printing.add_argument("--printer", metavar="TÊN", help="gửi tới máy in này")
    manner(printing)
    listing = add("papers", lambda: paper_commands.list_papers, "mọi giấy tờ của một hồ sơ, theo bước, số và lần in")
    listing.add_argument("code", metavar="MÃ")


def _step_commands(add: Add) -> None:
    step = add("step", lambda: step_commands.step, "chuyển bước, rút lại bước ghi nhầm, hoặc đính chính một hồ sơ")
    step.add_argument("code", metavar="MÃ")
    actions = (*ACTIONS, TAKE_BACK, CORRECT)
    step.add_argument("action", metavar="BƯỚC", choices=actions, help=", ".join(actions))
    needed = (
        f"{STEP_FACTS}; với correct: mục cần sửa như phone, purpose, fee_total, due, procedure,"
        " components (mã giấy tờ, cách nhau bằng dấu phẩy), document (tên:số trang:số bản), copies, sets"
    )
    step.add_argument("--set", action="append", default=[], metavar="KHÓA=GIÁ_TRỊ", help=needed)
    step.add_argument(
        "--field",
        action="append",
        default=[],
        metavar="MỤC=GIÁ_TRỊ",
        help="trả lời một mục mà giấy tờ của bước hỏi; thiếu --field thì theo điều đã biết hoặc mặc định của mẫu",
    )
    step.add_argument("--linked", action="store_true", help="đính chính cả các hồ sơ cùng gói liên thông")
    step.add_argument("--out", metavar="THƯ_MỤC", help="ghi giấy tờ của bước thành PDF vào đây")
    step.add_argument("--printer", metavar="TÊN", help="gửi giấy tờ của bước tới máy in này")
    conflicts = add("conflicts", lambda: step_commands.conflicts, "hồ sơ hai quầy cùng sửa, cần người chọn")
    conflicts.add_argument("code", nargs="?", metavar="MÃ", help="xem các giá trị của một hồ sơ")
    settle = add("settle", lambda: step_commands.settle, "chọn giá trị cho mục hai quầy cùng sửa")
    settle.add_argument("code", metavar="MÃ")
    settle.add_argument("path", metavar="MỤC", help="như lệnh conflicts ghi, ví dụ people.applicant.phone")
    choice = settle.add_mutually_exclusive_group(required=True)
    choice.add_argument("--keep", type=int, metavar="N", help="giữ giá trị thứ N của lệnh conflicts")
    choice.add_argument("--value", metavar="GIÁ_TRỊ", help="đặt giá trị này")
    attach = add("attach", lambda: step_commands.attach, "đính kèm một tệp vào hồ sơ")
    attach.add_argument("code", metavar="MÃ")
    attach.add_argument("file", metavar="TỆP")
    attach.add_argument("--component", default="", metavar="MÃ_GIẤY_TỜ", help="là giấy tờ nào trong thành phần hồ sơ")
    report = add("report", lambda: report_commands.report, "báo cáo: xem, ghi thành PDF hoặc bảng tính")
    report.add_argument("name", metavar="BÁO_CÁO", choices=NAMES, help=", ".join(NAMES))
    report.add_argument("--from", dest="since", metavar="NGÀY", help="từ ngày (mặc định: hôm nay)")
    report.add_argument("--to", metavar="NGÀY", help="đến ngày (mặc định: hôm nay)")
    report.add_argument("--out", metavar="TỆP", help="ghi vào tệp này: .pdf hoặc .xlsx")
    close = add("close-day", lambda: day_commands.close_day, "kết thúc ngày: việc còn lại và báo cáo")
    close.add_argument("--out", metavar="THƯ_MỤC", help="ghi báo cáo một trang thành PDF vào đây")
    away = close.add_mutually_exclusive_group()
    away.add_argument("--send", action="store_true", help="gửi và nhận với cấp trên trước")
    away.add_argument("--stick", metavar="THƯ_MỤC", help="ghi việc chưa gửi ra USB trước")


def _catalogue_commands(add: Add) -> None:
    for name, deed, text in (
        ("import", lambda: law_commands.catalogue_import, "nhập danh mục quốc gia"),
        ("diff", lambda: law_commands.catalogue_diff, "xem danh mục mới khác gì, chưa ghi"),
    ):
        add(name, deed, text).add_argument("folder", metavar="THƯ_MỤC")
    add("list", lambda: law_commands.catalogue_list, "các thủ tục đang có hiệu lực")
    first = add("first", lambda: law_commands.catalogue_first, "thủ tục chọn sẵn khi mở hồ sơ mới")
    first.add_argument("code", metavar="MÃ", help="mã thủ tục, hoặc - để không chọn sẵn")


def _holidays_commands(add: Add) -> None:
    add("import", lambda: law_commands.holidays_import, "nhập lịch nghỉ của một năm (TOML hoặc CSV)").add_argument(
        "file", metavar="TỆP"
    )
    listing = add("list", lambda: law_commands.holidays_list, "xem ngày nghỉ, ngày làm bù")
    listing.add_argument("--year", type=int, metavar="NĂM")


def _settings_commands(add: Add) -> None:
    add("list", lambda: settings_commands.listed, "mọi thiết lập, của ai, giá trị mặc định")
    get = add("get", lambda: settings_commands.get, "xem một thiết lập")
    put = add("set", lambda: settings_commands.put, "đổi một thiết lập; của xã thì mọi quầy đổi theo")
    for each in (get, put):
        each.add_argument("key", metavar="TÊN", help="như lệnh settings list ghi")
    put.add_argument("value", metavar="GIÁ_TRỊ")


def _units_commands(add: Add) -> None:
    add("list", lambda: unit_commands.listed, "bản đang có hiệu lực, và bản sắp tới")
    add("show", lambda: unit_commands.show, "tên một tỉnh, một xã và văn bản đặt tên đó").add_argument(
        "code", metavar="MÃ"
    )
    taking = add("import", lambda: unit_commands.take_in, "nhập thay đổi, hoặc danh sách của một ngày (JSON hoặc CSV)")
    taking.add_argument("file", metavar="TỆP")
    add("adopt", lambda: unit_commands.adopt, "lấy tên mới của xã, phường mình cho giấy tờ từ nay")
