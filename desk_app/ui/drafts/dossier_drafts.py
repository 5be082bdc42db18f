"""What is half told of an open dossier, a step or a correction, kept and shown again with the dossier."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desk_app.domain.dossiers.unfinished import Unfinished
from desk_app.errors import DeskError
from desk_app.ui.drafts import entered
from desk_app.ui.screen_context import Tools
from desk_app.ui.window.notices import Notice

STEP = "dossier.step"
CORRECTION = "dossier.correct.field"
_OURS = ("dossier.step.", "dossier.correct.")
_LOOK_MS = 1000


class DossierDrafts(QObject):
    """`chosen_step` names the step whose card is open, `reopen` opens the cards a kept page belongs to.

    The inputs come and go with the cards, so they are looked at once a second and whenever a field is left.
    """

    def __init__(
        self, page: QWidget, tools: Tools, chosen_step: Callable[[], str], reopen: Callable[[Unfinished], None]
    ) -> None:
        super().__init__(page)
        self._page, self._chosen_step, self._reopen = page, chosen_step, reopen
        self._drafts, self._notices = tools.services.drafts, tools.notices
        self._dossier = ""
        self._kept: dict[str, str] = {}
        self._is_told = False
        self._looking = QTimer(self, interval=_LOOK_MS)
        self._looking.timeout.connect(self._look)
        self._looking.start()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    def leave(self) -> None:
        """Before another dossier is shown, or the desk closes: what stands there is kept."""
        self.keep_now()
        self._dossier = ""

    def show(self, dossier: str) -> None:
        """A dossier is open: what was half told of it stands there again."""
        self._dossier, self._kept = dossier, {}
        page = self._drafts.of_dossier(dossier)
        if page is None:
            return
        self._reopen(page)
        for _ in range(2):  # what is corrected decides which input there is
            entered.put_texts(self._page, page.texts)
        for name, widget in self._inputs():
            if isinstance(widget, QLineEdit) and name in page.texts:
                widget.setModified(True)
        self._kept = self._texts()
        if self._kept:
            said = self.tr("Hồ sơ này còn phần đang nhập dở, đã mở lại.")
            self._notices.post(Notice(text=said, remedy=self.tr("Bấm Esc nếu không cần nữa."), tone="info"))

    def keep_now(self) -> None:
        """Write down what changed; told once where it cannot be."""
        texts = self._texts()
        if not self._dossier or texts == self._kept:
            return
        try:
            self._drafts.keep_of_dossier(Unfinished(id=self._dossier, texts=texts))
        except DeskError as error:
            if not self._is_told:
                self._is_told = True
                self._notices.warn(self.tr("Chưa giữ được phần đang nhập. Vẫn ghi bước được."), str(error))
            return
        self._kept, self._is_told = texts, False

    def _inputs(self) -> list[tuple[str, QWidget]]:
        found = entered.inputs(self._page)
        return [(name, each) for name, each in found if name.startswith(_OURS) and each.isVisibleTo(self._page)]

    def _texts(self) -> dict[str, str]:
        """What stands in the open cards; nothing while the clerk has typed nothing there."""
        inputs = self._inputs()
        if not any(isinstance(each, QLineEdit) and each.isModified() and each.text() for _, each in inputs):
            return {}
        texts = {name: text for name, each in inputs if (text := entered.text_of(each))}
        step = self._chosen_step()
        return texts | ({STEP: step} if step else {})

    def _look(self) -> None:
        if self._page.isVisible():
            self.keep_now()

    def _focus_moved(self, old: QWidget | None, _new: QWidget | None) -> None:
        if old is not None and self._page.isVisible() and self._page.isAncestorOf(old):
            self.keep_now()
