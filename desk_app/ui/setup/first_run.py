"""The first start: whose desk this is, and the password of its data. What is half typed stands there the next time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desk_app.domain.text import fold
from desk_app.errors import DeskError, NoKeyStoreError
from desk_app.ui.look.theme import Look
from desk_app.ui.services.backup_services import RestoreWays
from desk_app.ui.setup.door import DoorPage
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.chooser import Chooser
from desk_app.ui.widgets.fields import Labelled, NumberInput, TextInput
from desk_app.ui.widgets.labels import label
from desk_app.ui.widgets.password_input import PasswordCard

_KEEP_AFTER_MS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the set-up page was told; `passphrase` "" leaves the key to the system's key store."""

    unit: str
    commune: str
    province: str
    desk: int
    clerk: str
    passphrase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRunNeeds:
    """What the page asks of the program: the names to choose from, what was left half typed, and where it is kept.

    `communes` are pairs of a commune and its province.
    """

    provinces: Callable[[], Sequence[str]]
    communes: Callable[[], Sequence[tuple[str, str]]]
    left: Callable[[], Mapping[str, str]]
    keep: Callable[[Mapping[str, str]], None]
    restoring: RestoreWays


class FirstRunPage(DoorPage):
    """`wanted` gives the `Wish`; `complain` marks the field a refusal names; `training_wanted` and
    `restore_wanted` are other ways in.
    """

    help_page = "first_run"
    wanted = Signal(object)
    training_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, look: Look, needs: FirstRunNeeds) -> None:
        super().__init__(
            self.tr("Cài đặt quầy tiếp nhận"),
            self.tr("Chỉ làm một lần. Dữ liệu được mã hóa và nằm trên máy này."),
        )
        self._needs = needs
        self._communes = list(needs.communes())
        self.province = Chooser("setup.province", self.tr("Tỉnh, thành phố"), self.tr("tỉnh Thanh Hóa"), free=True)
        self.province.offer([(name, name) for name in needs.provinces()])
        self.commune = Chooser("setup.commune", self.tr("Tên xã, phường"), self.tr("xã Đông Sơn"), free=True)
        self.unit = TextInput("setup.unit", self.tr("Mã đơn vị"), "H26.99")
        self.desk = NumberInput("setup.desk", self.tr("Số quầy"), 5)
        self.desk.put("1")
        self.clerk = TextInput("setup.clerk", self.tr("Người tiếp nhận"), self.tr("Họ và tên in trên giấy"))
        self.passphrase = PasswordCard(look, "setup.passphrase", self.tr("Mật khẩu mở dữ liệu"), twice=True)
        self._held = {
            "province": Labelled(self.tr("Tỉnh, thành phố"), self.province),
            "commune": Labelled(self.tr("Tên xã, phường"), self.commune, required=True),
            "unit": Labelled(self.tr("Mã đơn vị"), self.unit, required=True),
            "desk": Labelled(self.tr("Số quầy"), self.desk, required=True),
            "clerk": Labelled(self.tr("Người tiếp nhận"), self.clerk),
        }
        self._fields: list[QWidget] = [*(held.field for held in self._held.values()), *self.passphrase.inputs]
        self.key_store = label(self.tr("Đang xem máy có kho khóa không…"), "faint", wraps=True)
        self.key_store.setAccessibleIdentifier("setup.key_store")
        self._lay_out(look)
        self.province.changed.connect(self._offer_communes)
        self.commune.changed.connect(self._take_province)
        self._offer_communes()
        self._put_back()
        self._keeping = QTimer(self, singleShot=True, interval=_KEEP_AFTER_MS)
        self._keeping.timeout.connect(self._keep)
        for field in (self.province, self.commune, self.unit, self.desk, self.clerk):
            field.textChanged.connect(self._keeping.start)

    def _lay_out(self, look: Look) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(9)
        for name, row, column, span in (
            ("province", 0, 0, 2),
            ("commune", 1, 0, 2),
            ("unit", 2, 0, 1),
            ("desk", 2, 1, 1),
            ("clerk", 3, 0, 2),
        ):
            grid.addWidget(self._held[name], row, column, 1, span)
        grid.addWidget(self.passphrase, 4, 0, 1, 2)
        grid.addWidget(self.key_store, 5, 0, 1, 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 1)
        self.column.addLayout(grid)
        self.make = button(
            look, self.tr("Tạo dữ liệu"), "setup.make", self._want, kind="primary", icon="check", tall="medium"
        )
        self.column.addWidget(self.make)
        self.others = QHBoxLayout()
        self.others.setSpacing(10)
        training = button(look, self.tr("Tập huấn…"), "setup.training", self.training_wanted.emit, tall="small")
        training.setToolTip(self.tr("Mở cửa sổ thứ hai với người không có thật để tập; không đụng tới dữ liệu thật."))
        restore = button(
            look, self.tr("Khôi phục từ bản sao lưu…"), "setup.restore", self.restore_wanted.emit, tall="small"
        )
        restore.setToolTip(self.tr("Máy cũ hỏng hoặc thay máy: lấy lại mọi hồ sơ bằng bản sao lưu và mã khôi phục."))
        for way in (training, restore):
            self.others.addWidget(way, 1)
        self.column.addLayout(self.others)

    def tell_key_store(self, label_of_store: str) -> None:
        """Which key store the machine has; "" where it has none, and then a password is needed."""
        asked = self.tr("Một câu dài, hoặc đủ chữ hoa, chữ thường, số và ký hiệu.")
        if label_of_store:
            said = self.tr("Kho khóa của máy: %s. Để trống mật khẩu cũng được: máy tự mở dữ liệu.") % label_of_store
        else:
            said = self.tr("Máy này không có kho khóa: cần đặt mật khẩu. %s") % asked
        self.key_store.setText(said)

    # --- commune and province --------------------------------------------------------------------------------------

    def _offer_communes(self) -> None:
        """Those of the province, or all of them, each with its province behind it."""
        chosen = self.province.value()
        own = [(name, name) for name, province in self._communes if province == chosen]
        every = [(f"{name}, {province}", f"{name}, {province}") for name, province in self._communes]
        self.commune.offer(own or every)

    def _take_province(self) -> None:
        """A commune that was chosen with its province behind it says both."""
        name, _, province = self.commune.value().partition(", ")
        if province and (name, province) in self._communes:
            self.province.put(province)
            self._offer_communes()
            self.commune.put(name)

    def _names_here(self) -> list[str]:
        return [name for name, province in self._communes if province == self.province.value()]

    # --- half typed ------------------------------------------------------------------------------------------------

    def _texts(self) -> dict[str, str]:
        return {
            name: text
            for name, held in self._held.items()
            if isinstance(held.field, TextInput | Chooser) and (text := held.field.text().strip())
        }

    def _keep(self) -> None:
        self._needs.keep(self._texts())

    def _put_back(self) -> None:
        for name, text in self._needs.left().items():
            held = self._held.get(name)
            if held is not None and isinstance(held.field, TextInput | Chooser):
                held.field.put(text)
                if name == "province":
                    self._offer_communes()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._keeping.isActive():  # the program ends before the keystroke was kept
            self._keeping.stop()
            self._keep()

    # --- making ----------------------------------------------------------------------------------------------------

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
        for field, names in ((self.province, self._needs.provinces()), (self.commune, self._names_here())):
            field.settle()
            if (meant := _named_without_kind(field.value(), names)) != field.value():
                field.put(meant)
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
        empty = (held.field for held in self._held.values() if isinstance(held.field, TextInput | Chooser))
        first = next((field for field in empty if not field.text()), self.passphrase.first)
        first.setFocus(Qt.FocusReason.OtherFocusReason)


def _named_without_kind(typed: str, names: Sequence[str]) -> str:
    """ "thanh hoa" means "tỉnh Thanh Hóa" where no other name ends so; any other text stands as typed."""
    wanted = f" {fold(typed)}"
    meant = [
        name
        for name in names
        if typed and fold(name).endswith(wanted) and len(fold(name).split()) <= len(wanted.split()) + 2
    ]
    return meant[0] if len(meant) == 1 else typed
