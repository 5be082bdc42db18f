"""Composition root of the window: options, look, the way in, and the desk's services bound to the screens."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from desk_app.lazy import lazy
from desk_app.ui.window import qt_import  # noqa: F401 - before any other Qt

# isort: split
from PySide6 import QtCore
from PySide6.QtCore import QLocale, QObject, QTimer
from PySide6.QtWidgets import QApplication

from desk_app import places
from desk_app.errors import DeskError, NoTrainingDeskError, of_system
from desk_app.errors.updates import UpdateGivenUpError
from desk_app.services.backups import pending_desk
from desk_app.services.desk import input_method, second_start
from desk_app.services.desk.desk import Clock, Desk, is_made, passphrase_from, system_clock
from desk_app.services.settings import screen_scale
from desk_app.services.updates import trial
from desk_app.ui.backups.backup_work import BackupWork
from desk_app.ui.bindings.bound_first_run import first_needs, forget_half_typed, key_store
from desk_app.ui.bindings.bound_services import Readers, bound
from desk_app.ui.focus.button_keys import ButtonKeys
from desk_app.ui.garbage import GarbageLooks
from desk_app.ui.help.help_desk import HelpDesk
from desk_app.ui.jobs import Jobs
from desk_app.ui.look.theme import Look
from desk_app.ui.look.translation import StockTexts
from desk_app.ui.machine_watch import SecondStarts, WakeWatch, has_no_screen
from desk_app.ui.printing.printing import Printing
from desk_app.ui.scanning.port_listener import PortListener
from desk_app.ui.scanning.scanner import Wedge
from desk_app.ui.screen_context import Tools
from desk_app.ui.sync.sync_rounds import Rounds
from desk_app.ui.window import accessibility
from desk_app.ui.window.crash import CrashNotice
from desk_app.ui.window.desk_log import DeskLog
from desk_app.ui.window.main_window import MainWindow
from desk_app.ui.window.notices import Notices
from desk_app.ui.window.training_signs import title_of
from desk_app.ui.window.unlock_flow import DeskOpeners, Entrance, MadeDesk
from desk_app.vietnamese_parser import VietnameseParser

if TYPE_CHECKING:
    from desk_app.services.desk.input_method import InputMethod
    from desk_app.services.setup import demo, setup, training_start
    from desk_app.ui.setup.first_run import Wish
    from desk_app.ui.window import workspace
else:
    demo = lazy("desk_app.services.setup.demo")
    setup = lazy("desk_app.services.setup.setup")
    training_start = lazy("desk_app.services.setup.training_start")
    workspace = lazy("desk_app.ui.window.workspace")

_DEMO_DOSSIERS, _TRAINING_DOSSIERS = 120, 40
_OFFER_AFTER_MS = 400
_SCREENLESS = "Không thấy màn hình nào. Trong cửa sổ lệnh dùng: desk-app --help"


class Program(QObject):
    """The window and everything behind it. `clock` is the system's, except in tests."""

    def __init__(self, application: QApplication, chosen: argparse.Namespace, clock: Clock = system_clock) -> None:
        super().__init__(application)
        self._chosen, self._clock = chosen, clock
        self._data = _data_folder(chosen)
        self.desk: Desk | None = None
        self.view: workspace.DeskView | None = None
        self._readers: Readers | None = None
        self._log: DeskLog | None = None
        self._garbage = GarbageLooks(self)
        self.notices = Notices(self)
        self.crash = CrashNotice(self.notices, self)
        self.jobs = Jobs(self.notices.warn_of, self)
        self._stock_texts = StockTexts(self)
        application.installTranslator(self._stock_texts)
        self.look = Look(application)
        self.wedge = Wedge(application)
        self.wedge.refused.connect(self.notices.warn_of)
        self.button_keys = ButtonKeys(application, self)
        self.window = MainWindow(self.look, self.notices)
        self.window.closing.connect(self.close)
        self.help = HelpDesk(self.look, self.window, lambda: training_start.start(chosen.data))
        openers = DeskOpeners(
            is_made=lambda: pending_desk.is_waiting(self._data) or is_made(self._data),
            wants_demo=_wants_demo(chosen) or chosen.training,
            open_with=self._open_with,
            make=self._make,
            make_demo=self._make_demo,
            start_training=lambda: training_start.start(chosen.data),
            first_run_needs=lambda: first_needs(clock, self._data),
            key_store_apart=key_store,
            forget_half_typed=forget_half_typed,
        )
        self.entrance = Entrance(self.look, self.window, self.jobs, self.notices, openers)
        self.entrance.opened.connect(self._enter)

    def start(self) -> None:
        """Show the window, then open the desk: keys and forms load behind a window that is already there."""
        self.window.show()
        self.window.activateWindow()  # where no window manager gives the keyboard to a new window
        QTimer.singleShot(0, trial.set_alive)
        QTimer.singleShot(0, self.entrance.begin)

    def tell_of_typing(self, method: InputMethod) -> None:
        """Say once that no input method can type Vietnamese here, and what to do; `doctor` says it every time."""
        mark = places.state_folder() / "input-method-told"
        if not method.remedy:
            mark.unlink(missing_ok=True)
        elif not mark.exists():
            self.notices.warn(method.state, method.remedy)
            with suppress(OSError):
                mark.parent.mkdir(parents=True, exist_ok=True)
                mark.touch()

    def close(self) -> None:
        """Let go of threads, readers and the desk."""
        if self.view is not None:
            self.view.stop()
        self.jobs.close(self._readers.close if self._readers is not None else None)
        if self.desk is not None:
            self.desk.close()
            self.desk = None
        if self._log is not None:
            self._log.close()
            self._log = None
        self._garbage.stop()

    # --- the way in ------------------------------------------------------------------------------------------------

    def _open_with(self, passphrase: str, recovery: str) -> Desk:
        named = self._chosen.passphrase_file or os.environ.get("DESK_PASSPHRASE_FILE")
        file = None if self._chosen.training else named  # that of the work opens nothing there
        secret = passphrase or (passphrase_from(file) if file and not recovery else None)
        pending_desk.take_place(self._data, self._clock())
        try:
            desk = second_start.opened(self._data, os.environ, secret, recovery or None, clock=self._clock)
        except (UpdateGivenUpError, second_start.OtherWindowShownError) as error:
            QApplication.exit(error.exit_code)
            raise
        if self._chosen.training and not desk.is_training:
            desk.close()
            raise NoTrainingDeskError(folder=self._data)
        return desk

    def _make(self, wish: Wish) -> MadeDesk:
        new = setup.init(
            self._data,
            unit=wish.unit,
            commune=wish.commune,
            province=wish.province,
            desk=wish.desk,
            clerk=wish.clerk,
            passphrase=wish.passphrase or None,
            clock=self._clock,
        )
        return MadeDesk(recovery_code=new.recovery_code, kept_by=new.kept_by)

    def _make_demo(self) -> None:
        if self._chosen.training:
            setup.init_training(self._data, dossiers=_TRAINING_DOSSIERS, clock=self._clock)
            return
        setup.init(
            self._data,
            unit=demo.UNIT,
            commune=demo.COMMUNE,
            province=demo.PROVINCE,
            desk=1,
            clerk="Trần Thử Nghiệm",
            demo_dossiers=_DEMO_DOSSIERS,
            clock=self._clock,
        )

    def _enter(self, desk: Desk) -> None:
        try:
            self._log = DeskLog(desk.data / "log")
        except OSError as error:  # the desk goes on without a log, and the clerk learns what the disk lacks
            told = of_system(error, desk.data / "log")
            self.notices.warn(str(told), told.remedy)
        self.desk = desk
        SecondStarts(desk.data, self.window, self)
        self._readers = Readers(desk)
        self.look.train(is_training=desk.is_training)
        self.look.choose(desk.settings.theme)
        with suppress(DeskError):  # a folder that came from elsewhere has the scale of another machine beside it
            screen_scale.keep(desk.data, desk.settings.scale)
        services = bound(desk, self._readers)
        printing = Printing(services, self.jobs, self.notices)
        printing.setParent(self)
        self.rounds = Rounds(services.sync, services.now, self.jobs, self.notices)
        self.rounds.setParent(self)
        self.backups = BackupWork(services.backups, self.jobs, self.notices)
        self.backups.setParent(self)
        tools = Tools(
            look=self.look,
            services=services,
            jobs=self.jobs,
            notices=self.notices,
            printing=printing,
            rounds=self.rounds,
            backups=self.backups,
            scanner=PortListener(self.jobs, self),
            helps=self.help.ways(),
        )
        # The screens load behind a window that is already there: a quarter of the way to the first sight of it.
        self.view = workspace.DeskView(tools, self.wedge)
        office = self.tr("UBND %s") % desk.settings.commune
        self.window.setWindowTitle(title_of(office, is_training=desk.is_training))
        self.help.enter(tools, self.view.entries)
        self._wake = WakeWatch(self._clock, (self.rounds.woken, tools.scanner.try_again), self.view)
        self.window.show_page(self.view)
        self.view.dossiers.table.setFocus()
        if self.entrance.is_new:
            self.view.go("nav.preparing")
        if desk.alarm:
            self.notices.warn(desk.alarm)
        else:
            QTimer.singleShot(_OFFER_AFTER_MS, self.view, self._offer_left_page)

    def _offer_left_page(self) -> None:
        if self.view is not None and self.desk is not None:  # None: closed sooner than this came
            self.view.offer_left_page()


def options() -> argparse.ArgumentParser:
    """The window's options; the terminal has the same for data folder and passphrase file."""
    parser = VietnameseParser(prog="ban-mot-cua", description="Bàn Một Cửa: tiếp nhận hồ sơ tại quầy một cửa")
    parser.add_argument("--data", help="thư mục dữ liệu (mặc định: DESK_DATA, rồi thư mục của người dùng)")
    parser.add_argument("--passphrase-file", help="tệp chứa mật khẩu mở dữ liệu (hoặc DESK_PASSPHRASE_FILE)")
    parser.add_argument(
        "--demo", action="store_true", help="lần đầu thì tạo xã thử nghiệm với hồ sơ mẫu (hoặc DESK_DEMO=1)"
    )
    parser.add_argument(
        "--training", action="store_true", help="chế độ tập huấn: dữ liệu riêng, người không có thật, không gửi đi đâu"
    )
    parser.add_argument("--selftest", action="store_true", help="tự kiểm tra bản cài đặt, không mở cửa sổ")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the window until it is closed."""
    chosen, for_qt = options().parse_known_args(arguments)
    if has_no_screen():
        print("Không thấy màn hình (DISPLAY, WAYLAND_DISPLAY đều trống).", file=sys.stderr)  # noqa: T201
        print("Trong cửa sổ lệnh dùng: desk-app --help", file=sys.stderr)  # noqa: T201
        return 1
    data = _data_folder(chosen)
    if (holder := second_start.holder(data)) is not None and second_start.ask(data, holder, os.environ):
        return 0
    method = input_method.of_desktop(os.environ, sys.platform)
    for name, value in method.variables.items():  # Qt reads them once, when the application is made
        os.environ.pop(name, None) if value is None else os.environ.update({name: value})
    if (scale := screen_scale.kept(data)) != screen_scale.USUAL:
        os.environ["QT_SCALE_FACTOR"] = str(scale / 100)
    QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
    # As an option: QApplication.setStyle answers with the style, and PySide then builds every enumeration of QStyle.
    application = QApplication([sys.argv[0], "-style", "fusion", *for_qt])
    application.setApplicationName("ban-mot-cua")
    application.setApplicationDisplayName("Bàn Một Cửa")
    application.setDesktopFileName("ban-mot-cua")
    accessibility.mend()
    program = Program(application, chosen) if application.screens() else sys.exit(_SCREENLESS)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in the terminal; every event is on the disk already
    program.start()
    if os.environ.get("XDG_CURRENT_DESKTOP"):  # a bare screen without a desktop has no input method to speak of
        program.tell_of_typing(method)
    code = application.exec()
    program.close()
    if pending_desk.is_waiting(_data_folder(chosen)):  # a backup was brought back: begin anew with it
        executable, *words = places.this_command()
        QtCore.QProcess.startDetached(executable, words)
    return code


def _wants_demo(chosen: argparse.Namespace) -> bool:
    return bool(chosen.demo) or os.environ.get("DESK_DEMO", "") not in {"", "0"}


def _data_folder(chosen: argparse.Namespace) -> Path:
    """A demo without a named folder gets one beside the real one, so that the two never mix."""
    folder = places.data_folder(chosen.data)
    if chosen.training:
        return training_start.folder_beside(folder)
    is_named = chosen.data or os.environ.get("DESK_DATA")
    return folder.with_name(f"{folder.name}-demo") if _wants_demo(chosen) and not is_named else folder


if __name__ == "__main__":
    sys.exit(main())
