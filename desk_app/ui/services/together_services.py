"""What the window can ask about dossiers received as one, and about the desks of the commune."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from desk_app.domain.dossiers.dossier import Dossier
    from desk_app.services.linked.whole import Whole


class TogetherServices(Struct, frozen=True, kw_only=True):
    """Every function raises `DeskError` for what the clerk must be told.

    `differing` are the codes of the other dossiers of a whole that say something else of these paths than the one of
    this code; `correct_others` has them say the same. `give` hands dossiers to a desk, `take` confirms that they are
    here. `arriving` counts what was handed to this desk and waits to be taken, `is_shared` says
    whether the commune has other desks, as far as this one knows.
    """

    desk: Callable[[], int]
    whole: Callable[[Dossier], Whole | None]
    differing: Callable[[str, Iterable[str]], Sequence[str]]
    correct_others: Callable[[str, Iterable[str], str], Sequence[str]]
    give: Callable[[Sequence[str], int, str], object]
    take: Callable[[Sequence[str]], object]
    arriving: Callable[[], int]
    is_shared: Callable[[], bool]
