"""Printing the papers of a recorded dossier: drawn and sent in jobs, then put in the journal, and told.

The dossier is recorded before anything prints. A printer that fails is a notice with "In lại", never a lost dossier.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desk_app.errors import DeskError
from desk_app.ui.jobs import Jobs
from desk_app.ui.services.window_services import WindowServices
from desk_app.ui.window.notices import Notice, Notices, told_to

if TYPE_CHECKING:
    from desk_app.services.papers.papers import Paper


class Printing(QObject):
    """`printed` gives the code of a dossier whose papers a printer took."""

    printed = Signal(str)

    def __init__(self, services: WindowServices, jobs: Jobs, notices: Notices) -> None:
        super().__init__()
        self._services, self._jobs, self._notices = services, jobs, notices
        self._under_way: Counter[tuple[str, str]] = Counter()

    def print_papers(self, code: str, what: str, *, saved: bool = False) -> None:
        """Draw and print; `what` as in services.papers.draw. `saved`: the notice also says that it was recorded.

        Asked once more while it is under way, as by a key pressed twice, it prints once.
        """
        wish = (code, what)
        if self._under_way[wish]:
            return

        def ended() -> None:
            self._under_way[wish] -= 1

        def failed(error: DeskError) -> None:
            text = self.tr("Đã lưu hồ sơ %s. ") % code + str(error) if saved else str(error)
            self._notices.warn(text, error.remedy, offer=self.tr("In lại"), act=self._again(code, what))

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
            lambda: self._services.draw_apart(code, what),
            owner=self,
            done=drawn,
            failed=failed,
            ended=ended,
        )

    def _again(self, code: str, what: str) -> Callable[[], None]:
        return lambda: self.print_papers(code, what)

    def _sent(self, code: str, papers: Sequence[Paper], printer: str, *, saved: bool) -> None:
        names = [paper.name for paper in papers]
        with told_to(self._notices):
            self._services.printed(code, names, max((paper.copies for paper in papers), default=1), printer)
        said = self.tr("Đã lưu hồ sơ %s và gửi lệnh in tới %s") if saved else self.tr("Đã gửi lệnh in hồ sơ %s tới %s")
        self._notices.post(Notice(text=said % (code, printer)))
        self.printed.emit(code)
