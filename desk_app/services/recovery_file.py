"""The recovery code as a file for a stick or a folder: only its owner reads it, and nothing is written over."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from desk_app.errors import FileThereError, NoStickError, StickFullError, StickPulledOutError, StickReadOnlyError
from desk_app.store.recovery import groups

_TEXT = """\
MÃ KHÔI PHỤC DỮ LIỆU BÀN MỘT CỬA
UBND {commune}, quầy số {desk}

{code}

Mã này mở được toàn bộ dữ liệu của quầy khi máy tính hỏng hoặc quên mật khẩu.
Cất USB này trong tủ khóa. Không chép tệp vào máy khác, không gửi qua mạng.
"""


def write_code(folder: Path, code: str, *, unit: str, commune: str, desk: int) -> Path:
    """Write the code into `folder`, durably. Raises `NoStickError`, `FileThereError`, and what a stick may do."""
    if not folder.is_dir():
        raise NoStickError(folder=folder)
    path = folder / f"ma-khoi-phuc-{unit}-quay-{desk}.txt"
    text = _TEXT.format(commune=commune, desk=desk, code="\n".join(groups(code)))
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except FileExistsError as error:
        raise FileThereError(file=path.name) from error
    except OSError as error:
        raise _told(error) from error
    try:
        with os.fdopen(file, "wb") as out:
            out.write(text.encode())
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _told(error) from error
    return path


def _told(error: OSError) -> StickFullError | StickReadOnlyError | StickPulledOutError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StickFullError()
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return StickReadOnlyError()
    return StickPulledOutError()
