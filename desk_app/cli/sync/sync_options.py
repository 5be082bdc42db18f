"""The commands that send and receive: joining the district, a round, a stick, what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.lazy import lazy
from desk_app.terminal import Add

if TYPE_CHECKING:
    from desk_app.cli.sync import sync_commands
else:
    sync_commands = lazy("desk_app.cli.sync.sync_commands")


def sync_options(add: Add) -> None:
    enrol = add("enrol", lambda: sync_commands.enrol, "ghép quầy với cấp trên")
    given = enrol.add_mutually_exclusive_group()
    given.add_argument("--code", metavar="MÃ_GHÉP", help="mã một lần trên tờ giấy của cấp trên; - để đọc từ đầu vào")
    given.add_argument("--qr", metavar="NỘI_DUNG", help="nội dung mã QR của cấp trên; - để đọc từ đầu vào")
    enrol.add_argument("--url", default="", metavar="ĐỊA_CHỈ", help="địa chỉ máy chủ cấp trên, in cạnh mã ghép")
    enrol.add_argument("--stick", metavar="THƯ_MỤC", help="qua USB: kèm mã thì ghi yêu cầu, không kèm thì đọc trả lời")
    agreed = enrol.add_mutually_exclusive_group()
    agreed.add_argument("--expect", metavar="SÁU_SỐ", help="sáu số đọc trên màn hình cấp trên; giống thì xác nhận luôn")
    agreed.add_argument("--yes", action="store_true", help="xác nhận mà không so (chỉ khi đã so bằng cách khác)")
    sync = add("sync", lambda: sync_commands.sync, "gửi và nhận với cấp trên ngay")
    sync.add_argument("--to", metavar="ĐỊA_CHỈ", help="gửi tới địa chỉ này thay cho địa chỉ đã ghép")
    sync.add_argument("--no-files", action="store_true", help="không gửi tệp đính kèm lần này")
    status = add("status", lambda: sync_commands.status, "việc chờ gửi, đã xác nhận, được để riêng")
    status.add_argument("--settle", type=int, metavar="N", help="đã xem xong việc để riêng số N")
    add("announcements", lambda: sync_commands.announcements, "thông báo của cấp trên")


def stick_options(add: Add) -> None:
    export = add("export", lambda: sync_commands.stick_export, "ghi việc chưa gửi ra USB")
    export.add_argument("folder", metavar="THƯ_MỤC")
    export.add_argument("--to-desk", type=int, default=0, metavar="N", help="ghi cho quầy N của đơn vị")
    export.add_argument("--files", action="store_true", help="kèm tệp đính kèm chưa gửi")
    importing = add("import", lambda: sync_commands.stick_import, "nhận tệp từ USB")
    importing.add_argument("folder", metavar="THƯ_MỤC", help="thư mục hoặc một tệp")
