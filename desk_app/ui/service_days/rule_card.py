"""What the cards of a service day and of a hold share: fields by name, each complained of where it stands."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desk_app.ui.kit.card import PageCard
from desk_app.ui.service_days.procedures_input import ProceduresInput
from desk_app.ui.widgets.fields import Labelled


class RuleCard(PageCard):
    """A card in which an office sets a rule for some procedures. Who makes it gives `procedures` and `_held`, its
    other fields by the names of the rule's facts.
    """

    procedures: ProceduresInput
    _held: dict[str, Labelled]

    def be_content(self) -> None:
        """Nothing is complained of."""
        self.procedures.complain("")
        for held in self._held.values():
            held.complain("")

    def complain(self, name: str, why: str) -> QWidget | None:
        """Say what is wrong with a field; the field, None when it is none of this card."""
        if name == "procedures":
            return self.procedures.complain(why)
        if name not in self._held:
            return None
        self._held[name].complain(why)
        return self._held[name].field
