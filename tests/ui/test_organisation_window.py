"""An organisation at the reception: one button asks of it, its number brings what is known, its dossier shows it."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.hand import Hand
from tests.ui.test_gestures import MOTHER, chosen

KEY = Qt.Key


def test_an_organisation_is_asked_of_with_one_button_and_known_again_by_its_number(hand: Hand) -> None:
    hand.scan(MOTHER)
    chosen(hand, "2.000908")
    hand.widget("reception.organisation").setFocus()
    hand.press(KEY.Key_Return)
    assert hand.focused() == "reception.field.organisation.number"
    for text in ("0101234567-001", "Hợp tác xã Thử", "Giám đốc"):
        hand.fill(text)
        hand.press(KEY.Key_Return)
    assert hand.widget("reception.field.organisation.head").value() == "Trần Thị Thử Mẹ"
    hand.press(KEY.Key_F9, KEY.Key_F9)
    hand.until(lambda: bool(hand.program.view.reception.saved_code))
    kept = hand.program.view._tools.services.detail(hand.program.view.reception.saved_code).dossier
    said = kept.organisations["organisation"]
    assert (said.name, said.number, said.head_title) == ("Hợp tác xã Thử", "0101234567-001", "Giám đốc")
    hand.press(KEY.Key_F2)
    hand.scan(MOTHER)
    chosen(hand, "2.000908")
    hand.widget("reception.organisation").setFocus()
    hand.press(KEY.Key_Return)
    hand.fill("0101234567001")
    hand.until(lambda: hand.widget("reception.field.organisation.name").value() == "Hợp tác xã Thử")
    assert hand.focused() == "reception.field.organisation.number"
    hand.program.view.open_dossier(kept.code)
    hand.settle()
