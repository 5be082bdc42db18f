"""The dossiers received with this one as one, and the desk that has its papers, with the way from desk to desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desk_app.domain.calendar.moments import shown_moment
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.errors import DeskError
from desk_app.services.linked.whole import Whole, WholePart
from desk_app.ui.kit.card import PageCard
from desk_app.ui.kit.record_table import RecordCell, RecordColumn, RecordRow, RecordTable
from desk_app.ui.look.theme import Look
from desk_app.ui.services.together_services import TogetherServices
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.fields import Labelled, NumberInput, TextInput
from desk_app.ui.widgets.labels import label
from desk_app.ui.widgets.wrap_row import WrapRow
from desk_app.ui.window.notices import Notice, Notices, told_to

_ENTERS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_COLUMNS = (RecordColumn(stretch=1, wraps=True), RecordColumn(role="faint"), RecordColumn(role="soft"))
_MOST_DESK = 99


class TogetherCard(PageCard):
    """`opened(code)` another dossier of the whole; `moved(what was done)` when the papers went to another desk."""

    opened = Signal(str)
    moved = Signal(str)

    def __init__(self, look: Look, notices: Notices, services: TogetherServices) -> None:
        super().__init__(self.tr("Liên thông, quầy giữ hồ sơ"))
        self._look, self._notices, self._services = look, notices, services
        self._code = ""
        self._whole: Whole | None = None
        self._main: QPushButton | None = None
        self._told = label(role="soft", wraps=True)
        self._told.setAccessibleIdentifier("dossier.linked")
        self.column.addWidget(self._told)
        self._parts = RecordTable(_COLUMNS, gap=8)
        self.column.addWidget(self._parts)
        self._place = label(wraps=True)
        self._place.setAccessibleIdentifier("dossier.held")
        self.column.addWidget(self._place)
        self._deeds = WrapRow()
        self.column.addWidget(self._deeds)
        self.to = NumberInput("dossier.give.to", self.tr("Quầy nhận"), _MOST_DESK)
        self.note = TextInput("dossier.give.note", self.tr("Ghi chú cho quầy nhận"))
        self._to_held = Labelled(self.tr("Quầy nhận"), self.to, required=True)
        self._form = self._built_form()
        self._form.hide()
        self.column.addWidget(self._form)

    def _built_form(self) -> QWidget:
        held = QWidget()
        held.setProperty("ground", "clear")
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        asked, deeds = QHBoxLayout(), QHBoxLayout()
        asked.addWidget(self._to_held, 1)
        asked.addWidget(Labelled(self.tr("Ghi chú (không bắt buộc)"), self.note), 2)
        look = self._look
        give = button(
            look, self.tr("Chuyển"), "dossier.give.confirm", self._give, kind="primary", icon="check", key="Enter"
        )
        deeds.addWidget(give)
        deeds.addWidget(button(look, self.tr("Thôi"), "dossier.give.cancel", self.cancel, key="Esc"))
        deeds.addStretch(1)
        column.addLayout(asked)
        column.addLayout(deeds)
        return held

    # --- showing -----------------------------------------------------------------------------------------------------

    def show_dossier(self, dossier: Dossier) -> None:
        """Read again what belongs to the dossier; what was half told of another one is put away."""
        if dossier.code != self._code:
            self.cancel()
        self._code = dossier.code
        whole = self._whole = self._services.whole(dossier)
        self._told.setVisible(whole is not None)
        self._parts.show_rows([self._row(*each) for each in enumerate(whole.parts, 1)] if whole else [])
        if whole is not None:
            done, total, due = whole.progress.done, whole.progress.total, shown_moment(whole.due_at)
            said = self.tr("%s: đã xong %d/%d hồ sơ, hẹn trả cả gói %s.") % (whole.title, done, total, due)
            ended = self.tr(" Cả gói đã xong.")
            self._told.setText(said if whole.progress.is_open else said + ended)
        self._show_place(dossier)
        self.setVisible(whole is not None or (dossier.status.is_open and self._is_shared(dossier)))

    def _is_shared(self, dossier: Dossier) -> bool:
        """Whether another desk comes into it: a lone one is not told where its papers are."""
        held = dossier.holding
        return held.desk != self._services.desk() or bool(held.way_to) or self._services.is_shared()

    def _row(self, number: int, part: WholePart) -> RecordRow:
        """Another dossier of the whole opens when its row is pressed, once it has come to this desk."""
        status = part.dossier.status.label if part.dossier is not None else self.tr("chưa nhận được")
        title = self.tr("%d. %s (hồ sơ này)") % (number, part.title) if part.is_own else f"{number}. {part.title}"
        opens = None if part.is_own or part.dossier is None else partial(self.opened.emit, part.code)
        identifier = f"dossier.linked.{number}"
        return RecordRow(
            cells=(title, part.code, RecordCell(status, f"{identifier}.status")),
            opens=opens,
            identifier=identifier,
            name=self.tr("Mở hồ sơ %s, %s") % (part.code, part.title),
        )

    def _show_place(self, dossier: Dossier) -> None:
        held, here = dossier.holding, self._services.desk()
        text = self.tr("Hồ sơ và giấy tờ ở quầy này.")
        if held.way_to == here:
            text = self.tr("Quầy %d chuyển hồ sơ đến đây, chưa nhận.") % held.desk
        elif held.desk != here:
            text = self.tr("Hồ sơ và giấy tờ ở quầy %d.") % held.desk
        if held.way_to not in (0, here):
            text += self.tr(" Đang chuyển cho quầy %d, quầy đó chưa nhận.") % held.way_to
        self._place.setText(text)
        made = self._made_deeds(here, held.desk, held.way_to) if dossier.status.is_open else []
        self._main = made[0] if made else None
        self._place.setVisible(dossier.status.is_open)
        self._deeds.show_parts(made)
        self._deeds.setVisible(bool(made))

    def _made_deeds(self, here: int, desk: int, way_to: int) -> list[QPushButton]:
        """The first of them is what the key does."""
        if desk != here:
            return [self._deed(self.tr("Nhận hồ sơ"), "dossier.take", self._take, "check", key="Ctrl+Shift+Q")]
        give = self._deed(
            self.tr("Chuyển quầy khác"), "dossier.give", self._begin_giving, "arrow-right", key="Ctrl+Shift+Q"
        )
        keep = self._deed(self.tr("Giữ lại"), "dossier.keep", self._keep, "arrow-left")
        return [give, keep] if way_to else [give]

    def _deed(
        self, text: str, identifier: str, pressed: Callable[[], object], icon: str, *, key: str = ""
    ) -> QPushButton:
        return button(self._look, text, identifier, pressed, icon=icon, key=key, tall="small")

    # --- what the clerk does -----------------------------------------------------------------------------------------

    def next_linked(self) -> None:
        """To the next dossier of the whole; nothing for one received by itself."""
        after = self._whole.after(self._code) if self._whole is not None else ""
        if after not in ("", self._code):
            self.opened.emit(after)

    def press_main(self) -> None:
        """Take what came, else ask to which desk it goes, also where no other desk is known yet."""
        if self._main is not None:
            self.show()
            self._main.click()

    def offer_correction(self, paths: Iterable[str], reason: str) -> None:
        """What was corrected here and stands otherwise in the others of the whole: offered for all of them."""
        code, paths = self._code, tuple(paths)
        others = self._services.differing(code, paths) if self._whole is not None else ()
        if others:
            said = self.tr("Hồ sơ liên thông %s còn ghi khác.") % ", ".join(others)
            act = partial(self._correct_others, code, paths, reason)
            self._notices.post(Notice(text=said, tone="info", offer=self.tr("Đính chính cả gói"), act=act))

    def cancel(self) -> bool:
        """Put away the form in which a desk is named; False when it was not open."""
        if self._form.isHidden():
            return False
        self._form.hide()
        self.note.put("")
        self._to_held.complain("")
        return True

    def _begin_giving(self) -> None:
        self.to.put("")
        self._form.show()
        self.to.setFocus(Qt.FocusReason.TabFocusReason)

    def _give(self) -> None:
        to = self.to.said()
        if to is None:
            self._to_held.complain(self.tr("chưa nhập"))
            self.to.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        with told_to(self._notices, self._complain):
            self._services.give([self._code], to, self.note.value())
            self.cancel()
            self.moved.emit(self.tr("Đã chuyển hồ sơ %s cho quầy %d, chờ quầy đó nhận.") % (self._code, to))

    def _take(self) -> None:
        with told_to(self._notices):
            self._services.take([self._code])
            self.moved.emit(self.tr("Hồ sơ %s đã ở quầy này.") % self._code)

    def _keep(self) -> None:
        with told_to(self._notices):
            self._services.give([self._code], self._services.desk(), "")
            self.moved.emit(self.tr("Hồ sơ %s ở lại quầy này.") % self._code)

    def _correct_others(self, code: str, paths: tuple[str, ...], reason: str) -> None:
        with told_to(self._notices):
            done = self._services.correct_others(code, paths, reason)
            self.moved.emit(self.tr("Đã đính chính như vậy ở hồ sơ %s.") % ", ".join(done))

    def _complain(self, error: DeskError) -> None:
        if error.facts.get("field") == "to":
            self._to_held.complain(str(error.facts.get("why", "")))
            self.to.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        focus = self.focusWidget()
        if event.key() in _ENTERS and is_plain and not self._form.isHidden() and not isinstance(focus, QPushButton):
            self._give()
        else:
            super().keyPressEvent(event)
