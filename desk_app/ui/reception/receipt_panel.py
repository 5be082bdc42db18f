"""What was saved: the code, large, and what comes next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.payments.payment import standing_of
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button, shorten
from desk_app.ui.widgets.labels import CodeLabel, Picture, ShortLabel, restyle

_ROOMY, _NARROW = 680, 480


class SavedPanel(QFrame):
    """`next_wanted`, `print_wanted` and `open_wanted` are its three buttons."""

    next_wanted = Signal()
    print_wanted = Signal()
    open_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("panel", "ok")
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 12, 8)
        self._picture = Picture(look, "circle-check", "ok", 26)
        row.addWidget(self._picture)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        self._code = CodeLabel()
        self._told = ShortLabel("")
        texts.addWidget(self._code)
        texts.addWidget(self._told)
        row.addLayout(texts, 1)
        self._open = button(look, self.tr("Mở hồ sơ"), "reception.open", self.open_wanted.emit)
        row.addWidget(self._open)
        self._print = button(
            look, self.tr("In lại"), "reception.print_again", self.print_wanted.emit, icon="printer", key="Ctrl+P"
        )
        row.addWidget(self._print)
        self.next = button(
            look,
            self.tr("Người kế tiếp"),
            "reception.next",
            self.next_wanted.emit,
            kind="primary",
            icon="arrow-right",
            key="F2",
        )
        row.addWidget(self.next)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for part in (self._picture, self._open):
            part.setVisible(self.width() >= _ROOMY)
        is_narrow = self.width() < _NARROW
        self._row.setSpacing(4 if is_narrow else 12)
        shorten(self._print, "icon" if is_narrow else "whole")
        shorten(self.next, "name" if is_narrow else "whole")
        restyle(self._code, "text_role", "big-code" if self.width() >= _ROOMY else "heading")

    def show_saved(self, dossier: Dossier) -> None:
        self._code.setText(dossier.code)
        named = [dossier.applicant.full_name, *(each.name for each in dossier.organisations.values())]
        stands = standing_of(dossier)
        unpaid = self.tr(". %s, Ctrl+B để thu") % stands.told if stands.rest > 0 else ""
        linked = dossier.linked
        with_it = self.tr(" · liên thông %d hồ sơ") % len(linked.parts) if linked is not None else ""
        self._told.setText(self.tr("Đã lưu: %s") % ", ".join(filter(None, named)) + with_it + unpaid)
