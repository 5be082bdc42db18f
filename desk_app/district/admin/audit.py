"""Who signed in and who looked at personal data: rows only added, each bound to the one before by a keyed hash.

Holds accounts, addresses of sign-ins, and what was asked for with its names and numbers masked; nobody's data.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator
from enum import StrEnum

import msgspec
from msgspec import Struct

from desk_app import typed_values
from desk_app.district.keys.identity import Identity
from desk_app.district.storage import Session, meta
from desk_app.domain.dossiers import numbering
from desk_app.domain.people.person import masked

_HEAD = "audit-head"
_UNIT = re.compile(r"(?=.*[0-9])[A-Z][A-Z0-9.]{1,15}", re.ASCII)
_LONGEST = 200
_AT_ONCE = 500
_COLUMNS = "n, at, account, address, deed, asked, hash"


class AuditDeed(StrEnum):
    """What was done."""

    SIGNED_IN = "signed-in"
    WRONG = "wrong"
    LOCKED = "locked"
    SIGNED_OUT = "signed-out"
    PASSWORD = "password"  # noqa: S105 - the name of a deed
    DOSSIERS = "dossiers"
    MONEY = "money"
    MESSAGES = "messages"
    REGISTER = "register"
    BACKUP = "backup"
    RESTORED = "restored"
    USER_ADDED = "user-added"
    USER_REMOVED = "user-removed"
    USER_UNLOCKED = "user-unlocked"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    AuditDeed.SIGNED_IN: "vào trang",
    AuditDeed.WRONG: "sai tên hoặc mật khẩu",
    AuditDeed.LOCKED: "đang bị khóa mà vẫn thử vào",
    AuditDeed.SIGNED_OUT: "ra khỏi trang",
    AuditDeed.PASSWORD: "đổi mật khẩu",
    AuditDeed.DOSSIERS: "xem danh sách hồ sơ",
    AuditDeed.MONEY: "xem danh sách thu tiền",
    AuditDeed.MESSAGES: "xem danh sách tin nhắn",
    AuditDeed.REGISTER: "xuất sổ hồ sơ",
    AuditDeed.BACKUP: "sao lưu",
    AuditDeed.RESTORED: "khôi phục từ bản sao lưu",
    AuditDeed.USER_ADDED: "thêm người dùng",
    AuditDeed.USER_REMOVED: "bỏ người dùng",
    AuditDeed.USER_UNLOCKED: "mở khóa người dùng",
}


class AuditRow(Struct, frozen=True, kw_only=True):
    """A row: `at` UTC ms, `account` "" for a name that nobody has, `asked` masked, `hash` of it and all before."""

    n: int
    at: int
    account: str
    address: str
    deed: str
    asked: str
    hash: bytes

    @property
    def told(self) -> str:
        return AuditDeed(self.deed).label if self.deed in list(AuditDeed) else self.deed


def note(
    session: Session,
    identity: Identity,
    deed: AuditDeed,
    *,
    at: int,
    account: str = "",
    address: str = "",
    asked: str = "",
) -> None:
    """Add a row; `asked` must be masked already (`masked_text`)."""
    last = session.one("SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1")
    n, before = (int(last[0]) + 1, bytes(last[1])) if last else (1, b"")
    row = AuditRow(
        n=n,
        at=at,
        account=_clean(account),
        address=_clean(address),
        deed=deed.value,
        asked=_clean(asked),
        hash=b"",
    )
    _add(session, identity, row, before)


def newest(session: Session, *, account: str = "", below: int = 0, most: int = 200) -> list[AuditRow]:
    """The newest rows, newest first: those of an account where one is named, those before row `below` where above 0."""
    where, values = ["1 = 1"], list[object]()
    if account:
        where.append("account = ?")
        values.append(account)
    if below:
        where.append("n < ?")
        values.append(below)
    rows = session.all(
        f"SELECT {_COLUMNS} FROM audit WHERE {' AND '.join(where)} ORDER BY n DESC LIMIT ?",  # noqa: S608 - constants
        [*values, most],
    )
    return [_row(session, row) for row in rows]


def every(session: Session) -> Iterator[AuditRow]:
    """Every row, oldest first, some at a time."""
    last = 0
    while rows := session.all(f"SELECT {_COLUMNS} FROM audit WHERE n > ? ORDER BY n LIMIT {_AT_ONCE}", [last]):  # noqa: S608 - constants
        yield from (_row(session, row) for row in rows)
        last = rows[-1][0]


def altered(session: Session, identity: Identity) -> list[int]:
    """The numbers of the rows that are not what was written, or before which rows are missing; none if all is well."""
    key, before, expected, wrong = _key(identity), b"", 1, []
    for row in every(session):
        if row.n != expected or row.hash != _hash(key, before, row):
            wrong.append(row.n)
        before, expected = row.hash, row.n + 1
    head = meta.get(session, _HEAD) or b""
    if head != before and not wrong:
        wrong.append(expected)
    return wrong


def bring_back(session: Session, identity: Identity, copied: Iterator[AuditRow]) -> None:
    """Rows of a backup that this storage lacks, behind those it has: a restore takes nothing away from the audit."""
    here = {_content(row) for row in every(session)}
    last = session.one("SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1")
    n, before = (int(last[0]), bytes(last[1])) if last else (0, b"")
    for row in copied:
        if _content(row) not in here:
            n += 1
            before = _add(session, identity, msgspec.structs.replace(row, n=n), before)


def masked_text(text: str) -> str:
    """What somebody looked for, without telling whom: a whole dossier code, else first letters and starred numbers."""
    if numbering.is_usual(text.strip().upper()):
        return text.strip().upper()
    return " ".join(_masked_word(word) for word in text.split())


def unit_told(text: str) -> str:
    """The unit somebody asked for, as the audit keeps it: its code, and of anything else only what says nothing."""
    return text if _UNIT.fullmatch(text) else masked_text(text)


def _masked_word(word: str) -> str:
    if any(mark.isdigit() for mark in word):
        return masked(word) if len(word) > 8 else "*" * len(word)
    return word[0] + "…"


def _add(session: Session, identity: Identity, row: AuditRow, before: bytes) -> bytes:
    digest = _hash(_key(identity), before, row)
    session.run(
        f"INSERT INTO audit({_COLUMNS}) VALUES(?, ?, ?, ?, ?, ?, ?)",
        (
            row.n,
            row.at,
            row.account,
            session.seals.sealed("audit", "address", (row.n,), row.address),
            row.deed,
            session.seals.sealed("audit", "asked", (row.n,), row.asked),
            digest,
        ),
    )
    meta.put(session, _HEAD, digest)
    return digest


def _hash(key: bytes, before: bytes, row: AuditRow) -> bytes:
    told = msgspec.json.encode([row.n, *_content(row)])
    return hmac.digest(key, before + told, hashlib.sha256)


def _key(identity: Identity) -> bytes:
    """Who can only write to the database cannot make the hashes fit again."""
    return hmac.digest(identity.keys.dump(), b"district audit", hashlib.sha256)


def _content(row: AuditRow) -> tuple[int, str, str, str, str]:
    return (row.at, row.account, row.address, row.deed, row.asked)


def _clean(text: str) -> str:
    return "".join(mark for mark in text if mark.isprintable())[:_LONGEST]


def _row(session: Session, row: tuple[object, ...]) -> AuditRow:
    told = dict(zip(_COLUMNS.split(", "), row, strict=True))
    for column in ("address", "asked"):
        told[column] = session.seals.opened("audit", column, (told["n"],), str(told[column]))
    return typed_values.converted(told, AuditRow, strict=False)
