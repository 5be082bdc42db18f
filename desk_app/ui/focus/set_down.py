"""What was typed into a card that the clerk put away with Escape: it stands there again when the card is taken up."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from desk_app.ui.drafts import entered


class SetDown:
    """Keeps the texts of the card put away last, in memory: a slip of the hand costs nothing.

    `whose` says what the texts belong to; they are given back for nothing else.
    """

    def __init__(self) -> None:
        self._whose: object = None
        self._texts: dict[str, str] = {}

    def keep(self, whose: object, card: QWidget) -> None:
        """Keep what stands in the card, if something was typed there."""
        found = [(name, each) for name, each in entered.inputs(card) if each.isVisibleTo(card)]
        if any(isinstance(each, QLineEdit) and each.isModified() and each.text() for _, each in found):
            self._whose, self._texts = whose, {name: entered.text_of(each) for name, each in found}

    def give_back(self, whose: object, card: QWidget) -> None:
        """Put it back, once."""
        if whose != self._whose:
            return
        texts, self._whose, self._texts = self._texts, None, {}
        for _ in range(2):  # what is chosen first decides which inputs there are
            entered.put_texts(card, texts)
        for name, each in entered.inputs(card):
            if isinstance(each, QLineEdit) and texts.get(name):
                each.setModified(True)
