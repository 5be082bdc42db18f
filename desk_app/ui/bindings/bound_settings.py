"""The settings of an open desk, bound for their screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.domain.dossiers.numbering import Pattern
from desk_app.errors import DeskError
from desk_app.lazy import lazy
from desk_app.services.desk import desk as desks
from desk_app.services.desk.desk import Desk
from desk_app.ui.services.settings_services import SettingsServices

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desk_app.services.catalogue import procedure_choices
    from desk_app.services.desk import office_settings
    from desk_app.services.maintenance import recovery_code, recovery_file
    from desk_app.services.settings import scan_trial, trial_print
    from desk_app.ui.printing import printers, recovery_paper
    from desk_app.ui.scanning import serial_scanner
else:
    office_settings = lazy("desk_app.services.desk.office_settings")
    procedure_choices = lazy("desk_app.services.catalogue.procedure_choices")
    recovery_code = lazy("desk_app.services.maintenance.recovery_code")
    recovery_file = lazy("desk_app.services.maintenance.recovery_file")
    scan_trial = lazy("desk_app.services.settings.scan_trial")
    trial_print = lazy("desk_app.services.settings.trial_print")
    printers = lazy("desk_app.ui.printing.printers")
    recovery_paper = lazy("desk_app.ui.printing.recovery_paper")
    serial_scanner = lazy("desk_app.ui.scanning.serial_scanner")


def bound_settings(desk: Desk, reader: Callable[[], Desk]) -> SettingsServices:
    """`reader` gives the reading desk of the thread that asks."""

    def identity() -> str:
        kept = desk.settings
        numbers = ", ".join(f"{block.first:04d}–{block.last:04d}" for block in desk.blocks)
        return f"{kept.unit} · quầy số {kept.desk} · số trong ngày {numbers}"

    def code_like(pattern: str) -> str:
        """A code of this pattern; "" where it is none."""
        try:
            return Pattern(pattern).code(desk.settings.unit, desk.today(), desk.blocks[0].first)
        except DeskError:
            return ""

    def new_code(passphrase: str) -> str:
        with desks.apart(desk) as own:
            return recovery_code.draw(own, passphrase=passphrase or None)

    def write_code(code: str, folder: Path) -> Path:
        kept = desk.settings
        return recovery_file.write_code(folder, code, unit=kept.unit, commune=kept.commune, desk=kept.desk)

    return SettingsServices(
        rows=lambda: office_settings.listed(desk),
        problems=lambda typed: office_settings.problems(desk, typed),
        change=lambda typed: office_settings.change_all(desk, typed),
        identity=identity,
        code_like=code_like,
        quick=lambda offered: procedure_choices.quick(desk, offered),
        quick_count=lambda: desk.settings.quick_count,
        printers_apart=lambda: printers.available(),  # noqa: PLW0108 - naming it here would load it
        trays_apart=lambda printer: printers.trays(printer),  # noqa: PLW0108 - as above
        ports_apart=lambda: serial_scanner.ports(),  # noqa: PLW0108 - as above
        trial_apart=lambda sheet, choice, of: trial_print.trial_paper(reader(), sheet, choice, of=of),
        send_trial_apart=lambda paper: printers.send([paper], chosen={}),
        look_at_scan=lambda text: scan_trial.looked_at(text),  # noqa: PLW0108 - as above
        new_code_apart=new_code,
        write_code_apart=write_code,
        code_paper=lambda code: recovery_paper.recovery_paper(
            code, desk.settings.commune, desk.settings.desk, under=desk.watermark
        ),
        settle_code=lambda: recovery_code.settle(desk),
        is_kept_by_machine=lambda: recovery_code.is_kept_by_machine(desk),
        is_code_unsettled=lambda: recovery_code.is_unsettled(desk),
    )
