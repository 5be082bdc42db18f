"""The command line's grammar of the district: every command, its options and what each is for, in Vietnamese."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desk_app.district.cli.rules.rule_options import hold_options, service_day_options
from desk_app.domain.dossiers.steps import ACTIONS
from desk_app.lazy import lazy
from desk_app.terminal import Add, Commands
from desk_app.vietnamese_parser import VietnameseParser

if TYPE_CHECKING:
    from desk_app.district.cli import (
        audit_commands,
        check_commands,
        desk_commands,
        message_commands,
        money_commands,
        publish_commands,
        set_up_commands,
        status_commands,
        transfer_commands,
        update_commands,
        user_commands,
    )
else:
    audit_commands = lazy("desk_app.district.cli.audit_commands")
    check_commands = lazy("desk_app.district.cli.check_commands")
    transfer_commands = lazy("desk_app.district.cli.transfer_commands")
    message_commands = lazy("desk_app.district.cli.message_commands")
    desk_commands = lazy("desk_app.district.cli.desk_commands")
    set_up_commands = lazy("desk_app.district.cli.set_up_commands")
    money_commands = lazy("desk_app.district.cli.money_commands")
    status_commands = lazy("desk_app.district.cli.status_commands")
    update_commands = lazy("desk_app.district.cli.update_commands")
    user_commands = lazy("desk_app.district.cli.user_commands")
    publish_commands = lazy("desk_app.district.cli.publish_commands")


def build() -> VietnameseParser:
    """The parser; each command's namespace carries `deed`, which gives a function of the namespace."""
    commands = Commands("desk-district", "Bàn Một Cửa: cấp trên của các quầy, một người chạy được.", _shared)
    add = commands.add
    _set_up(add)
    _desks(add)
    _carrying(add)
    _words(add)
    _audit(add)
    _checks(add)
    service_day_options(commands.group("service-days", "ngày phục vụ cấp trên đặt cho các xã"))
    hold_options(commands.group("holds", "thủ tục cấp trên tạm dừng tiếp nhận ở các xã"))
    _users(commands.group("users", "người được mở trang xem"))
    _updates(commands.group("updates", "bản mới của chương trình phát cho các quầy"))
    return commands.top


def _shared(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data", metavar="THƯ_MỤC", help="thư mục dữ liệu cấp trên (mặc định: DISTRICT_DATA)")
    command.add_argument("--passphrase-file", metavar="TỆP", help="tệp chứa mật khẩu mở khóa cấp trên")
    command.add_argument("--root-file", metavar="TỆP", help="tệp khóa gốc đã cất: nơi ghi (init) hoặc thay mật khẩu")


def _set_up(add: Add) -> None:
    init = add("init", lambda: set_up_commands.init, "tạo cấp trên: khóa, chứng thư, cơ sở dữ liệu")
    init.add_argument("--name", default="Cấp trên", metavar="TÊN", help="tên các quầy nhìn thấy (vd. «UBND tỉnh …»)")
    init.add_argument("--url", metavar="ĐỊA_CHỈ", help="địa chỉ các quầy gọi tới (mặc định: https://máy này:8443)")
    init.add_argument("--behind-proxy", action="store_true", help="máy chủ phía trước (nginx…) lo TLS")
    serve = add("serve", lambda: set_up_commands.serve, "chạy máy chủ")
    for each in (init, serve):
        each.add_argument("--host", metavar="MÁY", help="nghe ở địa chỉ này (mặc định: mọi địa chỉ)")
        each.add_argument("--port", type=int, metavar="CỔNG", help="nghe ở cổng này (mặc định: 8443)")
        _database(each)


def _database(command: argparse.ArgumentParser) -> None:
    command.add_argument("--database", metavar="ĐỊA_CHỈ", help="postgresql://… (mặc định: tệp trong thư mục dữ liệu)")
    command.add_argument("--database-file", metavar="TỆP", help="tệp chứa địa chỉ cơ sở dữ liệu (khi có mật khẩu)")


def _desks(add: Add) -> None:
    enrol = add("enrol", lambda: desk_commands.enrol, "làm mã ghép một lần cho một quầy")
    enrol.add_argument("--commune", required=True, metavar="TÊN", help="tên xã, phường, đặc khu")
    enrol.add_argument(
        "--blocks", default="", metavar="DẢI", help="dải số trong ngày, vd. 0001-1999 (mặc định theo quầy)"
    )
    enrol.add_argument("--out", metavar="THƯ_MỤC", help="ghi mã QR thành PNG và SVG vào đây")
    enrol.add_argument("--stick", metavar="THƯ_MỤC", help="chép danh thiếp cấp trên ra USB cho quầy không có mạng")
    enrol.add_argument("--wait", type=int, default=0, metavar="GIÂY", help="đợi quầy dùng mã rồi hiện sáu số")
    revoke = add("revoke", lambda: desk_commands.revoke, "thu hồi một quầy (mất máy, thay máy)")
    revoke.add_argument("--reason", default="", metavar="LÝ_DO")
    for each in (enrol, revoke):
        each.add_argument("--unit", required=True, metavar="MÃ", help="mã đơn vị của xã")
        each.add_argument("--desk", type=int, required=True, metavar="N", help="số quầy trong xã")
    aside = add("quarantine", lambda: status_commands.quarantine, "xem lô để riêng; đánh dấu đã xem hoặc nhận vào sổ")
    aside.add_argument("digest", nargs="?", metavar="MÃ_LÔ", help="đánh dấu lô này là đã xem")
    aside.add_argument("--take", action="store_true", help="quầy đã xác nhận: nhận lô này vào sổ")
    add("communes", lambda: status_commands.communes, "các đơn vị và số hồ sơ của từng đơn vị")
    add("status", lambda: status_commands.status, "tình trạng từng quầy, lô để riêng, việc cần làm")
    paid = add("money", lambda: money_commands.day, "tiền thu trong ngày của từng quầy, quỹ có khớp không")
    paid.add_argument("--day", metavar="NGÀY", help="mặc định: hôm nay")
    paid.add_argument("--unit", metavar="MÃ", help="chỉ đơn vị này")


def _carrying(add: Add) -> None:
    take = add("import", lambda: transfer_commands.take_in, "nhận tệp các quầy mang tới bằng USB")
    take.add_argument("place", metavar="THƯ_MỤC|TỆP")
    give = add("export", lambda: transfer_commands.hand_out, "ghi tệp cho từng quầy mang về, hoặc xuất sổ hồ sơ")
    give.add_argument("place", nargs="?", metavar="THƯ_MỤC")
    give.add_argument("--register", metavar="TỆP.csv", help="xuất sổ hồ sơ của mọi đơn vị")
    give.add_argument("--unit", metavar="MÃ", help="chỉ đơn vị này")
    give.add_argument("--days", type=int, default=30, metavar="N", help="những gì nhận trong N ngày qua")
    keep = add("backup", lambda: transfer_commands.make_backup, "sao lưu toàn bộ vào một tệp, đọc lại và kiểm tra")
    keep.add_argument("file", metavar="TỆP")
    back = add("restore", lambda: transfer_commands.restore, "khôi phục từ bản sao lưu")
    back.add_argument("file", metavar="TỆP")
    back.add_argument("--over", action="store_true", help="thay dữ liệu đang có bằng bản sao lưu")
    _database(back)


def _words(add: Add) -> None:
    decide = add("decide", lambda: publish_commands.decide, "bước xử lý của cấp trên trên một hồ sơ")
    decide.add_argument("code", metavar="MÃ")
    decide.add_argument("action", choices=sorted(ACTIONS), metavar="VIỆC", help=", ".join(sorted(ACTIONS)))
    decide.add_argument("--reason", default="", metavar="LÝ_DO")
    decide.add_argument("--result", default="", metavar="SỐ_KẾT_QUẢ", help="số, ký hiệu văn bản kết quả")
    decide.add_argument("--to", default="", metavar="NƠI", help="chuyển tới đâu")
    decide.add_argument("--due", default="", metavar="NGÀY", help="ngày hẹn trả mới (31/12/2026, 2026-12-31T16:30)")
    sent = add("messages", lambda: message_commands.messages, "tin nhắn cho người dân: đang chờ, giao cho cổng gửi tin")
    sent.add_argument("--to", metavar="THƯ_MỤC", help="giao mọi tin đang chờ vào thư mục này, mỗi tin một tệp, một lần")
    sent.add_argument("--failed", default="", metavar="MÃ_TIN", help="tin này không tới người dân")
    sent.add_argument("--why", default="", metavar="LÝ_DO", help="vì sao không tới")
    announce = add("announce", lambda: publish_commands.announce, "thông báo cho các quầy")
    announce.add_argument("--title", required=True, metavar="TIÊU_ĐỀ")
    announce.add_argument("--text", metavar="NỘI_DUNG")
    announce.add_argument("--file", metavar="TỆP", help="nội dung đọc từ tệp")
    announce.add_argument("--until", default="", metavar="NGÀY", help="hiện đến hết ngày này (2026-12-31)")
    for each in (decide, announce):
        each.add_argument("--unit", metavar="MÃ", help="chỉ đơn vị này")
    procedure = add("publish-procedure", lambda: publish_commands.publish_procedure, "phát hành một phiên bản thủ tục")
    procedure.add_argument("--from", dest="start", default="", metavar="NGÀY", help="ngày hiệu lực (2026-12-31)")
    days = add("publish-days", lambda: publish_commands.publish_days, "phát hành ngày nghỉ, ngày làm bù")
    units = add("publish-units", lambda: publish_commands.publish_units, "phát hành thay đổi đơn vị hành chính")
    for each, kind in ((procedure, "TỆP.toml"), (days, "TỆP"), (units, "TỆP")):
        each.add_argument("file", metavar=kind)
        each.add_argument("--citation", default="", metavar="VĂN_BẢN", help="văn bản căn cứ")
    forms = add("publish-forms", lambda: publish_commands.publish_forms, "phát hành mẫu giấy tờ cho mọi quầy")
    forms.add_argument("folder", metavar="THƯ_MỤC", help="thư mục của một mẫu, hoặc chứa nhiều mẫu")
    back = add("withdraw-form", lambda: publish_commands.withdraw_form, "thu hồi một mẫu đã phát hành")
    back.add_argument("form", metavar="MÃ_MẪU")
    redact = add("redact", lambda: publish_commands.redact, "xóa nội dung một việc ở mọi nơi (nghĩa vụ xóa dữ liệu)")
    redact.add_argument("log", metavar="SỔ")
    redact.add_argument("seq", type=int, metavar="SỐ")
    redact.add_argument("--reason", required=True, metavar="LÝ_DO")
    old = add("redact-old", lambda: publish_commands.redact_old, "xóa một người khỏi dữ liệu cũ đã nhập, ở mọi nơi")
    whom = old.add_mutually_exclusive_group(required=True)
    whom.add_argument("--lines", metavar="DÒNG,…", help="số dòng trong tệp đã nhập; cần cả mã lần nhập")
    whom.add_argument("--number", action="store_true", help="mọi dòng mang số giấy tờ đọc từ đầu vào chuẩn")
    old.add_argument("import_id", nargs="?", default="", metavar="LẦN_NHẬP", help="như desk-app import where ghi")
    old.add_argument("--reason", required=True, metavar="LÝ_DO")


def _checks(add: Add) -> None:
    add("check", lambda: check_commands.check, "kiểm tra mọi sổ, chữ ký, tệp, danh sách và số đếm")
    add("rebuild", lambda: check_commands.rebuild, "dựng lại danh sách hồ sơ từ các sổ (dừng máy chủ trước)")
    add("selftest", lambda: check_commands.selftest, "tự kiểm tra bản cài đặt, không cần khóa, dữ liệu")
    doctor = add("doctor", lambda: check_commands.doctor, "xem tình trạng đĩa, đồng hồ, quyền, chứng thư, sao lưu")
    _database(doctor)


def _audit(add: Add) -> None:
    audit = add("audit", lambda: audit_commands.audit, "xem ai đã vào trang, ai đã xem dữ liệu cá nhân")
    audit.add_argument("--account", default="", metavar="TÊN", help="chỉ tài khoản này")
    audit.add_argument("--most", type=int, default=200, metavar="N", help="nhiều nhất N dòng mới nhất (mặc định: 200)")


def _updates(add: Add) -> None:
    new = add("add", lambda: update_commands.add, "phát một tệp cập nhật; bản cũ hơn của cùng loại máy thôi được phát")
    new.add_argument("file", metavar="TỆP.capnhat")
    add("list", lambda: update_commands.listed, "các bản đang phát")
    gone = add("remove", lambda: update_commands.remove, "thôi phát một bản")
    gone.add_argument("version_number", metavar="BẢN", help="như lệnh updates list ghi")


def _users(add: Add) -> None:
    new = add("add", lambda: user_commands.add, "thêm người dùng; mật khẩu do chương trình đặt")
    change = add("password", lambda: user_commands.password, "đổi mật khẩu")
    free = add("unlock", lambda: user_commands.unlock, "mở khóa người gõ sai mật khẩu nhiều lần")
    gone = add("remove", lambda: user_commands.remove, "bỏ người dùng")
    add("list", lambda: user_commands.listed, "xem danh sách")
    for each in (new, change, free, gone):
        each.add_argument("name", metavar="TÊN")
    for each in (new, change):
        each.add_argument("--password-file", metavar="TỆP", help="tự đặt: mật khẩu là dòng đầu của tệp này")
