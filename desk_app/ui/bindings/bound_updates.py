"""New versions of the program, bound for their page."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from desk_app.errors import DeskError
from desk_app.errors.updates import NotInstalledError
from desk_app.lazy import lazy
from desk_app.services.desk.desk import Desk
from desk_app.ui.services.update_services import UpdateServices

if TYPE_CHECKING:
    from desk_app.services.updates import going_back, standing, taking_in
    from desk_app.services.updates.going_back import WayBack
    from desk_app.services.updates.program_folder import ProgramFolder
else:
    going_back = lazy("desk_app.services.updates.going_back")
    standing = lazy("desk_app.services.updates.standing")
    taking_in = lazy("desk_app.services.updates.taking_in")


def bound_updates(desk: Desk) -> UpdateServices:
    def folder() -> ProgramFolder:
        found = taking_in.folder_of_this_program()
        if found is None:
            raise NotInstalledError
        return found

    def foreseen() -> WayBack:
        return going_back.foreseen(folder(), desk.data, desk.db.key)

    def back() -> None:
        going_back.back(folder(), None, desk.db.key)

    def back_when_closed() -> None:
        place, data, key = folder(), desk.data, desk.db.key

        def leave() -> None:
            with suppress(DeskError):  # nothing has changed then: the same version opens again and says how it stands
                going_back.back(place, data, key)

        desk.when_closed.append(leave)

    return UpdateServices(
        standing=lambda: standing.standing(taking_in.folder_of_this_program(), desk.data),
        look_apart=lambda place: taking_in.looked_at(place),  # noqa: PLW0108 - naming it here would load it
        take_apart=lambda new: taking_in.take_here(new),  # noqa: PLW0108 - as above
        foreseen_apart=foreseen,
        back_apart=back,
        back_when_closed=back_when_closed,
    )
