"""Binds what the window asks about dossiers received as one, and about the desks of the commune."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.lazy import lazy
from desk_app.services.desk.desk import Desk
from desk_app.store.queries import dossiers, held
from desk_app.ui.services.together_services import TogetherServices

if TYPE_CHECKING:
    from desk_app.services.custody import handing, whereabouts
    from desk_app.services.linked import whole
else:
    handing = lazy("desk_app.services.custody.handing")
    whereabouts = lazy("desk_app.services.custody.whereabouts")
    whole = lazy("desk_app.services.linked.whole")


def bound_together(desk: Desk) -> TogetherServices:
    return TogetherServices(
        desk=lambda: desk.settings.desk,
        whole=lambda kept: whole.of(desk, kept) if kept.linked is not None else None,
        differing=lambda code, paths: list(whole.differing(desk, dossiers.by_code(desk.db, code), paths)),
        correct_others=lambda code, paths, reason: whole.correct_others(desk, code, paths, reason=reason),
        give=lambda codes, to, note: handing.give(desk, codes, to, note=note),
        take=lambda codes: handing.take(desk, codes),
        arriving=lambda: len(held.on_the_way(desk.db, desk.settings.desk)),
        is_shared=lambda: whereabouts.is_shared(desk),
    )
