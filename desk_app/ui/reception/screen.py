"""Receiving a dossier on one page: scan, look, save and print."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from desk_app.domain.dossiers.fact_paths import APPLICANT
from desk_app.domain.papers import USUAL
from desk_app.errors import HalfCardError
from desk_app.services.reception.reception import ReceptionResult
from desk_app.ui.drafts.left_pages_bar import LeftPagesBar
from desk_app.ui.drafts.reception_drafts import ReceptionDrafts
from desk_app.ui.kit.page import ScreenPage
from desk_app.ui.printing.manner_menu import MannerMenu
from desk_app.ui.reception.form import ReceptionForm
from desk_app.ui.reception.home.home_declarations import HomeDeclarations
from desk_app.ui.reception.preview_pane import PreviewPane
from desk_app.ui.reception.receipt_panel import SavedPanel
from desk_app.ui.reception.reception_bars import ReceptionActions, ReceptionHead
from desk_app.ui.reception.reception_texts import ReceptionSayings
from desk_app.ui.scanning.half_scans import HalfScans
from desk_app.ui.screen_context import Tools
from desk_app.ui.window.notices import Notice, told_to

_PREVIEW_FROM = 800
_SETTLE_MS = 15
_DEEPEST = 6
_LETTERS = frozenset({"full_name", "residence"})


class ReceptionScreen(ScreenPage):
    """One dossier after another is entered here."""

    says_its_keys = True

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._pasted = HalfScans(self)
        self._saved = ""
        self._is_refused = False
        self._procedure = ""
        self.form = ReceptionForm(tools.look, tools.services)
        self.preview = PreviewPane(tools.look, tools.jobs, "reception")
        self.manner = MannerMenu(tools, "reception", code=lambda: self._saved, redraw=self.preview.draw_again)
        self.preview.add_tool(self.manner)
        self.saved_panel = SavedPanel(tools.look)
        self.head = ReceptionHead(tools.look)
        held = QHBoxLayout()
        held.setContentsMargins(22, 0, 22, 8)
        self._left_pages = LeftPagesBar(tools.look)
        held.addWidget(self.saved_panel)
        held.addWidget(self._left_pages)
        self._foot = ReceptionActions(tools.look)
        split = self.split(self.form, self.preview, paper_from=_PREVIEW_FROM)
        self.compose(split, above=(self.head, held), below=(self._foot,))
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.refresh)
        self.form.changed.connect(self._settle.start)
        self.form.changed.connect(self._mended)
        self.form.refresh_wanted.connect(self._mended)
        self.form.refresh_wanted.connect(self.refresh)
        self.form.finished.connect(lambda: self._foot.save_and_print.setFocus(Qt.FocusReason.TabFocusReason))
        self.form.procedure.pressed.connect(self._go_on)
        self.head.paste_wanted.connect(self.paste_scan)
        self._foot.leave_wanted.connect(self.left)
        self._sayings = ReceptionSayings(self.form, tools)
        self.drafts = ReceptionDrafts(self.form, self._left_pages, tools, self.begin)
        self.home = HomeDeclarations(self.form, tools, self.drafts.park)
        self._foot.clear_wanted.connect(self.drafts.clear)
        self._foot.park_wanted.connect(self.park)
        self._foot.save_wanted.connect(self.save)
        self._foot.print_wanted.connect(self.save_and_print)
        self._foot.hand_over_wanted.connect(self.save_and_hand_over)
        self.saved_panel.next_wanted.connect(self.begin)
        self.saved_panel.print_wanted.connect(self.print_again)
        self.saved_panel.open_wanted.connect(lambda: self.opened.emit(self._saved))
        self.begin()

    # --- beginning -------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """An empty page with the procedure of the dossier before, else the office's first one, else none."""
        choices = self._tools.services.choices()
        if self._procedure not in {choice.code for choice in choices}:
            self._procedure = self._tools.services.first_procedure(choices)
        self._saved = ""
        self._tools.printing.use(USUAL)
        self._tools.notices.withdraw()
        self._sayings.begin()
        self._lock(is_locked=False)
        with told_to(self._tools.notices):
            self.form.begin(self._procedure)
            self.refresh()
        self.drafts.begun()
        self.form.focus_first()

    def keep_pages(self) -> None:
        self.drafts.keeper.keep_now()

    def arrive(self, _place: str = "", *, reopens: bool = True) -> None:
        """Show the page: a fresh one after a saved dossier, else what was begun, also before the program ended."""
        if self._saved:
            self.begin()
        else:
            self.form.procedure.offer(self._tools.services.choices())
            self.drafts.resume(reopens=reopens)
            self._settle.start()

    def park(self) -> None:
        """Another citizen comes first: what is on the page stays, and waits."""
        whose = self.drafts.park()
        if whose:
            said = self.tr("Đã để lại hồ sơ của %s, mời người kế tiếp.") % whose
            self._tools.notices.post(Notice(text=said, remedy=self.tr("Ctrl+O mở lại."), tone="info"))

    @property
    def saved_code(self) -> str:
        """The code of the dossier just saved; "" while one is being entered."""
        return self._saved

    # --- scanning --------------------------------------------------------------------------------------------------

    def paste_scan(self) -> None:
        """Take the text of a code from the clipboard, from any reader program or phone."""
        text = self._pasted.completed(QGuiApplication.clipboard().text())
        if text:
            self.take_scan(text, composed=False)
        else:
            self._tools.notices.warn_of(HalfCardError())

    def take_scan(self, text: str, *, composed: bool) -> None:
        """A card was scanned. `composed`: an input method was on, so letters need a look."""
        if self._saved:
            self.begin()
        with told_to(self._tools.notices):
            if self.home.takes(text):
                return
            scan = self._tools.services.scan(text)
            self.refresh()  # who was typed a moment ago has a role as well
            role = self.form.roles.role_for(scan)
            if role == APPLICANT and self.drafts.is_reopened_only and self.form.applicant.is_other(scan.person):
                self.park()
            suspect = frozenset(scan.card.suspect) | (_LETTERS if composed else frozenset())
            before = self.form.roles.take_card(scan, role, suspect)
            self._sayings.tell_of_scan(scan, before, composed=composed)

    def move_card(self) -> None:
        """The card just read belongs to somebody else of this dossier."""
        if not self._saved:
            self._sayings.tell_of_moved(self.form.roles.move_card())

    def turn_wish(self) -> None:
        self.form.applicant.wish.turn()

    def take_over(self) -> None:
        if not self._saved:
            self._sayings.tell_of_borrowed(self.form.borrower.from_role())

    def take_alike(self) -> None:
        if not self._saved:
            self._sayings.tell_of_alike(self.form.borrower.from_last(self._procedure))
            self.form.focus_next()

    # --- the draft -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask the rules about what is entered, and show what they say."""
        if self._saved:
            return
        self._procedure = self.form.procedure.code()
        services = self._tools.services
        with told_to(self._tools.notices):
            draft = self.form.draft(whole=False)
            outlook = services.outlook(draft)
            self.form.show_outlook(outlook)
            for _ in range(_DEEPEST):  # questions newly asked give answers their places, and these ask others
                again = self.form.draft(whole=False)
                if again == draft:
                    break
                draft, outlook = again, services.outlook(again)
                self.form.show_outlook(outlook)
            self._foot.offer_hand_over(offered=outlook.can_hand_over)
            self.drafts.refreshed()
            clerk = services.identity().clerk
            self.head.tell(self.tr("Mã dự kiến  %s  ·  Người tiếp nhận: %s") % (outlook.code, clerk))
            self.preview.offer_forms(offered=bool(outlook.questions))
            self.preview.view.say("" if draft.procedure else self.tr("Chọn thủ tục để xem giấy."))
            ways = self._tools.printing
            self.preview.ask(lambda what: services.preview_apart(draft, what, ways.manner) if draft.procedure else b"")

    def choose_quick(self, number: int) -> None:
        if not self._saved:
            self.form.procedure.choose_quick(number)
            self._go_on()

    def _go_on(self) -> None:
        """The procedure is chosen: what it asks comes next, once somebody is there."""
        if not self.form.applicant.is_empty():
            self.form.focus_next(after_applicant=True)

    # --- saving ----------------------------------------------------------------------------------------------------

    def save(self) -> None:
        receipt = self._record()
        if receipt is not None:
            said = self.tr("Đã lưu hồ sơ %s.") % receipt.dossier.code
            self._tools.notices.post(Notice(text=said, remedy="\n".join(receipt.warnings)))

    def save_and_print(self) -> None:
        receipt = self._record()
        if receipt is None:
            return
        code = receipt.dossier.code
        if receipt.papers:
            self._tools.notices.post(Notice(text=self.tr("Đã lưu hồ sơ %s, đang in…") % code))
            self._tools.printing.print_papers(code, "all", saved=True)
        else:
            self._tools.notices.say(self.tr("Đã lưu hồ sơ %s, trả kết quả ngay.") % code)

    def save_and_hand_over(self) -> None:
        """Save, print what is owed, and hand the result over at once."""
        if not self.form.due.hand_over.isVisibleTo(self.form):
            said = self.tr("Thủ tục này không trả kết quả ngay được.")
            self._tools.notices.post(Notice(text=said, remedy=self.tr("F9: lưu và in giấy hẹn."), tone="warn"))
            return
        before = self.form.due.hand_over.isChecked()
        self.form.due.hand_over.setChecked(True)
        self.save_and_print()
        if not self._saved:
            self.form.due.hand_over.setChecked(before)

    def print_again(self) -> None:
        if self._saved:
            self._tools.printing.print_papers(self._saved, "all")

    def _record(self) -> ReceptionResult | None:
        """Put the draft in the journal; None when refused or when there is nothing new to save."""
        if self._saved:
            self._tools.notices.post(Notice(text=self.tr("Hồ sơ %s đã được lưu.") % self._saved, tone="info"))
            return None
        QGuiApplication.inputMethod().commit()  # a word that an input method still holds back is typed too
        self._is_refused = True  # until something is changed, or saved
        if not self.form.settle():
            self._tools.notices.warn(self.tr("Chưa lưu: có ô chưa đúng."), self.tr("Sửa ô được đánh dấu rồi lưu lại."))
            return None
        self._settle.stop()
        receipt = None
        with told_to(self._tools.notices, self.form.complain):
            draft = self.form.draft(whole=True)
            if not self._sayings.asked_back(draft):
                receipt = self._tools.services.receive(draft)
        if receipt is None:
            return None
        self._saved = receipt.dossier.code
        self.drafts.recorded()
        self.saved_panel.show_saved(receipt.dossier)
        self.preview.show_saved(self._tools.printing.draw_apart, self._saved)
        self.head.tell(self.tr("Người tiếp nhận: %s") % receipt.dossier.clerk)
        self._lock(is_locked=True)
        self.recorded.emit(self._saved)
        return receipt

    def _mended(self) -> None:
        """What was refused is being set right: the field says what it still lacks."""
        if self._is_refused:
            self._is_refused = False
            self._tools.notices.withdraw()

    def _lock(self, *, is_locked: bool) -> None:
        """After saving the page shows what was saved until the next citizen."""
        self.form.body.setEnabled(not is_locked)
        self.head.set_open(is_open=not is_locked)
        self._foot.set_open(is_open=not is_locked)
        self.saved_panel.setVisible(is_locked)
        if is_locked:
            self.form.verticalScrollBar().setValue(0)
            self.saved_panel.next.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- keys and sizes --------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and is_plain:
            focus = self.focusWidget()
            if isinstance(focus, QPushButton) and not self.form.isAncestorOf(focus):
                focus.click()
            else:
                self.form.press_enter()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settle.start()
