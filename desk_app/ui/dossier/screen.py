"""One dossier: what comes next, what two desks disagree on, facts, papers, history, and its printed papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent

from desk_app.domain.calendar.moments import milliseconds
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.unfinished import Unfinished
from desk_app.domain.linked.bundle import SOURCE
from desk_app.domain.papers import USUAL, owed_by
from desk_app.services.dossiers.queries import Detail
from desk_app.services.reception.draft import Question
from desk_app.ui.dossier.asked_once import AskedOnce, told_after, told_beside
from desk_app.ui.dossier.conflict_panel import ConflictPanel
from desk_app.ui.dossier.correction_card import CorrectionCard
from desk_app.ui.dossier.correction_inputs import Around
from desk_app.ui.dossier.dossier_body import DossierBody
from desk_app.ui.dossier.dossier_head import DossierHead
from desk_app.ui.dossier.notes_card import NotesCard
from desk_app.ui.dossier.step_panel import StepAsks, StepFilled
from desk_app.ui.dossier.step_prints import StepPrintsPage
from desk_app.ui.dossier.steps_card import TAKE_BACK, StepsCard
from desk_app.ui.drafts.dossier_drafts import CORRECTION, STEP, DossierDrafts
from desk_app.ui.focus.focus import kept_focus
from desk_app.ui.kit.card_column import CardColumn
from desk_app.ui.look.palette import LATE
from desk_app.ui.messages.contact_card import ContactCard
from desk_app.ui.old_data import copy_board
from desk_app.ui.payments.money_card import MoneyCard
from desk_app.ui.printing.manner_menu import MannerMenu
from desk_app.ui.printing.paper_pane import PaperPane
from desk_app.ui.screen_context import Tools
from desk_app.ui.together.together_card import TogetherCard
from desk_app.ui.widgets.buttons import named
from desk_app.ui.window.notices import Notice, told_to

_PREVIEW_FROM = 800


class DossierScreen(StepPrintsPage):
    """One dossier, chosen by its code."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._detail: Detail | None = None
        self._paper = ("", "")
        self._asked = AskedOnce(tools.notices)
        self._pane = PaperPane(tools.look, tools.jobs, "dossier")
        self.manner = MannerMenu(tools, "dossier", code=lambda: self.code, redraw=self._pane.draw_again)
        self._pane.add_tool(self.manner)
        self._head = DossierHead(
            tools.look,
            leave=self.left.emit,
            correct=self.correct,
            again=self.print_again,
            whole_from=_PREVIEW_FROM,
        )
        self.compose(self.split(self._page(), self._pane, paper_from=_PREVIEW_FROM), above=(self._head,))
        tools.printing.printed.connect(self._printed)
        self.drafts = DossierDrafts(self._scroll, tools, lambda: self._steps.chosen_action, self._reopen)

    # --- building --------------------------------------------------------------------------------------------------

    def _page(self) -> CardColumn:
        look = self._tools.look
        self._conflicts = ConflictPanel(look)
        self._conflicts.settled.connect(self._settle)
        services = self._tools.services
        around = Around(
            look=look,
            read_day=services.read_day,
            procedures=lambda: [(each.code, each.title) for each in services.choices() if each.source != SOURCE],
            due_for=lambda procedure: services.following.due_for(self.code, procedure),
        )
        self._correction = CorrectionCard(around)
        self._correction.corrected.connect(self._correct)
        self._steps = StepsCard(look, services.read_day, StepAsks(questions=self._questions, is_sound=self._is_sound))
        self._steps.taken.connect(self._step)
        self._contact = ContactCard(self._tools, self._recorded)
        self._money = MoneyCard(self._tools, self._recorded)
        self._notes = NotesCard(self._tools, self._recorded)
        self._body = DossierBody(look)
        self._body.paper_wanted.connect(self._show_paper)
        self._body.print_wanted.connect(self._print)
        self._body.board_wanted.connect(self._open_board)
        self._together = TogetherCard(look, self._tools.notices, services.together)
        self._together.opened.connect(self.opened)
        self._together.moved.connect(self._recorded)
        deeds = (self._steps, self._contact, self._money, self._together)
        cards = (self._conflicts, self._correction, *deeds, self._body, self._notes)
        self._scroll = CardColumn(cards, beside_paper=True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        named(self._scroll, "dossier.page", self.tr("Nội dung hồ sơ"))
        return self._scroll

    # --- showing ---------------------------------------------------------------------------------------------------

    def show_dossier(self, code: str) -> bool:
        """Read and show a dossier; False when the clerk was told why not."""
        with told_to(self._tools.notices):
            self.drafts.leave()
            self._tools.printing.use(USUAL)
            self._steps.put_away()
            self._correction.cancel()
            self._read(code)
            if self._detail is not None and self._detail.papers:
                self._show_paper(*self._first_paper(self._detail))
            self._scroll.verticalScrollBar().setValue(0)
            self._scroll.setFocus(Qt.FocusReason.OtherFocusReason)
            if self._detail is not None:
                self.drafts.show(self._detail.dossier.id)
            return True
        return False

    def refresh(self) -> None:
        """Others' work came in, or something was printed: what shows may be old. The focus stays on this page."""
        if self._detail is not None:
            with told_to(self._tools.notices), kept_focus(self, self._steps):
                self._read(self._detail.dossier.code)

    read_again = show_arrivals = refresh

    @property
    def code(self) -> str:
        return self._detail.dossier.code if self._detail is not None else ""

    def _read(self, code: str) -> None:
        services = self._tools.services
        detail = self._detail = services.detail(code)
        dossier = detail.dossier
        self._head.show_dossier(dossier.code, self._mark(dossier), detail.procedure.name)
        following = services.following
        found = following.conflicts(code) if dossier.conflicts or dossier.out_of_turn else ()
        self._conflicts.show_conflicts(found, services.now())
        self._steps.show_steps(code, following.steps(code), following.last_step(code), dossier.status, services.now())
        self._contact.show_dossier(dossier)
        self._money.show_money(dossier)
        self._together.show_dossier(dossier)
        self._body.show_detail(detail, has_board=services.old_data.has_board(dossier.procedure))
        self._notes.show_dossier(dossier)

    def _mark(self, dossier: Dossier) -> tuple[str, str]:
        if dossier.is_late(milliseconds(self._tools.services.now())):
            return LATE, self.tr("Quá hạn")
        return dossier.status, dossier.status.label

    # --- what the clerk does ---------------------------------------------------------------------------------------

    def correct(self) -> None:
        """Offer what may be set right."""
        if self._detail is not None:
            with told_to(self._tools.notices):
                self._correction.begin(self.code, self._tools.services.following.correctable(self.code))
                self._scroll.verticalScrollBar().setValue(0)

    def collect(self) -> None:
        """Take the money for it."""
        self._money.collect()

    def next_linked(self) -> None:
        self._together.next_linked()

    def change_desk(self) -> None:
        self._together.press_main()

    def _reopen(self, page: Unfinished) -> None:
        """Open the cards in which something was half told."""
        if STEP in page.texts:
            self._steps.choose(page.texts[STEP])
        if CORRECTION in page.texts:
            self.correct()

    def begin_step(self, action: str, *, tells: bool = False) -> None:
        """Begin this step, or the usual one where it cannot be taken; with `tells` telling the citizen comes first."""
        if not (tells and self._contact.go()):
            self._steps.choose_or_usual(action)

    def main_name(self) -> str:
        return self._steps.main_name

    def main_deed(self) -> None:
        """Record or confirm what is filled in, else begin the usual step."""
        self._steps.press_main()

    def cancel(self) -> bool:
        """Put away what is half filled in; False when there was nothing."""
        was_step, was_correction = self._steps.cancel(), self._correction.cancel()
        was_money, was_desk = self._money.cancel(), self._together.cancel()
        return was_step or was_correction or was_money or was_desk

    def escape(self) -> bool:
        if not self.cancel():
            return False
        self._tools.notices.withdraw()
        return True

    def keep_pages(self) -> None:
        self.drafts.leave()

    def _settle(self, path: str, value: str) -> None:
        with told_to(self._tools.notices):
            self._tools.services.following.settle(self.code, path, value)
            self._recorded(self.tr("Đã ghi giá trị được chọn cho hồ sơ %s.") % self.code)

    def _correct(self, changes: dict[str, str], reason: str) -> None:
        with told_to(self._tools.notices, self._correction.complain):
            following = self._tools.services.following
            found = following.correction_mistakes(self.code, changes)
            if self._asked.is_meant(self.code, found, self._correction.point_at):
                following.correct(self.code, changes, reason)
                self._correction.put_away()
                left = self._tools.services.money.outlook(self.code).left_told
                said = " ".join(filter(None, (self.tr("Đã đính chính hồ sơ %s.") % self.code, left)))
                self._recorded(told_beside(said, found))
                self._together.offer_correction(changes, reason)

    def _questions(self, action: str, typed: Mapping[str, str]) -> Sequence[Question]:
        with told_to(self._tools.notices):
            return self._tools.services.following.questions(self.code, action, typed)
        return ()

    def _is_sound(self, step: StepFilled) -> bool:
        with told_to(self._tools.notices, self._steps.complain):
            check = self._tools.services.following.check_step
            check(self.code, step.action, step.reason, step.due_on, step.number, step.fields)
            return True
        return False

    def _step(self, step: StepFilled) -> None:
        with told_to(self._tools.notices, self._steps.complain):
            following = self._tools.services.following
            found = following.step_mistakes(self.code, step.action, step.fields) if step.fields else ()
            if not self._asked.is_meant(self.code, found, self._steps.point_at):
                return
            if step.action == TAKE_BACK:
                moved = following.take_back(self.code, step.reason, step.due_on)
            else:
                moved = following.step(self.code, step.action, step.reason, step.due_on, step.number, step.fields)
            self._steps.put_away()
            turn = moved.last_turn if step.action != TAKE_BACK else None
            owed = [paper.name for paper in owed_by(moved, turn)] if turn else []
            told = self.tr("Hồ sơ %s: %s.") % (self.code, told_after(step.action, moved.status))
            self._recorded(told_beside(told, found), owed)

    def _recorded(self, told: str, owed: Sequence[str] = ()) -> None:
        """Show the dossier anew; a paper that was just owed stands beside it, and printing it is offered."""
        code, offer, act = self.code, "", None
        self._steps.setFocus(Qt.FocusReason.OtherFocusReason)
        self.drafts.keep_now()
        self.refresh()
        if self._detail is not None and self._detail.papers:
            is_still_there = self._paper in self._detail.papers
            paper = self._paper if is_still_there else self._first_paper(self._detail)
            for due in (each for each in self._detail.papers if each[0] in owed):
                paper, offer, act = due, self.tr("In giấy"), partial(self._print, due[0])
            self._show_paper(*paper)
        self._tools.notices.post(Notice(text=told, offer=offer, act=act))
        self.recorded.emit(code)

    # --- papers ----------------------------------------------------------------------------------------------------

    def print_again(self) -> None:
        self._print("all")

    def _print(self, what: str) -> None:
        if self._detail is not None:
            self._tools.printing.print_papers(self.code, what)

    def _first_paper(self, detail: Detail) -> tuple[str, str]:
        return next((paper for paper in detail.papers if paper[0] == "slip"), detail.papers[0])

    def _open_board(self) -> None:
        """A small window over all others that lays what the dossier says on the clipboard, blank by blank."""
        with told_to(self._tools.notices):
            board = self._tools.services.old_data.board(self.code)
            copy_board.CopyBoardWindow(self._tools.look, board, QGuiApplication.clipboard(), self.window()).show()

    def _show_paper(self, what: str, title: str) -> None:
        self._paper = (what, title)
        code, draw = self.code, self._tools.printing.draw_apart
        self._pane.show_paper(title, lambda: [paper.pdf for paper in draw(code, what)])

    def _printed(self, code: str) -> None:
        if code == self.code:
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._steps.press_key(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._head.fit(self.width())
