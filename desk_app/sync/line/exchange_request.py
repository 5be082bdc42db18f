"""The questions of a round: what was said in each, so that only an answer to one of them counts."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from desk_app.protocol.batch import message
from desk_app.protocol.messages import NONCE, FrameKind, Hello
from desk_app.store.database.database import DeskDatabase
from desk_app.store.journal import logs
from desk_app.sync.membership.identity import Member


@dataclass(frozen=True, slots=True)
class ExchangeRequest:
    """What a HELLO said: when (UTC ms by this machine's clock), the last number and 8 bytes of the head of each log."""

    asked_at: int
    told: Mapping[bytes, tuple[int, bytes]]


@dataclass(slots=True)
class Questions:
    """Those of this round by nonce."""

    asked: dict[bytes, ExchangeRequest] = field(default_factory=dict)

    def ask(
        self, db: DeskDatabase, member: Member, *, at: int, app: str, pull: int, offers: Mapping[bytes, int]
    ) -> tuple[bytes, bytes]:
        """The nonce of a new HELLO, and its frame: what stands in each log, how many bytes of others are wanted."""
        nonce = secrets.token_bytes(NONCE)
        told = {one.log: (one.seq, one.head[:8]) for one in logs.standings(db) if one.seq}
        self.asked[nonce] = ExchangeRequest(at, told)
        hello = Hello(nonce=nonce, logs=told, pull=pull, app=app, clock=at, offers=dict(offers))
        return nonce, message(FrameKind.HELLO, hello, member.keys, member.district_keys)
