"""Frames of every released version are read for ever, and say what they said then."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
import pytest

from desk_app import places
from desk_app.protocol.batch import batch_of, blob_of, merge, message_of, sender_of, unseal
from desk_app.protocol.event_body import columns_of, event_of, first_hash, is_hole
from desk_app.protocol.keys import DistrictCard, PublicKeys, certificate_of, code_key, mac, slot_of
from desk_app.protocol.messages import Code, Enrol, Enrolled, Frame, FrameKind, FrameReader, Hello, Receipt, encoded
from desk_app.protocol.packing import Chain
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import journal
from tests.contracts.make_golden_frames import PLACE, chained, plain
from tests.kit.desk import books


def frames(folder: Path, name: str, to: PublicKeys) -> list[Frame]:
    reader = FrameReader(to.kid)
    found = list(reader.feed((folder / name).read_bytes()))
    assert reader.pending == 0
    return found


def test_something_was_released():
    assert len(list(PLACE.iterdir())) >= 3


@pytest.mark.parametrize("name", ["events-plain.cx", "events.cx"])
def test_events_are_the_lines_they_were(folder, keys, expected, lines, name):
    (frame,) = frames(folder, name, keys["district"].public)
    batch = batch_of(unseal(frame, keys["district"]))
    assert list(batch.bodies) == lines
    assert (batch.log.hex(), batch.first, batch.last) == (expected["log"], 1, len(lines))
    assert batch.author == keys["desk"].kid


def test_a_request_is_read_frame_by_frame_each_behind_the_one_before(folder, keys, expected, lines):
    first, *middle, last = frames(folder, "request.cx", keys["district"].public)
    told = unseal(first, keys["district"])
    assert sender_of(told) == keys["desk"].kid
    hello = message_of(FrameKind.HELLO, told, Hello, sender=keys["desk"].public, me=keys["district"].kid)
    assert plain(hello) == expected["hello"]
    chain, seq, got = Chain(), 0, []
    log = bytes.fromhex(expected["log"])
    head = first_hash(log)
    assert len(middle) > 1
    for frame in middle:
        batch = batch_of(unseal(frame, keys["district"]), chain=chain)
        merged = merge(batch, seq=seq, head=head, hash_at=lambda _: b"", author=keys["desk"].public)
        assert merged.status is Code.OK
        got += merged.bodies
        seq, head = seq + len(merged.bodies), merged.hashes[-1]
    assert got == lines
    assert head.hex() == expected["head"] == chained(log, lines).hex()
    blob = blob_of(unseal(last, keys["district"]))
    told_blob = {"sha": blob.sha.hex(), "size": blob.size, "offset": blob.offset, "data": blob.data.decode()}
    assert told_blob == expected["blob"]


def test_an_answer_says_what_it_said(folder, keys, expected):
    first, second = frames(folder, "answer.cx", keys["desk"].public)
    told = unseal(first, keys["desk"])
    receipt = message_of(FrameKind.RECEIPT, told, Receipt, sender=keys["district"].public, me=keys["desk"].kid)
    assert plain(receipt) == expected["receipt"]
    batch = batch_of(unseal(second, keys["desk"]), chain=Chain())
    assert [line.decode() for line in batch.bodies] == expected["notices"]
    for line in batch.bodies:
        assert event_of("", 1, line).payload is not None


def test_an_enrolment_of_then_would_still_prove_itself(folder, keys, expected):
    (asked,) = frames(folder, "enrol.cx", keys["district"].public)
    (answered,) = frames(folder, "enrolled.cx", keys["desk"].public)
    desk, district, root = keys["desk"].public, keys["district"].public, keys["root"].public
    enrol = message_of(FrameKind.ENROL, unseal(asked, keys["district"]), Enrol, sender=desk, me=district.kid)
    enrolled = message_of(FrameKind.ENROLLED, unseal(answered, keys["desk"]), Enrolled, sender=district, me=desk.kid)
    assert (plain(enrol), plain(enrolled)) == (expected["enrol"], expected["enrolled"])
    secret = code_key(expected["code"])
    assert enrol.slot == slot_of(expected["code"])
    assert enrol.mac == mac(secret, b"enrol", root.dump(), enrol.keys, enrol.nonce)
    told = (root.dump(), enrol.keys, enrol.nonce, enrolled.certificate)
    assert enrolled.mac == mac(secret, b"enrolled", *told)
    assert certificate_of(enrolled.certificate, district).public.kid == desk.kid
    card = msgspec.msgpack.decode(enrolled.card, type=DistrictCard)
    assert card.operational().kid == district.kid
    assert encoded(card) == enrolled.card


def test_a_dictionary_is_never_made_again(expected):
    for name, digest in expected["dictionaries"].items():
        assert hashlib.sha256((places.resources() / "sync" / name).read_bytes()).hexdigest() == digest


def test_a_desk_of_today_takes_the_log_in_and_keeps_what_it_does_not_know(tmp_path, expected, lines):
    """Kinds of the future stay verbatim and are shown as not yet supported."""
    log = bytes.fromhex(expected["log"])
    whole = [line for line in lines if not is_hole(line)]
    db = books.made(tmp_path / "desk")
    with unit_of_work(db):
        absorbed = journal.absorb(db, log, [(seq, line.decode()) for seq, line in enumerate(whole, 1)])
    assert absorbed.new == len(whole)
    assert [body.encode() for _, body in books.bodies(db, log)] == whole
    (payload,) = [
        event_of("", 1, body).payload for _, body in books.bodies(db, log) if columns_of(body)[1] == "weighed"
    ]
    assert payload is None
    db.close()
