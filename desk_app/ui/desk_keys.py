"""The keys of the open desk: what each does depends on the screen in front."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from desk_app.ui.notices import told_to
from desk_app.ui.tools import Tools

if TYPE_CHECKING:
    from desk_app.ui.desk_view import DeskView
    from desk_app.ui.rounds import Rounds

_QUICK = 9


class DeskKeys(QObject):
    """Binds the keys to `view`, once."""

    def __init__(self, view: DeskView, tools: Tools, rounds: Rounds) -> None:
        super().__init__(view)
        self._view, self._tools, self._rounds = view, tools, rounds
        bound = {
            "F2": view.go_reception,
            "F3": view.go_search,
            "Ctrl+K": view.go_search,
            "F4": partial(view.go, "nav.returns"),
            "F5": self._read_again,
            "F6": partial(view.go, "nav.late"),
            "F7": view.go_sync,
            "F8": view.go_day_end,
            "F12": view.go_law,
            "F9": self._save_and_print,
            "F10": self._hand_over,
            "Ctrl+S": self._save,
            "Ctrl+P": self._print_again,
            "Ctrl+E": self._correct,
            "Ctrl+Return": self._main_deed,
            "Ctrl+Enter": self._main_deed,
            "Ctrl+Shift+V": self._paste_scan,
            "Ctrl+N": self._park,
            "Ctrl+O": self._reopen,
            "Esc": self._escape,
        }
        for keys, act in bound.items():
            shortcut = QShortcut(QKeySequence(keys), view)
            shortcut.setAutoRepeat(False)  # a key held a moment too long answers no question
            shortcut.activated.connect(act)
        for number in range(1, _QUICK + 1):
            QShortcut(QKeySequence(f"Ctrl+{number}"), view).activated.connect(partial(self._quick, number))

    def _save_and_print(self) -> None:
        if self._view.is_at("reception"):
            self._view.reception.save_and_print()
        elif self._view.is_at("day_end"):
            self._view.late.day_end.close_day()

    def _hand_over(self) -> None:
        if self._view.is_at("reception"):
            self._view.reception.save_and_hand_over()

    def _save(self) -> None:
        if self._view.is_at("reception"):
            self._view.reception.save()

    def _main_deed(self) -> None:
        """What a page is mostly for."""
        if self._view.is_at("sync"):
            self._rounds.send_now()
        elif self._view.is_at("law"):
            self._view.late.law.file.take_now()
        elif self._view.is_at("dossier"):
            self._view.late.dossier.take_usual_step()

    def _correct(self) -> None:
        if self._view.is_at("dossier"):
            self._view.late.dossier.correct()

    def _paste_scan(self) -> None:
        self._view.show_screen(self._view.reception)
        self._view.side.show_place("nav.reception")
        self._view.reception.paste_scan()

    def _park(self) -> None:
        """Another citizen: what is half filled in waits."""
        if self._view.is_at("reception"):
            self._view.reception.park()
        else:
            self._view.go_reception(reopens=False)

    def _reopen(self) -> None:
        if not self._view.is_at("reception"):
            self._view.go_reception(reopens=False)
        self._view.reception.drafts.reopen_newest()

    def _quick(self, number: int) -> None:
        if not self._view.is_at("reception"):
            self._view.go_reception(reopens=False)
        self._view.reception.choose_quick(number)

    def _print_again(self) -> None:
        view = self._view
        if view.is_at("reception"):
            view.reception.print_again()
        elif view.is_at("dossier"):
            view.late.dossier.print_again()
        elif view.is_at("dossiers") and (code := view.dossiers.table.chosen_code()):
            self._tools.printing.print_papers(code, "all")

    def _read_again(self) -> None:
        view = self._view
        if view.is_at("dossiers"):
            with told_to(self._tools.notices):
                view.dossiers.refresh()
                view.count()
        elif view.is_at("dossier"):
            view.late.dossier.refresh()
        elif view.is_at("sync"):
            view.late.sync.refresh()
        elif view.is_at("day_end"):
            view.late.day_end.refresh()
        elif view.is_at("law"):
            view.late.law.refresh()

    def _escape(self) -> None:
        view = self._view
        if view.is_at("dossier") and view.late.dossier.cancel():
            self._tools.notices.withdraw()
            return
        if view.is_at("dossiers"):
            view.dossiers.box.clear()
        else:
            view.back()
