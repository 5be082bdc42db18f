"""An event that had to move is known by what it says, not by what it cites; other events begin other logs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.dossiers.events import Corrected, Recorded
from desk_app.domain.history import moved
from desk_app.protocol.event_body import body_of, event_of

stamps = st.lists(st.tuples(st.integers(1, 2**62), st.text("0123456789abcdef", min_size=8, max_size=8)), max_size=3)
paths = st.text(max_size=20)


def line(note: str, seen: dict[str, tuple[tuple[int, str], ...]], *, at: int = 5) -> bytes:
    payload = Corrected(changes={"note": note})
    event = Recorded(
        log="", seq=0, dossier="d", kind="corrected", lamport=3, at=at, clock_offset=0, author="thu",
        seen=seen, payload=payload,
    )  # fmt: skip
    return body_of(event, payload)


@given(note=st.text(), seen=st.dictionaries(paths, stamps.map(tuple)), other=st.dictionaries(paths, stamps.map(tuple)))
def test_the_same_event_begins_the_same_log_whatever_it_cites(note, seen, other):
    one, two = line(note, seen), line(note, other)
    assert moved.told(one) == moved.told(two) == line(note, {})
    assert moved.log_of(one) == moved.log_of(two)


@given(note=st.text(), other=st.text(), seen=st.dictionaries(paths, stamps.map(tuple)))
def test_other_events_begin_other_logs(note, other, seen):
    assert (moved.log_of(line(note, seen)) == moved.log_of(line(other, seen))) == (note == other)
    assert moved.log_of(line(note, seen, at=6)) != moved.log_of(line(note, seen))


@given(note=st.text(), seen=st.dictionaries(paths, stamps.map(tuple), min_size=1))
def test_citations_can_be_put_in_place_of_others_and_no_other_byte_changes(note, seen):
    seen_as_json, rest = moved.cited(line(note, seen))
    assert b'{"b":' + seen_as_json + b"," + rest == line(note, seen)
    assert event_of("", 0, b'{"b":{},' + rest).payload == Corrected(changes={"note": note})


def test_a_log_of_moved_events_is_known_by_its_name_alone():
    name = moved.log_of(line("một", {}))
    assert len(name) == 16
    assert moved.is_log(name)
    assert moved.is_log(moved.next_log(name))
    assert moved.next_log(name) != name
    assert not moved.is_log(bytes(16))
    assert not moved.is_log(name[:-1] + bytes([name[-1] ^ 1]))


def test_what_only_looks_like_citations_stays_part_of_what_is_said():
    for body in (b'{"b":1', b'{"b":' + b"[" * 100_000, b"#" + b"0" * 64, b'{"b":{}}', b""):
        assert moved.told(body) == body
