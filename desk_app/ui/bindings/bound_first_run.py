"""What the first start asks of the program before there is a desk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desk_app.domain.calendar.moments import VIETNAM
from desk_app.errors import KeyStoreLockedError, NoKeyStoreError
from desk_app.lazy import lazy
from desk_app.services.desk.desk import Clock
from desk_app.ui.bindings.bound_backups import restore_ways

if TYPE_CHECKING:
    from desk_app import keyrings
    from desk_app.services.setup import half_typed, office_names
    from desk_app.ui.setup import first_run
    from desk_app.ui.setup.first_run import FirstRunNeeds
else:
    keyrings = lazy("desk_app.keyrings")
    half_typed = lazy("desk_app.services.setup.half_typed")
    office_names = lazy("desk_app.services.setup.office_names")
    first_run = lazy("desk_app.ui.setup.first_run")


def first_needs(clock: Clock, data: Path) -> FirstRunNeeds:
    """The names of today, and what was left half typed."""
    today = clock().astimezone(VIETNAM).date()
    return first_run.FirstRunNeeds(
        provinces=lambda: office_names.provinces(today),
        communes=lambda: office_names.communes(today),
        left=lambda: half_typed.kept(),  # noqa: PLW0108 - naming it here would load it
        keep=lambda texts: half_typed.keep(texts),  # noqa: PLW0108 - as above
        restoring=restore_ways(data, clock),
    )


def key_store() -> str:
    """The name of the key store of this machine, "" where it has none that opens. Blocks: for a job."""
    try:
        return keyrings.trusted().label
    except (NoKeyStoreError, KeyStoreLockedError):
        return ""


def forget_half_typed() -> None:
    """The desk is made."""
    half_typed.forget()
