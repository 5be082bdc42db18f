"""Both storages: devices, files that come in pieces, facts by name."""

from __future__ import annotations

import hashlib
import secrets

from desk_app.district.storage import (
    blobs,
    devices,
    meta,
)
from desk_app.district.storage.devices import Device
from desk_app.protocol.batch import Blob
from desk_app.protocol.keys import Keys
from desk_app.protocol.messages import Code
from tests.kit.district.stored_logs import AT


def device(keys: Keys, **facts: object) -> Device:
    return Device(kid=keys.kid, keys=keys.public.dump(), certificate=b"c", unit="H61.37", **facts)


def test_a_device_is_entered_once_seen_and_revoked(storage):
    keys, other = Keys.new(), Keys.new()
    with storage.writing() as session:
        assert devices.put(session, device(keys, desk=2, name="xã Thử"))
        assert not devices.put(session, device(keys, desk=9))
        devices.put(session, device(other, desk=1))
        devices.saw(session, keys.kid, at=AT, clock_offset=-7, app="1.0", ahead=3)
        assert devices.revoke(session, keys.kid, reason="mất máy")
        assert not devices.revoke(session, keys.kid, reason="nữa")
    with storage.reading() as session:
        found = devices.get(session, keys.kid)
        assert [one.desk for one in devices.every(session, unit="H61.37")] == [1, 2]
        assert devices.every(session, unit="H61.38") == []
        assert devices.get(session, bytes(8)) is None
    assert found.is_revoked
    assert (found.desk, found.reason, found.seen_at, found.clock_offset, found.ahead) == (2, "mất máy", AT, -7, 3)
    assert found.public.kid == keys.kid


def test_a_file_comes_in_pieces_that_may_overlap_and_is_checked_when_whole(storage):
    data = secrets.token_bytes(70_000)
    sha = hashlib.sha256(data).digest()
    codes = []
    with storage.writing() as session:
        for start, end in ((0, 30_000), (40_000, 70_000), (20_000, 40_000), (0, 10_000), (40_000, 70_000)):
            codes.append(blobs.append(session, "H61.37", Blob(sha, len(data), start, data[start:end]), at=AT))
        assert blobs.have(session, "H61.37", [sha, bytes(32)]) == {sha: 70_000, bytes(32): 0}
        assert blobs.have(session, "H61.38", [sha]) == {sha: 0}
        assert b"".join(blobs.pieces(session, "H61.37", sha)) == data
    assert codes == [Code.OK, Code.GAP, Code.OK, Code.DUP, Code.OK]


def test_a_file_that_is_not_what_its_name_says_is_dropped_whole(storage):
    data = b"x" * 1000
    sha = hashlib.sha256(data).digest()
    with storage.writing() as session:
        assert blobs.append(session, "u", Blob(sha, 1000, 0, data[:500]), at=AT) is Code.OK
        assert blobs.append(session, "u", Blob(sha, 1000, 500, b"y" * 500), at=AT) is Code.BAD_COUNT
        assert blobs.have(session, "u", [sha]) == {sha: 0}
        assert blobs.append(session, "u", Blob(sha, 1000, 0, data), at=AT) is Code.OK
        assert blobs.append(session, "u", Blob(bytes(32), blobs.MOST_SIZE + 1, 0, b"x"), at=AT) is Code.TOO_LARGE


def test_facts_are_kept_by_name(storage):
    with storage.writing() as session:
        assert meta.get(session, "a") is None
        meta.put(session, "a", b"1")
        meta.put(session, "a", b"\x00\xff")
        meta.put(session, "b", "chữ".encode())
        assert meta.get(session, "a") == b"\x00\xff"
        assert (meta.text(session, "b"), meta.text(session, "c", "không")) == ("chữ", "không")
