"""How often somebody may be wrong at the door: counted in the database, so that a new start forgets nothing.

Counted three times: an account from one address, an account from anywhere, an address for any account. One address
alone is shut out before it can shut an account for everybody.
"""

from __future__ import annotations

import hashlib
import ipaddress

from msgspec import Struct

from desk_app.district.storage import Session

_MINUTE, _HOUR = 60_000, 3_600_000
_FIRST_WAIT, _LONGEST_WAIT = 5 * _MINUTE, _HOUR
_MOST_DOUBLINGS = 4
_ANY = b""


class _Tally(Struct, frozen=True, kw_only=True):
    """Digests of whom it counts, how many wrong tries it allows, and after how long without any it begins anew (ms)."""

    account: bytes
    address: bytes
    most: int
    forgotten_after: int


class Locked(Struct, frozen=True):
    """Shut out until `until`, UTC ms; `by` is the same for everybody whom the same count shuts out."""

    by: bytes
    until: int


def locked(session: Session, name: str, address: str, *, at: int) -> Locked | None:
    """Whether this name may not even try from this address now; `at` UTC ms."""
    found = None
    for tally in _tallies(name, address):
        row = session.one("SELECT until FROM lockout WHERE account = ? AND address = ?", (tally.account, tally.address))
        if row and row[0] > at and (found is None or row[0] > found.until):
            found = Locked(tally.account + tally.address, row[0])
    return found


def take_try(session: Session, name: str, address: str, *, at: int) -> Locked | None:
    """Count a try as wrong before it is looked at, so that many at once are no more than many in a row.

    `right` takes it back. What shuts it out where it is shut out already; then nothing is counted.
    """
    shut = locked(session, name, address, at=at)
    if shut is not None:
        return shut
    session.run("DELETE FROM lockout WHERE until < ? AND last_at < ?", (at, at - 24 * _HOUR))
    for tally in _tallies(name, address):
        key = (tally.account, tally.address)
        row = session.one("SELECT tries, last_at FROM lockout WHERE account = ? AND address = ?", key)
        tries = row[0] + 1 if row and at - row[1] < tally.forgotten_after else 1
        until = at + _wait(tries - tally.most) if tries >= tally.most else 0
        session.run(
            "INSERT INTO lockout(account, address, tries, last_at, until) VALUES(?, ?, ?, ?, ?)"
            " ON CONFLICT(account, address) DO UPDATE SET"
            " tries = excluded.tries, last_at = excluded.last_at, until = excluded.until",
            (*key, tries, at, until),
        )
    return None


def right(session: Session, name: str, address: str) -> None:
    """The try that was taken was a right one. The address keeps what it was wrong about other names."""
    pair, account, whole_address = _tallies(name, address)
    for tally in (pair, account):
        session.run("DELETE FROM lockout WHERE account = ? AND address = ?", (tally.account, tally.address))
    session.run(
        "UPDATE lockout SET tries = tries - 1, until = CASE WHEN tries - 1 < ? THEN 0 ELSE until END"
        " WHERE account = ? AND address = ? AND tries > 0",
        (whole_address.most, whole_address.account, whole_address.address),
    )


def unlock(session: Session, name: str) -> bool:
    """Let this name try again from everywhere. Whether anything was counted."""
    return session.run("DELETE FROM lockout WHERE account = ?", (_digest("account", name),)) > 0


def _tallies(name: str, address: str) -> tuple[_Tally, _Tally, _Tally]:
    who, where = _digest("account", name), _digest("address", _network(address))
    return (
        _Tally(account=who, address=where, most=5, forgotten_after=24 * _HOUR),
        _Tally(account=who, address=_ANY, most=10, forgotten_after=24 * _HOUR),
        _Tally(account=_ANY, address=where, most=20, forgotten_after=_HOUR),
    )


def _wait(beyond: int) -> int:
    """Twice as long with each wrong try more, up to an hour."""
    return int(min(_FIRST_WAIT << min(beyond, _MOST_DOUBLINGS), _LONGEST_WAIT))


def _network(address: str) -> str:
    """Whom an address stands for: a house has a whole /64 of IPv6, and one IPv4 address in either spelling."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def _digest(kind: str, text: str) -> bytes:
    """A name that nobody has may be somebody's password in the wrong box: it is kept nowhere."""
    return hashlib.sha256(f"district lockout {kind}\n{text}".encode()).digest()[:16]
