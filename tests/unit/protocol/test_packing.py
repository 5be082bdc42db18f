"""Packing: whatever the bodies are, the very same bytes come out; alone, or behind what the stream has said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.dossiers.events import KIND_OF, Corrected, Recorded, StepTaken
from desk_app.protocol.event_body import body_of, hole
from desk_app.protocol.messages import Code, Refused
from desk_app.protocol.packing import NEWEST, PLAIN, QUICK, Chain, pack, unpack

LOG = bytes(16)
ids = st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=16, max_size=16)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=30)


@st.composite
def events(draw: st.DrawFn) -> bytes:
    payload = draw(
        st.one_of(
            st.builds(StepTaken, action=texts, reason=texts, due_at=st.integers(0, 2**53)),
            st.builds(Corrected, changes=st.dictionaries(texts, texts, max_size=3)),
        )
    )
    event = Recorded(
        log=LOG.hex(),
        seq=1,
        dossier=draw(st.one_of(ids, texts)),
        kind=KIND_OF[type(payload)],
        lamport=draw(st.integers(1, 2**62)),
        at=draw(st.integers(-(2**62), 2**62)),
        clock_offset=draw(st.integers(-(10**9), 10**9)),
        author=draw(texts),
        seen=draw(st.dictionaries(texts, st.tuples(st.tuples(st.integers(1, 99), st.just("00ff00ff"))), max_size=2)),
        payload=payload,
    )
    return body_of(event, payload)


bodies = st.lists(
    st.one_of(
        events(),
        st.binary(max_size=60).filter(lambda raw: b"\n" not in raw),
        st.binary(min_size=32, max_size=32).map(hole),
    ),
    min_size=1,
    max_size=12,
)


@given(bodies, st.sampled_from([PLAIN, NEWEST]))
def test_the_same_bytes_come_out(lines: list[bytes], packing: int):
    assert unpack(pack(lines, packing=packing, level=QUICK)) == lines


@given(st.lists(bodies, min_size=1, max_size=4))
def test_a_stream_is_read_as_it_was_written(batches: list[list[bytes]]):
    writer, reader = Chain(), Chain()
    for lines in batches:
        packed = pack(lines, log=LOG, chain=writer, level=QUICK)
        assert unpack(packed, log=LOG, chain=reader) == lines


def test_what_was_said_makes_the_next_smaller_and_is_needed_to_read_it():
    lines = [b'{"d":"%b","k":"step","l":7,"t":1795134613705,"u":"x","v":{"note":"%b"}}' % (b"a" * 16, b"ngay" * 9)]
    writer, reader = Chain(), Chain()
    first, second = (pack(lines * 20, log=LOG, chain=writer) for _ in range(2))
    assert len(second) < len(first)
    with pytest.raises(Refused) as caught:
        unpack(second, log=LOG, chain=reader)
    assert caught.value.code is Code.UNKNOWN_DICT
    unpack(first, log=LOG, chain=reader)
    assert unpack(second, log=LOG, chain=reader) == lines * 20


def test_what_one_log_said_is_not_another_logs_context():
    chain = Chain()
    pack([b"x" * 99], log=LOG, chain=chain)
    alone = pack([b"x" * 99], log=bytes(15) + b"1", chain=chain)
    assert unpack(alone) == [b"x" * 99]


@given(st.binary(max_size=200))
def test_noise_is_refused_with_a_code(noise: bytes):
    try:
        unpack(noise)
    except Refused as refused:
        assert refused.code in {Code.UNKNOWN_DICT, Code.BAD_COUNT, Code.TOO_LARGE}  # noqa: PT017 - any other fails


@given(st.data())
def test_a_flipped_bit_never_ends_in_anything_but_a_refusal_or_other_lines(data: st.DataObject):
    lines = [b'{"d":"%b","k":"step","l":%d,"t":1795134613705,"u":"x","v":{}}' % (b"a" * 16, n) for n in range(1, 9)]
    packed = bytearray(pack(lines, level=QUICK))
    at = data.draw(st.integers(0, len(packed) - 1))
    packed[at] ^= 1 << data.draw(st.integers(0, 7))
    try:
        unpack(bytes(packed))  # the signature over the hashes finds other lines out
    except Refused as refused:
        assert refused.code in {Code.UNKNOWN_DICT, Code.BAD_COUNT, Code.TOO_LARGE}  # noqa: PT017 - any other fails
