from __future__ import annotations

import ctypes
from typing import Any

from desk_app.services.maintenance import windows_printers


class Spooler:
    """The two calls of winspool.drv that are used, over a list of names."""

    def __init__(self, names: list[str], default: str = "") -> None:
        self.kept = [ctypes.create_unicode_buffer(name) for name in names]
        self.default = default

    def EnumPrintersW(
        self, flags: int, _name: object, level: int, room: Any, _size: object, needed: Any, count: Any
    ) -> int:
        assert (flags, level) == (6, 4)
        row = ctypes.sizeof(windows_printers._PrinterInfo)
        needed._obj.value, count._obj.value = row * len(self.kept), 0
        if room is None:
            return 0
        rows = (windows_printers._PrinterInfo * len(self.kept)).from_buffer(room)
        for each, name in zip(rows, self.kept, strict=True):
            each.pPrinterName = ctypes.cast(name, ctypes.c_wchar_p)
        count._obj.value = len(self.kept)
        return 1

    def GetDefaultPrinterW(self, room: Any, size: Any) -> int:
        size._obj.value = len(self.default) + 1 if self.default else 0
        if room is None:
            return 0
        room.value = self.default
        return 1


def test_the_printers_of_windows_are_listed_the_default_first() -> None:
    assert windows_printers.names(Spooler(["Máy in quầy", "XP-80"], "XP-80")) == ["XP-80", "Máy in quầy"]
    assert windows_printers.names(Spooler(["Máy in quầy"])) == ["Máy in quầy"]
    assert windows_printers.names(Spooler([])) == []
