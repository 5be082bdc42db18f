"""A dossier's page where a step and its paper are one deed: F9, and the return that a scanned slip prepares."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from desk_app.domain.dossiers.steps import Action
from desk_app.domain.papers import owed_by
from desk_app.ui.kit.page import ScreenPage
from desk_app.ui.screen_context import Tools
from desk_app.ui.window.notices import Notice

if TYPE_CHECKING:
    from desk_app.services.dossiers.queries import Detail
    from desk_app.services.papers.scanned_slips import ScannedSlip
    from desk_app.ui.dossier.steps_card import StepsCard

_OWED = "owed"
"""What the latest step owes, as `services.papers.papers.draw` calls it."""
_SLIPS = ("slip", "slip80")


class StepPrintsPage(ScreenPage):
    """Of the page of one dossier: its steps card `_steps`, what is shown `_detail`, and `_print(what)`.

    `_meant` is the dossier and step that F9 records and prints, once the clerk has confirmed it.
    """

    _steps: StepsCard
    _detail: Detail | None

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._meant = ("", "")
        self.recorded.connect(self._print_meant)

    def _print(self, what: str) -> None:
        """Draw papers of the dossier and send them to the printer; the page of the dossier does."""

    def save_and_print(self) -> None:
        """F9: record the step whose form is open and print what it owes; with none open, print what the last owes."""
        if self._detail is None:
            return
        code = self._detail.dossier.code
        if self._steps.chosen_action:
            self._meant = (code, self._steps.chosen_action)
            self._steps.press_main()
        elif self._owes():
            self._print(_OWED)
        else:
            text = self.tr("Bước mới nhất của hồ sơ %s không có giấy nào phải in.") % code
            self._tools.notices.post(Notice(text=text, remedy=self.tr("In lại giấy khác: mục Giấy in bên dưới.")))

    def print_name(self) -> str:
        if self._steps.chosen_action:
            return self.tr("Ghi bước và in")
        return self.tr("In giấy của bước") if self._owes() else ""

    def take_slip(self, slip: ScannedSlip) -> None:
        """The slip in the citizen's hand was scanned: where the result is ready, handing it over is prepared."""
        if not self._steps.chosen_action:
            self._steps.choose(Action.RETURN)
        if not slip.replaced or self._detail is None:
            return
        stale = next((name for name in _SLIPS if name in self._detail.stale), "")
        offer, act = (self.tr("In giấy hẹn mới"), partial(self._print, stale)) if stale else ("", None)
        self._tools.notices.post(Notice(text=slip.replaced, tone="warn", offer=offer, act=act))

    def _owes(self) -> bool:
        dossier = self._detail.dossier if self._detail is not None else None
        turn = dossier.last_turn if dossier is not None else None
        return dossier is not None and turn is not None and bool(owed_by(dossier, turn))

    def _print_meant(self, code: str) -> None:
        """The step that F9 began stands in the journal now."""
        turn = self._detail.dossier.last_turn if self._detail is not None else None
        action = getattr(turn.payload, "action", "") if turn is not None else ""
        if (code, action) == self._meant and not self._steps.chosen_action:
            self._meant = ("", "")
            if self._owes():
                self._print(_OWED)
