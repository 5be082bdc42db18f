"""The page of lists of many dossiers: which list, who receives, which dossiers; made and printed with one key."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desk_app.domain.calendar.moments import shown_moment
from desk_app.domain.outgoing.paper_lists import DESKS, HAND_OVER, KINDS
from desk_app.errors import DeskError
from desk_app.ui.kit.card import PageCard, empty
from desk_app.ui.kit.card_column import CardColumn
from desk_app.ui.kit.page import PageDeed, PageHead, ScreenPage
from desk_app.ui.kit.record_table import RecordColumn, RecordRow, RecordTable
from desk_app.ui.paper_lists.arrivals_card import ArrivalsCard
from desk_app.ui.screen_context import Tools
from desk_app.ui.together.arrivals import ARRIVING
from desk_app.ui.widgets.buttons import button, named
from desk_app.ui.widgets.fields import Labelled, TextInput
from desk_app.ui.widgets.labels import label
from desk_app.ui.widgets.wrap_row import WrapRow
from desk_app.ui.window.notices import Notice, told_to

if TYPE_CHECKING:
    from desk_app.services.paper_lists.paper_lists import Candidate, MadeList
    from desk_app.services.papers.papers import Paper

_SHOWN = 12
"""So many lists made before are offered for printing again."""


class PaperListsScreen(ScreenPage):
    """A slip scanned here ticks its dossier, or adds it to those on offer."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._services = tools.services.paper_lists
        self._what = HAND_OVER
        self._found: dict[str, Candidate] = {}
        self._ticks: dict[str, QCheckBox] = {}
        make = PageDeed(
            text=self.tr("Lập và in"),
            identifier="paper_lists.make",
            pressed=self.save_and_print,
            icon="printer",
            key="F9",
            kind="primary",
        )
        head = PageHead(
            tools.look, self.tr("Danh sách bàn giao"), leave=("paper_lists.leave", self.left.emit), deeds=(make,)
        )
        self.arrivals = ArrivalsCard(tools.look)
        self.arrivals.take_wanted.connect(self._take_over)
        self.compose(CardColumn((self.arrivals, self._choice_card(), self._made_card())), above=(head,))

    def _choice_card(self) -> PageCard:
        card = PageCard(self.tr("Lập danh sách"))
        self._kinds = WrapRow()
        card.column.addWidget(self._kinds)
        self.receiver = TextInput("paper_lists.receiver", self.tr("Bên nhận"))
        self._receiver_held = Labelled(self.tr("Bên nhận"), self.receiver, required=True)
        card.column.addWidget(self._receiver_held)
        self._receivers = WrapRow()
        card.column.addWidget(self._receivers)
        self._count = label(role="soft", wraps=True)
        self._count.setAccessibleIdentifier("paper_lists.count")
        card.column.addWidget(self._count)
        held = QWidget()
        held.setProperty("ground", "clear")
        self._rows = QVBoxLayout(held)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)
        card.column.addWidget(held)
        return card

    def _made_card(self) -> PageCard:
        card = PageCard(self.tr("Danh sách đã lập"))
        columns = (RecordColumn(stretch=1, wraps=True), RecordColumn(role="faint"))
        self._made = RecordTable(columns, nothing=self.tr("Chưa lập danh sách nào."))
        card.column.addWidget(self._made)
        return card

    # --- showing ---------------------------------------------------------------------------------------------------

    def arrive(self, place: str) -> None:
        self._choose(self._what)
        self.receiver.setFocus(Qt.FocusReason.OtherFocusReason)
        if place == ARRIVING:
            self.arrivals.focus_first()

    def read_again(self) -> None:
        self._choose(self._what)

    refresh = show_arrivals = read_again

    def _choose(self, what: str) -> None:
        """Offer what may stand on a list of this kind."""
        if what != self._what:
            self.receiver.put("")
        self._what = what
        kind = KINDS[what]
        self._kinds.show_parts([self._pill(each.label, each.name) for each in KINDS.values()])
        self._receiver_held.name(kind.receiver)
        self._receiver_held.complain("")
        with told_to(self._tools.notices):
            self._offer(self._services.candidates(what))
            self._show_coming()
            self._show_made()

    def _choose_by_hand(self, what: str) -> None:
        """The pills are made anew: the keys go on to who receives."""
        self._choose(what)
        self.receiver.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pill(self, text: str, what: str) -> QWidget:
        kind = "primary" if what == self._what else "pill"
        return button(
            self._tools.look, text, f"paper_lists.kind.{what}", partial(self._choose_by_hand, what), kind=kind
        )

    def _offer(self, found: Sequence[Candidate]) -> None:
        ticked = {code for code, tick in self._ticks.items() if tick.isChecked()}
        self._found = {one.code: one for one in found}
        self._ticks = {}
        empty(self._rows)
        for one in found:
            self._add(one, is_ticked=one.code in ticked)
        receivers = sorted({one.receiver for one in found if one.receiver})
        if self._what == DESKS:
            receivers = [self.tr("Quầy số %d") % number for number in self._services.desks()]
        self._receivers.show_parts(
            [
                button(self._tools.look, to, f"paper_lists.to.{number}", partial(self._take, to), kind="pill")
                for number, to in enumerate(receivers, 1)
            ]
        )
        self._receivers.setVisible(bool(receivers))
        self._tell()

    def _add(self, one: Candidate, *, is_ticked: bool) -> None:
        parts = (one.code, one.applicant, one.procedure, one.receiver, shown_moment(one.due_at))
        tick = QCheckBox("  ·  ".join(part for part in parts if part))
        named(tick, f"paper_lists.dossier.{len(self._ticks) + 1}", tick.text())
        tick.setChecked(is_ticked)
        tick.toggled.connect(self._tell)
        self._ticks[one.code] = tick
        self._rows.addWidget(tick)
        tick.show()

    def _take(self, receiver: str) -> None:
        """All that this receiver has, and nothing else; another desk gets what is ticked."""
        self.receiver.put(receiver)
        self._receiver_held.complain("")
        if self._what == DESKS:
            return
        for code, tick in self._ticks.items():
            tick.setChecked(self._found[code].receiver == receiver)

    def _tell(self) -> None:
        chosen, of = len(self._chosen()), len(self._ticks)
        none = self.tr("Chưa có hồ sơ nào để đưa vào danh sách này; quét giấy hẹn của hồ sơ để thêm.")
        self._count.setText(self.tr("Đã chọn %d trong %d hồ sơ.") % (chosen, of) if of else none)

    def _chosen(self) -> list[str]:
        return [code for code, tick in self._ticks.items() if tick.isChecked()]

    def _show_made(self) -> None:
        self._made.show_rows([self._made_row(one) for one in self._services.every()[:_SHOWN]])

    def _made_row(self, one: MadeList) -> RecordRow:
        name = self.tr("%s số %s") % (one.kind.label, one.made.number or "…")
        told = self.tr("%s: %s, %d hồ sơ") % (name, one.made.receiver, len(one.made.rows))
        if missing := self._services.awaited(one):
            told += self.tr("; chưa nhận %d: %s") % (len(missing), ", ".join(each.name for each in missing))
        again = button(
            self._tools.look,
            self.tr("In lại"),
            f"paper_lists.print.{one.made.list_id}",
            partial(self._print, one),
            icon="printer",
            tall="small",
        )
        again.setAccessibleName(f"{self.tr('In lại')}: {name}")
        return RecordRow(cells=(told, shown_moment(one.event.at)), deeds=(again,))

    # --- what the clerk does ---------------------------------------------------------------------------------------

    def takes_scan(self, text: str, *, port: str, composed: bool) -> bool:  # noqa: ARG002 - any scanner is as good
        with told_to(self._tools.notices):
            if (made := self._services.scanned(text)) is not None:
                self._show_scanned(made)
                return True
            slip = self._tools.services.scanned_slip(text)
            if slip is None:
                return False
            if self.arrivals.tick(slip.code):
                return True
            if slip.code not in self._ticks:
                one = self._services.candidate(self._what, slip.code)
                self._found[one.code] = one
                self._add(one, is_ticked=True)
            self._ticks[slip.code].setChecked(True)
            self._tell()
        return True

    def _show_scanned(self, made: MadeList) -> None:
        """A list of this desk is named; the dossiers of one that came here are ticked, what is missing is named."""
        name = self.tr("%s số %s") % (made.kind.label, made.made.number or "…")
        self._show_coming()
        if made.made.what != DESKS:
            self._tools.notices.post(Notice(text=f"{name}: {made.made.receiver}.", tone="info"))
            return
        rows = self._services.listed(made)
        self.arrivals.show_list(made, rows)
        self.arrivals.focus_first()
        count = len(self.arrivals.ticked())
        said = self.tr("%s, bên giao %s: đánh dấu %d trong %d hồ sơ.") % (name, made.made.giver, count, len(rows))
        others = [f"{one.name}: {one.standing.label}" for one in rows if one.code not in self.arrivals.ticked()]
        self._tools.notices.post(Notice(text=said, remedy="; ".join(others), tone="warn" if others else "info"))

    def _show_coming(self) -> None:
        self.arrivals.show_coming(self._services.coming())
        self.deeds_changed.emit()

    def main_name(self) -> str:
        return "" if self.arrivals.is_empty else self.tr("Nhận hồ sơ")

    def main_deed(self) -> None:
        if not self.arrivals.is_empty:
            self._take_over()

    def _take_over(self) -> None:
        """Ctrl+Enter: what is ticked is here; what else was on the scanned list is named."""
        codes, made = self.arrivals.ticked(), self.arrivals.made
        if not codes:
            self._tools.notices.warn(self.tr("Chưa đánh dấu hồ sơ nào."), self.tr("Quét danh sách hoặc giấy hẹn."))
            self.arrivals.focus_first()
            return
        with told_to(self._tools.notices):
            done = self._services.take(codes, made.made.list_id if made is not None else "")
            said = self.tr("Đã nhận %d hồ sơ.") % len(done.taken)
            missing = ", ".join(one.name for one in done.missing)
            if missing:
                said += self.tr(" Chưa đến: %s.") % missing
            remedy = self.tr("Quầy giao vẫn giữ; hồ sơ đến sau thì quét giấy hẹn để nhận.") if missing else ""
            self.arrivals.show_list(None, ())
            self.read_again()
            self._tools.rounds.recorded()
            self._tools.notices.post(Notice(text=said, remedy=remedy, tone="warn" if missing else "ok"))
        (self.receiver.setFocus if self.arrivals.is_empty else self.arrivals.focus_first)()

    def print_name(self) -> str:
        return self.tr("Lập và in danh sách")

    def save_and_print(self) -> None:
        """F9: the list stands in the journal before it prints."""
        with told_to(self._tools.notices, self._complain):
            made = self._services.make(self._what, self._chosen(), self.receiver.value())
            for tick in self._ticks.values():
                tick.setChecked(False)
            if self._what == DESKS:
                self._offer(self._services.candidates(DESKS))
                self._tools.rounds.recorded()
            self._show_made()
            self._print(made)

    def _complain(self, error: DeskError) -> None:
        if error.facts.get("field") == "receiver":
            self._receiver_held.complain(str(error.facts.get("why", "")) or self.tr("chưa nhập"))
            self.receiver.setFocus(Qt.FocusReason.OtherFocusReason)

    def _print(self, made: MadeList) -> None:
        name = self.tr("%s số %s") % (made.kind.label, made.made.number or "…")

        def failed(error: DeskError) -> None:
            text = self.tr("Đã lập %s. ") % name + str(error)
            self._tools.notices.warn(text, error.remedy, offer=self.tr("In lại"), act=partial(self._print, made))

        def drawn(paper: Paper) -> None:
            self._tools.jobs.run(
                "printer",
                lambda: self._tools.services.send_apart([paper]),
                owner=self,
                done=lambda printer: self._sent(made, paper, printer, name),
                failed=failed,
            )

        self._tools.jobs.run("paper", lambda: self._services.draw_apart(made), owner=self, done=drawn, failed=failed)

    def _sent(self, made: MadeList, paper: Paper, printer: str, name: str) -> None:
        with told_to(self._tools.notices):
            self._services.printed(made.made.list_id, paper.copies, printer)
            self._tools.notices.post(Notice(text=self.tr("Đã gửi %s tới %s.") % (name, printer)))
            self._show_made()
