"""The one list of what the side bar leads to. A new screen is its own module and one entry here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desk_app.lazy import lazy
from desk_app.ui.dossiers.screen import DossiersScreen
from desk_app.ui.screen import Entry, ScreenKind

if TYPE_CHECKING:
    from desk_app.ui.day_end import screen as day_end_screen
    from desk_app.ui.dossier import screen as dossier_screen
    from desk_app.ui.forms import screen as forms_screen
    from desk_app.ui.law import screen as law_screen
    from desk_app.ui.old_data import screen as old_data_screen
    from desk_app.ui.paper_lists import screen as paper_lists_screen
    from desk_app.ui.reception import screen as reception_screen
    from desk_app.ui.service_days import screen as service_days_screen
    from desk_app.ui.settings import screen as settings_screen
    from desk_app.ui.setup import preparing_screen
    from desk_app.ui.sync import screen as sync_screen
    from desk_app.ui.updates import screen as updates_screen
    from desk_app.ui.worklists import screen as work_screen
else:
    day_end_screen = lazy("desk_app.ui.day_end.screen")
    dossier_screen = lazy("desk_app.ui.dossier.screen")
    forms_screen = lazy("desk_app.ui.forms.screen")
    old_data_screen = lazy("desk_app.ui.old_data.screen")
    law_screen = lazy("desk_app.ui.law.screen")
    paper_lists_screen = lazy("desk_app.ui.paper_lists.screen")
    reception_screen = lazy("desk_app.ui.reception.screen")
    sync_screen = lazy("desk_app.ui.sync.screen")
    service_days_screen = lazy("desk_app.ui.service_days.screen")
    settings_screen = lazy("desk_app.ui.settings.screen")
    preparing_screen = lazy("desk_app.ui.setup.preparing_screen")
    updates_screen = lazy("desk_app.ui.updates.screen")
    work_screen = lazy("desk_app.ui.worklists.screen")

DOSSIERS = ScreenKind("dossiers", lambda: DossiersScreen)
RECEPTION = ScreenKind("reception", lambda: reception_screen.ReceptionScreen)
DOSSIER = ScreenKind("dossier", lambda: dossier_screen.DossierScreen)
WORK = ScreenKind("work", lambda: work_screen.WorklistsScreen)
SYNC = ScreenKind("sync", lambda: sync_screen.SyncScreen)


class Entries(QObject):
    """Gives the entries in the order of the side bar, in the language of the window."""

    def all(self) -> tuple[Entry, ...]:
        return (
            Entry(
                identifier="nav.dossiers",
                text=self.tr("Hồ sơ"),
                icon="inbox",
                key="F3",
                hint=self.tr("Tìm hồ sơ"),
                kind=DOSSIERS,
            ),
            Entry(
                identifier="nav.reception",
                text=self.tr("Tiếp nhận"),
                icon="file-plus-2",
                key="F2",
                hint=self.tr("Tiếp nhận"),
                kind=RECEPTION,
            ),
            Entry(
                identifier="nav.work",
                text=self.tr("Việc hôm nay"),
                icon="hourglass",
                key="Ctrl+H",
                kind=WORK,
            ),
            Entry(
                identifier="nav.returns",
                text=self.tr("Chờ trả kết quả"),
                icon="package-check",
                key="F4",
                hint=self.tr("Chờ trả kết quả"),
                kind=DOSSIERS,
            ),
            Entry(
                identifier="nav.late",
                text=self.tr("Quá hạn"),
                icon="clock",
                key="F6",
                hint=self.tr("Quá hạn"),
                kind=DOSSIERS,
            ),
            Entry(
                identifier="nav.sync",
                text=self.tr("Gửi nhận"),
                icon="cloud-upload",
                key="F7",
                hint=self.tr("Gửi nhận"),
                counted=self.tr("việc cần xem"),
                kind=SYNC,
            ),
            Entry(
                identifier="nav.day_end",
                text=self.tr("Kết thúc ngày"),
                icon="sunset",
                key="F8",
                hint=self.tr("Kết thúc ngày"),
                kind=ScreenKind("day_end", lambda: day_end_screen.DayEndScreen),
            ),
            Entry(
                identifier="nav.law",
                text=self.tr("Dữ liệu luật"),
                icon="file-text",
                key="F12",
                kind=ScreenKind("law", lambda: law_screen.LawScreen),
            ),
            Entry(
                identifier="nav.forms",
                text=self.tr("Biểu mẫu"),
                icon="pencil",
                key="Ctrl+M",
                in_bar=False,
                kind=ScreenKind("forms", lambda: forms_screen.FormsScreen),
            ),
            Entry(
                identifier="nav.service_days",
                text=self.tr("Ngày phục vụ"),
                icon="calendar",
                key="Ctrl+W",
                in_bar=False,
                kind=ScreenKind("service_days", lambda: service_days_screen.ServiceDaysScreen),
            ),
            Entry(
                identifier="nav.paper_lists",
                text=self.tr("Danh sách bàn giao"),
                icon="file-text",
                key="Ctrl+J",
                in_bar=False,
                kind=ScreenKind("paper_lists", lambda: paper_lists_screen.PaperListsScreen),
            ),
            Entry(
                identifier="nav.old_data",
                text=self.tr("Dữ liệu cũ"),
                icon="hard-drive-upload",
                key="Ctrl+I",
                kind=ScreenKind("old_data", lambda: old_data_screen.OldDataScreen),
            ),
            Entry(
                identifier="nav.preparing",
                text=self.tr("Chuẩn bị quầy"),
                icon="package-check",
                key="Ctrl+G",
                in_bar=False,
                kind=ScreenKind("preparing", lambda: preparing_screen.PreparingScreen),
            ),
            Entry(
                identifier="nav.updates",
                text=self.tr("Cập nhật"),
                icon="package-check",
                key="Ctrl+U",
                in_bar=False,
                kind=ScreenKind("updates", lambda: updates_screen.UpdatesScreen),
            ),
            Entry(
                identifier="nav.settings",
                text=self.tr("Cài đặt"),
                icon="sliders-horizontal",
                key="Ctrl+,",
                kind=ScreenKind("settings", lambda: settings_screen.SettingsScreen),
            ),
        )
