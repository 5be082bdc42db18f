"""How the papers in sight are set for who reads them, and the way to a PDF: one button with a menu above the paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec.structs import replace
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton

from desk_app.ui.screen_context import Tools
from desk_app.ui.widgets.buttons import named, tool
from desk_app.ui.window.notices import Notice


class MannerMenu(QToolButton):
    """`code` gives the dossier whose papers can be saved, "" for none yet; `redraw` shows the paper in its new manner.

    What is chosen holds for this citizen's papers, shown and printed, until the next one's.
    """

    def __init__(self, tools: Tools, identifier: str, *, code: Callable[[], str], redraw: Callable[[], None]) -> None:
        super().__init__()
        self._tools, self._code, self._redraw = tools, code, redraw
        shape = tool(tools.look, "a-large-small", self.tr("Cách in, lưu PDF"), f"{identifier}.manner", lambda: None)
        self.setIcon(shape.icon())
        self.setIconSize(shape.iconSize())
        self.setToolTip(shape.toolTip())
        self.setCursor(shape.cursor())
        named(self, f"{identifier}.manner", shape.toolTip())
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        named(menu, f"{identifier}.manner.menu", self.tr("Cách in"))
        self._large = self._choice(menu, self.tr("Chữ lớn\tCtrl+L"), self.enlarge)
        self._languages: dict[str, QAction] = {}
        self._below = menu.addSeparator()
        self._save = menu.addAction(
            self.tr("Lưu thành tệp PDF…"), lambda: self._tools.printing.ask_folder(self._code())
        )
        menu.aboutToShow.connect(self._show_state)
        self.setMenu(menu)
        tools.printing.manner_changed.connect(self._redraw)

    def enlarge(self) -> None:
        """Large letters, or the usual ones again."""
        manner = self._tools.printing.manner
        self._tools.printing.use(replace(manner, large=not manner.large))
        said = self.tr("Giấy in chữ thường.") if manner.large else self.tr("Giấy của người này in chữ lớn.")
        self._tools.notices.post(Notice(text=said, tone="info"))

    def _ask_folder(self) -> None:
        self._tools.printing.ask_folder(self._code())

    def _caption(self, language: str) -> None:
        manner = self._tools.printing.manner
        self._tools.printing.use(replace(manner, captions="" if manner.captions == language else language))

    def _choice(self, menu: QMenu, text: str, act: Callable[[], None]) -> QAction:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.triggered.connect(lambda _checked=False: act())
        return action

    def _show_state(self) -> None:
        self._offer_languages()
        manner = self._tools.printing.manner
        self._large.setChecked(manner.large)
        for code, action in self._languages.items():
            action.setChecked(manner.captions == code)
        self._save.setEnabled(bool(self._code()))

    def _offer_languages(self) -> None:
        """Once the menu is wanted: the forms that know the languages need not be read before."""
        for code, name in self._tools.services.caption_languages().items():
            if code not in self._languages:
                action = self._choice(self.menu(), self.tr("Thêm dòng chữ %s") % name, partial(self._caption, code))
                self.menu().insertAction(self._below, action)
                self._languages[code] = action
