"""The card of the scanner: keyboard or port, and a trial that shows what arrives. What it shows is written nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desk_app.ui.kit.card import PageCard
from desk_app.ui.look.theme import Look
from desk_app.ui.settings.setting_field import SettingField
from desk_app.ui.settings.settings_card import FieldGrid
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.labels import label, restyle

if TYPE_CHECKING:
    from desk_app.services.settings.scan_trial import ScanTrial


class ScannerCard(PageCard):
    """`trial_wanted` when a trial begins or ends, by `is_trying`."""

    trial_wanted = Signal()

    def __init__(self, look: Look, fields: Sequence[SettingField]) -> None:
        super().__init__(self.tr("Máy quét"))
        self.column.setSpacing(10)
        self.column.addWidget(FieldGrid(fields))
        self.is_trying = False
        self.trial = button(look, self.tr("Thử máy quét"), "settings.trial.scan", self._turn, icon="scan-line")
        self.column.addWidget(self.trial)
        self._panel = QFrame()
        inner = QVBoxLayout(self._panel)
        inner.setContentsMargins(12, 9, 12, 9)
        self._said = label(wraps=True)
        self._said.setAccessibleIdentifier("settings.scan.said")
        inner.addWidget(self._said)
        self.column.addWidget(self._panel)
        self._panel.hide()

    def end(self) -> None:
        """The trial is over; what it showed goes away."""
        if self.is_trying:
            self._turn()

    def _turn(self) -> None:
        self.is_trying = not self.is_trying
        self.trial.setText(self.tr("  Thôi thử") if self.is_trying else self.tr("  Thử máy quét"))
        self.trial.setAccessibleName(self.trial.text().strip())
        self._panel.setVisible(self.is_trying)
        self._say("plain", self.tr("Đang chờ: quét một thẻ căn cước hoặc một giấy tiếp nhận. Không ghi vào đâu cả."))
        self.trial_wanted.emit()

    def show_scan(self, scan: ScanTrial, *, port: str, composed: bool) -> None:
        """What arrived, by which way, and whether an input method had its hand in it."""
        way = self.tr("cổng %s") % port if port else self.tr("bàn phím")
        lines = [self.tr("Nhận được qua %s: %s, %d ký tự.") % (way, scan.kind, scan.letters)]
        lines += [f"{name}: {value}" for name, value in scan.facts]
        if composed:
            lines.append(self.tr("Bộ gõ tiếng Việt đang bật và có thể làm sai chữ: tắt bộ gõ, hoặc dùng cổng COM."))
        lines += scan.warnings
        is_good = scan.is_good and not composed
        if is_good:
            lines.append(self.tr("Máy quét dùng được."))
        self._say("fresh" if is_good else "warn", "\n".join(lines))

    def show_refused(self, why: str) -> None:
        """Something arrived that is no scan, or the port cannot be opened."""
        self._say("warn", why)

    def _say(self, panel: str, text: str) -> None:
        restyle(self._panel, "panel", panel)
        self._said.setText(text)
        restyle(self._said, "tone", panel)  # so that it takes the colour of the panel
