"""New versions of the program, bound for their page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.lazy import lazy
from desk_app.services.desk.desk import Desk
from desk_app.ui.services.update_services import UpdateServices

if TYPE_CHECKING:
    from desk_app.services.updates import standing, taking_in
else:
    standing = lazy("desk_app.services.updates.standing")
    taking_in = lazy("desk_app.services.updates.taking_in")


def bound_updates(desk: Desk) -> UpdateServices:
    return UpdateServices(
        standing=lambda: standing.standing(taking_in.folder_of_this_program(), desk.data),
        look_apart=lambda place: taking_in.looked_at(place),  # noqa: PLW0108 - naming it here would load it
        take_apart=lambda new: taking_in.take_here(new),  # noqa: PLW0108 - as above
    )
