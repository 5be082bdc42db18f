"""What lists say beside a code: how far the whole of linked dossiers is, and which other desk has the papers."""

from __future__ import annotations

from desk_app.services.desk.desk import Desk
from desk_app.store.queries import held, linked


def remarks(desk: Desk, ids: list[int]) -> dict[int, str]:
    """By row: "liên thông: đã xong 1/3 · quầy 2"; rows of which there is nothing to say are left out."""
    here = desk.settings.desk
    found = {number: [progress.words] for number, progress in linked.progress_of(desk.db, ids).items()}
    for number, place in held.at(desk.db, ids).items():
        if place.way_to == here:
            found.setdefault(number, []).append(f"quầy {place.desk} chuyển đến")
        elif place.desk != here:
            found.setdefault(number, []).append(f"quầy {place.desk}")
        elif place.way_to:
            found.setdefault(number, []).append(f"đang chuyển quầy {place.way_to}")
    return {number: " · ".join(parts) for number, parts in found.items()}
