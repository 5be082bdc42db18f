"""What the fields offer to choose from: the printers, trays and ports of this machine, and the procedures in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject

from desk_app.errors import DeskError
from desk_app.services.settings.kinds import InputKind
from desk_app.ui.screen_context import Tools
from desk_app.ui.settings.setting_field import SettingField

_LANE = "printer"


class WhatThereIs(QObject):
    """Asks in jobs: a print system may take its time."""

    def __init__(self, fields: Mapping[str, SettingField], tools: Tools) -> None:
        super().__init__()
        self._fields, self._tools = fields, tools
        self._services = tools.services.settings
        for key, field in fields.items():
            if key.startswith("printers."):
                field.changed.connect(partial(self._ask_trays, key.partition(".")[2]))
        self._offer_printers([])
        self._offer_ports([])

    def look(self) -> None:
        """Ask anew."""
        choices = [(each.code, f"{each.title}\t{each.name}") for each in self._tools.services.choices()]
        for field in self._of(InputKind.PROCEDURE):
            field.offer([("", self.tr("không chọn sẵn")), *choices])
        for field in self._of(InputKind.PROCEDURES):
            field.offer(choices)
        jobs = self._tools.jobs
        jobs.run(_LANE, self._services.printers_apart, owner=self, done=self._offer_printers, failed=self._unknown)
        jobs.run("ports", self._services.ports_apart, owner=self, done=self._offer_ports, failed=self._unknown)
        for sheet in ("A4", "A5"):
            self._ask_trays(sheet)

    def _of(self, kind: InputKind) -> list[SettingField]:
        return [field for field in self._fields.values() if field.kind.input is kind]

    def _offer_printers(self, names: Sequence[str]) -> None:
        for field in self._of(InputKind.PRINTER):
            own = field.kind.key.startswith("documents.")
            nothing = self.tr("theo khổ giấy") if own else self.tr("máy in mặc định")
            field.offer([("", nothing), *((name, name) for name in names)])

    def _offer_ports(self, names: Sequence[str]) -> None:
        for field in self._of(InputKind.PORT):
            field.offer([("", self.tr("máy quét gõ như bàn phím")), *((name, name) for name in names)])

    def _ask_trays(self, sheet: str) -> None:
        field = self._fields.get(f"trays.{sheet}")
        if field is None:
            return
        nothing = [("", self.tr("máy in tự chọn"))]
        field.offer(nothing)
        printer = self._fields[f"printers.{sheet}"].value()
        self._tools.jobs.run(
            _LANE,
            lambda: self._services.trays_apart(printer),
            owner=self,
            done=lambda names: field.offer([*nothing, *((name, name) for name in names)]),
            failed=self._unknown,
        )

    def _unknown(self, _error: DeskError) -> None:
        """A name can still be typed."""
