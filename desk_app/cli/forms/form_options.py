"""The commands for forms: which there are, an office's own, how they look, how much of them is filled."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desk_app.lazy import lazy
from desk_app.terminal import Add

if TYPE_CHECKING:
    from desk_app.cli.dossiers import paper_commands
    from desk_app.cli.forms import compare_command, form_commands
else:
    compare_command = lazy("desk_app.cli.forms.compare_command")
    form_commands = lazy("desk_app.cli.forms.form_commands")
    paper_commands = lazy("desk_app.cli.dossiers.paper_commands")


def forms_commands(add: Add) -> None:
    add("list", lambda: form_commands.listed, "các biểu mẫu đang có, của chương trình và của cơ quan")
    new = add("new", lambda: form_commands.new, "lập bản thảo mẫu từ một văn bản có chỗ chấm")
    new.add_argument("--from", dest="source", required=True, metavar="TỆP", help="văn bản .txt hoặc .docx")
    new.add_argument("--out", metavar="THƯ_MỤC", help="ghi bản thảo vào đây (mặc định: thư mục ban-thao-mau của quầy)")
    new.add_argument("--id", default="", metavar="MÃ_MẪU", help="mã mẫu (mặc định: theo tên văn bản)")
    showing = add("show", lambda: form_commands.show, "xem nội dung một mẫu")
    taking = add("import", lambda: form_commands.take_in, "nhận mẫu của cơ quan từ một thư mục, gửi cho mọi quầy")
    taking.add_argument("folder", metavar="THƯ_MỤC", help="thư mục có form.toml và layout.txt, hoặc chứa nhiều mẫu")
    taking.add_argument("--id", default="", metavar="MÃ_MẪU", help="mã mẫu (mặc định: tên thư mục chứa)")
    out = add("export", lambda: form_commands.write_out, "ghi một mẫu ra thư mục, để mang đi hoặc sửa")
    back = add("withdraw", lambda: form_commands.withdraw, "thu hồi một mẫu của cơ quan; hồ sơ cũ vẫn in lại được")
    for each in (showing, out, back):
        each.add_argument("form", metavar="MÃ_MẪU")
        each.add_argument("--version", default="", metavar="BẢN", help="một bản (mặc định: bản mới nhất)")
    out.add_argument("--out", required=True, metavar="THƯ_MỤC")
    binding = add("bind", lambda: form_commands.bind, "các mẫu cơ quan in thêm khi tiếp nhận một thủ tục")
    binding.add_argument("procedure", metavar="MÃ_THỦ_TỤC")
    binding.add_argument("form", nargs="*", default=[], metavar="MÃ_MẪU", help="không ghi mẫu nào: bỏ các mẫu đã thêm")
    beside = add("compare", lambda: compare_command.compare, "mẫu của ta cạnh bản gốc, khác chữ nào")
    beside.add_argument("source", metavar="TỆP", help='bản gốc .docx, .txt; nhiều bản thì cách bằng dòng "===== TÊN"')
    beside.add_argument("form", nargs="?", default="", metavar="MÃ_MẪU", help="mặc định: mẫu giống nhất")
    beside.add_argument("--out", metavar="THƯ_MỤC", help="ghi PDF mỗi mẫu: bản gốc bên trái, mẫu của ta bên phải")
    beside.add_argument("--pictures", action="store_true", help="ghi thêm hình PNG của từng trang")
    checking = add("check", lambda: paper_commands.forms_check, "kiểm tra biểu mẫu, nêu tệp và dòng sai")
    checking.add_argument("folder", nargs="?", metavar="THƯ_MỤC", help="thư mục biểu mẫu (mặc định: của chương trình)")
    preview = add("preview", lambda: paper_commands.forms_preview, "vẽ thử một biểu mẫu")
    preview.add_argument("form", metavar="MÃ_MẪU")
    preview.add_argument("--out", required=True, metavar="TỆP.pdf")
    preview.add_argument("--blank", action="store_true", help="mẫu trống, chỉ có dòng chấm")
    manner(preview)
    at_home = add("page", lambda: paper_commands.forms_page, "trang để người dân khai trước ở nhà, một tệp HTML")
    at_home.add_argument("form", nargs="+", metavar="MÃ_MẪU", help="một hay nhiều tờ khai, như lệnh forms list ghi")
    at_home.add_argument("--out", required=True, metavar="TỆP.html", help="ghi trang ra tệp này")
    covered = add("coverage", lambda: paper_commands.forms_coverage, "mỗi ô của tờ khai được điền từ đâu")
    covered.add_argument("form", nargs="*", default=[], metavar="MÃ_MẪU", help="mặc định: mọi tờ khai đang có hiệu lực")
    covered.add_argument("--out", metavar="TỆP.md", help="ghi bảng ra tệp")


def manner(command: argparse.ArgumentParser) -> None:
    """How the paper is set for who reads it."""
    command.add_argument("--large", action="store_true", help="chữ lớn (cỡ 15); giấy hẹn khi đó in trên A4")
    command.add_argument("--captions", default="", metavar="TIẾNG", help="thêm dòng chữ tiếng này dưới chữ Việt")
