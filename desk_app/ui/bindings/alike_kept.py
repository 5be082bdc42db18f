"""Keeps, while the program runs, what the next dossier of a run may share with the one before; the close forgets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.lazy import lazy
from desk_app.services.desk.desk import Desk

if TYPE_CHECKING:
    from desk_app.services.reception import borrowed_answers, reception
    from desk_app.services.reception.draft import Draft
    from desk_app.services.reception.reception import ReceptionResult
else:
    borrowed_answers = lazy("desk_app.services.reception.borrowed_answers")
    reception = lazy("desk_app.services.reception.reception")


class AlikeKept:
    """Nothing of it is ever written down."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._kept: borrowed_answers.AlikeAnswers | None = None

    def receive(self, draft: Draft) -> ReceptionResult:
        """As `reception.receive`; what a run shares is kept of the dossier."""
        receipt = reception.receive(self._desk, draft)
        if self._kept is None:
            self._kept = borrowed_answers.AlikeAnswers()
        shared = borrowed_answers.shared_by_alike(self._desk, receipt.dossier)
        self._kept.keep(receipt.dossier.procedure, shared, self._desk.today())
        return receipt

    def of(self, procedure: str) -> dict[str, str]:
        """What the last dossier of the procedure shares with the next one today."""
        return self._kept.of(procedure, self._desk.today()) if self._kept is not None else {}

    def forget(self) -> None:
        self._kept = None
