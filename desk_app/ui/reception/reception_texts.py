"""What the reception page says to the clerk: of a card just read, and of what is more likely a slip than meant."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject

from desk_app.domain.dossiers.fact_paths import APPLICANT
from desk_app.domain.dossiers.family import fits_sex
from desk_app.domain.people.person import Person, role_name
from desk_app.domain.text import fold
from desk_app.services.reception.cards import CardScan
from desk_app.services.reception.doubts import Doubt
from desk_app.services.reception.draft import Draft
from desk_app.ui.reception.form import ReceptionForm
from desk_app.ui.reception.people.people_beside import RoleBefore
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

    def tell_of_scan(self, scan: CardScan, before: RoleBefore, *, composed: bool) -> None:
        """Where the card went and what it leaves to be looked at; `before` is what stood there.

        A name that lost letters is asked about again before it is saved.
        """
        role = before.role
        named = "full_name" if role == APPLICANT else f"{role}.full_name"
        is_damaged = "full_name" in scan.card.suspect and scan.person.full_name == scan.card.full_name
        self._damaged[named] = scan.card.full_name if is_damaged else ""
        warnings = list(scan.warnings)
        if composed:
            warnings.append(
                self.tr("Bộ gõ tiếng Việt đang bật: xem lại họ tên và địa chỉ, hoặc tắt bộ gõ rồi quét lại.")
            )
        if not fits_sex(role, scan.person.sex):
            warnings.append(self.tr("Giới tính trên thẻ không hợp với vai «%s».") % role_name(role))
        is_moved = len(self._form.questions.scanned_roles()) > 0
        where = self.tr("Không đúng vai thì nhấn Ctrl+R để chuyển.") if is_moved else ""
        if _is_other(before, scan.person):
            self._notices.post(
                Notice(
                    text=self.tr("Đã thay «%s» bằng thẻ vừa quét.") % role_name(role),
                    remedy="\n".join([*warnings, *([where] if where else [])]),
                    tone="warn" if warnings else "info",
                    offer=self.tr("Trả lại người trước"),
                    act=lambda: self._form.roles.put_back(before),
                )
            )
        elif warnings:
            self._notices.post(
                Notice(text=self.tr("Đã đọc thẻ, có điều cần xem lại."), remedy="\n".join(warnings), tone="warn")
            )
        else:
            known = self.tr("Đã đọc thẻ của người đã biết") if scan.known is not None else self.tr("Đã đọc thẻ")
            known += self.tr(", nhập từ %s") % scan.source if scan.source else ""
            said = f"{known}: {role_name(role)}." if is_moved else f"{known}."
            if scan.old:
                said += self.tr(" Có %d hồ sơ cũ, gần nhất: %s.") % (len(scan.old), scan.old[0])
            self._notices.post(Notice(text=said, remedy=where if role != APPLICANT else ""))

    def tell_of_moved(self, moved: tuple[CardScan, RoleBefore] | None) -> None:
        """The card as it stands now; None where there was none to move, or nowhere to move it."""
        if moved is not None:
            self.tell_of_scan(*moved, composed=False)
            return
        self._notices.warn(
            self.tr("Không có thẻ nào để chuyển, hoặc không còn vai nào trống."),
            self.tr("Xóa tên người đang ở vai cần điền, rồi quét lại thẻ ở đó."),
        )

    def tell_of_borrowed(self, whose: str) -> None:
        """From whom the answer was taken; "" where there was none."""
        if whose:
            text = self.tr("Đã lấy từ: %s.") % whose
            self._notices.post(Notice(text=text, remedy=self.tr("Ctrl+D lần nữa lấy của người khác."), tone="info"))
        else:
            said = self.tr("Chưa ai trong hồ sơ có mục này.")
            self._notices.warn(said, self.tr("Đặt con trỏ ở mục của tờ khai rồi nhấn Ctrl+D."))

    def tell_of_alike(self, taken: int) -> None:
        """How many answers came from the dossier before."""
        if taken:
            text = self.tr("Đã lấy %d mục như hồ sơ trước cùng thủ tục, xem lại.") % taken
            self._notices.post(Notice(text=text, tone="info"))
        else:
            said = self.tr("Hôm nay chưa có hồ sơ cùng thủ tục để lấy lại, hoặc các mục ấy đã có.")
            self._notices.post(Notice(text=said, remedy=self.tr("Gõ như thường."), tone="info"))

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


def _is_other(before: RoleBefore, person: Person) -> bool:
    """Whether somebody else stood there: of another number, or of no number and with another name begun."""
    if not before.is_somebody:
        return False
    stood = before.person or Person(full_name="")
    number = before.typed.get(f"{before.role}.id_number", stood.id_number)
    name = before.typed.get(f"{before.role}.full_name", stood.full_name)
    return number != person.id_number if number else not fold(person.full_name).startswith(fold(name))
