"""What a desk brings that others wrote: of its commune, of another, of devices that were revoked."""

from __future__ import annotations

import hashlib

from desk_app.district.district import Word
from desk_app.district.storage import logs, quarantine
from desk_app.domain.notices import Revoked
from desk_app.protocol.batch import (
    Blob,
    blob_frame,
)
from desk_app.protocol.messages import Code
from tests.kit.district.questions import ELSEWHERE, announce, ask, desk, held, set_aside
from tests.kit.district.writers import UNIT, Writer

# --- others' logs -------------------------------------------------------------------------


def test_a_colleague_brings_frames_and_their_refusal_is_not_his(district, root):
    one, two = desk(district, root), desk(district, root, desk=2)
    two.write(8)
    told = ask(district, one, two.frame(1, 4), two.frame(7, 8))
    assert (told.receipt.code, told.receipt.logs[two.log].seq) == ("OK", 4)


def test_frames_of_an_author_nobody_has_certified_are_passed_by(district, root):
    one, stranger = desk(district, root), Writer(root.operational.public)
    one.write(2)
    stranger.write(2)
    told = ask(district, one, stranger.frame(1, 2), one.frame(1, 2))
    assert (told.receipt.code, told.receipt.logs[one.log].seq) == ("OK", 2)
    assert stranger.log not in told.receipt.logs
    assert held(district, stranger.log) == 0


def test_what_another_commune_brings_goes_to_its_authors_commune(district, root):
    here, there = desk(district, root), desk(district, root, unit=ELSEWHERE)
    here.write(2)
    told = ask(district, there, here.frame(1, 2), pull=99_999)
    assert here.log not in told.receipt.logs
    assert here.log not in told.logs
    with district.storage.reading() as session:
        assert logs.get(session, here.log).scope == UNIT


def test_no_event_certificate_number_or_hash_of_another_commune_leaves(district, root):
    here, there = desk(district, root), desk(district, root, unit=ELSEWHERE)
    here.write(5)
    ask(district, here, here.frame(1, 5))
    secret = announce(district, UNIT, "Chỉ cho xã này")
    told = ask(district, there, pull=99_999, logs={here.log: (1, bytes(8)), secret: (0, b"")})
    assert {here.log, secret}.isdisjoint({*told.receipt.logs, *told.receipt.district, *told.receipt.safe})
    assert {here.log, secret}.isdisjoint(told.logs)
    assert "Chỉ cho xã này".encode() not in b"".join(told.bodies)


# --- revoked devices ----------------------------------------------------------------------


def test_a_revoked_devices_work_is_set_aside_and_it_learns_nothing(district, root):
    one, two = desk(district, root), desk(district, root, desk=2)
    one.write(4)
    two.write(4)
    ask(district, one, one.frame(1, 2))
    ask(district, two, two.frame(1, 4))
    district.write("*", [Word(payload=Revoked(device=one.keys.kid.hex(), reason="mất máy"))])
    data = b"x" * 100
    sha = hashlib.sha256(data).digest()
    piece = blob_frame(Blob(sha, 100, 0, data), root.operational.public)
    told = ask(district, one, one.frame(3, 4), piece, pull=99_999, offers={sha: 100})
    assert told.receipt.code == "REVOKED"
    assert (told.receipt.logs, told.receipt.blobs, told.receipt.district, told.batches) == ({}, {}, (), [])
    assert held(district, one.log) == 2
    assert set_aside(district) == ["REVOKED"]
    assert ask(district, two, offers={sha: 100}).receipt.blobs == {sha: 0}


def test_a_person_may_vouch_for_what_a_revoked_device_had_still_to_send(district, root):
    one = desk(district, root)
    one.write(6)
    ask(district, one, one.frame(1, 2))
    district.write("*", [Word(payload=Revoked(device=one.keys.kid.hex(), reason="mất máy"))])
    ask(district, one, one.frame(3, 4), one.frame(5, 6))
    with district.storage.reading() as session:
        kept = [one.digest for one in sorted(quarantine.waiting(session), key=lambda one: one.first)]
    assert [district.take_in(digest) for digest in reversed(kept)] == [Code.GAP, Code.OK]
    assert district.take_in(kept[1]) is Code.OK
    assert district.take_in(bytes(32)) is Code.UNKNOWN_DEVICE
    assert (held(district, one.log), set_aside(district)) == (6, [])
