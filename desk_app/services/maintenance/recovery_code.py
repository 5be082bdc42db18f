"""A new recovery code for a desk whose paper was lost or seen; the old one opens until the new one is surely kept."""

from __future__ import annotations

from pathlib import Path

from desk_app.domain.permissions import Permission
from desk_app.errors import DeskError
from desk_app.services.accounts import session
from desk_app.services.desk.desk import Desk, demo_passphrase_file, key_of
from desk_app.services.maintenance.recovery_file import write_code
from desk_app.store.database.failures import file_failures
from desk_app.store.keys import vault
from desk_app.store.keys.recovery_code import is_last_group


class CodeNotProvedError(DeskError):
    message = "Nhóm cuối gõ lại chưa khớp với mã khôi phục mới."
    remedy = "Xem lại tờ giấy hoặc tệp vừa cất rồi gõ lại; mã cũ vẫn mở được dữ liệu."


def draw(desk: Desk, *, passphrase: str | None = None) -> str:
    """A new code, which opens from now on beside the old one. The password is asked where the desk has one.

    Raises what unlocking raises (`WrongPassphraseError` …), and what the disk says; then nothing has changed.
    """
    with session.deed(desk, Permission.OFFICE), file_failures(desk.data):
        return vault.add_recovery_code(desk.data, key_of(desk.data, passphrase=passphrase))


def is_kept_by_machine(desk: Desk) -> bool:
    """Whether this machine opens the desk by itself, by its key store or as a demo; else a password does."""
    with file_failures(desk.data):
        return bool(vault.kept_by(desk.data)) or demo_passphrase_file(desk.data).exists()


def is_unsettled(desk: Desk) -> bool:
    """Whether a new code was drawn and not typed back: both open then."""
    with file_failures(desk.data):
        return vault.has_unsettled_code(desk.data)


def keep_in_file(desk: Desk, code: str, folder: Path) -> Path:
    """Write the new code into `folder`; where that fails the code is withdrawn. Raises as `write_code` does."""
    kept = desk.settings
    try:
        return write_code(folder, code, unit=kept.unit, commune=kept.commune, desk=kept.desk)
    except DeskError:
        with file_failures(desk.data):
            vault.withdraw_recovery_code(desk.data)
        raise


def prove(desk: Desk, code: str, last_group: str) -> None:
    """The last group was typed back: the old code dies. Raises `CodeNotProvedError`; both codes open then."""
    if not is_last_group(code, last_group):
        raise CodeNotProvedError
    settle(desk)


def settle(desk: Desk) -> None:
    """The new code alone opens from now on."""
    with session.deed(desk, Permission.OFFICE), file_failures(desk.data):
        vault.settle_recovery_code(desk.data)
