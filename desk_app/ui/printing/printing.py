"""Printing the papers of a recorded dossier: drawn and sent in jobs, then put in the journal, and told.

The dossier is recorded before anything prints. A printer that fails is a notice with "In lại", never a lost dossier.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtWidgets
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from desk_app.domain.papers import PDF_PRINTER, USUAL, PaperManner
from desk_app.errors import DeskError, NoPrinterError
from desk_app.ui.jobs import Jobs
from desk_app.ui.services.window_services import WindowServices
from desk_app.ui.window.notices import Notice, Notices, told_to

if TYPE_CHECKING:
    from desk_app.services.papers.papers import Paper


class Printing(QObject):
    """`printed` gives the code of a dossier whose papers a printer took, or a file.

    `manner` is how the papers of who stands at the desk are set: `use` changes it, and `manner_changed` tells.
    """

    printed = Signal(str)
    manner_changed = Signal()

    def __init__(self, services: WindowServices, jobs: Jobs, notices: Notices) -> None:
        super().__init__()
        self._services, self._jobs, self._notices = services, jobs, notices
        self.manner = USUAL
        self._under_way: Counter[tuple[str, str]] = Counter()

    def use(self, manner: PaperManner) -> None:
        """Set what is drawn and printed from now on like this."""
        if manner != self.manner:
            self.manner = manner
            self.manner_changed.emit()

    def draw_apart(self, code: str, what: str) -> list[Paper]:
        """The papers as they would print now. For a job."""
        return self._services.draw_apart(code, what, self.manner)

    def ask_folder(self, code: str, what: str = "all") -> None:
        """Let the clerk choose where the papers go as PDF files."""
        dialog = QtWidgets.QFileDialog(
            QApplication.activeWindow(), self.tr("Lưu giấy tờ vào thư mục"), str(Path.home())
        )
        dialog.setFileMode(QtWidgets.QFileDialog.FileMode.Directory)
        dialog.setOption(QtWidgets.QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda folder: self.save_papers(code, Path(folder), what))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_papers(self, code: str, folder: Path, what: str = "all") -> None:
        """Write the papers as PDF files into a folder, and put in the journal that they were made."""
        manner = self.manner
        self._jobs.run(
            "paper",
            lambda: self._services.save_apart(code, what, manner, folder),
            owner=self,
            done=lambda names: self._saved(code, names, folder),
        )

    def print_papers(self, code: str, what: str, *, saved: bool = False) -> None:
        """Draw and print; `what` as in services.papers.draw. `saved`: the notice also says that it was recorded.

        Asked once more while it is under way, as by a key pressed twice, it prints once.
        """
        wish, manner = (code, what), self.manner
        if self._under_way[wish]:
            return

        def ended() -> None:
            self._under_way[wish] -= 1

        def failed(error: DeskError) -> None:
            text = self.tr("Đã lưu hồ sơ %s. ") % code + str(error) if saved else str(error)
            offer, act = self.tr("In lại"), self._again(code, what)
            if isinstance(error, NoPrinterError):
                offer, act = self.tr("Lưu PDF"), lambda: self.ask_folder(code, what)
            self._notices.warn(text, error.remedy, offer=offer, act=act)

        def drawn(papers: list[Paper]) -> None:
            self._under_way[wish] += 1
            self._jobs.run(
                "printer",
                lambda: self._services.send_apart(papers),
                owner=self,
                done=lambda printer: self._sent(code, papers, printer, saved=saved),
                failed=failed,
                ended=ended,
            )

        self._under_way[wish] += 1
        self._jobs.run(
            "paper",
            lambda: self._services.draw_for_printer_apart(code, what, manner),
            owner=self,
            done=drawn,
            failed=failed,
            ended=ended,
        )

    def _saved(self, code: str, names: Sequence[str], folder: Path) -> None:
        with told_to(self._notices):
            self._services.printed(code, names, 1, PDF_PRINTER)
        said = self.tr("Đã lưu %d tờ của hồ sơ %s vào %s.") % (len(names), code, folder)
        self._notices.post(Notice(text=said))
        self.printed.emit(code)

    def _again(self, code: str, what: str) -> Callable[[], None]:
        return lambda: self.print_papers(code, what)

    def _sent(self, code: str, papers: Sequence[Paper], printer: str, *, saved: bool) -> None:
        names = [paper.name for paper in papers]
        with told_to(self._notices):
            self._services.printed(code, names, max((paper.copies for paper in papers), default=1), printer)
        said = self.tr("Đã lưu hồ sơ %s và gửi lệnh in tới %s") if saved else self.tr("Đã gửi lệnh in hồ sơ %s tới %s")
        self._notices.post(Notice(text=said % (code, printer)))
        self.printed.emit(code)
