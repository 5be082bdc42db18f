"""Relatives known from earlier dossiers, offered for a role that nobody stands in yet; a button for each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from desk_app.domain.calendar import dates
from desk_app.domain.dossiers.family import Kin
from desk_app.services.reception.known_family import FamilyOffer
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.labels import label


class FamilyOffers(QFrame):
    """`taken(FamilyOffer)` when the clerk presses one; `buttons` in their order."""

    taken = Signal(object)

    def __init__(self, look: Look, offers: Sequence[FamilyOffer]) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.buttons: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 2)
        column.setSpacing(4)
        for number, offer in enumerate(offers, start=1):
            row = QHBoxLayout()
            row.setSpacing(8)
            identifier = f"reception.family.{offer.role}.{number}"
            made = button(look, _who(offer), identifier, partial(self.taken.emit, offer), tall="small")
            kin = self._kin()[offer.kin] % offer.of
            why = self.tr("%s, theo hồ sơ %s ngày %s") % (kin, offer.code, dates.shown(offer.on))
            made.setAccessibleDescription(why)
            made.setToolTip(why)
            self.buttons.append(made)
            row.addWidget(made)
            row.addWidget(label(why, "faint", wraps=True), 1)
            column.addLayout(row)

    def _kin(self) -> dict[Kin, str]:
        return {
            Kin.MOTHER: self.tr("Mẹ của %s"),
            Kin.FATHER: self.tr("Cha của %s"),
            Kin.CHILD: self.tr("Con của %s"),
            Kin.SPOUSE: self.tr("Vợ, chồng của %s"),
            Kin.PARENT_TOO: self.tr("Có con chung với %s"),
            Kin.SELF: self.tr("Đã khai của %s"),
        }


def _who(offer: FamilyOffer) -> str:
    if offer.kin is Kin.SELF:
        return "Lấy như lần trước"
    year = offer.person.born_on[:4]
    return f"Lấy {offer.person.full_name}" + (f", sinh {year}" if year else "")
