"""Whether other accounts of this machine get at the desk's secrets; `doctor` says it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from desk_app.own_files import owner_only
from desk_app.services.maintenance.checks import Finding

_SECRET = ("vault.json", "head.json", "desk.db", "desk.db-wal", "desk.lock", "demo-passphrase.txt", "files")


def of_folder(data: Path, *, lists: owner_only.AccessLists | None = None) -> Iterable[Finding]:
    """Told only where something is open: a closed folder closes everything in it."""
    try:
        if not owner_only.is_open_to_others(data, lists=lists):
            return
        found = [name for name in _SECRET if (data / name).exists()]
        found = [name for name in found if owner_only.is_open_to_others(data / name, lists=lists)]
        if found:
            yield Finding(
                subject="Quyền riêng",
                state=f"tài khoản khác của máy mở được: {', '.join(found)}",
                remedy=owner_only.how_to_close(data, lists=lists),
            )
    except OSError as error:
        yield Finding(
            subject="Quyền riêng",
            state=f"không xem được quyền của thư mục dữ liệu ({error.strerror})",
            remedy="Xem thư mục sau --data có mở được bằng tài khoản này không.",
        )
