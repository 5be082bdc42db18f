"""The grammar of `import` and `filing`: what a person can say of a table, and of another system, in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.lazy import lazy
from desk_app.terminal import Add

if TYPE_CHECKING:
    from desk_app.cli.old_data import filing_commands as filing
    from desk_app.cli.old_data import import_commands as deeds
    from desk_app.cli.old_data import where_command as finding
else:
    filing = lazy("desk_app.cli.old_data.filing_commands")
    deeds = lazy("desk_app.cli.old_data.import_commands")
    finding = lazy("desk_app.cli.old_data.where_command")


def import_commands(add: Add) -> None:
    """Import people, dossiers, list, where, undo."""
    for name, text in (("people", "nhập danh sách người (XLSX, CSV)"), ("dossiers", "nhập hồ sơ cũ (XLSX, CSV)")):
        bring = add(name, lambda: deeds.bring, text)
        bring.set_defaults(kind=name)
        bring.add_argument("file", metavar="TỆP")
        columns = "cột nào là mục nào: chữ cái hoặc tiêu đề, vd. B=full_name,C=id_number; E=- để bỏ cột E"
        bring.add_argument("--columns", action="append", default=[], metavar="CỘT=MỤC,…", help=columns)
        letters = "bảng mã của mọi cột (tcvn3, tcvn3-hoa, vni, cp1258, unicode, font) hoặc của một cột: B=tcvn3"
        bring.add_argument("--encoding", action="append", default=[], metavar="BẢNG_MÃ", help=letters)
        orders = "kiểu ngày của một cột: D=dmy, mdy, ymd, serial (số ngày của Excel)"
        bring.add_argument("--dates", action="append", default=[], metavar="CỘT=KIỂU", help=orders)
        bring.add_argument("--sheet", type=int, default=1, metavar="N", help="trang tính thứ N")
        bring.add_argument("--dry-run", action="store_true", help="chỉ xem, chưa ghi gì")
        bring.add_argument("--report", metavar="TỆP.xlsx", help="ghi mọi dòng bị từ chối hoặc cần lưu ý, kèm lý do")
    add("list", lambda: deeds.listed, "các lần nhập, cả lần đã rút lại")
    where = add("where", lambda: finding.where, "ai ở dòng nào, tệp nào, lần nhập nào (để cấp trên xóa đúng người)")
    where.add_argument("text", metavar="TỪ", help="tên, số giấy tờ hay mã hồ sơ cũ; - để đọc từ đầu vào chuẩn")
    undo = add("undo", lambda: deeds.undo, "rút lại cả một lần nhập, trên mọi quầy")
    undo.add_argument("id", metavar="MÃ_LẦN_NHẬP", help="như lệnh import list ghi, hoặc vài chữ đầu")


def filing_commands(add: Add) -> None:
    """Filing board, births."""
    board = add("board", lambda: filing.board, "các ô của hồ sơ theo thứ tự màn hình của hệ thống khác")
    board.add_argument("code", metavar="MÃ")
    births = add("births", lambda: filing.births, "sổ nhập 158 của các hồ sơ khai sinh, và dòng nào thiếu gì")
    births.add_argument("--from", dest="since", metavar="NGÀY", help="tiếp nhận từ ngày (mặc định: hôm nay)")
    births.add_argument("--to", metavar="NGÀY", help="đến ngày (mặc định: hôm nay)")
    births.add_argument("--out", metavar="TỆP.xlsx", help="ghi sổ vào tệp này")
