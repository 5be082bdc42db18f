"""The way into the desk: open it, ask for a passphrase, set a new one up, or say why it does not open.

What can be done is handed in as callables; the pages only ask and tell.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal

from desk_app import errors
from desk_app.errors import DeskError
from desk_app.lazy import lazy
from desk_app.services.desk.desk import Desk
from desk_app.ui.jobs import Jobs
from desk_app.ui.look.theme import Look
from desk_app.ui.setup.door import DoorPage
from desk_app.ui.window.main_window import MainWindow
from desk_app.ui.window.notices import Notices

if TYPE_CHECKING:
    from desk_app.services.maintenance import recovery_file
    from desk_app.ui.backups import restore_deed
    from desk_app.ui.printing import printers, recovery_paper
    from desk_app.ui.services.backup_services import RestoreWays
    from desk_app.ui.setup import first_run, recovery_page, unlock_pages
    from desk_app.ui.setup.first_run import FirstRunNeeds, Wish
else:
    recovery_file = lazy("desk_app.services.maintenance.recovery_file")
    restore_deed = lazy("desk_app.ui.backups.restore_deed")
    printers = lazy("desk_app.ui.printing.printers")
    recovery_paper = lazy("desk_app.ui.printing.recovery_paper")
    first_run = lazy("desk_app.ui.setup.first_run")
    recovery_page = lazy("desk_app.ui.setup.recovery_page")
    unlock_pages = lazy("desk_app.ui.setup.unlock_pages")

_SECRET_WANTED = (
    errors.KeyStoreEmptyError,
    errors.KeyStoreLockedError,
    errors.MistypedRecoveryCodeError,
    errors.NoKeyStoreError,
    errors.PassphraseNeededError,
    errors.WrongPassphraseError,
    errors.WrongRecoveryCodeError,
)

_WRONG: dict[type[DeskError], str] = {
    errors.WrongPassphraseError: "passphrase",
    errors.WrongRecoveryCodeError: "recovery",
    errors.MistypedRecoveryCodeError: "recovery",
}


class MadeDesk(Struct, frozen=True, kw_only=True):
    """What making a desk leaves to be told."""

    recovery_code: str
    kept_by: str


class DeskOpeners(Struct, frozen=True, kw_only=True):
    """`open_with(passphrase, recovery)` takes "" for what is not given; `make_demo` and `make` call for a job.

    `key_store_apart` names the key store of the machine, "" for none, in a job as well.
    """

    is_made: Callable[[], bool]
    wants_demo: bool
    open_with: Callable[[str, str], Desk]
    make: Callable[[Wish], MadeDesk]
    start_training: Callable[[], None]
    first_run_needs: Callable[[], FirstRunNeeds]
    key_store_apart: Callable[[], str]
    forget_half_typed: Callable[[], None]
    make_demo: Callable[[], object]


class Entrance(QObject):
    """`opened` gives the open desk, once; `is_new` where a person has just made it."""

    opened = Signal(object)

    def __init__(self, look: Look, window: MainWindow, jobs: Jobs, notices: Notices, openers: DeskOpeners) -> None:
        super().__init__(window)
        self._look, self._window, self._jobs, self._notices = look, window, jobs, notices
        self._openers = openers
        self._secret = ""
        self.is_new = False
        self._waiting = DoorPage(self.tr("Bàn Một Cửa"), self.tr("Đang mở dữ liệu…"))
        window.show_page(self._waiting)

    def begin(self) -> None:
        """After the window is in sight."""
        if self._openers.is_made():
            self._open("", "")
        elif self._openers.wants_demo:
            self._wait(self.tr("Đang tạo xã thử nghiệm với hồ sơ mẫu…"))
            self._jobs.run(
                "making", self._openers.make_demo, owner=self, done=lambda _: self._open("", ""), failed=self._refused
            )
        else:
            self._first_run()

    def _wait(self, text: str) -> None:
        self._waiting = DoorPage(self.tr("Bàn Một Cửa"), text)
        self._window.show_page(self._waiting)

    def _open(self, passphrase: str, recovery: str) -> None:
        try:
            desk = self._openers.open_with(passphrase, recovery)
        except _SECRET_WANTED as error:
            self._unlock(error)
        except DeskError as error:
            self._refused(error)
        else:
            self.opened.emit(desk)

    def _unlock(self, error: DeskError) -> None:
        wrong = next((what for kind, what in _WRONG.items() if isinstance(error, kind)), "")
        page = unlock_pages.UnlockPage(self._look, str(error), error.remedy, wrong=wrong)
        page.given.connect(self._unlock_with)
        self._window.show_page(page)

    def _unlock_with(self, passphrase: str, recovery: str) -> None:
        if passphrase or recovery:
            self._wait(self.tr("Đang mở dữ liệu…"))
            # Stretching a passphrase takes a second: the page says so before it begins.
            QTimer.singleShot(30, self, lambda: self._open(passphrase, recovery))

    def _refused(self, error: DeskError) -> None:
        page = unlock_pages.RefusedPage(self._look, str(error), error.remedy)
        page.again.connect(self.begin)
        self._window.show_page(page)

    # --- the first start -------------------------------------------------------------------------------------------

    def _first_run(self) -> None:
        needs = self._openers.first_run_needs()
        page = first_run.FirstRunPage(self._look, needs)
        page.restore_wanted.connect(lambda: self._restore(needs.restoring))
        page.training_wanted.connect(self._openers.start_training)
        page.wanted.connect(self._make)
        self._page = page
        self._window.show_page(page)
        self._jobs.run("keys", self._openers.key_store_apart, owner=page, done=page.tell_key_store)

    def _restore(self, ways: RestoreWays) -> None:
        deed = self._restoring = restore_deed.RestoreDeed(self._look, self._jobs, self._notices, ways, self)
        deed.left.connect(self._first_run)
        deed.again.connect(self._enter_restored)
        self._window.show_page(deed.page(""))

    def _enter_restored(self) -> None:
        self._openers.forget_half_typed()
        self.is_new = True
        self.begin()

    def _make(self, wish: Wish) -> None:
        self._page.make.setEnabled(False)
        self._secret = wish.passphrase
        self._jobs.run(
            "making",
            lambda: self._openers.make(wish),
            owner=self,
            done=lambda made: self._show_recovery(wish, made),
            failed=self._not_made,
        )

    def _not_made(self, error: DeskError) -> None:
        self._page.make.setEnabled(True)
        self._page.complain(error)
        self._notices.warn_of(error)

    def _show_recovery(self, wish: Wish, made: MadeDesk) -> None:
        self._openers.forget_half_typed()
        self.is_new = True
        page = recovery_page.RecoveryPage(self._look, made.recovery_code, is_kept_by_machine=bool(made.kept_by))
        page.print_wanted.connect(lambda: self._print_code(wish, made.recovery_code))
        page.file_wanted.connect(lambda folder: self._write_code(folder, wish, made.recovery_code))
        page.done.connect(self._enter_made)
        self._window.show_page(page)

    def _enter_made(self) -> None:
        secret, self._secret = self._secret, ""
        self._open(secret, "")

    def _print_code(self, wish: Wish, code: str) -> None:
        paper = recovery_paper.recovery_paper(code, wish.commune, wish.desk)
        self._jobs.run(
            "printer",
            lambda: printers.send([paper], chosen={}),
            owner=self,
            done=lambda printer: self._notices.say(self.tr("Đã gửi mã khôi phục tới %s.") % printer),
            failed=self._code_not_printed,
        )

    def _code_not_printed(self, error: DeskError) -> None:
        self._notices.warn(str(error), self.tr("Ghi mã ra USB, hoặc chép ra giấy, rồi cất trong tủ khóa."))

    def _write_code(self, folder: Path, wish: Wish, code: str) -> None:
        self._jobs.run(
            "stick",
            lambda: recovery_file.write_code(
                folder, code, unit=wish.unit.upper(), commune=wish.commune, desk=wish.desk
            ),
            owner=self,
            done=lambda file: self._notices.say(self.tr("Đã ghi mã khôi phục vào tệp %s.") % file.name),
        )
