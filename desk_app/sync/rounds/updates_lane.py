"""Fetches an update file behind everything else, from the byte where it stands, within what a round may cost."""

from __future__ import annotations

import time
from typing import Protocol

from desk_app.protocol.update import offers
from desk_app.protocol.update.offers import MOST_PIECE, UpdateOffer
from desk_app.sync.line.district_client import Line

ROUND_S = 20.0
"""After so long no further piece is asked for: whoever waits for the round to end has work to do."""
_FIRST = 64 << 10
_QUICK_S = 3.0
_OK = 200


class UpdateStore(Protocol):
    """Where pieces of update files are kept."""

    def have(self, sha: str) -> int:
        """How many bytes of this file are here."""

    def append(self, sha: str, piece: bytes, *, at: int) -> None:
        """Keep the next bytes, durably."""


def offered(line: Line, platform: str) -> list[UpdateOffer]:
    """What the district offers for this system; [] from one that offers none, or knows no updates.

    Raises as `Line.call`.
    """
    told = line.call(offers.list_path(platform))
    return offers.offers_in(told) if line.status == _OK else []


def fetch(line: Line, offer: UpdateOffer, store: UpdateStore, *, budget: int) -> bool:
    """Fetch on; whether all of the file is here. `budget` bytes at most. Raises as `Line.call`, and `OSError`.

    A line that dies takes only the piece that was on its way.
    """
    begun, most = time.monotonic(), _FIRST
    have = store.have(offer.sha256)
    if have > offer.size:
        store.append(offer.sha256, b"", at=0)
        have = 0
    while have < offer.size:
        most = min(most, offer.size - have, budget)
        if most <= 0 or time.monotonic() - begun > ROUND_S:
            return False
        asked_at = time.monotonic()
        piece = line.call(offers.piece_path(offer.sha256, at=have, most=most))
        if line.status != _OK or not piece or len(piece) > most:
            return False
        store.append(offer.sha256, piece, at=have)
        have += len(piece)
        budget -= len(piece)
        most = min(most * 2, MOST_PIECE) if time.monotonic() - asked_at < _QUICK_S else _FIRST
    return True
