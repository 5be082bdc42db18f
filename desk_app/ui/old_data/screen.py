"""The page of old data: reading and writing run in the lane of the rounds, and stop where a person says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent

from desk_app.errors import DeskError
from desk_app.lazy import lazy
from desk_app.ui.kit.card_column import CardColumn
from desk_app.ui.kit.page import PageHead, ScreenPage
from desk_app.ui.old_data.columns_card import ColumnsCard
from desk_app.ui.old_data.imports_card import ImportsCard, OldDossiersCard
from desk_app.ui.old_data.table_card import TableCard
from desk_app.ui.screen_context import Tools
from desk_app.ui.sync.sync_rounds import LANE
from desk_app.ui.window.notices import told_to

if TYPE_CHECKING:
    from desk_app.services.old_data import importing
    from desk_app.services.old_data.importing import ImportDone, ImportOutlook, ImportWish
    from desk_app.services.old_data.memory import OldFind
    from desk_app.services.old_data.taking_back import TakenBack

    Work = Callable[[ImportWish, Callable[[int, int], None], Callable[[], bool]], object]
else:
    importing = lazy("desk_app.services.old_data.importing")


class _Progress(Struct, frozen=True):
    done: int
    total: int


class OldDataScreen(ScreenPage):
    """A table is looked at first; what a person says of a column looks at it again."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._services = tools.services.old_data
        self._stop = Event()
        self._outlook: ImportOutlook | None = None
        self._outlook_taken: ImportOutlook | None = None
        self._looks_again = False
        self.table = TableCard(tools.look)
        self.columns = ColumnsCard()
        self.imports = ImportsCard(tools.look)
        self.old = OldDossiersCard()
        self.table.look_wanted.connect(self._look)
        self.table.take_wanted.connect(self._take)
        self.table.stop_wanted.connect(self._end)
        self.table.chosen.connect(self._forget)
        self.table.report_wanted.connect(self._report)
        self.columns.changed.connect(self._look_again)
        self.imports.back_wanted.connect(self._take_back)
        self.old.find_wanted.connect(self._find)
        cards = CardColumn((self.table, self.columns, self.imports, self.old))
        self.compose(cards, above=(PageHead(tools.look, self.tr("Dữ liệu cũ")),))

    def read_again(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        with told_to(self._tools.notices):
            self.imports.show_imports(self._services.stands())

    def main_name(self) -> str:
        return self.tr("Nhập bảng")

    def main_deed(self) -> None:
        """Take in the table that was looked at; look at it first where nobody did."""
        if not self.table.is_busy:
            self._take()

    def escape(self) -> bool:
        """Esc stops what is under way."""
        if self.table.is_busy:
            self._end()
            return True
        return False

    # --- looking and taking in --------------------------------------------------------------------------------------

    def _wish(self) -> ImportWish | None:
        place = self.table.place()
        if place is None:
            return None
        sheet = max(0, self.table.sheet.number() - 1)
        return importing.ImportWish(file=place, what=self.table.kind.value(), sheet=sheet, said=dict(self.columns.said))

    def _look(self) -> None:
        wish = self._wish()
        if wish is not None:
            self._run(lambda tell, stop: self._services.look_apart(wish, tell, stop), self._looked)

    def _look_again(self) -> None:
        """Something was said of a column; what is under way ends first."""
        if self.table.is_busy:
            self._looks_again = True
            self._stop.set()
        else:
            self._look()

    def _take(self) -> None:
        wish = self._wish()
        if wish is None:
            return
        if self._outlook is None or self._outlook.needs:
            self._look()
            return
        self._run(lambda tell, stop: self._services.take_in_apart(wish, tell, stop), self._taken)

    def _run(self, work: Callable[..., object], done: Callable[..., None]) -> None:
        self._stop = stop = Event()
        self.table.set_busy(is_busy=True)
        self._tools.jobs.follow(
            LANE,
            lambda tell: work(lambda count, total: tell(_Progress(count, total)), stop.is_set),
            owner=self,
            each=self._progressed,
            done=done,
            failed=self._refused,
            ended=self._ended,
        )

    def _progressed(self, progress: _Progress) -> None:
        self.table.show_progress(progress.done, progress.total)

    def _looked(self, outlook: ImportOutlook) -> None:
        self._outlook = outlook
        self.table.show_outlook(outlook)
        self.columns.show_columns(outlook.columns, outlook.what)

    def _taken(self, done: ImportDone) -> None:
        self._outlook = None
        self.table.show_outlook(done.outlook, import_id=done.import_id)
        self._outlook_taken = done.outlook
        self._tools.notices.say(self.tr("Đã nhập %d dòng.") % len(done.outlook.records))
        self.refresh()

    def _refused(self, error: DeskError) -> None:
        self.table.say(f"{error} {error.remedy}", "error")

    def _ended(self) -> None:
        self.table.set_busy(is_busy=False)
        if self._looks_again:
            self._looks_again = False
            self._look()

    def _end(self) -> None:
        self._stop.set()

    def _forget(self) -> None:
        self._outlook = None
        self.columns.forget()

    def _report(self, path: Path) -> None:
        outlook = self._outlook or self._outlook_taken
        if outlook is None:
            return
        self._tools.jobs.run(
            LANE,
            lambda: self._services.write_report_apart(outlook, path),
            owner=self,
            done=lambda _: self._tools.notices.say(self.tr("Đã lưu báo cáo.")),
            failed=self._refused,
        )

    # --- imports and old dossiers -----------------------------------------------------------------------------------

    def _take_back(self, import_id: str) -> None:
        self._tools.jobs.run(
            LANE,
            lambda: self._services.take_back_apart(import_id),
            owner=self,
            done=self._back,
            failed=self._refused,
        )

    def _back(self, done: TakenBack) -> None:
        said = self.tr("Đã rút lại %d dòng.") % done.taken.rows
        if done.used_since:
            said += self.tr(" %d người đã có trong hồ sơ tiếp nhận sau đó: giữ nguyên.") % done.used_since
        self._tools.notices.say(said)
        self.refresh()

    def _find(self, text: str) -> None:
        if not text:
            self.old.show_found(text, [])
            return

        def shown(found: list[OldFind]) -> None:
            self.old.show_found(text, found)

        self._tools.jobs.run("old-find", lambda: self._services.find_apart(text), owner=self, done=shown)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self.table.path.setFocus(Qt.FocusReason.OtherFocusReason)
