"""The desk's own key of the exchange, carried in a backup: else a desk restored elsewhere would be a stranger.

Where the system's key store keeps it, it stands in no database; sealed here under the desk's key it is as safe.
"""

from __future__ import annotations

import base64
import hmac
from typing import TYPE_CHECKING

from desk_app.errors import DeskError
from desk_app.key_envelope import unwrapped, wrapped
from desk_app.lazy import lazy
from desk_app.services.desk.desk import Desk

if TYPE_CHECKING:
    from desk_app.store.peers import device_key
else:
    device_key = lazy("desk_app.store.peers.device_key")

_BOUND = "device in a backup"


def sealed(desk: Desk) -> str:
    """The key in its envelope, "" where the desk has none or its key store is locked now."""
    try:
        secret = device_key.get(desk.data, desk.db)
    except DeskError:
        return ""
    return wrapped(_wrapping(desk.db.key), base64.b64encode(secret), _BOUND) if secret else ""


def opened(told: str, key: bytes) -> bytes | None:
    """The secret (64 B); None where the backup carries none."""
    found = unwrapped(_wrapping(key), told, _BOUND) if told else None
    return base64.b64decode(found) if found else None


def _wrapping(key: bytes) -> bytes:
    return hmac.digest(key, b"desk backup device", "sha256")
