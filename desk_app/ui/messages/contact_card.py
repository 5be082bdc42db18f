"""On a dossier's page: what the citizen must be told, by which number, what came of it, and the messages so far."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from desk_app.domain.calendar.moments import shown_moment
from desk_app.domain.messages.kinds import About, ContactOutcome
from desk_app.ui.kit.card import PageCard
from desk_app.ui.kit.record_table import RecordColumn, RecordRow, RecordTable
from desk_app.ui.screen_context import Tools
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.fields import Labelled, TextInput
from desk_app.ui.widgets.labels import label
from desk_app.ui.widgets.wrap_row import WrapRow
from desk_app.ui.window.notices import told_to

if TYPE_CHECKING:
    from desk_app.domain.dossiers.dossier import Dossier
    from desk_app.services.messages.calling import ToTell


class ContactCard(PageCard):
    """`recorded` takes the words for what was recorded."""

    def __init__(self, tools: Tools, recorded: Callable[[str], None]) -> None:
        super().__init__(self.tr("Báo cho người dân"))
        self._tools, self._recorded = tools, recorded
        self._code = ""
        self._about = label(wraps=True)
        self._about.setAccessibleIdentifier("dossier.contact.about")
        self.column.addWidget(self._about)
        self._note = TextInput("dossier.contact.note", self.tr("Ghi chú"))
        self._held = Labelled(self.tr("Ghi chú (không bắt buộc)"), self._note)
        self.column.addWidget(self._held)
        self._row = WrapRow()
        self._buttons = {
            outcome: button(
                tools.look,
                words,
                f"dossier.contact.{outcome.value}",
                partial(self._contact, outcome),
                kind="primary" if outcome is ContactOutcome.TOLD else "",
            )
            for outcome, words in (
                (ContactOutcome.TOLD, self.tr("Đã báo")),
                (ContactOutcome.NOT_REACHED, self.tr("Chưa báo được")),
                (ContactOutcome.HAS_RESULT, self.tr("Người dân nói đã nhận")),
                (ContactOutcome.AGREES, self.tr("Đồng ý nhận tin nhắn")),
                (ContactOutcome.DECLINES, self.tr("Không nhận tin nhắn")),
            )
        }
        self._row.show_parts(list(self._buttons.values()))
        self.column.addWidget(self._row)
        self._table = RecordTable(
            (RecordColumn(role="faint"), RecordColumn(stretch=1, wraps=True), RecordColumn(role="faint"))
        )
        self.column.addWidget(self._table)
        self.hide()

    def show_dossier(self, dossier: Dossier) -> None:
        """What stands for this dossier; nothing shows where nobody must be told and nothing was sent."""
        self._code = dossier.code
        told = self._tools.services.work.to_tell(dossier)
        self._about.setText(self._words(told))
        self._about.setVisible(told.about is not None)
        offered = self._offered(told)
        for outcome, made in self._buttons.items():
            made.setVisible(outcome in offered)
        self._held.setVisible(bool(offered))
        self._table.show_rows(
            [
                RecordRow(cells=(shown_moment(each.queued_at), each.text, self._state(each.sending.label, each.failed)))
                for each in told.messages
            ]
        )
        self.setVisible(told.about is not None or bool(told.messages) or told.asks)

    def go(self) -> bool:
        """The cursor to the first answer; False where nobody must be told."""
        made = self._buttons[ContactOutcome.TOLD]
        if self.isHidden() or made.isHidden():
            return False
        made.setFocus()
        return True

    def _offered(self, told: ToTell) -> set[ContactOutcome]:
        found: set[ContactOutcome] = set()
        if told.asks and told.wants is not True:
            found.add(ContactOutcome.AGREES)
        if told.asks and told.wants is not False:
            found.add(ContactOutcome.DECLINES)
        if told.about is not None and not told.is_told:
            found |= {ContactOutcome.TOLD, ContactOutcome.NOT_REACHED}
            if told.about is About.READY:
                found.add(ContactOutcome.HAS_RESULT)
        return found

    def _words(self, told: ToTell) -> str:
        if told.about is None:
            return ""
        phone = told.phone or self.tr("không có số điện thoại")
        standing = self.tr("Đã báo.") if told.is_told else self.tr("Chưa báo.")
        tries = self.tr(" Đã gọi %d lần chưa được.") % told.tries if told.tries and not told.is_told else ""
        return f"{standing}{tries} {told.about.label[:1].upper()}{told.about.label[1:]} — {phone}\n{told.words}"

    def _state(self, label_: str, failed: str) -> str:
        return f"{label_}: {failed}" if failed else label_

    def _contact(self, outcome: ContactOutcome) -> None:
        with told_to(self._tools.notices):
            self._tools.services.work.contact(self._code, outcome.value, self._note.value())
            self._note.put("")
            self._recorded(self.tr("Hồ sơ %s: %s.") % (self._code, outcome.label))
