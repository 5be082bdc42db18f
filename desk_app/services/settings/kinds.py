"""What a setting is: what it is called, whose it is, what it is about, and which values it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from msgspec import Struct


class Scope(StrEnum):
    """Whose a setting is: this desk's alone, or the commune's and so every desk's."""

    DESK = "desk"
    COMMUNE = "commune"


class SettingGroup(StrEnum):
    """What a setting is about: the cards of the screen, in their order."""

    OFFICE = "office"
    HOURS = "hours"
    PAYMENT = "payment"
    CLERK = "clerk"
    QUICK = "quick"
    PAPERS = "papers"
    DOCUMENTS = "documents"
    SCANNER = "scanner"
    LOOK = "look"
    WORK = "work"
    BACKUP = "backup"
    LATENESS = "lateness"
    MESSAGES = "messages"


class InputKind(StrEnum):
    """What the value is, so that a screen can offer what there is of it."""

    TEXT = "text"
    HOUR = "hour"
    NUMBER = "number"
    CHOICE = "choice"
    PRINTER = "printer"
    TRAY = "tray"
    PORT = "port"
    PROCEDURE = "procedure"
    PROCEDURES = "procedures"
    FOLDER = "folder"


class SettingKind(Struct, frozen=True, kw_only=True):
    """`key` is a field of `Settings`, or "hours.<part>", "printers.<sheet>", "documents.<document>.<part>" …

    `told` explains it. `choices` empty for free text; `least` and `most` bound a number. `check` says in words what is
    wrong with a text; "" for nothing.
    """

    key: str
    label: str
    group: SettingGroup
    told: str = ""
    scope: Scope = Scope.COMMUNE
    input: InputKind = InputKind.TEXT
    choices: Mapping[str, str] = {}
    least: int = 0
    most: int = 0
    unit: str = ""
    needed: bool = False
    check: Callable[[str], str] = lambda _: ""

    @property
    def allowed(self) -> str:
        """Which values it takes, in words."""
        if self.choices:
            return "; ".join(f"{value or '(để trống)'}: {text}" for value, text in self.choices.items())
        if self.input is InputKind.NUMBER:
            words = f"số từ {self.least} đến {self.most}{f' {self.unit}' if self.unit else ''}"
            return words if self.needed else f"{words}, hoặc để trống"
        return _ALLOWED[self.input] + ("" if self.needed else ", hoặc để trống")


_ALLOWED = {
    InputKind.TEXT: "chữ",
    InputKind.HOUR: "giờ:phút, như 07:30",
    InputKind.PRINTER: "tên máy in, hoặc địa chỉ:cổng",
    InputKind.TRAY: "tên khay như máy in gọi",
    InputKind.FOLDER: "đường dẫn đầy đủ của một thư mục",
    InputKind.PORT: "tên cổng, như COM3 hay /dev/ttyACM0",
    InputKind.PROCEDURE: "mã thủ tục đang có hiệu lực",
    InputKind.PROCEDURES: "mã các thủ tục đang có hiệu lực, cách nhau bằng dấu phẩy",
}
