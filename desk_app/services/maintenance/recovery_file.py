"""The recovery code as a file for a stick or a folder: only its owner reads it, and nothing is written over."""

from __future__ import annotations

from pathlib import Path

from desk_app import foreign_folder
from desk_app.errors import FileThereError
from desk_app.store.keys.recovery_code import groups
from desk_app.sync.stick.stick_files import see_stick, stick_failures

_TEXT = """\
MÃ KHÔI PHỤC DỮ LIỆU BÀN MỘT CỬA
UBND {commune}, quầy số {desk}

{code}

Mã này mở được toàn bộ dữ liệu của quầy khi máy tính hỏng hoặc quên mật khẩu.
Cất USB này trong tủ khóa. Không chép tệp vào máy khác, không gửi qua mạng.
"""


def write_code(folder: Path, code: str, *, unit: str, commune: str, desk: int) -> Path:
    """Write the code into `folder`, durably. Raises `NoStickError`, `FileThereError`, and what a stick may do."""
    see_stick(folder)
    path = folder / f"ma-khoi-phuc-{unit}-quay-{desk}.txt"
    text = _TEXT.format(commune=commune, desk=desk, code="\n".join(groups(code)))
    with stick_failures(path):
        try:
            foreign_folder.write_new(path, text.encode())
        except FileExistsError as error:
            raise FileThereError(file=path.name) from error
    return path
