"""Whose account an actor is: the id proves it by a hash over the desk's key, as the id of a dossier does. Pure.

An event says an account's id beside a name. A colleague can write any name and any id into its log, but no id that the
keys of another desk prove: such an event is of an unknown person at the desk that signed it.
"""

from __future__ import annotations

from collections.abc import Iterable

from desk_app.domain.dossiers.events import Recorded
from desk_app.domain.history import moved, owned_ids
from desk_app.domain.history.founding import Writers

UNKNOWN = "không rõ người"


def actor_id(owner: bytes, drawn: bytes) -> str:
    """The id of an account that this key (8 B) or log (16 B) makes of six drawn bytes: 16 characters of base32."""
    return owned_ids.owned_id(owner, owned_ids.ACCOUNT, drawn)


def belongs(actor: str, owners: Iterable[bytes]) -> bool:
    """Whether one of these keys and logs made this id."""
    return owned_ids.belongs(actor, owned_ids.ACCOUNT, owners)


def is_unknown(event: Recorded, writers: Writers) -> bool:
    """Whether the event names an account that its log's desk never had.

    An event without one is of an earlier program or of the program itself. What moved is signed by whoever carries it:
    there any desk that is known may have had the account.
    """
    if not event.actor:
        return False
    writer = writers.of(event.log)
    owners = writers.every_owner if moved.is_log(bytes.fromhex(event.log)) else writer.owners
    return not belongs(event.actor, owners)
