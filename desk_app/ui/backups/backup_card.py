"""The card «Sao lưu» of the settings: where backups go and how often, how they stand, and a button for each deed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from desk_app.ui.kit.card import PageCard
from desk_app.ui.look.theme import Look
from desk_app.ui.settings.setting_field import SettingField
from desk_app.ui.settings.settings_card import FieldGrid
from desk_app.ui.widgets import formats
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.columns import ColumnRow
from desk_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from desk_app.services.backups.backup_point import BackupPoint
    from desk_app.services.backups.standing import BackupStanding

_MOST_LISTED = 4
_BESIDE = 340


class BackupCard(PageCard):
    """`back_up_wanted`, `drill_wanted` and `restore_wanted` when their buttons are pressed."""

    back_up_wanted = Signal()
    drill_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, look: Look, fields: Sequence[SettingField], *, refusal: str) -> None:
        super().__init__(self.tr("Sao lưu"))
        self.column.setSpacing(10)
        self._place = fields[0]
        self.column.addWidget(FieldGrid(fields))
        self.choose = button(look, self.tr("Chọn nơi cất…"), "backup.choose", self._choose, icon="hard-drive-upload")
        self.choose.setEnabled(not refusal)
        self.column.addWidget(self.choose)
        self._state = label(role="soft", wraps=True)
        self._state.setAccessibleIdentifier("backup.state")
        self.column.addWidget(self._state)
        self._remarks = label(role="warn", wraps=True)
        self._remarks.setAccessibleIdentifier("backup.remarks")
        self.column.addWidget(self._remarks)
        self._remarks.hide()
        self._list = label(role="faint", wraps=True)
        self._list.setAccessibleIdentifier("backup.list")
        self.column.addWidget(self._list)
        self._list.hide()
        self.now = button(look, self.tr("Sao lưu ngay"), "backup.now", self.back_up_wanted.emit, icon="check")
        self.drill = button(
            look, self.tr("Diễn tập khôi phục"), "backup.drill", self.drill_wanted.emit, icon="refresh-cw"
        )
        row = ColumnRow(narrow=_BESIDE)
        row.left.addWidget(self.now)
        row.right.addWidget(self.drill)
        self.column.addWidget(row)
        self.restore = button(
            look, self.tr("Khôi phục…"), "backup.restore", self.restore_wanted.emit, icon="hard-drive-download"
        )
        self.restore.setEnabled(not refusal)
        self.column.addWidget(self.restore)

    def show_standing(self, standing: BackupStanding, now: datetime, doing: str) -> None:
        """How the backups stand; `doing` is what runs now, "" for nothing."""
        made, note = standing.made_on, standing.note
        lines = [doing] if doing else []
        if made is not None:
            said = self.tr("Lần gần nhất: %s, %d hồ sơ, đã mở lại và kiểm.")
            lines.append(said % (formats.moment(made, now), note.dossiers))
        if standing.copied_on is not None:
            lines.append(self.tr("Bản chép %s chưa kiểm xong.") % formats.moment(standing.copied_on, now))
        elif made is None and standing.folder:
            lines.append(self.tr("Chưa có bản sao lưu nào."))
        if standing.drilled_at:
            said = self.tr("Diễn tập gần nhất đạt.") if standing.drill_ok else self.tr("Diễn tập gần nhất KHÔNG đạt.")
            lines.append(said)
        self._state.setText("\n".join(lines))
        self._state.setVisible(bool(lines))
        told = [f"{each.text} {each.remedy}" for each in standing.remarks]
        self._remarks.setText("\n".join(told))
        self._remarks.setVisible(bool(told))

    def show_points(self, points: Sequence[BackupPoint], now: datetime) -> None:
        """The newest backups there are, the newest first."""
        lines = [
            (self.tr("%s: %d hồ sơ, %d tệp") if each.is_proved else self.tr("%s: %d hồ sơ, %d tệp, chưa kiểm xong"))
            % (formats.moment(each.made_on, now), each.dossiers, each.files)
            for each in points[:_MOST_LISTED]
        ]
        if len(points) > _MOST_LISTED:
            lines.append(self.tr("và %d bản cũ hơn") % (len(points) - _MOST_LISTED))
        self._list.setText("\n".join(lines))
        self._list.setVisible(bool(lines))

    def _choose(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("Chọn nơi cất bản sao lưu"), self._place.value())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._place.put)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
