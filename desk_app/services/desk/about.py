"""What the program says of itself: its version, its licence, and whose work goes with it."""

from __future__ import annotations

from desk_app import __version__, places
from desk_app.errors import DeskError


class NoticesMissingError(DeskError):
    message = "Chương trình thiếu tệp giấy phép và ghi công (notices.md)."
    remedy = "Cài lại chương trình từ bộ cài gốc."


def version() -> str:
    return __version__


def notices() -> str:
    """docs/notices.md as it was shipped: every library, font and picture with its licence text."""
    try:
        return places.notices().read_text(encoding="utf-8")
    except OSError as error:
        raise NoticesMissingError from error
