"""The cards of the settings, two columns where there is room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desk_app.services.desk import about
from desk_app.services.desk.office_settings import SettingRow
from desk_app.services.settings.kinds import SettingGroup
from desk_app.ui.backups.backup_card import BackupCard
from desk_app.ui.kit.card_column import CardColumn
from desk_app.ui.look.theme import Look
from desk_app.ui.settings.about_card import AboutCard
from desk_app.ui.settings.printing_cards import DocumentsPrintCard, SheetsCard
from desk_app.ui.settings.quick_input import QuickInput
from desk_app.ui.settings.safety_card import SafetyCard
from desk_app.ui.settings.scanner_card import ScannerCard
from desk_app.ui.settings.setting_field import SettingField
from desk_app.ui.settings.settings_card import SettingsCard
from desk_app.ui.widgets.columns import ColumnRow
from desk_app.ui.widgets.labels import label

_NARROW = 760


class SettingsBody(CardColumn):
    """`fields` by key, in the order of the cards; `refusal` says why this person may only read.

    `more` is a card that changes nothing and stands last.
    """

    def __init__(
        self,
        look: Look,
        rows: Sequence[SettingRow],
        *,
        identity: str,
        is_kept_by_machine: bool,
        refusal: str,
        more: QWidget,
    ) -> None:
        super().__init__()
        self.fields = {row.kind.key: SettingField(row, can_change=not refusal) for row in rows}
        self.sheets = SheetsCard(look, self.fields)
        self.documents = DocumentsPrintCard(look, self.fields, self.sheets)
        self.scanner = ScannerCard(look, self._of(SettingGroup.SCANNER))
        self.safety = SafetyCard(look, is_kept_by_machine=is_kept_by_machine, refusal=refusal)
        office = SettingsCard(
            self.tr("Cơ quan"),
            self._of(SettingGroup.OFFICE),
            said=self.tr("Tên như ghi trên giấy. Mục «Cả xã» đổi ở mọi quầy của xã."),
        )
        whose = label(self.tr("Mã đơn vị và số quầy do cấp trên cấp: %s") % identity, "faint", wraps=True)
        whose.setAccessibleIdentifier("settings.identity")
        office.column.addWidget(whose)
        hours = SettingsCard(self.tr("Giờ làm việc và giờ trả kết quả"), self._of(SettingGroup.HOURS), columns=3)
        money = SettingsCard(
            self.tr("Thu phí, lệ phí"),
            self._of(SettingGroup.PAYMENT),
            said=self.tr("Tài khoản cho mã chuyển khoản VietQR; chương trình không tự in biên lai, chỉ ghi số."),
        )
        clerk = SettingsCard(self.tr("Người tiếp nhận và mã hồ sơ"), self._of(SettingGroup.CLERK))
        quick = SettingsCard(self.tr("Thủ tục nhanh"), self._of(SettingGroup.QUICK), columns=1)
        seen = SettingsCard(self.tr("Màn hình"), self._of(SettingGroup.LOOK))
        self.backup = BackupCard(look, self._of(SettingGroup.BACKUP), refusal=refusal)
        work = SettingsCard(self.tr("Gửi nhận và hồ sơ nhập dở"), self._of(SettingGroup.WORK))
        lateness = SettingsCard(
            self.tr("Nhắc việc và mức trễ hạn"),
            self._of(SettingGroup.LATENESS),
            said=self.tr("Dùng cho trang Việc hôm nay và báo cáo tỉ lệ trễ hạn."),
        )
        messages = SettingsCard(
            self.tr("Tin nhắn cho người dân"),
            self._of(SettingGroup.MESSAGES),
            said=self.tr("Cấp trên gửi, mỗi tin một lần. Tin không ghi họ tên, số giấy tờ."),
        )
        self.about = AboutCard(look, about.version())
        columns = ColumnRow(narrow=_NARROW)
        left: tuple[QWidget, ...] = (
            *(office, hours, money, clerk, quick, self.scanner),
            *(self.safety, lateness, messages),
        )
        right: tuple[QWidget, ...] = (self.sheets, self.documents, self.backup, seen, work, more, self.about)
        for side, cards in ((columns.left, left), (columns.right, right)):
            for card in cards:
                side.addWidget(card)
            side.addStretch()
        self.show_cards((columns,))
        self.show_quick_count()

    @property
    def first(self) -> QWidget:
        """Where the cursor is when a person comes here."""
        return next(iter(self.fields.values())).input

    def show_quick_count(self) -> None:
        """As many boxes for procedures as buttons are wanted."""
        count, quick = self.fields["quick_count"].value().strip(), self.fields["quick_procedures"].input
        if isinstance(quick, QuickInput) and count.isdecimal():
            quick.show_count(int(count))

    def _of(self, group: SettingGroup) -> list[SettingField]:
        return [field for field in self.fields.values() if field.kind.group is group]
