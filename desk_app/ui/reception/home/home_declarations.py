"""Reads declarations prepared at home, part by part, and fills the page; nothing that stands there is replaced."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desk_app.domain.prepared import home_people, part_digits
from desk_app.domain.prepared.gathered_parts import GatheredParts, PartsGatherer
from desk_app.services.reception.prepared import PreparedDeclaration
from desk_app.ui.reception.form import ReceptionForm
from desk_app.ui.screen_context import Tools
from desk_app.ui.window.notices import Notice


class HomeDeclarations(QObject):
    """`park` leaves the page as it is and shows an empty one; "" when it could not.

    What stands on the page may be another citizen's: then the clerk is asked, and the same code read once more means
    that it is the same dossier.
    """

    def __init__(self, form: ReceptionForm, tools: Tools, park: Callable[[], str]) -> None:
        super().__init__(form)
        self._form, self._services, self._notices, self._park = form, tools.services, tools.notices, park
        self._gatherer = PartsGatherer()
        self._kept: tuple[str, ...] | None = None
        self._asked: tuple[str, PreparedDeclaration] | None = None

    def takes(self, text: str) -> bool:
        """Whether a scan or a pasted text is of a declaration, perhaps of several parts; then it is read.

        Raises the errors of `services.prepared`.
        """
        parts = part_digits.in_one_text(text)
        if parts:
            self._recall()
        for part in parts:
            try:
                found = self._services.gather_prepared(self._gatherer, part)
            finally:
                self._keep()
            if found.is_whole:
                self._use(self._services.prepared(found))
            else:
                self._tell_of_part(found)
        return bool(parts)

    def _recall(self) -> None:
        """The parts read before the program was closed, once."""
        if self._kept is None:
            self._kept = self._services.drafts.half_read()
            for text in self._kept:
                self._services.gather_prepared(self._gatherer, text)

    def _keep(self) -> None:
        """What is half read outlives the program, as pages half filled in do."""
        if self._gatherer.texts != self._kept:
            self._kept = self._gatherer.texts
            self._services.drafts.keep_half_read(self._kept)

    def _tell_of_part(self, found: GatheredParts) -> None:
        part = found.part
        said = self.tr("Đã đọc phần %d/%d của bản khai trước.") % (part.number, part.of)
        if found.is_again:
            said = self.tr("Phần %d/%d này đã đọc rồi.") % (part.number, part.of)
        more = self.tr("Còn %d phần: chuyển sang phần sau trên điện thoại rồi quét tiếp.") % found.missing
        if found.is_other:
            more = self.tr("Bản khai đọc trước còn thiếu phần, vẫn giữ. ") + more
        self._notices.post(Notice(text=said, remedy=more, tone="info"))

    # --- whose page it is ------------------------------------------------------------------------------------------

    def _use(self, said: PreparedDeclaration) -> None:
        form = self._form
        if form.home.answers == said.answers:
            self._notices.post(Notice(text=self.tr("Bản khai trước này đã điền rồi."), tone="info"))
            return
        is_begun = self._is_begun()
        procedure = form.procedure.code()
        fits = procedure in said.procedures
        if (is_begun and not fits) or form.home.answers:
            self._ask(said, again=False)
            return
        applicant = form.applicant.person()
        prepared = self._services.prepared_applicant(said.answers)
        is_other = not form.applicant.is_empty() and not home_people.may_be(applicant, home_people.facts_of(prepared))
        if is_other and self._asked != (form.beside.id, said):
            self._ask(said, again=True)
            return
        self._fill(said, procedure if fits else said.procedures[0])

    def _is_begun(self) -> bool:
        """Whether more is entered than who the applicant is."""
        page = self._form.beside
        return any(map(str.strip, page.answers.values())) or bool(page.people) or bool(self._form.documents.rows())

    def _ask(self, said: PreparedDeclaration, *, again: bool) -> None:
        """Two citizens, or one dossier that somebody else brings: only the clerk knows."""
        self._asked = (self._form.beside.id, said) if again else None
        whose = self._form.applicant.person().full_name or self.tr("chưa có tên")
        remedy = self.tr("Chưa điền gì. Người khác thì để hồ sơ đang nhập lại, mở trang mới cho bản khai.")
        if again:
            remedy = self.tr("Chưa điền gì. Cùng một hồ sơ thì quét lại mã lần nữa; người khác thì mở trang mới.")
        self._notices.post(
            Notice(
                text=self.tr("Trang đang có hồ sơ của %s, bản khai trước có thể của người khác.") % whose,
                remedy=remedy,
                tone="warn",
                offer=self.tr("Để lại, mở trang mới"),
                act=lambda: self._use_on_new_page(said),
            )
        )

    def _use_on_new_page(self, said: PreparedDeclaration) -> None:
        if self._park():  # else the page could not be kept, and stays
            self._fill(said, said.procedures[0])

    def _fill(self, said: PreparedDeclaration, procedure: str) -> None:
        self._asked = None
        form = self._form
        form.home.fill(said.answers, self._services.prepared_applicant(said.answers))
        if procedure != form.procedure.code():
            form.procedure.choose(procedure)
        form.refresh_wanted.emit()
        form.home.show_first(form.questions.stops())
        checked = self.tr("Mục viền đứt là khai trước, chưa ký: đối chiếu với giấy tờ.")
        self._notices.post(
            Notice(
                text=self.tr("Đã điền bản khai trước: %s.") % said.title,
                remedy=" ".join([*said.remarks, checked]),
                tone="info",
            )
        )
