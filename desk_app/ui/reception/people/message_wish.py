"""Whether the citizen wants to be told by message, asked beside the telephone number: one key, also from elsewhere."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox

from desk_app.ui.drafts import entered
from desk_app.ui.widgets.buttons import named


class MessageWish(QCheckBox):
    """Hidden where the office sends no messages, or the number takes none. It stands at first as the settings say.

    What is left as it stood is nobody's word: the settings go on deciding, and who was not asked is telephoned.
    """

    def __init__(self) -> None:
        super().__init__(self.tr("Người dân đồng ý nhận tin nhắn (Ctrl+Shift+N)"))
        named(self, "reception.messages", self.tr("Người dân đồng ý nhận tin nhắn"))
        self._usual = False
        self._is_asked = False
        self.hide()

    def offer(self, *, usual: bool | None, takes_messages: bool) -> None:
        """`usual` is what holds if nobody says anything, None where the office sends none; `takes_messages` whether
        the telephone number does.
        """
        self._is_asked = usual is not None and takes_messages
        self.setVisible(self._is_asked)
        if usual is not None and usual != self._usual:
            if self.isChecked() == self._usual:
                self.setChecked(usual)
                entered.stands_at_first(self)
            self._usual = usual

    def said(self) -> str:
        """As a draft takes it: "yes", "no", "" where the citizen was not asked."""
        if not self._is_asked or self.isChecked() == self._usual:
            return ""
        return "yes" if self.isChecked() else "no"

    def turn(self) -> None:
        """The other answer, where it is asked."""
        if self._is_asked:
            self.click()

    def clear(self) -> None:
        """The next citizen has said nothing yet."""
        self.setChecked(self._usual)
