"""What the reception page says to the clerk: of a card just read, and of what is more likely a slip than meant."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desk_app.services.cards import CardScan
from desk_app.services.doubts import Doubt
from desk_app.services.draft import Draft
from desk_app.ui.notices import Notice
from desk_app.ui.screens.reception_form import ReceptionForm
from desk_app.ui.tools import Tools


class ReceptionSayings(QObject):
    """A doubt is asked once: what was asked about and saved again with the same key is meant."""

    def __init__(self, form: ReceptionForm, tools: Tools) -> None:
        super().__init__(form)
        self._form, self._notices, self._doubts = form, tools.notices, tools.services.doubts
        self._meant: set[Doubt] = set()

    def begin(self) -> None:
        """Another dossier: nothing of it was asked about yet."""
        self._meant = set()

    def tell_of_scan(self, scan: CardScan, *, composed: bool) -> None:
        warnings = list(scan.warnings)
        if composed:
            warnings.append(
                self.tr("Bộ gõ tiếng Việt đang bật: xem lại họ tên và địa chỉ, hoặc tắt bộ gõ rồi quét lại.")
            )
        if warnings:
            self._notices.post(
                Notice(text=self.tr("Đã đọc thẻ, có điều cần xem lại."), remedy="\n".join(warnings), tone="warn")
            )
        elif scan.known is not None:
            self._notices.say(self.tr("Đã đọc thẻ của người đã biết."))
        else:
            self._notices.say(self.tr("Đã đọc thẻ."))

    def asked_back(self, draft: Draft) -> bool:
        """Whether something of the draft is asked about; the same key again says that it is meant so."""
        doubts = tuple(doubt for doubt in self._doubts(draft) if doubt not in self._meant)
        if not doubts:
            return False
        self._meant |= set(doubts)
        for doubt in reversed(doubts):
            if (field := self._form.look_at(doubt.field, doubt.text, "look")) is not None:
                self._form.go_to(field)
        said = " ".join(doubt.text for doubt in doubts)
        self._notices.warn(said, self.tr("Đúng như vậy thì nhấn phím lưu lần nữa; không thì sửa ô được đánh dấu."))
        return True
