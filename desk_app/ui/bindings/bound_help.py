"""What makes a desk ready and what helps its clerk, bound for the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from desk_app import __version__
from desk_app.lazy import lazy
from desk_app.services.desk.desk import Desk
from desk_app.store.database.database import unit_of_work
from desk_app.store.reference import settings
from desk_app.ui.services.help_services import HelpServices
from desk_app.ui.services.preparing_services import PreparingServices

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.services.help import key_paper, news
    from desk_app.services.help.news import VersionNews
    from desk_app.services.setup import preparing
else:
    key_paper = lazy("desk_app.services.help.key_paper")
    news = lazy("desk_app.services.help.news")
    preparing = lazy("desk_app.services.setup.preparing")


def bound_preparing(desk: Desk) -> PreparingServices:
    return PreparingServices(
        steps=lambda: preparing.steps(desk), mark=lambda key, state: preparing.mark(desk, key, state)
    )


def bound_help(desk: Desk, reader: Callable[[], Desk]) -> HelpServices:
    """`reader` gives the reading desk of the thread that asks."""

    def unseen() -> tuple[VersionNews, ...]:
        """Told once: from now on this version counts as told."""
        if desk.settings.version_seen == __version__:
            return ()
        found = news.unseen(desk.settings.version_seen)
        if found or not desk.settings.version_seen:
            desk.settings = replace(desk.settings, version_seen=__version__)
            with unit_of_work(desk.db):
                settings.put(desk.db, desk.settings)
        return found

    return HelpServices(unseen_news=unseen, key_paper_apart=lambda groups: key_paper.key_paper(reader(), groups))
