"""The facts of one dossier as cards, told anew whenever it changed: people, terms, papers handed in, history."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desk_app.domain.people.person import role_name
from desk_app.services.dossiers.queries import Detail
from desk_app.services.handling import step_words
from desk_app.ui.dossier.fact_cards import (
    dossier_facts,
    facts_card,
    history_card,
    organisation_facts,
    papers_handed_in,
    person_facts,
)
from desk_app.ui.kit.card import PageCard, empty
from desk_app.ui.kit.record_table import RecordCell, RecordColumn, RecordRow, RecordTable
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.labels import Picture, label

_PAPER_COLUMNS = (RecordColumn(stretch=1, wraps=True), RecordColumn(role="warn"), RecordColumn(role="faint"))


class DossierBody(QWidget):
    """`paper_wanted(what, title)` to look at a paper, `print_wanted(what)` to print it again; `board_wanted` to copy
    what the dossier says into the system that keeps its record.
    """

    paper_wanted = Signal(str, str)
    print_wanted = Signal(str)
    board_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._look = look
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)

    def show_detail(self, detail: Detail, *, has_board: bool = False) -> None:
        """`has_board`: the order of that system's screen is known."""
        empty(self._column)
        parts = self._cards(detail)
        if has_board:
            parts.insert(-2, self._filing(detail))
        for part in parts:
            self._column.addWidget(part)
            part.show()  # a layout shows new widgets only later, and the page would jump

    def _filing(self, detail: Detail) -> QFrame:
        card = PageCard(self.tr("Nộp ở hệ thống khác"))
        row = QHBoxLayout()
        kept = detail.procedure.authoritative_system
        row.addWidget(label(self.tr("Sổ gốc: %s.") % kept if kept else "", "soft", wraps=True), 1)
        row.addWidget(button(self._look, self.tr("Mở bảng chép"), "dossier.board", self.board_wanted.emit))
        card.column.addLayout(row)
        return card

    def _cards(self, detail: Detail) -> list[QFrame]:
        dossier, inside = detail.dossier, step_words.facts(detail.dossier)
        cards = []
        if dossier.out_of_turn:
            cards.append(self._warning(self.tr("Có bước xử lý đến không đúng thứ tự; bước đó được giữ trong lịch sử.")))
        if dossier.rivals:
            rivals = self.tr("Hai hồ sơ một số: lần tiếp nhận khác mang số này được giữ lại và không được tính.")
            cards.append(self._warning(rivals))
        if detail.stale:
            named = "; ".join(title for what, title in detail.papers if what in detail.stale)
            cards.append(self._warning(self.tr("Giấy đã in không còn đúng, cần in lại: %s.") % named))
        cards += [
            facts_card(self.tr("Người nộp hồ sơ"), person_facts(dossier.applicant)),
            facts_card(
                self.tr("Giải quyết"),
                [(self.tr("Thủ tục"), detail.procedure.name), *dossier_facts(dossier, detail.received_by)],
            ),
            *([facts_card(self.tr("Xử lý và kết quả"), inside)] if any(text for _, text in inside) else []),
            papers_handed_in(dossier),
        ]
        cards += [
            facts_card(role_name(role), person_facts(person))
            for role, person in dossier.people.items()
            if role != "applicant" and person.full_name
        ]
        cards += [
            facts_card(role_name(role), organisation_facts(organisation))
            for role, organisation in dossier.organisations.items()
        ]
        if detail.answers:
            cards.append(facts_card(self.tr("Nội dung tờ khai"), detail.answers))
        if detail.old:
            cards.append(self._old_card(detail.old))
        cards += [self._papers_card(detail), history_card(self._look, detail.history)]
        return cards

    def _old_card(self, old: Sequence[str]) -> PageCard:
        made = PageCard(self.tr("Hồ sơ cũ của người nộp"))
        told = label("\n".join(old), wraps=True)
        told.setAccessibleIdentifier("dossier.old")
        made.column.addWidget(told)
        return made

    def _warning(self, text: str) -> QFrame:
        panel = QFrame()
        panel.setProperty("panel", "warn")
        row = QHBoxLayout(panel)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(Picture(self._look, "triangle-alert", "warn", 18))
        row.addWidget(label(text, wraps=True), 1)
        return panel

    def _papers_card(self, detail: Detail) -> PageCard:
        made = PageCard(self.tr("Giấy in"))
        papers = RecordTable(_PAPER_COLUMNS, gap=8)
        papers.show_rows([self._paper_row(detail, *paper) for paper in detail.papers])
        made.column.addWidget(papers)
        return made

    def _paper_row(self, detail: Detail, what: str, title: str) -> RecordRow:
        times = detail.dossier.prints.get(what, 0)
        stale = self.tr("đã đổi, cần in lại") if what in detail.stale else ""
        return RecordRow(
            cells=(
                title,
                RecordCell(stale, f"dossier.paper.{what}.stale") if stale else "",
                self.tr("đã in %d bản") % times if times else "",
            ),
            deeds=(
                self._paper_button(self.tr("Xem"), "eye", f"dossier.paper.{what}.show", what, title),
                self._paper_button(self.tr("In lại"), "printer", f"dossier.paper.{what}.print", what, title),
            ),
        )

    def _paper_button(self, text: str, icon: str, identifier: str, what: str, title: str) -> QPushButton:
        def pressed() -> None:
            if identifier.endswith(".show"):
                self.paper_wanted.emit(what, title)
            else:
                self.print_wanted.emit(what)

        made = button(self._look, text, identifier, pressed, icon=icon, tall="small")
        made.setAccessibleName(f"{text}: {title}")
        return made
