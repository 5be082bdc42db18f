"""What both storages of the district promise: the same suite against SQLite and PostgreSQL."""

from __future__ import annotations

import hashlib
import json
import secrets
import threading
from dataclasses import dataclass, field

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk_app.district.storage import (
    Storage,
    blobs,
    devices,
    frames,
    logs,
    meta,
    open_storage,
    own_logs,
    quarantine,
    redactions,
    schema,
)
from desk_app.district.storage.devices import Device
from desk_app.district.storage.frames import IncomingFrame
from desk_app.district.storage.redactions import Redaction
from desk_app.domain.dossiers import moved
from desk_app.errors import DataFolderMissingError, NewerFileError
from desk_app.protocol.batch import Blob, chain, sign_batch
from desk_app.protocol.event_body import first_hash, hole
from desk_app.protocol.keys import Keys
from desk_app.protocol.messages import Code
from tests.kit.district import postgres

AT = 1_795_134_600_000


@pytest.fixture(scope="module")
def server():
    if postgres.missing():
        pytest.skip(postgres.missing())
    with postgres.running() as running:
        yield running


@pytest.fixture(scope="module")
def database(server):
    return server.database("contract")


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    if request.param == "sqlite":
        return str(tmp_path / "district.db")
    # A schema of its own is as good as a database of its own, and made in no time.
    database, schema_name = request.getfixturevalue("database"), f"s{secrets.token_hex(6)}"
    with psycopg.connect(database) as connection:
        connection.execute(f"CREATE SCHEMA {schema_name}")
    return f"{database}&options=-csearch_path%3D{schema_name}"


@pytest.fixture
def storage(place):
    opened = open_storage(place)
    yield opened
    opened.close()


@dataclass
class Log:
    """A log and whoever writes it."""

    keys: Keys = field(default_factory=Keys.new)
    name: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    bodies: list[bytes] = field(default_factory=list)

    def write(self, *kinds: str) -> None:
        for kind in kinds:
            number = len(self.bodies) + 1
            line = {"d": "a" * 16, "k": kind, "l": number, "t": AT + number, "u": "thu", "v": {}}
            self.bodies.append(json.dumps(line, separators=(",", ":")).encode())

    @property
    def heads(self) -> list[bytes]:
        return [first_hash(self.name), *chain(first_hash(self.name), self.bodies)]

    def batch(self, first: int, last: int):
        return sign_batch(
            self.keys, self.name, first=first, before=self.heads[first - 1], bodies=self.bodies[first - 1 : last]
        )

    def incoming(self, first: int, last: int, **facts: object) -> IncomingFrame:
        batch = self.batch(first, last)
        given = {
            "sender": self.keys.kid,
            "batch": batch,
            "author": self.keys.public,
            "scope": "H61.37",
            "z": logs.kept(batch.bodies),
            "receptions": tuple(b'"k":"received"' in body for body in batch.bodies),
            "lamport": last,
        }
        return IncomingFrame(**{**given, **facts})


def apply(storage: Storage, *incoming: IncomingFrame) -> list[Code]:
    with storage.writing() as session:
        return [answer.code for answer in frames.apply(session, incoming, at=AT)]


def fail_after(_: object) -> None:
    raise ZeroDivisionError


def held(storage: Storage, log: bytes) -> list[bytes]:
    """Every body of a log, frame by frame."""
    found: list[bytes] = []
    with storage.reading() as session:
        while more := logs.frames_after(session, log, len(found), most=1):
            assert more[0].first == len(found) + 1
            found += more[0].bodies()
    return found


def row(storage: Storage, log: bytes) -> logs.LogRow | None:
    with storage.reading() as session:
        return logs.get(session, log)


# --- frames -------------------------------------------------------------------------------


def test_frames_in_any_overlap_make_the_log_once_and_in_order(storage):
    log = Log()
    log.write(*["received", "printed", "step"] * 7)
    assert apply(storage, log.incoming(1, 8)) == [Code.OK]
    assert apply(storage, log.incoming(5, 12), log.incoming(13, 13), log.incoming(2, 21)) == [Code.OK] * 3
    assert apply(storage, log.incoming(1, 8), log.incoming(4, 21)) == [Code.DUP, Code.DUP]
    assert held(storage, log.name) == log.bodies
    kept = row(storage, log.name)
    assert (kept.seq, kept.head, kept.receptions, kept.lamport) == (21, log.heads[-1], 7, 21)
    assert (kept.scope, kept.kid, kept.is_open) == ("H61.37", log.keys.kid, False)


def test_a_gap_keeps_nothing_not_even_the_log(storage):
    log = Log()
    log.write(*["received"] * 5)
    assert apply(storage, log.incoming(3, 5)) == [Code.GAP]
    assert row(storage, log.name) is None


def test_many_logs_are_kept_by_one_transaction(storage):
    several = [Log() for _ in range(20)]
    for log in several:
        log.write("received", "printed")
    assert apply(storage, *(log.incoming(1, 2) for log in several)) == [Code.OK] * 20
    with storage.reading() as session:
        every = logs.every(session)
    assert {log.log for log in every} == {log.name for log in several}
    assert sorted(log.n for log in every) == list(range(1, 21))


def test_another_past_of_a_log_is_set_aside_verbatim_and_once(storage):
    log = Log()
    log.write("received", "printed", "step")
    apply(storage, log.incoming(1, 3))
    other = Log(keys=log.keys, name=log.name, bodies=log.bodies[:2])
    other.write("settled", "corrected")
    assert apply(storage, other.incoming(3, 4), other.incoming(3, 4)) == [Code.FORK, Code.FORK]
    with storage.reading() as session:
        (kept,) = quarantine.waiting(session)
        assert quarantine.counts(session) == {log.keys.kid: 1}
    assert (kept.reason, kept.first, kept.last, kept.signature) == ("FORK", 3, 4, other.batch(3, 4).signature)
    assert kept.bodies() == other.bodies[2:]
    assert held(storage, log.name) == log.bodies


def test_nobody_continues_another_ones_log(storage):
    log, thief = Log(), Log()
    log.write("received", "printed")
    apply(storage, log.incoming(1, 1))
    stolen = Log(keys=thief.keys, name=log.name, bodies=log.bodies)
    assert apply(storage, stolen.incoming(2, 2)) == [Code.NOT_OWNER]
    assert held(storage, log.name) == log.bodies[:1]


def test_moved_events_that_another_desk_has_brought_are_no_quarrel(storage):
    """Two desks carry the same events on in the log that the first event names; only more than that is refused."""
    log, other = Log(), Log()
    log.write("received", "printed", "step")
    name = moved.log_of(log.bodies[0])
    first = Log(keys=log.keys, name=name, bodies=log.bodies[:2])
    second = Log(keys=other.keys, name=name, bodies=log.bodies)
    assert apply(storage, first.incoming(1, 2), second.incoming(1, 2)) == [Code.OK, Code.DUP]
    assert apply(storage, second.incoming(1, 3)) == [Code.NOT_OWNER]
    with storage.reading() as session:
        assert [kept.reason for kept in quarantine.waiting(session)] == ["NOT_OWNER"]
    assert held(storage, name) == log.bodies[:2]


def test_a_batch_signed_by_another_key_keeps_nothing(storage):
    log = Log()
    log.write("received")
    assert apply(storage, log.incoming(1, 1, author=Keys.new().public)) == [Code.BAD_SIGNATURE]
    assert row(storage, log.name) is None


def test_a_revoked_devices_frames_are_set_aside_not_taken(storage):
    log = Log()
    log.write("received")
    assert apply(storage, log.incoming(1, 1, verdict=Code.REVOKED)) == [Code.REVOKED]
    assert row(storage, log.name) is None
    with storage.writing() as session:
        (kept,) = quarantine.waiting(session)
        assert quarantine.settle(session, kept.digest, at=AT)
        assert not quarantine.settle(session, kept.digest, at=AT)
        assert quarantine.waiting(session) == []


def test_a_device_cannot_fill_the_quarantine(storage, monkeypatch):
    monkeypatch.setattr(quarantine, "MOST_BYTES", 2000)
    log = Log()
    log.write(*["received"] * 100)
    apply(storage, *(log.incoming(n, n, verdict=Code.REVOKED) for n in range(1, 101)))
    with storage.reading() as session:
        kept = quarantine.waiting(session)
    assert 0 < len(kept) < 100
    assert sum(len(one.z) for one in kept) <= 2000


def test_a_failure_in_the_middle_keeps_nothing_of_the_transaction(storage):
    log = Log()
    log.write("received", "printed")
    with pytest.raises(ZeroDivisionError), storage.writing() as session:
        fail_after(frames.apply(session, [log.incoming(1, 2)], at=AT))
    assert row(storage, log.name) is None
    assert held(storage, log.name) == []
    assert apply(storage, log.incoming(1, 2)) == [Code.OK]


def test_the_hash_at_every_number_is_that_of_the_chain(storage):
    log = Log()
    log.write(*["step"] * 9)
    apply(storage, log.incoming(1, 4), log.incoming(5, 9))
    with storage.reading() as session:
        assert [logs.hash_at(session, log.name, seq) for seq in range(11)] == [*log.heads, None]


def test_frames_wait_to_be_projected_in_the_order_they_came(storage):
    log = Log()
    log.write(*["step"] * 6)
    apply(storage, log.incoming(1, 2), log.incoming(3, 4))
    apply(storage, log.incoming(5, 6))
    with storage.reading() as session:
        assert [frame.first for frame in logs.unprojected(session, most=10)] == [1, 3, 5]


def test_what_a_backup_covers_never_goes_down(storage):
    log = Log()
    log.write(*["step"] * 6)
    apply(storage, log.incoming(1, 6))
    for number in (4, 2):
        with storage.writing() as session:
            logs.mark_safe(session, {log.name: number})
    assert row(storage, log.name).safe == 4


PIECES = st.lists(
    st.tuples(st.integers(1, 30), st.integers(1, 12), st.sampled_from(["", "", "", "other past", "other key"])),
    max_size=25,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(pieces=PIECES, together=st.integers(1, 25))
def test_whatever_comes_in_whatever_order_the_log_is_a_beginning_of_what_was_written(storage, pieces, together):
    log = Log()
    log.write(*["received", "printed", "step"] * 10)
    other = Log(keys=log.keys, name=log.name, bodies=[body.replace(b"thu", b"hai") for body in log.bodies])
    reached = 0
    incoming = []
    for first, length, wrong in pieces:
        last = min(first + length - 1, 30)
        if wrong == "other key":
            incoming.append(log.incoming(first, last, author=Keys.new().public))
        elif wrong == "other past" and first > 1:  # from the first number on it would be a log like any other
            incoming.append(other.incoming(first, last))
        else:
            incoming.append(log.incoming(first, last))
            reached = max(reached, last) if first <= reached + 1 else reached
    for at in range(0, len(incoming), together):
        apply(storage, *incoming[at : at + together])
    assert held(storage, log.name) == log.bodies[:reached]
    kept = row(storage, log.name)
    stands = (kept.seq, kept.head, kept.receptions) if kept else (0, log.heads[0], 0)
    assert stands == (reached, log.heads[reached], (reached + 2) // 3)


# --- erasure ------------------------------------------------------------------------------


def erase(storage: Storage, log: Log, seq: int) -> bool:
    decree = Redaction(log=log.name, seq=seq, hash=log.heads[seq], reason="thử", at=AT)
    with storage.writing() as session:
        return redactions.note(session, decree)


def test_an_erased_body_leaves_a_hole_and_the_chain_holds(storage):
    log = Log()
    log.write("received", "printed", "received", "step")
    apply(storage, log.incoming(1, 3))
    assert erase(storage, log, 3)
    assert not erase(storage, log, 3)
    assert held(storage, log.name) == [*log.bodies[:2], hole(log.heads[3])]
    assert row(storage, log.name).receptions == 1
    assert apply(storage, log.incoming(3, 4)) == [Code.OK]
    with storage.reading() as session:
        assert logs.hash_at(session, log.name, 3) == log.heads[3]


def test_a_body_that_comes_after_its_erasure_is_never_kept(storage):
    log = Log()
    log.write("received", "received", "printed")
    assert not erase(storage, log, 2)
    assert apply(storage, log.incoming(1, 3)) == [Code.OK]
    assert held(storage, log.name) == [log.bodies[0], hole(log.heads[2]), log.bodies[2]]
    assert row(storage, log.name).receptions == 1


def test_nobody_changes_what_stands_in_front_of_a_hole(storage):
    log = Log()
    log.write("received", "printed")
    heads, genuine = log.heads, log.bodies[0]
    decree = Redaction(log=log.name, seq=2, hash=heads[2], before=heads[1], reason="thử", at=AT)
    with storage.writing() as session:
        redactions.note(session, decree)
    log.bodies[1] = hole(heads[2])
    log.bodies[0] = genuine.replace(b"received", b"receivex")
    assert log.bodies[0] != genuine
    assert apply(storage, log.incoming(1, 2)) == [Code.UNNAMED_HOLE]
    log.bodies[0] = genuine
    assert apply(storage, log.incoming(1, 2)) == [Code.OK]


def test_a_hole_nobody_decreed_is_refused(storage):
    log = Log()
    log.write("received", "printed")
    heads = log.heads
    log.bodies[1] = hole(heads[2])
    assert apply(storage, log.incoming(1, 2)) == [Code.UNNAMED_HOLE]
    assert row(storage, log.name) is None
    with storage.writing() as session:
        redactions.note(session, Redaction(log=log.name, seq=2, hash=heads[2], reason="thử", at=AT))
    assert apply(storage, log.incoming(1, 2)) == [Code.OK]


def test_an_erasure_that_names_another_hash_erases_nothing(storage):
    log = Log()
    log.write("received", "printed")
    apply(storage, log.incoming(1, 2))
    with storage.writing() as session:
        assert not redactions.note(session, Redaction(log=log.name, seq=2, hash=log.heads[1], reason="thử", at=AT))
    assert held(storage, log.name) == log.bodies


# --- the district's own logs --------------------------------------------------------------


def say(storage: Storage, keys: Keys, scope: str, *lines: bytes) -> logs.LogRow:
    def write(log: logs.LogRow, lamport: int):
        assert lamport > 0
        return sign_batch(keys, log.log, first=log.seq + 1, before=log.head, bodies=list(lines))

    with storage.writing() as session:
        return own_logs.append(session, scope, kid=keys.kid, write=write, at=AT)


def test_each_scope_has_one_open_log_until_all_are_closed(storage):
    keys = Keys.new()
    first = say(storage, keys, "*", b"{}", b"[]")
    unit = say(storage, keys, "H61.37", b"1")
    again = say(storage, keys, "*", b"2")
    assert (again.log, again.seq, again.lamport) == (first.log, 3, 4)
    assert unit.log != first.log
    with storage.writing() as session:
        assert own_logs.rotate(session) == 2
        assert own_logs.rotate(session) == 0
    begun = say(storage, keys, "*", b"3")
    assert begun.log != first.log
    assert (begun.seq, begun.lamport) == (1, 5)
    assert held(storage, first.log) == [b"{}", b"[]", b"2"]


def test_new_keys_begin_new_logs(storage):
    old, new = Keys.new(), Keys.new()
    first = say(storage, old, "*", b"1")
    second = say(storage, new, "*", b"2")
    assert second.log != first.log
    assert (row(storage, first.log).is_open, row(storage, second.log).is_open) == (False, True)


def test_a_logs_name_tells_its_scope_to_who_knows_the_scopes(storage):
    name = own_logs.new_name("H61.37")
    assert own_logs.scope_of(name, ("*", "H61.37")) == "H61.37"
    assert own_logs.scope_of(name, ("*", "H61.38")) == ""
    assert own_logs.scope_of(secrets.token_bytes(16), ("*", "H61.37")) == ""


def test_a_desk_reads_what_is_for_all_for_its_unit_and_its_own(storage):
    keys, log, foreign = Keys.new(), Log(), Log()
    log.write("step")
    foreign.write("step")
    for_all, for_unit = say(storage, keys, "*", b"1"), say(storage, keys, "H61.37", b"1")
    say(storage, keys, "H61.38", b"1")
    apply(storage, log.incoming(1, 1), foreign.incoming(1, 1, scope="H61.38"))
    with storage.reading() as session:
        readable = {found.log for found in logs.readable(session, "H61.37", log.keys.kid)}
        elsewhere = {found.log for found in logs.readable(session, "H61.37", foreign.keys.kid)}
    assert readable == {for_all.log, for_unit.log, log.name}
    assert elsewhere == readable | {foreign.name}


def test_a_log_that_a_desk_holds_further_than_we_do_was_lost_by_us(storage):
    keys = Keys.new()
    log = say(storage, keys, "*", b"1", b"2")

    def is_lost(name: bytes, seq: int, head: bytes) -> bool:
        with storage.reading() as session:
            return own_logs.lost(session, {name: (seq, head[:8])}, unit="H61.37") == (name,)

    begun = own_logs.new_name("H61.37")
    assert not is_lost(log.log, 2, log.head)
    assert not is_lost(log.log, 0, first_hash(log.log))
    assert not is_lost(log.log, 0, b"")
    assert is_lost(log.log, 3, log.head)
    assert is_lost(log.log, 2, bytes(8))
    assert is_lost(begun, 1, bytes(8))
    assert not is_lost(own_logs.new_name("H61.38"), 1, bytes(8))
    with storage.writing() as session:
        own_logs.note_loss(session, (log.log, begun))
    assert not is_lost(log.log, 3, log.head)
    assert not is_lost(begun, 1, bytes(8))
    assert say(storage, keys, "*", b"4").log != log.log


# --- devices, files, facts ----------------------------------------------------------------


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


# --- sessions -----------------------------------------------------------------------------


def test_a_part_of_a_transaction_may_fail_alone(storage):
    with storage.writing() as session:
        meta.put(session, "before", b"1")
        with pytest.raises(ZeroDivisionError), session.attempt():
            fail_after(meta.put(session, "inside", b"1"))
        meta.put(session, "after", b"1")
    with storage.reading() as session:
        assert [meta.get(session, key) for key in ("before", "inside", "after")] == [b"1", None, b"1"]


def test_a_reader_sees_one_moment_and_does_not_stop_the_writer(storage):
    with storage.reading() as reader:
        assert meta.get(reader, "a") is None
        with storage.writing() as session:
            meta.put(session, "a", b"1")
        assert meta.get(reader, "a") is None
    with storage.reading() as reader:
        assert meta.get(reader, "a") == b"1"


def test_writers_of_two_programs_take_turns(place, storage):
    other = open_storage(place)
    keys = Keys.new()
    threads = [
        threading.Thread(target=lambda one=one: [say(one, keys, "*", b"{}") for _ in range(25)])
        for one in (storage, other)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    with storage.reading() as session:
        (log,) = logs.every(session)
    assert log.seq == 50


def test_every_table_has_the_columns_that_a_backup_copies(storage):
    with storage.reading() as session:
        for table, columns in schema.TABLES.items():
            session.all(f"SELECT {', '.join(columns)} FROM {table}")


def test_opening_again_changes_nothing(place, storage):
    log = Log()
    log.write("received")
    apply(storage, log.incoming(1, 1))
    again = open_storage(place)
    assert held(again, log.name) == log.bodies
    again.close()


def test_what_a_later_program_wrote_is_left_alone(place, storage, monkeypatch):
    monkeypatch.setattr(schema, "VERSION", 0)
    with pytest.raises(NewerFileError):
        open_storage(place)


def test_a_storage_where_no_folder_is_says_so(tmp_path):
    with pytest.raises(DataFolderMissingError):
        open_storage(tmp_path / "no" / "district.db")


def test_what_was_overwritten_is_scrubbed(storage):
    storage.scrub()


def test_a_postgresql_that_restarts_is_asked_again(server):
    storage = open_storage(server.database("restarted"))
    log = Log()
    log.write("received", "printed")
    assert apply(storage, log.incoming(1, 1)) == [Code.OK]
    assert held(storage, log.name) == log.bodies[:1]
    server.die_and_come_back()
    assert held(storage, log.name) == log.bodies[:1]
    assert apply(storage, log.incoming(2, 2)) == [Code.OK]
    assert held(storage, log.name) == log.bodies
    storage.close()
