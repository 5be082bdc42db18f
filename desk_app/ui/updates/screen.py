"""The page of new versions: what runs, what the district sent, and one button that takes a new version in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent

from desk_app.errors import DeskError
from desk_app.ui.kit.card import PageCard
from desk_app.ui.kit.card_column import CardColumn
from desk_app.ui.kit.page import PageHead, ScreenPage
from desk_app.ui.screen_context import Tools
from desk_app.ui.sync.stick_folder import StickFolder
from desk_app.ui.updates.way_back import WayBackPart
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.labels import label
from desk_app.ui.window.notices import told_to

if TYPE_CHECKING:
    from desk_app.services.updates.standing import VersionStanding
    from desk_app.services.updates.taking_in import NewVersion

_LANE = "update"


class UpdatesScreen(ScreenPage):
    """A file or a folder may also be dropped here. Reading and unpacking run apart, and touch no dossier."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._services = tools.services.updates
        self._is_busy = False
        self.setAcceptDrops(True)
        cards = CardColumn((self._state_card(), self._take_card()))
        head = PageHead(tools.look, self.tr("Cập nhật chương trình"), leave=("updates.leave", self.left.emit))
        self.compose(cards, above=(head,))

    def _state_card(self) -> PageCard:
        card = PageCard(self.tr("Bản đang dùng"))
        self._state = label(wraps=True)
        self._state.setAccessibleIdentifier("updates.state")
        card.column.addWidget(self._state)
        self._failed = label(role="warn", wraps=True)
        self._failed.setAccessibleIdentifier("updates.failed")
        card.column.addWidget(self._failed)
        self._back = WayBackPart(self._tools)
        card.column.addWidget(self._back)
        return card

    def _take_card(self) -> PageCard:
        card = PageCard(self.tr("Cài bản mới"))
        text = self.tr(
            "Cắm USB có tệp cập nhật rồi bấm nút dưới đây, hoặc kéo tệp thả vào trang này. Chương trình kiểm tra chữ "
            "ký của nơi phát hành, chạy thử bản mới, và giữ bản đang dùng để quay về. Vẫn làm việc được trong lúc cài."
        )
        card.column.addWidget(label(text, "soft", wraps=True))
        self._folder = StickFolder(self._tools.look, "updates.folder")
        card.column.addWidget(self._folder)
        self._take = button(
            self._tools.look, self.tr("Cập nhật"), "updates.take", self._ask, kind="primary", icon="package-check"
        )
        card.column.addWidget(self._take)
        self._said = label(wraps=True)
        self._said.setAccessibleIdentifier("updates.said")
        card.column.addWidget(self._said)
        return card

    # --- showing ---------------------------------------------------------------------------------------------------

    def read_again(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Say anew which versions there are; what the district sent is named for the button."""
        with told_to(self._tools.notices):
            found = self._services.standing()
            self._state.setText(self._in_words(found))
            why = self.tr("Bản %s %s. Máy đã tự quay về bản %s; dữ liệu không thay đổi.")
            self._failed.setText(why % (found.failed, found.failed_why, found.version) if found.failed else "")
            self._failed.setVisible(bool(found.failed))
            self._back.show_standing(found)
            self._take.setVisible(found.is_installed)
            self._folder.setVisible(found.is_installed)
            if found.fetched is not None and not self._folder.field.value().strip():
                self._folder.field.put(str(found.fetched))

    def _in_words(self, found: VersionStanding) -> str:
        said = [self.tr("Đang dùng bản %s.") % found.version]
        if not found.is_installed:
            said.append(self.tr("Chương trình này không được cài bằng bộ cài nên không cập nhật ở đây được."))
        if found.next:
            said.append(self.tr("Bản %s đã cài xong: đóng chương trình rồi mở lại để dùng.") % found.next)
        elif found.fetched is not None:
            said.append(self.tr("Cấp trên đã gửi một bản mới: bấm «Cập nhật» để cài."))
        if found.previous:
            kept = self.tr("Bản %s được giữ lại trên máy để quay về khi cần.")
            said.append(kept % found.previous)
        return "\n".join(said)

    # --- taking in -------------------------------------------------------------------------------------------------

    def main_name(self) -> str:
        return self.tr("Cập nhật")

    def main_deed(self) -> None:
        self._ask()

    def _ask(self) -> None:
        place = self._folder.folder()
        if place is not None:
            self._look(place)

    def _look(self, place: Path) -> None:
        if self._is_busy:
            return
        self._is_busy = True
        self._said.setText(self.tr("Đang kiểm tra tệp cập nhật…"))
        self._tools.jobs.run(
            _LANE, lambda: self._services.look_apart(place), owner=self, done=self._looked, failed=self._refused
        )

    def _looked(self, new: NewVersion) -> None:
        self._said.setText(self.tr("Đang cài và chạy thử bản %s, mất một đến ba phút…") % new.version)

        def take() -> NewVersion:
            self._services.take_apart(new)
            return new

        self._tools.jobs.run(_LANE, take, owner=self, done=self._taken, failed=self._refused)

    def _taken(self, new: NewVersion) -> None:
        self._is_busy = False
        done = self.tr("Bản %s đã cài xong. Đóng chương trình rồi mở lại để dùng.") % new.version
        self._said.setText("\n".join((done, *([new.news] if new.news else []))))
        self._tools.notices.say(done)
        self.refresh()

    def _refused(self, error: DeskError) -> None:
        self._is_busy = False
        self._said.setText(f"{error} {error.remedy}")
        self._tools.notices.warn_of(error)

    # --- dropping --------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        places = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if places and self._take.isVisible():
            self._folder.field.put(places[0])
            event.acceptProposedAction()
            self._look(Path(places[0]))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        (self._take if self._take.isVisible() else self).setFocus(Qt.FocusReason.OtherFocusReason)
