"""What the reception page says to the clerk: of a card just read, and of what is more likely a slip than meant."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject

from desk_app.services.reception.cards import CardScan
from desk_app.services.reception.doubts import Doubt
from desk_app.services.reception.draft import Draft
from desk_app.ui.reception.form import ReceptionForm
from desk_app.ui.screen_context import Tools
from desk_app.ui.window.notices import Notice


class ReceptionSayings(QObject):
    """A doubt is asked once: what was asked about and saved again with the same key is meant."""

    def __init__(self, form: ReceptionForm, tools: Tools) -> None:
        super().__init__(form)
        self._form, self._notices, self._doubts = form, tools.notices, tools.services.doubts
        self._meant: set[Doubt] = set()
        self._damaged: dict[str, str] = {}

    def begin(self) -> None:
        """Another dossier: nothing of it was asked about yet."""
        self._meant, self._damaged = set(), {}

    def tell_of_scan(self, scan: CardScan, role: str, *, composed: bool) -> None:
        """What the card leaves to be looked at. A name that lost letters is asked about again before it is saved."""
        named = "full_name" if role == "applicant" else f"{role}.full_name"
        is_damaged = "full_name" in scan.card.suspect and scan.person.full_name == scan.card.full_name
        self._damaged[named] = scan.card.full_name if is_damaged else ""
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
        found = (*self._of_damaged_names(), *self._doubts(draft))
        doubts = tuple(doubt for doubt in found if doubt not in self._meant)
        if not doubts:
            return False
        self._meant |= set(doubts)
        for doubt in reversed(doubts):
            if (field := self._form.look_at(doubt.field, doubt.text, "look")) is not None:
                self._form.go_to(field)
        said = " ".join(doubt.text for doubt in doubts)
        self._notices.warn(said, self.tr("Đúng như vậy thì nhấn phím lưu lần nữa; không thì sửa ô được đánh dấu."))
        return True

    def _of_damaged_names(self) -> Iterator[Doubt]:
        """The names that stand as a damaged scan gave them."""
        for named, scanned in self._damaged.items():
            field = self._form.input_named(named)
            if scanned and field is not None and field.value() == scanned:
                yield Doubt(named, self.tr("Họ tên đọc từ thẻ có thể bị mất chữ, so lại với thẻ."))
