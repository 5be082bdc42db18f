"""At a reception: who pays no fee, shown by which paper; asked only where the law frees somebody from it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from desk_app.domain.payments.exemption import OTHER, ExemptionClaim
from desk_app.domain.procedures.fee_exemption import Exemption
from desk_app.ui.widgets.fields import ChoiceInput, Labelled, TextInput


class ExemptionInputs(QObject):
    """Four inputs of the card of due day and fee: `held` by the names under which a refusal speaks of them."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._rules: dict[str, Exemption] = {}
        self.by = ChoiceInput("reception.exemption", name, (("", self.tr("Không miễn")),))
        self.proof = TextInput("reception.exemption_proof", self.tr("Giấy tờ chứng minh"))
        self.who = TextInput("reception.exemption_who", self.tr("Thuộc diện nào"))
        self.law = TextInput("reception.exemption_law", self.tr("Theo văn bản nào"))
        self.held = {
            "exemption": Labelled(name, self.by),
            "exemption_proof": Labelled(self.tr("Giấy tờ chứng minh"), self.proof, required=True),
            "exemption_who": Labelled(self.tr("Thuộc diện nào"), self.who, required=True),
            "exemption_law": Labelled(self.tr("Theo văn bản nào"), self.law, required=True),
        }
        self.by.changed.connect(self._show)
        for field in (self.by, self.proof, self.who, self.law):
            field.changed.connect(self.changed)
        self._show()

    def offer(self, rules: Sequence[Exemption]) -> None:
        """Who is exempt from the fees of the procedure; nobody asks nothing."""
        if tuple(self._rules) != tuple(rule.id for rule in rules):
            self._rules = {rule.id: rule for rule in rules}
            named = [(rule.id, rule.who[:1].upper() + rule.who[1:]) for rule in rules]
            self.by.offer([*named, (OTHER, self.tr("Diện khác"))])
            self.by.put("")
        self._show()

    def claim(self) -> ExemptionClaim | None:
        """What was chosen; None where nothing is asked or nobody is exempt."""
        if not self._rules or not self.by.value():
            return None
        return ExemptionClaim(
            id=self.by.value(),
            proof=self.proof.value().strip(),
            who=self.who.value().strip(),
            law=self.law.value().strip(),
        )

    def put(self, claim: ExemptionClaim | None) -> None:
        """As a page that was half filled in had it; the rules are offered before."""
        self.by.put(claim.id if claim else "")
        for field, text in (
            (self.proof, claim.proof if claim else ""),
            (self.who, claim.who if claim else ""),
            (self.law, claim.law if claim else ""),
        ):
            field.put(text)
        self._show()

    def clear(self) -> None:
        self.put(None)

    def _show(self) -> None:
        chosen = self.by.value() if self._rules else ""
        self.held["exemption"].setVisible(bool(self._rules))
        self.held["exemption_proof"].setVisible(bool(chosen))
        for key in ("exemption_who", "exemption_law"):
            self.held[key].setVisible(chosen == OTHER)
        rule = self._rules.get(chosen)
        self.proof.setPlaceholderText(rule.proof if rule else "")
