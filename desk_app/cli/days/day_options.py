"""The options of service-days and holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.domain.holds.hold_options import changed_hold_options, new_hold_options
from desk_app.domain.service_days.service_day import ServiceDayKind
from desk_app.lazy import lazy
from desk_app.terminal import Add

if TYPE_CHECKING:
    from desk_app.cli.days import hold_commands, service_day_commands
else:
    hold_commands = lazy("desk_app.cli.days.hold_commands")
    service_day_commands = lazy("desk_app.cli.days.service_day_commands")


def service_day_options(add: Add) -> None:
    add("list", lambda: service_day_commands.listed, "mọi ngày phục vụ: của xã, của cấp trên, ví dụ kèm chương trình")
    today = add("today", lambda: service_day_commands.today, "ngày phục vụ lúc này, hoặc lúc nêu ra")
    today.add_argument("--procedure", default="", metavar="MÃ", help="chỉ ngày áp dụng cho thủ tục này")
    today.add_argument("--at", default="", metavar="THỜI_ĐIỂM", help="ISO, vd. 2027-01-05T17:20 (mặc định: bây giờ)")
    put = add("set", lambda: service_day_commands.put, "đặt hay sửa một ngày phục vụ; mọi quầy của xã nhận được")
    put.add_argument("id", metavar="MÃ_NGÀY", help="mã của một ngày có sẵn, của ví dụ, hoặc mã mới")
    put.add_argument("--kind", choices=[each.value for each in ServiceDayKind], metavar="LOẠI", help=_kinds())
    put.add_argument("--name", metavar="TÊN", help="tên cơ quan gọi, vd. Ngày thứ Ba nhanh")
    put.add_argument("--weekdays", metavar="THỨ", help="2,3,…,7,cn cách nhau bằng dấu phẩy; all là mọi ngày làm việc")
    put.add_argument("--hours", metavar="GIỜ-GIỜ", help="vd. 17:00-18:00; all là cả ngày")
    put.add_argument("--procedures", metavar="MÃ,MÃ", help="mã thủ tục cách nhau bằng dấu phẩy; all là mọi thủ tục")
    put.add_argument("--number", metavar="SỐ", help="số văn bản, vd. 12/QĐ-UBND")
    put.add_argument("--decided-on", metavar="NGÀY", help="ngày ký (2026-12-31)")
    put.add_argument("--by", metavar="CƠ_QUAN", help="cơ quan ban hành")
    put.add_argument("--from", dest="since", metavar="NGÀY", help="áp dụng từ ngày")
    put.add_argument("--to", metavar="NGÀY", help="đến hết ngày; - là không hạn")
    put.add_argument("--at-once", choices=("yes", "no"), help="mọi kết quả của ngày này trả ngay trong ngày")
    put.add_argument("--make-up", choices=("yes", "no"), help="giữ cả vào ngày làm bù")
    end = add("end", lambda: service_day_commands.end, "ngừng một ngày phục vụ; vẫn còn trong danh sách")
    end.add_argument("id", metavar="MÃ_NGÀY")
    end.add_argument("--on", default="", metavar="NGÀY", help="ngày cuối cùng còn áp dụng (mặc định: hôm qua)")


def hold_options(add: Add) -> None:
    add("list", lambda: hold_commands.listed, "mọi lần tạm dừng tiếp nhận, cả đã kết thúc")
    new = add("add", lambda: hold_commands.add, "tạm dừng tiếp nhận thủ tục; mọi quầy của xã nhận được")
    new_hold_options(new, setter="tên cơ quan")
    change = add("change", lambda: hold_commands.change, "sửa một lần tạm dừng; điều đã đặt trước đó còn trong lịch sử")
    changed_hold_options(change)
    end = add("end", lambda: hold_commands.end, "kết thúc một lần tạm dừng; vẫn còn trong lịch sử")
    end.add_argument("id", metavar="MÃ")
    end.add_argument("--reason", required=True, metavar="LÝ_DO")


def _kinds() -> str:
    return "; ".join(f"{kind.value}: {kind.label}" for kind in ServiceDayKind)
