"""One dossier: facts, papers handed in, history, and its printed papers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSplitter, QVBoxLayout, QWidget

from desk_app.domain.dossier import Dossier
from desk_app.domain.steps import Status
from desk_app.services.finding import Detail
from desk_app.ui.notices import told_to
from desk_app.ui.palette import LATE
from desk_app.ui.paper_image import page_images
from desk_app.ui.tools import Tools
from desk_app.ui.widgets.buttons import button, named, tool
from desk_app.ui.widgets.fact_cards import card, dossier_facts, facts_card, history_card, papers_handed_in, person_facts
from desk_app.ui.widgets.labels import CodeLabel, Picture, label
from desk_app.ui.widgets.preview import Preview
from desk_app.ui.widgets.status_chip import StatusChip

_PREVIEW_FROM = 800
_SCALE = 2.2
_ROLES = {"mother": "Người mẹ", "father": "Người cha", "child": "Trẻ được khai sinh", "subject": "Người được cấp giấy"}


class DossierScreen(QWidget):
    """`left` when the clerk goes back to the list."""

    left = Signal()

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self.setProperty("ground", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._tools = tools
        self._detail: Detail | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._header())
        self._split = QSplitter()
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        named(self._scroll, "dossier.page", self.tr("Nội dung hồ sơ"))
        self._split.addWidget(self._scroll)
        self._split.addWidget(self._paper_pane())
        self._split.setSizes([690, 450])
        column.addWidget(self._split, 1)
        tools.printing.printed.connect(self._printed)

    # --- building --------------------------------------------------------------------------------------------------

    def _header(self) -> QHBoxLayout:
        look = self._tools.look
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 22, 10)
        row.setSpacing(12)
        row.addWidget(tool(look, "arrow-left", self.tr("Về danh sách (Esc)"), "dossier.leave", self.left.emit))
        texts = QVBoxLayout()
        texts.setSpacing(1)
        first = QHBoxLayout()
        first.setSpacing(12)
        self._code = CodeLabel()
        first.addWidget(self._code)
        self._status = StatusChip(look)
        first.addWidget(self._status)
        first.addStretch()
        texts.addLayout(first)
        self._procedure = label(role="soft", wraps=True)
        texts.addWidget(self._procedure)
        row.addLayout(texts, 1)
        self._print = button(
            look,
            self.tr("In lại"),
            "dossier.print_again",
            self.print_again,
            kind="primary",
            icon="printer",
            key="Ctrl+P",
            tall="medium",
        )
        row.addWidget(self._print)
        return row

    def _paper_pane(self) -> QWidget:
        self._pane = QWidget()
        self._pane.setProperty("ground", "desk")
        column = QVBoxLayout(self._pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QWidget()
        head.setProperty("ground", "surface")
        row = QHBoxLayout(head)
        row.setContentsMargins(14, 7, 8, 7)
        self._paper_title = label(role="heading")
        row.addWidget(self._paper_title)
        row.addStretch()
        self._view = Preview(self._tools.look, "dossier.preview")
        look = self._tools.look
        row.addWidget(tool(look, "zoom-out", self.tr("Thu nhỏ"), "dossier.zoom_out", self._view.zoom_out))
        row.addWidget(tool(look, "zoom-in", self.tr("Phóng to"), "dossier.zoom_in", self._view.zoom_in))
        column.addWidget(head)
        column.addWidget(self._view, 1)
        return self._pane

    # --- showing ---------------------------------------------------------------------------------------------------

    def show_dossier(self, code: str) -> bool:
        """Read and show a dossier; False when the clerk was told why not."""
        with told_to(self._tools.notices):
            self._show(self._tools.services.detail(code))
            if self._detail is not None and self._detail.papers:
                self._show_paper(*self._first_paper(self._detail))
            self._scroll.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def _show(self, detail: Detail) -> None:
        self._detail = detail
        dossier = detail.dossier
        self._code.setText(dossier.code)
        self._status.show_mark(*self._mark(dossier))
        self._procedure.setText(detail.procedure.name)
        body = QWidget()
        body.setProperty("ground", "clear")
        column = QVBoxLayout(body)
        column.setContentsMargins(22, 2, 12, 14)
        column.setSpacing(10)
        for warning in self._warnings(dossier):
            column.addWidget(self._warning(warning))
        column.addWidget(facts_card(self.tr("Người nộp hồ sơ"), person_facts(dossier.applicant)))
        column.addWidget(facts_card(self.tr("Giải quyết"), dossier_facts(dossier)))
        column.addWidget(papers_handed_in(dossier))
        for role, person in dossier.people.items():
            if role != "applicant" and person.full_name:
                column.addWidget(facts_card(_ROLES.get(role, role), person_facts(person)))
        if detail.answers:
            column.addWidget(facts_card(self.tr("Nội dung tờ khai"), detail.answers))
        column.addWidget(self._papers_card(detail))
        column.addWidget(history_card(self._tools.look, detail.history))
        column.addStretch()
        self._scroll.setWidget(body)

    def _mark(self, dossier: Dossier) -> tuple[str, str]:
        at_work = dossier.status in {Status.RECEIVED, Status.PROCESSING}
        if at_work and 0 < dossier.due_at < self._tools.services.now().timestamp() * 1000:
            return LATE, self.tr("Quá hạn")
        return dossier.status, dossier.status.label

    def _warnings(self, dossier: Dossier) -> list[str]:
        found = []
        if dossier.conflicts:
            found.append(self.tr("Hai quầy cùng sửa %d mục của hồ sơ này: cần xem lại.") % len(dossier.conflicts))
        if dossier.out_of_turn:
            found.append(self.tr("Có bước xử lý đến không đúng thứ tự; bước đó được giữ trong lịch sử."))
        return found

    def _warning(self, text: str) -> QFrame:
        panel = QFrame()
        panel.setProperty("panel", "warn")
        row = QHBoxLayout(panel)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(Picture(self._tools.look, "triangle-alert", "warn", 18))
        row.addWidget(label(text, wraps=True), 1)
        return panel

    def _papers_card(self, detail: Detail) -> QFrame:
        made, column = card(self.tr("Giấy in"))
        for what, title in detail.papers:
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(label(title, wraps=True), 1)
            times = detail.dossier.prints.get(what, 0)
            if times:
                row.addWidget(label(self.tr("đã in %d bản") % times, "faint"))
            row.addWidget(self._paper_button(self.tr("Xem"), "eye", f"dossier.paper.{what}.show", what, title))
            row.addWidget(self._paper_button(self.tr("In lại"), "printer", f"dossier.paper.{what}.print", what, title))
            column.addLayout(row)
        return made

    def _paper_button(self, text: str, icon: str, identifier: str, what: str, title: str) -> QPushButton:
        def pressed() -> None:
            if identifier.endswith(".show"):
                self._show_paper(what, title)
            elif self._detail is not None:
                self._tools.printing.print_papers(self._detail.dossier.code, what)

        made = button(self._tools.look, text, identifier, pressed, icon=icon, tall="small")
        made.setAccessibleName(f"{text}: {title}")
        return made

    # --- papers ----------------------------------------------------------------------------------------------------

    def print_again(self) -> None:
        if self._detail is not None:
            self._tools.printing.print_papers(self._detail.dossier.code, "all")

    def _first_paper(self, detail: Detail) -> tuple[str, str]:
        return next((paper for paper in detail.papers if paper[0] == "slip"), detail.papers[0])

    def _show_paper(self, what: str, title: str) -> None:
        if self._detail is None:
            return
        code = self._detail.dossier.code
        services = self._tools.services
        self._paper_title.setText(title)

        def drawn() -> list[QImage]:
            return [image for paper in services.draw_apart(code, what) for image in page_images(paper.pdf, _SCALE)]

        self._tools.jobs.run("paper", drawn, owner=self, done=self._view.show_pages)

    def _printed(self, code: str) -> None:
        if self._detail is not None and self._detail.dossier.code == code:
            at = self._scroll.verticalScrollBar().value()
            with told_to(self._tools.notices):
                self._show(self._tools.services.detail(code))
            self._scroll.verticalScrollBar().setValue(at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pane.setVisible(self.width() >= _PREVIEW_FROM)
