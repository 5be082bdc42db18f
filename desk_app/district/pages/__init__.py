"""The district's pages for people: plain HTML behind a sign-in. `routes` is all that the server needs of them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from desk_app import places
from desk_app.district.district import District
from desk_app.district.pages import (
    announcements_page,
    audit_page,
    desks_page,
    dossiers_page,
    home_forms,
    password_page,
    quarantine_page,
)
from desk_app.district.pages.context import PageContext
from desk_app.district.pages.figures import messages_page, money_page
from desk_app.district.pages.password_door import PasswordDoor
from desk_app.district.pages.rules import rules_page
from desk_app.district.pages.sign_in import Guard

_ASSETS = {
    "district.css": "district",
    "Inter-Regular.ttf": "fonts",
    "Inter-Medium.ttf": "fonts",
    "Inter-SemiBold.ttf": "fonts",
    "Inter-Bold.ttf": "fonts",
}


PAGES = (
    desks_page.PAGE,
    dossiers_page.PAGE,
    money_page.PAGE,
    messages_page.PAGE,
    quarantine_page.PAGE,
    announcements_page.PAGE,
    rules_page.PAGE,
    audit_page.PAGE,
    password_page.PAGE,
)
"""Every page there is, as the side bar lists them; a new page is its module and its name here."""


def routes(district: District, *, folder: Path) -> list[BaseRoute]:
    """The pages of this district, to stand beside the addresses of the protocol; `folder` holds its settings."""
    door = PasswordDoor(district)
    guard = Guard(district, PAGES, door)
    context = PageContext(district, folder, door)
    return [
        *guard.routes(),
        *(
            Route(route.path, guard.guarded(partial(route.answered, context)), methods=[route.method])
            for page in PAGES
            for route in page.routes
        ),
        Route("/assets/{name}", _asset),
        *home_forms.routes(district),
    ]


async def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _ASSETS:
        return Response(status_code=404)
    return FileResponse(places.resources() / _ASSETS[name] / name, headers={"cache-control": "max-age=3600"})
