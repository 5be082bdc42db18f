"""Update files over HTTP: what there is for a system, and the bytes of a file from any place on, a piece at a time."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from desk_app.district.publishing import update_shelf
from desk_app.protocol.update import offers
from desk_app.protocol.update.offers import UPDATES_PATH

_MOST_QUERY = 200


def routes(folder: Path) -> list[BaseRoute]:
    """For the application; `folder` is the district's. Who may reach the server may read: the files are for all."""

    def listed(request: Request) -> Response:
        platform = request.query_params.get("platform", "")
        found = update_shelf.offered(folder, platform=platform) if platform else []
        return Response(offers.told(found), media_type="application/json", headers={"cache-control": "no-store"})

    def piece(request: Request) -> Response:
        sha = request.path_params["sha"]
        try:
            at, most = offers.asked_piece(request.url.query[:_MOST_QUERY])
        except ValueError:
            return Response(status_code=400)
        found = update_shelf.piece(folder, sha, at=at, most=most) if offers.is_sha(sha) else None
        if found is None:
            return Response(status_code=404)
        return Response(found, media_type="application/octet-stream")

    return [
        Route(UPDATES_PATH, listed, methods=["GET"]),
        Route(f"{UPDATES_PATH}/{{sha}}", piece, methods=["GET"]),
    ]
