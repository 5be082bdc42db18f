"""Places kept for new desks: made by a person, opened once by a code on paper, within three days and five tries."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from desk_app import typed_values
from desk_app.district.failures import BadBlocksError, BadUnitError, DeskTakenError, NumbersOverlapError
from desk_app.district.storage import Session
from desk_app.domain.dossiers.numbering import BY_HAND, Block, default_blocks
from desk_app.domain.training import training_desk
from desk_app.errors import BadFactError
from desk_app.protocol.keys import Certificate, code_key, new_code, slot_of

LASTS = 72 * 3_600_000
MOST_TRIES = 5
_UNIT = re.compile(r"[A-Z0-9]{1,4}(\.[A-Z0-9]{1,4}){0,5}")
_BLOCK = re.compile(r"(\d{1,5})-(\d{1,5})")
_HIGHEST = 99_999


class EnrolmentSlot(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A place for one desk. `key` is what the code derives to; `taken_by` the public keys of the device that came.

    `blocks` are first and last numbers of the day; moments UTC ms; `digits` what both screens showed.
    """

    key: bytes
    unit: str
    commune: str
    desk: int
    blocks: tuple[tuple[int, int], ...]
    until: int
    tries: int = 0
    taken_by: bytes = b""
    digits: str = ""

    def is_open(self, at: int) -> bool:
        return at <= self.until and self.tries < MOST_TRIES


def make(
    session: Session, *, unit: str, commune: str, desk: int, blocks: Sequence[Block], at: int
) -> tuple[str, EnrolmentSlot]:
    """A new slot and the code that opens it; an older one for the same desk that nobody used is closed.

    Raises `BadUnitError`, `DeskTakenError`, `NumbersOverlapError`, `BadFactError`.
    """
    if not _UNIT.fullmatch(unit) or training_desk.is_training_unit(unit):
        raise BadUnitError(unit=unit)
    if not 1 <= desk <= 99:
        raise BadFactError(field="desk", label="Số quầy", why="từ 1 đến 99")
    chosen = tuple(blocks) or default_blocks(desk)
    for other in active_desks(session, unit):
        if other.desk == desk:
            raise DeskTakenError(desk=desk, unit=unit)
        for block in chosen:
            for first, last in other.blocks:
                if block.first <= last and first <= block.last:
                    raise NumbersOverlapError(first=first, last=last, desk=other.desk)
    for name, slot in listed(session):
        if (slot.unit, slot.desk) == (unit, desk) and not slot.taken_by:
            forget(session, name)
    code = new_code()
    slot = EnrolmentSlot(
        key=code_key(code),
        unit=unit,
        commune=commune,
        desk=desk,
        blocks=tuple((block.first, block.last) for block in chosen),
        until=at + LASTS,
    )
    put(session, slot_of(code), slot)
    return code, slot


def blocks_of(text: str) -> tuple[Block, ...]:
    """Blocks as a person writes them, "0001-1999,8000-8499"; none for "". Raises `BadBlocksError`."""
    blocks = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        found = _BLOCK.fullmatch(part)
        block = Block(int(found[1]), int(found[2])) if found else Block(0, 0)
        is_by_hand = block.first <= BY_HAND[1] and BY_HAND[0] <= block.last
        if not 1 <= block.first <= block.last <= _HIGHEST or is_by_hand:
            raise BadBlocksError(text=text)
        blocks.append(block)
    return tuple(blocks)


def active_desks(session: Session, unit: str) -> list[Certificate]:
    """The certificates of a unit's desks that may write."""
    rows = session.all("SELECT certificate FROM device WHERE unit = ? AND role = 'desk' AND status = 'active'", [unit])
    return [certificate_told(signed) for (signed,) in rows]


def certificate_told(signed: bytes) -> Certificate:
    """What a certificate of our own says; it was signed here and stands in our storage."""
    return typed_values.from_msgpack(bytes(signed)[64:], Certificate)


# --- rows ---------------------------------------------------------------------------------


def put(session: Session, name: bytes, slot: EnrolmentSlot) -> None:
    session.run("DELETE FROM slot WHERE slot = ?", [name])
    body = session.seals.sealed("slot", "body", (name,), msgspec.msgpack.encode(slot))
    session.run("INSERT INTO slot(slot, body) VALUES(?, ?)", [name, body])


def get(session: Session, name: bytes) -> EnrolmentSlot | None:
    row = session.one("SELECT body FROM slot WHERE slot = ?", [name])
    return _from_body(session, name, row[0]) if row else None


def forget(session: Session, name: bytes) -> None:
    session.run("DELETE FROM slot WHERE slot = ?", [name])


def listed(session: Session) -> list[tuple[bytes, EnrolmentSlot]]:
    """All of them that can be read, by name."""
    rows = session.all("SELECT slot, body FROM slot ORDER BY slot")
    found = [(bytes(name), _from_body(session, bytes(name), body)) for name, body in rows]
    return [(name, slot) for name, slot in found if slot is not None]


def _from_body(session: Session, name: bytes, body: bytes) -> EnrolmentSlot | None:
    """None where somebody has altered it: a slot that cannot be read lets nobody in."""
    try:
        return typed_values.from_msgpack(session.seals.opened("slot", "body", (name,), bytes(body)), EnrolmentSlot)
    except msgspec.DecodeError:
        return None
