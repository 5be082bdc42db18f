"""Who may write which kind of event: the one table of desk and district. Pure.

Desks write in their own logs and the district in its own, each signed; what stands in a log is its writer's word. Some
words only the district can give: that a message was sent, which reception came first, and its notices. The same kind in
a desk's log is kept, for it is signed, and counts nowhere.
"""

from __future__ import annotations

from collections.abc import Callable

from desk_app.domain.dossiers.events import Founded, Recorded
from desk_app.domain.messages.message_events import MessageSent
from desk_app.domain.notices import NOTICES

OF_DISTRICT_ALONE = frozenset({"founded", "message_sent", *NOTICES})
"""The kinds that only the district may write; every other is a desk's, and the district's where it takes the deed."""
_PAYLOADS = (Founded, MessageSent, *NOTICES.values())
NOT_THEIRS = "not-theirs"
"""Why an event counts nowhere: the key word of desk and district."""

IsDistrict = Callable[[str], bool]
"""Whether the log of this name (hex) is the district's."""


def counts(event: Recorded, is_district: IsDistrict) -> bool:
    """Whether the writer of the event's log may say what the event says."""
    is_reserved = event.kind in OF_DISTRICT_ALONE or isinstance(event.payload, _PAYLOADS)
    return not is_reserved or is_district(event.log)
