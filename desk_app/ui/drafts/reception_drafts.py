"""The pages of the reception: the one being filled in is kept, those left half filled are offered again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt

from desk_app.domain.dossiers.unfinished import Unfinished
from desk_app.ui.drafts import entered
from desk_app.ui.drafts.left_pages_bar import LeftPagesBar
from desk_app.ui.drafts.page_keeper import PageKeeper
from desk_app.ui.drafts.reception_pages import is_empty, page_of, put_back
from desk_app.ui.reception.form import ReceptionForm
from desk_app.ui.screen_context import Tools
from desk_app.ui.widgets.fields import TextInput
from desk_app.ui.window.notices import Notice, told_to


class ReceptionDrafts(QObject):
    """`begin_page` shows an empty page. What is on the page before is kept first, whatever comes in its place."""

    def __init__(self, form: ReceptionForm, bar: LeftPagesBar, tools: Tools, begin_page: Callable[[], None]) -> None:
        super().__init__(form)
        self._form, self._bar, self._begin_page = form, bar, begin_page
        self._services, self._notices = tools.services, tools.notices
        self._drafts = tools.services.drafts
        self._kept: Unfinished | None = None
        self._is_putting = False
        self._is_first = True
        self._is_recorded = False
        self._as_reopened: Unfinished | None = None
        self.keeper = PageKeeper(form, self._keep, tools.notices)
        form.changed.connect(self._changed)
        form.refresh_wanted.connect(self._changed)
        bar.reopened.connect(self.reopen)
        bar.dropped.connect(self.drop)

    # --- the page in sight -----------------------------------------------------------------------------------------

    def begun(self) -> None:
        """An empty page stands there."""
        self.keeper.forget()
        self._kept, self._is_recorded, self._as_reopened = None, False, None
        entered.begin(self._form.body, anew=True)
        self.show_left()

    def refreshed(self) -> None:
        """The rules may have brought new inputs: what stands in them was not entered."""
        entered.begin(self._form.body, anew=False)

    def recorded(self) -> None:
        """The page is a dossier now, and was let go of when it became one."""
        self.keeper.forget()
        self._kept, self._is_recorded, self._is_first = None, True, False
        self._bar.hide()

    @property
    def is_reopened_only(self) -> bool:
        """Whether a page from before stands there as it was, and nobody has added to it."""
        return self._as_reopened == page_of(self._form)

    def show_left(self) -> None:
        """Which other pages wait."""
        with told_to(self._notices):
            here = self._form.beside.id
            self._bar.show_pages([page for page in self._drafts.left() if page.id != here])

    # --- to another page and back ----------------------------------------------------------------------------------

    def resume(self, *, reopens: bool) -> None:
        """The clerk comes to the page, where the cursor was; the first time, what was left when the program ended
        stands there again.
        """
        is_first, self._is_first = self._is_first, False
        place = self._form.focusWidget()
        is_there = self._form.isAncestorOf(place) and place.isVisibleTo(self._form)
        if is_there and not is_empty(page_of(self._form)):
            place.setFocus(Qt.FocusReason.OtherFocusReason)
            if isinstance(place, TextInput):
                place.end(False)  # also a number that was scanned: what is typed next replaces nothing
            return
        self._form.focus_first()
        if not (is_first and reopens):
            return
        with told_to(self._notices):
            left = self._drafts.left()
            if left:
                self._show(left[0].page)

    def park(self) -> str:
        """Leave the page as it is and show an empty one; whose page was left, "" when the page stays."""
        page = page_of(self._form)
        if self._is_recorded or is_empty(page) or not self._is_left():
            return ""
        self._begin_page()
        return page.applicant or self.tr("chưa có tên")

    def clear(self) -> None:
        """An empty page; what stood there can be taken back."""
        page = page_of(self._form)
        is_kept = not self._is_recorded and not is_empty(page) and self._is_left()
        self._begin_page()
        if is_kept:
            self._put_away(page.id, self.tr("Đã xóa trắng trang tiếp nhận."))

    def reopen(self, id_: str) -> None:
        """Show a page that was left or put away."""
        with told_to(self._notices):
            page = self._drafts.take_back(id_)
            if page is not None and page.id != self._form.beside.id and self._is_left():
                if self._is_recorded:
                    self._begin_page()
                self._show(page)

    def _is_left(self) -> bool:
        """Keep what is on the page; False where that failed, so that nothing may come in its place."""
        self._is_first = False
        self.keeper.keep_now()
        return not self.keeper.is_changed

    def reopen_newest(self) -> None:
        here = self._form.beside.id
        left = [page for page in self._drafts.left() if page.id != here]
        if left:
            self.reopen(left[0].id)

    def drop(self, id_: str) -> None:
        """The clerk wants this page no more."""
        self._put_away(id_, self.tr("Đã bỏ hồ sơ nhập dở."))

    def _put_away(self, id_: str, said: str) -> None:
        with told_to(self._notices):
            self._drafts.put_away(id_)
            self.show_left()
            self._notices.post(Notice(text=said, tone="info", offer=self.tr("Lấy lại"), act=lambda: self.reopen(id_)))

    def _show(self, page: Unfinished) -> None:
        """Put a kept page into the form; it counts as kept already."""
        self._is_putting = True
        known = {choice.code for choice in self._services.choices()}
        put_back(self._form, page, known)
        self._is_putting = False
        self._kept = self._as_reopened = page_of(self._form)
        self.keeper.forget()
        self.show_left()
        said = self.tr("Đã mở lại hồ sơ nhập dở của %s.") % (page.applicant or self.tr("chưa có tên"))
        self._notices.post(Notice(text=said, remedy=self.tr("Người khác đến trước thì bấm Ctrl+N."), tone="info"))
        self._form.focus_next(after_applicant=bool(page.applicant))

    # --- keeping ---------------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        if not self._is_putting and not self._is_recorded:
            self.keeper.changed()

    def _keep(self) -> None:
        page = page_of(self._form)
        if page == self._kept or (self._kept is None and is_empty(page)):
            return
        if is_empty(page):
            self._drafts.forget(page.id)
        else:
            self._drafts.keep(page)
        self._kept, self._is_first = page, False
