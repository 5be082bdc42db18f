"""What a colleague who has gone bad may sign."""

from __future__ import annotations

from collections.abc import Callable

from desk_app.protocol.batch import batch_frame, sign_batch
from desk_app.protocol.event_body import first_hash
from desk_app.protocol.messages import MAX_RAW
from desk_app.store.database.database import DeskDatabase
from desk_app.store.journal import logs
from desk_app.sync.membership.identity import Member
from tests.kit.district.writers import Writer

Poison = Callable[[Writer, DeskDatabase, Member], bytes]


def bomb(writer: Writer, _: DeskDatabase, member: Member) -> bytes:
    """More than a frame may hold, in a few bytes."""
    return signed(writer, [b"x" * (MAX_RAW + 1)], member)


def bytes_of_no_letters(writer: Writer, _: DeskDatabase, member: Member) -> bytes:
    return signed(writer, [b'{"d":"\xff\xfe"}'], member)


def no_json(writer: Writer, _: DeskDatabase, member: Member) -> bytes:
    return signed(writer, [b"[" * 5000], member)


def a_line_without_its_keys(writer: Writer, _: DeskDatabase, member: Member) -> bytes:
    return signed(writer, [b'{"k":"received"}'], member)


def a_lamport_beyond_all(writer: Writer, _: DeskDatabase, member: Member) -> bytes:
    return signed(writer, [b'{"d":"aaaaaaaaaaaaaaaa","k":"step","l":%d,"t":1,"u":"x","v":{}}' % 2**63], member)


def a_notice_in_the_districts_name(writer: Writer, _: DeskDatabase, member: Member) -> bytes:
    line_of_it = b'{"d":"","k":"revoked","l":1,"t":1,"u":"C","v":{"device":"%b","reason":"x"}}'
    return signed(writer, [line_of_it % member.keys.kid.hex().encode()], member)


def a_hole_nobody_ordered(writer: Writer, _: DeskDatabase, member: Member) -> bytes:
    return signed(writer, [b"#" + b"0" * 64], member)


def a_number_beyond_all(writer: Writer, _: DeskDatabase, member: Member) -> bytes:
    batch = sign_batch(writer.keys, writer.log, first=0xFFFFFFF0, before=bytes(32), bodies=[b"{}"])
    return batch_frame(batch, member.keys.public)


def the_desks_own_log(writer: Writer, db: DeskDatabase, member: Member) -> bytes:
    """Somebody else's words in this desk's open log."""
    (own,) = [one for one in logs.standings(db) if one.own == logs.OPEN]
    batch = sign_batch(writer.keys, own.log, first=own.seq + 1, before=own.head, bodies=[b"{}"])
    return batch_frame(batch, member.keys.public)


def signed(writer: Writer, bodies: list[bytes], member: Member) -> bytes:
    batch = sign_batch(writer.keys, writer.log, first=1, before=first_hash(writer.log), bodies=bodies)
    return batch_frame(batch, member.keys.public)
