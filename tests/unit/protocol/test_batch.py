"""Frames, batches and keys: what is sealed opens, what was touched does not, and only what is new is taken."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.protocol import batch as batches
from desk_app.protocol.batch import Blob, Merged
from desk_app.protocol.event_body import first_hash, hole, is_hole, next_hash
from desk_app.protocol.keys import (
    Certificate,
    DistrictCard,
    Keys,
    certificate_of,
    certify,
    code_key,
    mac,
    new_code,
    plain_code,
    six_digits,
    slot_of,
)
from desk_app.protocol.messages import MAX_RAW, Code, Frame, FrameKind, FrameReader, Hello, Refused
from desk_app.protocol.packing import NEWEST, PLAIN, pack, unpack

DESK, DISTRICT, STRANGER = Keys.new(), Keys.new(), Keys.new()
LOG = bytes(range(16))
BODIES = tuple(b'{"d":"abc","k":"step","l":%d,"t":1,"u":"a","v":{"action":"ready"}}' % n for n in range(1, 9))
HEADS = [first_hash(LOG), *batches.chain(first_hash(LOG), BODIES)]


def signed(first: int, last: int) -> batches.Batch:
    return batches.sign_batch(DESK, LOG, first=first, before=HEADS[first - 1], bodies=BODIES[first - 1 : last])


def merged(batch: batches.Batch, seq: int) -> Merged:
    return batches.merge(batch, seq=seq, head=HEADS[seq], hash_at=HEADS.__getitem__, author=DESK.public)


def opened(frame: bytes, keys: Keys = DISTRICT) -> bytes:
    (found,) = FrameReader().feed(frame)
    return batches.unseal(found, keys)


def refusal(act) -> Code:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def test_a_batch_comes_out_as_it_went_in():
    batch = signed(3, 6)
    assert batches.batch_of(opened(batches.batch_frame(batch, DISTRICT.public))) == batch


@given(first=st.integers(1, 8), more=st.integers(0, 7), seq=st.integers(0, 8))
def test_only_what_lies_behind_the_holders_number_is_new(first: int, more: int, seq: int):
    last = min(8, first + more)
    found = merged(signed(first, last), seq)
    if first > seq + 1:
        assert found == Merged(Code.GAP)
    elif last <= seq:
        assert found == Merged(Code.DUP)
    else:
        assert found == Merged(Code.OK, BODIES[seq:last], tuple(HEADS[seq + 1 : last + 1]))


@pytest.mark.parametrize("seq", [2, 4, 8])
def test_another_past_is_a_fork(seq: int):
    other = (BODIES[0], b'{"other":1}', *BODIES[2:])
    batch = batches.sign_batch(DESK, LOG, first=1, before=HEADS[0], bodies=other)
    assert merged(batch, seq).status is Code.FORK
    behind = batches.sign_batch(DESK, LOG, first=3, before=batches.chain(HEADS[0], other)[1], bodies=BODIES[2:])
    assert merged(behind, seq).status is Code.FORK


def test_a_signature_covers_every_event_before_it():
    batch = signed(1, 8)
    touched = batches.Batch(
        author=batch.author,
        signature=batch.signature,
        log=LOG,
        first=1,
        prev8=batch.prev8,
        bodies=(b'{"x":1}', *BODIES[1:]),
    )
    assert refusal(lambda: merged(touched, 0)) is Code.BAD_SIGNATURE


def test_nobody_else_signs_for_a_log():
    forged = batches.sign_batch(STRANGER, LOG, first=1, before=HEADS[0], bodies=BODIES)
    assert refusal(lambda: merged(forged, 0)) is Code.BAD_SIGNATURE


def test_a_hole_keeps_the_chain():
    holed = (*BODIES[:3], hole(HEADS[4]), *BODIES[4:])
    assert is_hole(holed[3])
    assert next_hash(HEADS[3], holed[3]) == HEADS[4]
    batch = signed(1, 8)
    relayed = batches.Batch(
        author=batch.author, signature=batch.signature, log=LOG, first=1, prev8=batch.prev8, bodies=holed
    )
    assert merged(relayed, 0).status is Code.OK


def test_a_frame_is_for_its_recipient_alone():
    frame = batches.batch_frame(signed(1, 2), DISTRICT.public)
    assert refusal(lambda: opened(frame, STRANGER)) is Code.WRONG_RECIPIENT
    (found,) = FrameReader().feed(frame)
    renamed = Frame(found.kind, found.header[:8] + STRANGER.kid, found.body)
    assert refusal(lambda: batches.unseal(renamed, STRANGER)) is Code.BAD_SEAL


@given(at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_flipped_bit_anywhere_is_refused(at: int, bit: int):
    frame = bytearray(batches.batch_frame(signed(1, 8), DISTRICT.public))
    at %= len(frame)
    frame[at] ^= 1 << bit

    def read() -> None:
        found = list(FrameReader(DISTRICT.kid).feed(bytes(frame)))
        if not found:
            raise Refused(Code.BAD_COUNT)  # a longer length waits for more, which is no frame either
        batches.batch_of(batches.unseal(found[0], DISTRICT))

    assert refusal(read) in Code


@given(cuts=st.lists(st.integers(0, 2000), max_size=12))
def test_a_stream_may_come_in_any_pieces(cuts: list[int]):
    frames = [batches.batch_frame(signed(n, n), DISTRICT.public) for n in range(1, 5)]
    stream, reader, found, start = b"".join(frames), FrameReader(DISTRICT.kid), [], 0
    for cut in [*sorted(min(cut, len(stream)) for cut in cuts), len(stream)]:
        found += list(reader.feed(stream[start:cut]))
        start = cut
    assert [bytes(frame) for frame in found] == frames
    assert reader.pending == 0


def test_a_torn_tail_is_no_frame_and_costs_none_before_it():
    frame = batches.batch_frame(signed(1, 8), DISTRICT.public)
    reader = FrameReader()
    assert len(list(reader.feed(frame + frame[:-1]))) == 1
    assert reader.pending == len(frame) - 1


def test_a_page_of_a_portal_is_no_frame():
    assert refusal(lambda: list(FrameReader().feed(b"<html>"))) is Code.NOT_CX
    assert refusal(lambda: list(FrameReader().feed(b"<"))) is Code.NOT_CX


def test_what_comes_before_a_bad_frame_is_kept():
    frame, found = batches.batch_frame(signed(1, 2), DISTRICT.public), []
    with pytest.raises(Refused):
        found.extend(FrameReader().feed(frame + b"HTTP/1.1 200 OK and more than a header's length"))
    assert len(found) == 1


def test_a_bomb_is_not_unpacked():
    for packing in (PLAIN, NEWEST):
        bomb = pack([b"0" * (MAX_RAW + 1)], packing=packing)
        assert len(bomb) < 10_000
        assert refusal(lambda bomb=bomb: unpack(bomb)) is Code.TOO_LARGE


@given(noise=st.binary(max_size=300))
def test_noise_in_a_seal_is_refused_with_a_code(noise: bytes):
    plain = opened(batches.seal(FrameKind.EVENTS, DISTRICT.public, noise))
    assert refusal(lambda: batches.batch_of(plain)) in {Code.BAD_COUNT, Code.UNKNOWN_DICT, Code.TOO_LARGE}


def test_a_dictionary_nobody_has_is_told_as_such():
    plain = bytearray(opened(batches.batch_frame(signed(1, 2), DISTRICT.public)))
    plain[72 + 30] = 0x7F
    assert refusal(lambda: batches.batch_of(bytes(plain))) is Code.UNKNOWN_DICT
    plainly = batches.batch_frame(signed(1, 2), DISTRICT.public, packing=PLAIN)
    assert batches.batch_of(opened(plainly)) == signed(1, 2)


def test_a_message_holds_for_one_recipient_and_one_sender():
    hello = Hello(nonce=os.urandom(12), logs={LOG: (3, HEADS[3][:8])}, pull=65536, app="1.0", clock=1)
    plain = opened(batches.message(FrameKind.HELLO, hello, DESK, DISTRICT.public))
    assert batches.sender_of(plain) == DESK.kid

    def read(sender: Keys, me: Keys, kind: FrameKind = FrameKind.HELLO) -> Hello:
        return batches.message_of(kind, plain, Hello, sender=sender.public, me=me.kid)

    assert read(DESK, DISTRICT) == hello
    assert refusal(lambda: read(STRANGER, DISTRICT)) is Code.BAD_SIGNATURE
    assert refusal(lambda: read(DESK, STRANGER)) is Code.BAD_SIGNATURE
    assert refusal(lambda: read(DESK, DISTRICT, FrameKind.RECEIPT)) is Code.BAD_SIGNATURE


def test_a_piece_of_a_file_comes_out_as_it_went_in():
    blob = Blob(os.urandom(32), 1_000_000, 40_000, os.urandom(32 << 10))
    assert batches.blob_of(opened(batches.blob_frame(blob, DISTRICT.public))) == blob
    beyond = Blob(blob.sha, 10, 5, b"123456")
    assert refusal(lambda: batches.blob_of(opened(batches.blob_frame(beyond, DISTRICT.public)))) is Code.BAD_COUNT


def test_a_card_is_believed_only_under_its_root():
    root, operational = Keys.new(), Keys.new()
    told = Certificate(keys=operational.public.dump(), role="district", name="Phòng thử")
    card = DistrictCard(url="https://x", root=root.public.dump(), certificate=certify(told, root))
    assert card.operational().kid == operational.kid
    stolen = DistrictCard(url="https://x", root=Keys.new().public.dump(), certificate=card.certificate)
    assert refusal(stolen.operational) is Code.BAD_SIGNATURE
    desk = certify(Certificate(keys=DESK.public.dump(), role="desk", unit="H26.99", desk=2), root)
    pretended = DistrictCard(url="https://x", root=root.public.dump(), certificate=desk)
    assert refusal(pretended.operational) is Code.BAD_SIGNATURE
    assert certificate_of(desk, root.public).desk == 2


def test_keys_survive_their_dump():
    again = Keys.load(DESK.dump())
    assert again.kid == DESK.kid
    DESK.public.verify(again.sign(b"x"), b"x")


def test_a_code_is_read_as_it_was_meant():
    code = new_code()
    assert len(plain_code(code)) == 20
    assert plain_code(code.lower().replace("0", "o").replace("1", "l").replace("-", " ")) == plain_code(code)
    assert slot_of(code.lower()) == slot_of(code)
    assert code_key(code.lower()) == code_key(code)
    assert plain_code("ABC") == ""


def test_parts_of_a_mac_cannot_slide_into_each_other():
    key = code_key(new_code())
    assert mac(key, b"ab", b"c") != mac(key, b"a", b"bc")


def test_the_six_digits_hang_on_both_ends_and_the_nonce():
    root, device, nonce = Keys.new().public.dump(), DESK.public.dump(), os.urandom(12)
    digits = six_digits(root, device, nonce)
    assert len(digits) == 6
    assert digits.isdigit()
    others = {six_digits(root, device, os.urandom(12)), six_digits(Keys.new().public.dump(), device, nonce)}
    assert others != {digits}
