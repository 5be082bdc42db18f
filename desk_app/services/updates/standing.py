"""How this machine stands with its versions, in words: what runs, what comes, what was given up, what is offered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desk_app import __version__
from desk_app.services.updates import fetched_files
from desk_app.services.updates.program_folder import FAILED, NEXT, PREVIOUS, ProgramFolder

_WHY = {
    "selftest": "không qua được phần tự kiểm tra",
    "late": "tự kiểm tra quá lâu",
    "start": "không khởi động được",
    "mark": "khởi động quá lâu",
    "died": "bị dừng đột ngột",
    "data": "không mở được dữ liệu của quầy",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionStanding:
    """`next` waits for the next start, `previous` can be gone back to, `failed` was given up: "" for none.

    `fetched` is an update file that came from the district, whole.
    """

    version: str
    is_installed: bool
    next: str = ""
    previous: str = ""
    failed: str = ""
    failed_why: str = ""
    fetched: Path | None = None

    @property
    def lines(self) -> list[str]:
        """Sentences for a person."""
        told = [f"Đang chạy bản {self.version}."]
        if not self.is_installed:
            told.append("Chương trình không được cài bằng bộ cài nên không tự cập nhật.")
        if self.next:
            told.append(f"Bản {self.next} đã sẵn sàng: đóng chương trình rồi mở lại để dùng.")
        if self.previous:
            told.append(f"Có thể quay về bản {self.previous}: desk-app update --back.")
        if self.failed:
            told.append(f"Bản {self.failed} {self.failed_why}, máy đã tự quay về bản {self.version}.")
        if self.fetched is not None:
            told.append(f"Cấp trên đã gửi bản mới: desk-app update {self.fetched}")
        return told


def standing(folder: ProgramFolder | None, data: Path) -> VersionStanding:
    """Read from the pointers and from what the district sent; the disk is only read."""
    fetched = fetched_files.newest(data)
    if folder is None:
        return VersionStanding(version=__version__, is_installed=False, fetched=fetched)
    coming, previous, failed = (folder.pointer(name) for name in (NEXT, PREVIOUS, FAILED))
    return VersionStanding(
        version=__version__,
        is_installed=True,
        next=coming.version if coming else "",
        previous=previous.version if previous and folder.note(previous.version) else "",
        failed=failed.version if failed else "",
        failed_why=_WHY.get(failed.words[0], "không chạy được") if failed and failed.words else "",
        fetched=fetched,
    )
