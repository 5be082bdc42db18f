"""The options of the district's service-days and holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.domain.holds.hold_options import changed_hold_options, new_hold_options
from desk_app.domain.service_days.service_day import ServiceDayKind
from desk_app.lazy import lazy
from desk_app.terminal import Add

if TYPE_CHECKING:
    from desk_app.district.cli.rules import rule_commands
else:
    rule_commands = lazy("desk_app.district.cli.rules.rule_commands")


def service_day_options(add: Add) -> None:
    add("list", lambda: rule_commands.list_days, "các ngày phục vụ cấp trên đã đặt")
    put = add("set", lambda: rule_commands.put_day, "đặt hay sửa một ngày phục vụ cho mọi xã hoặc một xã")
    put.add_argument("id", metavar="MÃ_NGÀY")
    put.add_argument("--file", metavar="TỆP.toml", help="đọc từ tệp như resources/service_days của chương trình")
    put.add_argument("--kind", choices=[each.value for each in ServiceDayKind], metavar="LOẠI", help=_kinds())
    put.add_argument("--name", default="", metavar="TÊN")
    put.add_argument("--weekdays", default="all", metavar="THỨ", help="2,3,…,7,cn; all là mọi ngày làm việc")
    put.add_argument("--hours", default="all", metavar="GIỜ-GIỜ", help="vd. 17:00-18:00; all là cả ngày")
    put.add_argument("--procedures", default="all", metavar="MÃ,MÃ", help="all là mọi thủ tục")
    put.add_argument("--number", default="", metavar="SỐ", help="số văn bản")
    put.add_argument("--decided-on", default="", metavar="NGÀY", help="ngày ký (2026-12-31)")
    put.add_argument("--by", default="", metavar="CƠ_QUAN", help="cơ quan ban hành (mặc định: tên cấp trên)")
    put.add_argument("--from", dest="since", default="", metavar="NGÀY", help="áp dụng từ ngày")
    put.add_argument("--to", default="", metavar="NGÀY", help="đến hết ngày")
    put.add_argument("--at-once", action="store_true", help="mọi kết quả của ngày này trả ngay trong ngày")
    put.add_argument("--make-up", action="store_true", help="giữ cả vào ngày làm bù")
    put.add_argument("--unit", metavar="MÃ", help="chỉ đơn vị này")
    end = add("end", lambda: rule_commands.end_day, "ngừng một ngày phục vụ")
    end.add_argument("id", metavar="MÃ_NGÀY")
    end.add_argument("--on", default="", metavar="NGÀY", help="ngày cuối cùng còn áp dụng (mặc định: hôm qua)")


def hold_options(add: Add) -> None:
    add("list", lambda: rule_commands.list_holds, "mọi lần cấp trên tạm dừng tiếp nhận, cả đã kết thúc")
    new = add("add", lambda: rule_commands.add_hold, "tạm dừng tiếp nhận thủ tục ở mọi xã hoặc một xã")
    new_hold_options(new, setter="tên cấp trên")
    new.add_argument("--unit", metavar="MÃ", help="chỉ đơn vị này")
    change = add("change", lambda: rule_commands.change_hold, "sửa một lần tạm dừng; điều đã đặt trước đó còn trong sổ")
    changed_hold_options(change)
    end = add("end", lambda: rule_commands.end_hold, "kết thúc một lần tạm dừng")
    end.add_argument("id", metavar="MÃ")
    end.add_argument("--reason", required=True, metavar="LÝ_DO")


def _kinds() -> str:
    return "; ".join(f"{kind.value}: {kind.label}" for kind in ServiceDayKind)
