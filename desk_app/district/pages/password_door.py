"""Proves a name by its password: two guesses at a time, each counted before it is looked at, all noted.

Passwords are hashed in threads of their own, so that pages need not wait for them nor the reception for either.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from desk_app.district.admin import audit, lockout, users
from desk_app.district.admin.audit import AuditDeed
from desk_app.district.admin.lockout import Locked
from desk_app.district.district import District
from desk_app.district.storage import Session

_MOST_REMEMBERED = 10_000
_HASHERS = 2  # each takes 64 MB
_BEHIND = 10


@dataclass(frozen=True, slots=True)
class Proved:
    """`secret` is the hash that the password fits, "" where it fits none; `locked` why nobody looked at it."""

    secret: str
    locked: Locked | None = None


class PasswordDoor:
    """The one place where a typed password is compared."""

    def __init__(self, district: District) -> None:
        self._district = district
        self._hashers = ThreadPoolExecutor(_HASHERS, thread_name_prefix="hashers", initializer=_step_back)
        self._refused: OrderedDict[bytes, int] = OrderedDict()

    async def prove(self, name: str, password: str, *, address: str) -> Proved:
        """Whether the password is the one of this name; who goes on with it says `entered` in the same transaction."""
        shut, secret = await run_in_threadpool(self._tried, name, address)
        if shut is not None:
            return Proved("", shut)
        hashing = asyncio.get_running_loop().run_in_executor(self._hashers, users.fits, secret, password)
        if await hashing:
            return Proved(secret)
        await run_in_threadpool(self._note, AuditDeed.WRONG, name, address)
        return Proved("")

    def entered(self, session: Session, name: str, deed: AuditDeed, *, address: str) -> None:
        """The password was right: nothing is counted against the name any more, and the deed stands in the audit."""
        lockout.right(session, name, address)
        audit.note(session, self._district.identity, deed, at=self._district.clock(), account=name, address=address)

    def _tried(self, name: str, address: str) -> tuple[Locked | None, str]:
        """What shuts the name out; else the try is counted, and the hash is what the password must fit."""
        with self._district.storage.reading() as session:
            shut = lockout.locked(session, name, address, at=self._district.clock())
        secret = ""
        if shut is None:
            with self._district.storage.writing() as session:
                shut = lockout.take_try(session, name, address, at=self._district.clock())
                secret = users.secret_of(session, name)
        if shut is not None:
            self._note_refusal(shut, name, address)
        return shut, secret

    def _note_refusal(self, shut: Locked, name: str, address: str) -> None:
        """The 1st, 2nd, 4th, 8th … refusal of a lock, with its number: who is shut out cannot fill the disk."""
        count = self._refused.pop(shut.by, 0) + 1
        self._refused[shut.by] = count
        while len(self._refused) > _MOST_REMEMBERED:
            self._refused.popitem(last=False)
        if count & (count - 1) == 0:
            self._note(AuditDeed.LOCKED, name, address, asked=f"lần {count}")

    def _note(self, deed: AuditDeed, name: str, address: str, *, asked: str = "") -> None:
        with self._district.storage.writing() as session:
            account = name if users.is_known(session, name) else ""
            audit.note(
                session,
                self._district.identity,
                deed,
                at=self._district.clock(),
                account=account,
                address=address,
                asked=asked,
            )


def _step_back() -> None:
    """Let this thread, and those that Argon2 begins in it, wait for the processor behind the reception's."""
    if sys.platform == "linux":  # where a priority is a thread's own
        with suppress(OSError):
            os.nice(_BEHIND)


def address_of(request: Request) -> str:
    """From where somebody asks."""
    return request.client.host if request.client else ""


def wait_told(locked: Locked, at: int) -> str:
    """What somebody who is shut out can do; `at` UTC ms."""
    minutes = max(1, -(-(locked.until - at) // 60_000))
    return f"Đợi {minutes} phút rồi thử lại, hoặc nhờ người giữ máy chủ chạy: desk-district users unlock TÊN"
