"""The one list of what the side bar leads to. A new screen is its own module and one entry here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desk_app.lazy import lazy
from desk_app.ui.screen import Entry, ScreenKind
from desk_app.ui.screens.dossiers import DossiersScreen

if TYPE_CHECKING:
    from desk_app.ui.screens import day_end, dossier, law, reception, sync
else:
    day_end = lazy("desk_app.ui.screens.day_end")
    dossier = lazy("desk_app.ui.screens.dossier")
    law = lazy("desk_app.ui.screens.law")
    reception = lazy("desk_app.ui.screens.reception")
    sync = lazy("desk_app.ui.screens.sync")

DOSSIERS = ScreenKind("dossiers", lambda: DossiersScreen)
RECEPTION = ScreenKind("reception", lambda: reception.ReceptionScreen)
DOSSIER = ScreenKind("dossier", lambda: dossier.DossierScreen)
SYNC = ScreenKind("sync", lambda: sync.SyncScreen)


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
                kind=ScreenKind("day_end", lambda: day_end.DayEndScreen),
            ),
            Entry(
                identifier="nav.law",
                text=self.tr("Dữ liệu luật"),
                icon="file-text",
                key="F12",
                kind=ScreenKind("law", lambda: law.LawScreen),
            ),
        )
