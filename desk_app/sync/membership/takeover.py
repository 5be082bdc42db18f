"""Asks whoever is at the district's address for new keys or a new certificate, where what is pinned fits no more."""

from __future__ import annotations

from threading import Event

from desk_app.errors import LineLostError, NoDistrictError, OfflineError
from desk_app.protocol.messages import DISTRICT_PATH
from desk_app.sync.line.district_client import Line
from desk_app.sync.membership.identity import Member
from desk_app.sync.membership.renewal import Renewed, renewed, vouched_for


def new_keys(member: Member, line: Line) -> Renewed | None:
    """The membership under new keys that the pinned root proves; None where nobody we know answers."""
    status = line.status
    try:
        told = line.call(DISTRICT_PATH)
    except (OfflineError, LineLostError, NoDistrictError):
        return None
    return renewed(member, told, status=status)


def new_certificate(member: Member, url: str, *, stop: Event) -> Renewed | None:
    """The membership with the new certificate; None where nobody proves it.

    The question goes over a connection that nobody vouches for and says nothing of this desk.
    """
    line = Line(url, None, stop=stop)
    try:
        return vouched_for(member, line.call(DISTRICT_PATH))
    except (OfflineError, LineLostError, NoDistrictError):
        return None
    finally:
        line.close()
