"""Every setting a person may look at and change, declared once: screen and terminal show them from here.

A new setting is one field of `store.settings.Settings` and one line here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath, PureWindowsPath

from desk_app.domain.dossiers.numbering import Pattern
from desk_app.domain.people.phone import problem as phone_problem
from desk_app.errors import BadFactError
from desk_app.services.settings.citizen_kinds import LATENESS, MESSAGES
from desk_app.services.settings.kinds import InputKind, Scope, SettingGroup, SettingKind
from desk_app.services.settings.payment_kinds import PAYMENT
from desk_app.services.settings.print_kinds import DOCUMENTS, SHEETS, of_document, of_sheet

_HOUR = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)


def _hour_problem(text: str) -> str:
    return "" if _HOUR.fullmatch(text) else "cần giờ:phút từ 00:00 đến 23:59, như 07:30"


def _pattern_problem(text: str) -> str:
    try:
        Pattern(text)
    except BadFactError as error:
        return str(error.facts.get("why", ""))
    return ""


def _folder_problem(text: str) -> str:
    if text and not (PurePosixPath(text).is_absolute() or PureWindowsPath(text).is_absolute()):
        return "cần đường dẫn đầy đủ, như /media/usb hay D:\\SaoLuu"
    return ""


def _hour(part: str, label: str, told: str = "") -> SettingKind:
    return SettingKind(
        key=f"hours.{part}",
        label=label,
        group=SettingGroup.HOURS,
        told=told,
        input=InputKind.HOUR,
        needed=True,
        check=_hour_problem,
    )


def _number(key: str, label: str, group: SettingGroup, least: int, most: int, told: str, unit: str) -> SettingKind:
    return SettingKind(
        key=key,
        label=label,
        group=group,
        told=told,
        scope=Scope.DESK,
        input=InputKind.NUMBER,
        least=least,
        most=most,
        unit=unit,
        needed=True,
    )


_EVERY = (
    SettingKind(
        key="office",
        label="Tên cơ quan tiếp nhận",
        group=SettingGroup.OFFICE,
        told="Như ghi trên giấy.",
        needed=True,
    ),
    SettingKind(key="commune", label="Tên xã, phường", group=SettingGroup.OFFICE, needed=True),
    SettingKind(
        key="province",
        label="Tên tỉnh, thành phố",
        group=SettingGroup.OFFICE,
        told="Cũng để ẩn thủ tục riêng của tỉnh khác.",
    ),
    SettingKind(
        key="superior",
        label="Cơ quan cấp trên trực tiếp",
        group=SettingGroup.OFFICE,
        told="Như ghi trên giấy.",
    ),
    SettingKind(
        key="address",
        label="Địa chỉ cơ quan",
        group=SettingGroup.OFFICE,
        told="In trên giấy tiếp nhận và phiếu hẹn, để trống thì không in.",
    ),
    SettingKind(
        key="phone",
        label="Điện thoại cơ quan",
        group=SettingGroup.OFFICE,
        told="In trên giấy tiếp nhận và phiếu hẹn, để trống thì không in.",
        check=lambda text: phone_problem(text) if text else "",
    ),
    _hour("morning", "Giờ mở buổi sáng"),
    _hour("noon", "Giờ nghỉ trưa"),
    _hour("afternoon", "Giờ mở buổi chiều"),
    _hour("evening", "Giờ đóng cửa"),
    _hour("hand_out", "Giờ trả kết quả trong ngày", "Giờ hẹn trả ghi trên giấy tiếp nhận."),
    *PAYMENT,
    SettingKind(
        key="pattern",
        label="Mẫu mã hồ sơ",
        group=SettingGroup.CLERK,
        told="Gồm {unit}, {yymmdd} hoặc {yyyymmdd}, và số thứ tự {nnnn}. Mã đã cấp không đổi.",
        needed=True,
        check=_pattern_problem,
    ),
    SettingKind(
        key="paper_wording",
        label="Tên giấy tờ theo",
        group=SettingGroup.CLERK,
        told="Với giấy có hai tên đang dùng; giấy đã ghi giữ tên cũ khi in lại.",
        input=InputKind.CHOICE,
        choices={"tt-03-2025": "Thông tư 03/2025/TT-VPCP", "tt-01-2018": "Thông tư 01/2018/TT-VPCP"},
    ),
    SettingKind(
        key="paper_numbers",
        label="Số của giấy gửi đi",
        group=SettingGroup.CLERK,
        told="Chương trình cấp thì mỗi quầy một dãy số trong năm, không số nào hai lần.",
        input=InputKind.CHOICE,
        choices={"given": "chương trình cấp", "by_hand": "theo sổ của văn thư, cán bộ tự ghi"},
    ),
    SettingKind(
        key="clerk",
        label="Người tiếp nhận",
        group=SettingGroup.CLERK,
        told="Họ tên ghi trên giấy và trong nhật ký từ nay về sau.",
        scope=Scope.DESK,
        needed=True,
    ),
    SettingKind(
        key="first_procedure",
        label="Thủ tục chọn sẵn",
        group=SettingGroup.QUICK,
        told="Hồ sơ mới bắt đầu bằng thủ tục này.",
        scope=Scope.DESK,
        input=InputKind.PROCEDURE,
    ),
    _number("quick_count", "Số nút thủ tục nhanh", SettingGroup.QUICK, 0, 9, "Các nút dưới ô thủ tục, Ctrl+1 …", "nút"),
    SettingKind(
        key="quick_procedures",
        label="Thủ tục của các nút nhanh",
        group=SettingGroup.QUICK,
        told="Theo thứ tự nút; nút còn thừa dành cho thủ tục hay dùng nhất.",
        scope=Scope.DESK,
        input=InputKind.PROCEDURES,
    ),
    SettingKind(
        key="slip_paper",
        label="Giấy tiếp nhận in trên",
        group=SettingGroup.DOCUMENTS,
        scope=Scope.DESK,
        input=InputKind.CHOICE,
        choices={"A5": "giấy A5", "80mm": "giấy nhiệt 80 mm"},
    ),
    *(kind for document in DOCUMENTS for kind in of_document(document)),
    *(kind for sheet in SHEETS for kind in of_sheet(sheet)),
    SettingKind(
        key="scanner_port",
        label="Cổng máy quét",
        group=SettingGroup.SCANNER,
        told="Để trống khi máy quét gõ như bàn phím.",
        scope=Scope.DESK,
        input=InputKind.PORT,
    ),
    SettingKind(
        key="scanner_baud",
        label="Tốc độ cổng máy quét",
        group=SettingGroup.SCANNER,
        told="Như trong sách của máy quét; thường là 9600.",
        scope=Scope.DESK,
        input=InputKind.CHOICE,
        choices={str(rate): f"{rate} bit/giây" for rate in (9600, 19200, 38400, 57600, 115200, 4800, 2400)},
    ),
    SettingKind(
        key="theme",
        label="Nền màn hình",
        group=SettingGroup.LOOK,
        scope=Scope.DESK,
        input=InputKind.CHOICE,
        choices={"system": "theo máy", "light": "sáng", "dark": "tối"},
    ),
    _number("scale", "Cỡ chữ và hình", SettingGroup.LOOK, 80, 200, "Đổi khi mở lại chương trình.", "%"),
    _number(
        "sync_every",
        "Tự gửi nhận sau mỗi",
        SettingGroup.WORK,
        5,
        240,
        "Khi không có việc mới; có việc mới thì gửi trong vòng 5 phút.",
        "phút",
    ),
    _number(
        "drafts_days",
        "Giữ hồ sơ nhập dở trong",
        SettingGroup.WORK,
        1,
        60,
        "Quá số ngày này thì bỏ hẳn, cùng thông tin của người dân trong đó.",
        "ngày",
    ),
    SettingKind(
        key="backup_folder",
        label="Nơi cất bản sao lưu",
        group=SettingGroup.BACKUP,
        told="Ổ đĩa thứ hai, USB hoặc thư mục mạng. Bản sao lưu đã mã hóa.",
        scope=Scope.DESK,
        input=InputKind.FOLDER,
        check=_folder_problem,
    ),
    _number(
        "backup_every",
        "Tự sao lưu sau mỗi",
        SettingGroup.BACKUP,
        1,
        72,
        "Và sau mỗi lần kết thúc ngày.",
        "giờ",
    ),
    *LATENESS,
    *MESSAGES,
)
KINDS: Mapping[str, SettingKind] = {kind.key: kind for group in SettingGroup for kind in _EVERY if kind.group is group}
