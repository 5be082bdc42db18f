"""What the help asks of an open desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from desk_app.documents.layout.key_sheet import KeyGroup
    from desk_app.services.help.news import VersionNews
    from desk_app.services.papers.papers import Paper


class HelpServices(Struct, frozen=True, kw_only=True):
    """`unseen_news` gives what an update brought, once. `key_paper_apart` may be called on a job's thread."""

    unseen_news: Callable[[], tuple[VersionNews, ...]]
    key_paper_apart: Callable[[Sequence[KeyGroup]], Paper]
