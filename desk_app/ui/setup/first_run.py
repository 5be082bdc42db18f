"""The first start: whose desk this is, and the password of its data."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desk_app.errors import DeskError, NoKeyStoreError
from desk_app.ui.look.theme import Look
from desk_app.ui.setup.door import DoorPage
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.fields import Labelled, NumberInput, TextInput
from desk_app.ui.widgets.labels import label
from desk_app.ui.widgets.password_input import PasswordCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the set-up page was told; `passphrase` "" leaves the key to the system's key store."""

    unit: str
    commune: str
    province: str
    desk: int
    clerk: str
    passphrase: str


class FirstRunPage(DoorPage):
    """`wanted` gives the `Wish`; `complain` marks the field a refusal names."""

    wanted = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__(
            self.tr("Cài đặt quầy tiếp nhận"),
            self.tr("Chỉ làm một lần. Dữ liệu được mã hóa và nằm trên máy này."),
        )
        self.unit = TextInput("setup.unit", self.tr("Mã đơn vị"), "H26.99")
        self.desk = NumberInput("setup.desk", self.tr("Số quầy"), 5)
        self.desk.put("1")
        self.commune = TextInput("setup.commune", self.tr("Tên xã, phường"), self.tr("xã Đông Sơn"))
        self.province = TextInput("setup.province", self.tr("Tỉnh, thành phố"), self.tr("tỉnh Thanh Hóa"))
        self.clerk = TextInput("setup.clerk", self.tr("Người tiếp nhận"), self.tr("Họ và tên in trên giấy"))
        self.passphrase = PasswordCard(look, "setup.passphrase", self.tr("Mật khẩu mở dữ liệu"), twice=True)
        self._held = {
            "unit": Labelled(self.tr("Mã đơn vị"), self.unit, required=True),
            "desk": Labelled(self.tr("Số quầy"), self.desk, required=True),
            "commune": Labelled(self.tr("Tên xã, phường"), self.commune, required=True),
            "province": Labelled(self.tr("Tỉnh, thành phố"), self.province),
            "clerk": Labelled(self.tr("Người tiếp nhận"), self.clerk),
        }
        self._fields: list[QWidget] = [*(held.field for held in self._held.values()), *self.passphrase.inputs]
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(9)
        for at, (name, span) in enumerate((("unit", 1), ("desk", 1), ("commune", 2), ("province", 2), ("clerk", 2))):
            grid.addWidget(self._held[name], max(at - 1, 0), 1 if name == "desk" else 0, 1, span)
        grid.addWidget(self.passphrase, 4, 0, 1, 2)
        asked = self.tr("Một câu dài, hoặc đủ chữ hoa, chữ thường, số và ký hiệu. Để trống nếu máy có kho khóa.")
        grid.addWidget(label(asked, "faint", wraps=True), 5, 0, 1, 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 1)
        self.column.addLayout(grid)
        self.make = button(
            look, self.tr("Tạo dữ liệu"), "setup.make", self._want, kind="primary", icon="check", tall="medium"
        )
        self.column.addWidget(self.make)

    def complain(self, error: DeskError) -> None:
        """Mark the field the refusal names; a refusal that names none is of the password."""
        for each in self._held.values():
            each.complain("")
        self.passphrase.complain("")
        why = str(error.facts.get("why", "")) or self.tr("cần nhập")
        named = self._held.get(str(error.facts.get("field", "")))
        if named is not None:
            named.complain(why)
        else:
            self.passphrase.complain(self.tr("cần nhập") if isinstance(error, NoKeyStoreError) else why)
        field = named.field if named is not None else self.passphrase.first
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _want(self) -> None:
        if not self.make.isEnabled() or not self.passphrase.is_same_twice():
            return  # it is being made; a second Enter would ask for it once more
        self.wanted.emit(
            Wish(
                unit=self.unit.value().strip(),
                commune=self.commune.value().strip(),
                province=self.province.value().strip(),
                desk=self.desk.number(),
                clerk=self.clerk.value().strip(),
                passphrase=self.passphrase.value(),
            )
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
            return
        fields = self._fields
        here = self.focusWidget()
        if here in fields[:-1]:
            fields[fields.index(here) + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._want()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.unit.setFocus(Qt.FocusReason.OtherFocusReason)
