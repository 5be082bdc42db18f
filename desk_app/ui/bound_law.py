"""An open desk's law as data as the window calls it; what it needs is imported when first called."""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING

from msgspec.structs import replace

from desk_app.services.desk import Desk
from desk_app.store import settings
from desk_app.store.database import unit_of_work
from desk_app.ui.law_services import LawServices

if TYPE_CHECKING:
    from desk_app.ui.bound_services import Readers


def bound_law(desk: Desk, readers: Readers) -> LawServices:
    def adopt() -> str:
        from desk_app.services import own_unit  # noqa: PLC0415 - once in years

        said: str = own_unit.adopt(desk).in_words
        return said

    def news() -> str:
        """A new edition of units since the clerk was last told, in words; told once."""
        from desk_app.services import own_unit, units  # noqa: PLC0415 - after the list is in sight

        own = own_unit.new_name(desk)
        said = f"Tên đơn vị của quầy: {own.in_words}." if own is not None else units.news(desk)
        version = units.state(desk.today(), desk).edition.version
        if version != desk.settings.units_seen:
            desk.settings = replace(desk.settings, units_seen=version)
            with unit_of_work(desk.db):
                settings.put(desk.db, desk.settings)
        return said

    return LawServices(
        state=lambda: _law_files().state(desk),
        look_apart=lambda place: _law_files().look(readers.reader(), place),
        take_in_apart=lambda place: _law_files().take_in(desk, place),
        forget=desk.forget_law,
        adopt=adopt,
        news=news,
    )


def _law_files() -> ModuleType:
    from desk_app.services import law_files  # noqa: PLC0415 - when somebody looks

    return law_files
