"""Notes for colleagues: what others left, and a line for another one. None of it is printed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout

from desk_app.domain.calendar.moments import shown_moment
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import Noted
from desk_app.ui.kit.card import PageCard
from desk_app.ui.screen_context import Tools
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.fields import TextInput
from desk_app.ui.widgets.labels import label
from desk_app.ui.window.notices import told_to


class NotesCard(PageCard):
    """Calls `recorded` with what to tell the clerk once a note is left."""

    def __init__(self, tools: Tools, recorded: Callable[[str], None]) -> None:
        super().__init__(self.tr("Ghi chú nội bộ"))
        self._tools, self._recorded = tools, recorded
        self._code = ""
        self._told = label(wraps=True)
        self._told.setAccessibleIdentifier("dossier.notes")
        self.column.addWidget(self._told)
        row = QHBoxLayout()
        self._text = TextInput("dossier.note", self.tr("Ghi chú nội bộ"), self.tr("Không in ra giấy nào"))
        self._text.returnPressed.connect(self._leave)
        row.addWidget(self._text, 1)
        row.addWidget(button(tools.look, self.tr("Ghi lại"), "dossier.note.leave", self._leave))
        self.column.addLayout(row)

    def show_dossier(self, dossier: Dossier) -> None:
        """The notes there are, the latest last; a line half typed belongs to its dossier."""
        if dossier.code != self._code:
            self._text.put("")
        self._code = dossier.code
        lines = [
            f"{shown_moment(event.at)}, {event.author}: {event.payload.text}"
            for event in dossier.notes
            if isinstance(event.payload, Noted)
        ]
        self._told.setText("\n".join(lines))
        self._told.setVisible(bool(lines))

    def _leave(self) -> None:
        if text := self._text.value().strip():
            with told_to(self._tools.notices):
                self._tools.services.following.note(self._code, text)
                self._text.put("")
                self._recorded(self.tr("Đã ghi chú cho hồ sơ %s.") % self._code)
