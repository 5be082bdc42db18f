"""The cards of enrolment: the code that is given, and the six digits that two people compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desk_app.ui.kit.card import PageCard
from desk_app.ui.look.theme import Look
from desk_app.ui.scanning.scan_grammar import ENROLMENT
from desk_app.ui.sync.stick_folder import StickFolder
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.columns import ColumnRow
from desk_app.ui.widgets.fields import Labelled, TextInput
from desk_app.ui.widgets.labels import Picture, label, rule

if TYPE_CHECKING:
    from desk_app.services.sync.enrolling import EnrolmentOffer

_BUTTONS_BESIDE, _DEEDS_BESIDE = 420, 460


class AskCard(PageCard):
    """The code, and for those without a line the stick."""

    code_given = Signal(str, str)
    stick_asked = Signal(str, object)
    stick_answered = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__(self.tr("Ghép quầy này với cấp trên"), roomy=True)
        self._is_busy = False
        column = self.column
        text = self.tr(
            "Cấp trên cấp cho mỗi quầy một mã ghép dùng một lần, in trên giấy kèm mã QR. Chưa ghép thì hồ sơ vẫn "
            "nhận, in và lưu bình thường trên máy này."
        )
        column.addWidget(label(text, "soft", wraps=True))
        column.addWidget(_scan_panel(look, self.tr("Quét mã QR trên giấy, hoặc gõ mã và địa chỉ ở dưới")))
        self.code = TextInput("enrol.code", self.tr("Mã ghép"), "XXXXX-XXXXX-XXXXX-XXXXX")
        self.url = TextInput("enrol.url", self.tr("Địa chỉ máy chủ"), self.tr("Như ghi trên giấy: https://…"))
        self._code_held = Labelled(self.tr("Mã ghép"), self.code, required=True)
        self._url_held = Labelled(self.tr("Địa chỉ máy chủ"), self.url)
        column.addWidget(self._code_held)
        column.addWidget(self._url_held)
        self._send = button(
            look,
            self.tr("Ghép với cấp trên"),
            "enrol.ask",
            self._give,
            kind="primary",
            icon="arrow-right",
            tall="medium",
        )
        column.addWidget(self._send)
        column.addSpacing(4)
        column.addWidget(rule())
        column.addWidget(label(self.tr("Không có mạng thì dùng USB"), "section"))
        self._folder = StickFolder(look, "enrol.stick_folder")
        column.addWidget(self._folder)
        row = ColumnRow(narrow=_BUTTONS_BESIDE)
        self._out = button(
            look, self.tr("1. Ghi yêu cầu ra USB"), "enrol.stick_ask", self._write, icon="hard-drive-upload"
        )
        self._in = button(
            look, self.tr("2. Đọc trả lời từ USB"), "enrol.stick_answer", self._read, icon="hard-drive-download"
        )
        row.left.addWidget(self._out)
        row.right.addWidget(self._in)
        column.addWidget(row)

    def is_begun(self) -> bool:
        """Whether somebody typed a code or stands somewhere on the card; the cursor then stays where it is."""
        return bool(self.code.value().strip()) or any(each.hasFocus() for each in self.findChildren(QWidget))

    def begin(self) -> None:
        self._folder.look_for_stick()
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        for field in (self.code, self.url):
            field.put("")

    def take_scan(self, text: str) -> None:
        """The text of the QR holds address and fingerprint besides the code: asking needs nothing more."""
        self.code.put(text)
        self.code.show_state("scan")
        self._give()

    def set_busy(self, *, is_busy: bool) -> None:
        """One question at a time: a second Enter would use up the code once more and be refused."""
        self._is_busy = is_busy
        for part in (self._send, self._out, self._in):
            part.setEnabled(not is_busy)
        self._send.setText(self.tr("Đang hỏi cấp trên…") if is_busy else "  " + self.tr("Ghép với cấp trên"))

    def _complete(self, *, needs_url: bool) -> bool:
        code, url = self.code.value().strip(), self.url.value().strip()
        lacks_url = needs_url and not url and not code.startswith(ENROLMENT)
        self._code_held.complain("" if code else self.tr("chưa nhập"))
        self._url_held.complain(self.tr("chưa nhập") if lacks_url and code else "")
        if not code:
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)
        elif lacks_url:
            self.url.setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(code) and not lacks_url

    def _give(self) -> None:
        if not self._is_busy and self._complete(needs_url=True):
            self.code_given.emit(self.code.value().strip(), self.url.value().strip())

    def _write(self) -> None:
        if not self._is_busy and self._complete(needs_url=False) and (folder := self._folder.folder()) is not None:
            self.stick_asked.emit(self.code.value().strip(), folder)

    def _read(self) -> None:
        if not self._is_busy and (folder := self._folder.folder()) is not None:
            self.stick_answered.emit(folder)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.focusWidget() in {self.code, self.url}:
            self._give()
            return
        super().keyPressEvent(event)


class CompareCard(PageCard):
    """Six digits, large enough to be read out over the telephone."""

    agreed = Signal()
    differed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(self.tr("So sáu số này với màn hình của cấp trên"), roomy=True)
        column = self.column
        text = self.tr(
            "Gọi điện cho người cấp mã, đọc sáu số cho nhau nghe. Giống nhau mới là đúng cấp trên của mình; chưa bấm "
            "thì chưa có gì được gửi đi."
        )
        column.addWidget(label(text, "soft", wraps=True))
        self.digits = label(role="digits")
        self.digits.setAccessibleIdentifier("enrol.digits")
        self.digits.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.digits.setMinimumHeight(84)
        column.addWidget(self.digits)
        self._facts = label(role="soft", wraps=True)
        self._facts.setAccessibleIdentifier("enrol.facts")
        self._facts.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._facts)
        row = ColumnRow(narrow=_DEEDS_BESIDE)
        self._differ = button(look, self.tr("Khác nhau, dừng lại"), "enrol.differ", self.differed.emit, tall="medium")
        self._agree = button(
            look,
            self.tr("Giống nhau, bắt đầu gửi"),
            "enrol.agree",
            self.agreed.emit,
            kind="primary",
            icon="check",
            tall="medium",
        )
        row.left.addWidget(self._differ)
        row.right.addWidget(self._agree)
        column.addWidget(row)

    def show_offer(self, offer: EnrolmentOffer) -> None:
        digits = offer.six_digits
        self.digits.setText(f"{digits[:3]} {digits[3:]}")
        said = self.tr("%s · đơn vị %s · quầy %d · dải số mỗi ngày %s")
        self._facts.setText(said % (offer.district, offer.unit, offer.desk, offer.numbers))

    def begin(self) -> None:
        """Nothing has the focus that Enter would agree with: agreeing is a deed of its own."""
        self._differ.setFocus(Qt.FocusReason.OtherFocusReason)


def _scan_panel(look: Look, text: str) -> QFrame:
    panel = QFrame()
    panel.setProperty("panel", "scan")
    row = QHBoxLayout(panel)
    row.setContentsMargins(13, 9, 13, 9)
    row.setSpacing(10)
    row.addWidget(Picture(look, "qr-code", "link", 20))
    row.addWidget(label(text, wraps=True), 1)
    return panel
