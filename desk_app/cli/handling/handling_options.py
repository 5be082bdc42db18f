"""The commands around steps: what may follow what, the procedure's inner steps, notes for colleagues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.lazy import lazy
from desk_app.terminal import Add

if TYPE_CHECKING:
    from desk_app.cli.handling import handling_commands
else:
    handling_commands = lazy("desk_app.cli.handling.handling_commands")

STEP_FACTS = (
    "reason, to, due, result, number (số của giấy), collector.full_name;"
    " chuyển, trình ký: inner (bước nội bộ), until (đến khi nào); yêu cầu bổ sung: defects (giấy tờ: thiếu, sai gì;"
    " lặp lại được, hoặc JSON); kết quả: signer, decided_on, file; trả: handed (counter, authorised, post, home),"
    " item_code, paper_of_authority; cause (loại lý do); hủy kết quả: outcome (redo, end)"
)


def handling_options(add: Add) -> None:
    table = add("steps", lambda: handling_commands.step_table, "bước nào ghi được khi nào, vì sao chưa ghi được")
    table.add_argument("--out", metavar="TỆP", help="vẽ sơ đồ và bảng vào tệp này (Markdown)")
    inner = add("inner-steps", lambda: handling_commands.inner_steps, "quy trình nội bộ của một thủ tục: xem, đổi")
    inner.add_argument("procedure", metavar="MÃ_THỦ_TỤC")
    inner.add_argument("--from", dest="file", metavar="TỆP", help="đổi theo tệp TOML: [[inner_steps]], [completion]")
    note = add("note", lambda: handling_commands.note, "ghi chú nội bộ của một hồ sơ, không in ra giấy nào")
    note.add_argument("code", metavar="MÃ")
    note.add_argument("text", nargs="?", default="", metavar="GHI_CHÚ", help="không có thì xem các ghi chú")
