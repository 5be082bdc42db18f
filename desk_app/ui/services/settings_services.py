"""What the screen of settings asks of the program."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from desk_app.services.desk.office_settings import SettingRow
    from desk_app.services.papers.papers import Paper
    from desk_app.services.settings.print_choices import PrintChoice
    from desk_app.services.settings.scan_trial import ScanTrial
    from desk_app.store.reference.catalogue import Choice


class SettingsServices(Struct, frozen=True, kw_only=True):
    """Those called `…_apart` may be called on a job's thread."""

    rows: Callable[[], list[SettingRow]]
    problems: Callable[[Mapping[str, str]], dict[str, str]]
    change: Callable[[Mapping[str, str]], list[str]]
    identity: Callable[[], str]
    code_like: Callable[[str], str]
    quick: Callable[[Sequence[Choice]], list[Choice]]
    quick_count: Callable[[], int]
    printers_apart: Callable[[], list[str]]
    trays_apart: Callable[[str], list[str]]
    ports_apart: Callable[[], list[str]]
    send_trial_apart: Callable[[Paper], str]
    trial_apart: Callable[[str, PrintChoice, str], Paper]
    look_at_scan: Callable[[str], ScanTrial]
    new_code_apart: Callable[[str], str]
    write_code_apart: Callable[[str, Path], Path]
    code_paper: Callable[[str], Paper]
    settle_code: Callable[[], None]
    is_kept_by_machine: Callable[[], bool]
    is_code_unsettled: Callable[[], bool]
