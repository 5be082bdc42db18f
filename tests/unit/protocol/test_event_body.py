"""The line of an event, byte for byte: it is signed for ever."""

from __future__ import annotations

import hashlib

import msgspec
import pytest

from desk_app.domain.dossiers.events import KIND_OF, Printed, Recorded
from desk_app.domain.notices import Announced
from desk_app.protocol.event_body import (
    ERASED,
    MOST_LAMPORT,
    body_of,
    columns_of,
    event_of,
    first_hash,
    hole,
    is_hole,
    next_hash,
)

LINE = b'{"d":"d","k":"printed","l":1,"t":5,"u":"Lan","v":{"papers":["slip"]}}'
WHOLE = (
    b'{"b":{"p":[[1,"aaaa0000"]]},"d":"d","k":"printed","l":2,"o":61,"t":5,"u":"Lan","ua":"x",'
    b'"v":{"copies":2,"papers":["slip"]}}'
)


def event(**more: object) -> Recorded:
    facts = {"dossier": "d", "lamport": 1, "at": 5, "clock_offset": 0, "author": "Lan", "seen": {}, "payload": None}
    return Recorded(log="aaaa0000", seq=1, kind="printed", **(facts | more))


def line(**more: object) -> bytes:
    return msgspec.json.encode({**msgspec.json.decode(LINE), **more}, order="sorted")


def received(**more: object) -> bytes:
    payload = {
        "code": "H26-261122-0001",
        "procedure": "1.004873",
        "procedure_version": "2026-01",
        "people": {"applicant": {"full_name": "Thử"}},
        "received_at": 1_000,
        "office": {"name": "Trung tâm", "commune": "Xã Thử"},
    }
    return line(k="received", v=payload | more)


def test_what_says_nothing_is_not_written() -> None:
    assert body_of(event(), Printed(papers=("slip",))) == LINE
    full = event(actor="x", seen={"p": ((1, "aaaa0000"),)}, lamport=2, clock_offset=61)
    assert body_of(full, Printed(papers=("slip",), copies=2)) == WHOLE


@pytest.mark.parametrize("body", [LINE, WHOLE])
def test_a_line_is_read_and_written_as_it_was(body: bytes) -> None:
    found = event_of("aaaa0000", 7, body)
    assert (found.log, found.seq) == ("aaaa0000", 7)
    assert isinstance(found.payload, Printed)
    assert body_of(found, found.payload) == body
    assert columns_of(body) == (
        found.dossier, found.kind, found.lamport, found.at, found.clock_offset, found.author,
    )  # fmt: skip


def test_a_line_of_the_first_version_says_no_more_than_it_wrote() -> None:
    found = event_of("aaaa0000", 1, LINE)
    assert (found.clock_offset, found.actor, found.seen) == (0, "", {})


@pytest.mark.parametrize(
    "more",
    [
        {"k": "of a later program"},
        {"s": 2},
        {"v": {"papers": 1}},
        {"v": {}},
    ],
)
def test_what_this_program_does_not_know_is_kept_without_its_payload(more: dict[str, object]) -> None:
    found = event_of("aaaa0000", 1, line(**more))
    assert found.payload is None
    assert found.dossier == "d"


def test_the_schema_of_today_is_known() -> None:
    assert event_of("aaaa0000", 1, line(s=1)).payload == Printed(papers=("slip",))
    notice = event_of("aaaa0000", 1, line(d="", k="announced", v={"title": "t", "text": "x"}))
    assert notice.payload == Announced(title="t", text="x")


@pytest.mark.parametrize("moment", [2**63 - 1, -(2**63), 0])
def test_moments_that_a_column_holds_are_taken(moment: int) -> None:
    assert event_of("a", 1, received(due_at=moment)).payload is not None
    assert event_of("a", 1, received(received_at=moment)).payload is not None
    assert event_of("a", 1, line(k="step", v={"action": "ready", "due_at": moment})).payload is not None
    assert event_of("a", 1, line(t=moment)).at == moment


@pytest.mark.parametrize("moment", [2**63, -(2**63) - 1])
def test_a_moment_beyond_any_column_is_not_known(moment: int) -> None:
    assert event_of("a", 1, received(due_at=moment)).payload is None
    assert event_of("a", 1, received(received_at=moment)).payload is None
    assert event_of("a", 1, line(k="step", v={"action": "ready", "due_at": moment})).payload is None
    assert event_of("a", 1, line(k="step_taken_back", v={"reason": "x", "due_at": moment})).payload is None
    with pytest.raises(msgspec.DecodeError):
        event_of("a", 1, line(t=moment))


def test_a_reception_without_an_applicant_is_none() -> None:
    assert event_of("a", 1, received(people={"mother": {"full_name": "Mẹ"}})).payload is None


def test_a_lamport_has_its_ends() -> None:
    assert MOST_LAMPORT == 2**62
    assert event_of("a", 1, line(l=MOST_LAMPORT)).lamport == MOST_LAMPORT
    for lamport in (0, MOST_LAMPORT + 1):
        with pytest.raises(msgspec.DecodeError):
            event_of("a", 1, line(l=lamport))


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 100_000, b"{}", b"#12"])
def test_what_is_no_line_is_a_fault_of_its_own_kind(body: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        columns_of(body)


def test_a_hole_names_the_hash_that_was_there() -> None:
    digest = hashlib.sha256(b"x").digest()
    left = hole(digest)
    assert left == b"#" + digest.hex().encode()
    assert is_hole(left)
    assert is_hole(left.decode())
    assert not is_hole(left[:-1])
    assert not is_hole(LINE)
    assert next_hash(b"before", left) == digest
    assert columns_of(left) == ("", ERASED, 0, 0, 0, "")
    gone = event_of("aaaa0000", 3, left)
    assert (gone.log, gone.seq, gone.dossier, gone.kind, gone.payload) == ("aaaa0000", 3, "", "redacted", None)
    assert (gone.lamport, gone.at, gone.clock_offset) == (0, 0, 0)


def test_the_chain_is_sha_256_over_the_hash_before_and_the_line() -> None:
    assert first_hash(b"\x01\x02") == hashlib.sha256(b"cx1 log\x01\x02").digest()
    assert next_hash(b"before", LINE) == hashlib.sha256(b"before" + LINE).digest()
    assert next_hash(b"before", b"#12") == hashlib.sha256(b"before#12").digest()


def test_a_stamp_is_the_lamport_and_eight_figures_of_the_log() -> None:
    long = Recorded(**{**msgspec.structs.asdict(event(lamport=4)), "log": "0123456789abcdef"})
    assert long.stamp == (4, "01234567")
    assert KIND_OF[Printed] == "printed"
