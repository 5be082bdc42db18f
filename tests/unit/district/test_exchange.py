"""One request: what is kept of it, what the signed receipt says, what goes back, and to whom nothing goes."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass

import pytest

from desk_app.district.district import District, Word
from desk_app.district.intake import answers
from desk_app.district.storage import devices, logs, meta, own_logs, quarantine
from desk_app.domain.dossiers.events import Attached, StepTaken
from desk_app.domain.notices import Announced, Certified, Redacted, Revoked
from desk_app.protocol.batch import (
    Batch,
    Blob,
    batch_frame,
    batch_of,
    blob_frame,
    message,
    message_of,
    seal,
    sign_batch,
    unseal,
)
from desk_app.protocol.event_body import event_of, hole
from desk_app.protocol.keys import Keys
from desk_app.protocol.messages import Code, FrameKind, FrameReader, Hello, Receipt
from desk_app.protocol.packing import Chain
from tests.kit.district.desk_words import say
from tests.kit.district.writers import MORNING, UNIT, Root, Writer, district_at, register

ELSEWHERE = "H61.38"


@pytest.fixture
def root():
    return Root()


@pytest.fixture
def district(tmp_path, root):
    with district_at(tmp_path / "district.db", root) as made:
        yield made


@dataclass
class Told:
    """An answer, opened by who asked."""

    code: Code
    receipt: Receipt
    batches: list[Batch]

    @property
    def logs(self) -> list[bytes]:
        return [batch.log for batch in self.batches]

    @property
    def bodies(self) -> list[bytes]:
        return [body for batch in self.batches for body in batch.bodies]


def desk(district, root, **facts) -> Writer:
    made = Writer(root.operational.public)
    register(district, root, made.keys.public, **facts)
    return made


def ask(district: District, of: Writer, *frames: bytes, pull: int = 0, **told) -> Told:
    answer = district.reply(of.hello(pull=pull, **told) + b"".join(frames))
    return opened(of, answer.code, answer.body)


def opened(of: Writer, code: Code, body: bytes) -> Told:
    stream = Chain()
    first, *others = FrameReader(of.keys.kid).feed(body)
    assert first.kind == FrameKind.RECEIPT
    plain = unseal(first, of.keys)
    receipt = message_of(FrameKind.RECEIPT, plain, Receipt, sender=of.district, me=of.keys.kid)
    assert receipt.nonce == of.nonce
    batches = [batch_of(unseal(frame, of.keys), chain=stream) for frame in others]
    return Told(code, receipt, batches)


def held(district: District, log: bytes) -> int:
    with district.storage.reading() as session:
        found = logs.get(session, log)
        return found.seq if found else 0


def set_aside(district: District) -> list[str]:
    with district.storage.reading() as session:
        return [one.reason for one in quarantine.waiting(session)]


def announce(district: District, scope: str, title: str = "Thông báo") -> bytes:
    (said,) = district.write(scope, [Word(payload=Announced(title=title, text="x"))])
    return bytes.fromhex(said.log)


# --- what comes in ------------------------------------------------------------------------


def test_every_whole_frame_is_kept_and_confirmed(district, root):
    one = desk(district, root)
    one.write(20)
    told = ask(district, one, one.frame(1, 8), one.frame(9, 20))
    assert told.code == told.receipt.code == "OK"
    assert told.receipt.logs[one.log].seq == 20
    assert told.receipt.at == MORNING
    again = ask(district, one, one.frame(1, 8), one.frame(5, 20))
    assert again.receipt.code == "OK"
    assert again.receipt.logs[one.log] == told.receipt.logs[one.log]


def test_a_chained_stream_is_understood_and_its_frames_stand_alone_afterwards(district, root):
    one = desk(district, root)
    one.write(60)
    stream = Chain()
    told = ask(district, one, *(one.frame(at, at + 9, chain=stream) for at in range(1, 60, 10)))
    assert told.receipt.logs[one.log].seq == 60
    with district.storage.reading() as session:
        assert [body for frame in logs.frames_after(session, one.log, 30) for body in frame.bodies()] == one.bodies[30:]


@pytest.mark.parametrize("cut", [1, 15, 16, 17, 200])
def test_a_torn_tail_takes_only_the_frame_it_tore(district, root, cut):
    one = desk(district, root)
    one.write(20)
    last = one.frame(9, 20)
    told = ask(district, one, one.frame(1, 8), last[: len(last) - cut])
    assert (told.receipt.code, told.receipt.logs[one.log].seq) == ("OK", 8)


def test_frames_are_kept_before_anybody_asks_for_the_answer(district, root):
    one = desk(district, root)
    one.write(8)
    exchange = district.exchange()
    for byte in one.hello() + one.frame(1, 8):
        for frame in exchange.read(bytes([byte])):
            done = exchange.take(frame)
            if done:
                done.result()
    assert held(district, one.log) == 8


def test_a_gap_is_told_and_what_comes_before_it_is_kept(district, root):
    one = desk(district, root)
    one.write(20)
    told = ask(district, one, one.frame(1, 4), one.frame(9, 20))
    assert (told.receipt.code, told.receipt.logs[one.log].seq) == ("GAP", 4)


def test_what_follows_a_frame_that_cannot_be_one_is_not_read(district, root):
    one = desk(district, root)
    one.write(8)
    told = ask(district, one, one.frame(1, 4), b"<html>", one.frame(5, 8))
    assert (told.receipt.code, told.receipt.logs[one.log].seq) == ("NOT_CX", 4)


def test_a_frame_that_was_changed_on_the_way_is_refused_and_the_next_is_not_lost(district, root):
    one = desk(district, root)
    one.write(8)
    broken = bytearray(one.frame(1, 4))
    broken[-1] ^= 1
    told = ask(district, one, bytes(broken), one.frame(1, 8))
    assert (told.receipt.code, told.receipt.logs[one.log].seq) == ("BAD_SEAL", 8)


def test_a_batch_signed_by_somebody_else_is_refused(district, root):
    one = desk(district, root)
    one.write(2)
    forged = sign_batch(Keys.new(), one.log, first=1, before=logs.first_hash(one.log), bodies=one.bodies)
    forged = Batch(
        author=one.keys.kid, signature=forged.signature, log=one.log, first=1, prev8=forged.prev8, bodies=forged.bodies
    )
    told = ask(district, one, batch_frame(forged, root.operational.public))
    assert told.receipt.code == "BAD_SIGNATURE"
    assert one.log not in told.receipt.logs


@pytest.mark.parametrize("request_of", ["unknown", "nobody", "forged", "stolen", "nonsense", "empty", "events first"])
def test_who_does_not_prove_who_he_is_gets_nothing(district, root, request_of):
    one, stranger = desk(district, root), Writer(root.operational.public)
    one.write(2)
    asked = {
        "unknown": stranger.hello,
        "nobody": lambda: seal(FrameKind.HELLO, root.operational.public, b""),
        "forged": lambda: seal(FrameKind.HELLO, root.operational.public, one.keys.kid + bytes(64) + b"\x80"),
        "stolen": lambda: message(FrameKind.HELLO, Hello(nonce=bytes(12)), Keys.new(), root.operational.public),
        "nonsense": lambda: b"GET / HTTP/1.1\r\n\r\n",
        "empty": lambda: b"",
        "events first": lambda: one.frame(1, 2) + one.hello(),
    }[request_of]()
    answer = district.reply(asked + one.frame(1, 2))
    assert answer.body == b""
    assert answer.code not in (Code.OK, Code.DUP)
    assert held(district, one.log) == 0


@pytest.mark.parametrize(
    "hello",
    [
        {"logs": {b"short": (1, b"")}},
        {"logs": {bytes(16): (-1, b"")}},
        {"logs": {n.to_bytes(16, "big"): (1, b"") for n in range(5000)}},
        {"offers": {b"x": 1}},
        {"offers": {bytes(32): -1}},
    ],
)
def test_a_question_no_desk_asks_gets_no_answer(district, root, hello):
    one = desk(district, root)
    answer = district.reply(one.hello(**hello))
    assert answer.body == b""
    assert answer.code in (Code.BAD_COUNT, Code.TOO_LARGE)


def test_a_request_beyond_its_limit_ends_and_keeps_what_came_before(district, root, monkeypatch):
    one = desk(district, root)
    one.write(8)
    exchange = district.exchange()
    monkeypatch.setattr("desk_app.district.intake.exchange.MOST_REQUEST", len(one.hello()) + len(one.frame(1, 4)) + 10)
    for piece in (one.hello(), one.frame(1, 4), one.frame(5, 8)):
        for frame in exchange.read(piece):
            done = exchange.take(frame)
            if done:
                exchange.settle(done)
    assert exchange.is_over
    answer = exchange.answer()
    assert answer.code is Code.TOO_LARGE
    assert held(district, one.log) == 4


def test_a_request_speaks_of_so_many_logs_and_no_more(district, root, monkeypatch):
    monkeypatch.setattr("desk_app.district.intake.exchange.MOST_LOGS", 3)
    one = desk(district, root)
    several = [Writer(root.operational.public, keys=one.keys) for _ in range(5)]
    for log in several:
        log.write(2)
    told = ask(district, one, *(frame for log in several for frame in (log.frame(1, 1), log.frame(2, 2))))
    assert told.receipt.code == "TOO_LARGE"
    assert [held(district, log.log) for log in several] == [2, 2, 2, 0, 0]


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


# --- what goes back -----------------------------------------------------------------------


def test_an_answer_brings_certificates_then_the_units_news_then_the_colleagues(district, root):
    one, two = desk(district, root), desk(district, root, desk=2)
    two.write(3)
    ask(district, two, two.frame(1, 3))
    for_unit, for_all = announce(district, UNIT), announce(district, "*")
    told = ask(district, one, pull=99_999)
    assert told.logs == [for_all, for_unit, two.log]
    assert set(told.receipt.district) == {for_all, for_unit}
    assert told.batches[-1].bodies == tuple(two.bodies)


def test_a_desk_is_sent_what_comes_after_its_number_also_within_a_frame(district, root):
    one, two = desk(district, root), desk(district, root, desk=2)
    two.write(10)
    ask(district, two, two.frame(1, 6), two.frame(7, 10))
    with district.storage.reading() as session:
        at = {seq: logs.hash_at(session, two.log, seq) for seq in range(11)}
    for seq in range(1, 11):
        told = ask(district, one, pull=99_999, logs={two.log: (seq, at[seq][:8])})
        mine = [batch for batch in told.batches if batch.log == two.log]
        assert [body for batch in mine for body in batch.bodies] == two.bodies[seq:]
        if mine:
            assert (mine[0].first, mine[0].prev8) == (seq + 1, at[seq][:8])
        assert told.receipt.logs[two.log].at_yours == at[seq][:8]


def test_a_copy_that_is_not_a_beginning_of_ours_gets_nothing_on_top(district, root):
    one, two = desk(district, root), desk(district, root, desk=2)
    two.write(10)
    ask(district, two, two.frame(1, 10))
    told = ask(district, one, pull=99_999, logs={two.log: (5, b"another!")})
    assert two.log not in told.logs
    assert told.receipt.logs[two.log].seq == 10


def test_what_a_desk_says_it_holds_is_not_sent_back_to_it(district, root):
    one = desk(district, root)
    one.write(10)
    told = ask(district, one, one.frame(1, 10), pull=99_999, logs={one.log: (10, bytes(8))})
    assert one.log not in told.logs


def test_a_restored_desk_gets_its_own_log_back(district, root):
    one = desk(district, root)
    one.write(10)
    ask(district, one, one.frame(1, 10))
    told = ask(district, one, pull=99_999)
    assert [body for batch in told.batches if batch.log == one.log for body in batch.bodies] == one.bodies


def test_as_much_comes_as_was_asked_for_and_the_next_request_goes_on(district, root, monkeypatch):
    one, two = desk(district, root), desk(district, root, desk=2)
    two.write(400)
    for at in range(1, 400, 20):
        ask(district, two, two.frame(at, at + 19))
    monkeypatch.setattr(answers, "_TOGETHER", 4000)
    got: list[bytes] = []
    requests = 0
    while len(got) < 400:
        with district.storage.reading() as session:
            head = logs.hash_at(session, two.log, len(got))
        told = ask(district, one, pull=1500, logs={two.log: (len(got), head[:8])})
        got += [body for batch in told.batches if batch.log == two.log for body in batch.bodies]
        requests += 1
        assert told.batches
    assert got == two.bodies
    assert requests > 3
    assert ask(district, one).batches == []


def test_small_frames_are_put_together_but_never_across_a_hole(district, root):
    one, two = desk(district, root), desk(district, root, desk=2)
    one.write(12)
    for at in range(1, 12, 2):
        ask(district, one, one.frame(at, at + 1))
    stands = ask(district, two).receipt.logs

    def pulled() -> list[tuple[int, int]]:
        told = ask(district, two, pull=99_999)
        return [(batch.first, batch.last) for batch in told.batches if batch.log == one.log]

    assert stands[one.log].seq == 12
    assert pulled() == [(1, 12)]
    with district.storage.reading() as session:
        digest = logs.hash_at(session, one.log, 6)
    district.write("*", [Word(payload=Redacted(log=one.log.hex(), seq=6, hash=digest.hex()))])
    assert pulled() == [(1, 4), (5, 12)]


def test_nobody_is_sent_more_than_the_most(district, root, monkeypatch):
    monkeypatch.setattr(answers, "MOST_PULL", 1)
    one = desk(district, root)
    announce(district, "*")
    announce(district, UNIT)
    assert len(ask(district, one, pull=2**40).batches) == 1


def test_a_receipt_says_what_a_backup_covers_and_how_new_a_program_must_be(district, root):
    one = desk(district, root)
    one.write(4)
    ask(district, one, one.frame(1, 4))
    with district.storage.writing() as session:
        logs.mark_safe(session, {one.log: 3})
        meta.put(session, answers.MIN_APP, b"2.0")
    told = ask(district, one)
    assert (told.receipt.safe, told.receipt.min_app) == ({one.log: 3}, "2.0")


def test_the_district_remembers_when_a_desk_called_and_how_its_clock_goes(district, root):
    one = desk(district, root)
    one.write(9)
    ask(district, one, one.frame(1, 4), logs={one.log: (9, bytes(8))}, clock=MORNING - 90_000, app="0.3")
    with district.storage.reading() as session:
        found = devices.get(session, one.keys.kid)
    assert (found.seen_at, found.clock_offset, found.app, found.ahead) == (MORNING, 90, "0.3", 5)


# --- files --------------------------------------------------------------------------------


def test_a_file_is_resumed_where_the_receipt_says_it_ends(district, root):
    one = desk(district, root)
    data = secrets.token_bytes(50_000)
    sha = hashlib.sha256(data).digest()

    def piece(start: int, end: int) -> bytes:
        return blob_frame(Blob(sha, len(data), start, data[start:end]), root.operational.public)

    assert ask(district, one, offers={sha: len(data)}).receipt.blobs == {sha: 0}
    assert ask(district, one, piece(0, 30_000), offers={sha: len(data)}).receipt.blobs == {sha: 30_000}
    told = ask(district, one, piece(40_000, 50_000), offers={sha: len(data)})
    assert (told.receipt.code, told.receipt.blobs) == ("GAP", {sha: 30_000})
    assert ask(district, one, piece(30_000, 50_000), offers={sha: len(data)}).receipt.blobs == {sha: 50_000}


# --- a district that was restored ---------------------------------------------------------


def test_a_district_restored_from_backup_gets_back_what_it_lost_and_begins_new_logs(tmp_path, root):
    with district_at(tmp_path / "before.db", root) as district:
        one = desk(district, root)
        announce(district, "*", "trước")
        with district.storage.reading() as session:
            session.run("SELECT 1")
        backup = (tmp_path / "after.db").open("wb")
        district.storage.scrub()
        backup.write((tmp_path / "before.db").read_bytes())
        backup.close()
        two = Writer(root.operational.public)
        signed = base64.b64encode(root.certified(two.keys.public, desk=2)).decode()
        district.write("*", [Word(payload=Certified(certificate=signed))])
        lost_unit = announce(district, UNIT, "mất hẳn")
        two.write(6)
        ask(district, two, two.frame(1, 6))
        known = ask(district, one, pull=99_999)
        stands = {log: (row.seq, row.head) for log, row in known.receipt.logs.items()}
        for_all = next(log for log in known.receipt.district if log != lost_unit)
    with district_at(tmp_path / "after.db", root) as restored:
        assert held(restored, for_all) < stands[for_all][0]
        brought = [batch_frame(batch, root.operational.public) for batch in known.batches]
        told = ask(restored, one, *brought, logs=stands, pull=99_999)
        assert told.receipt.code == "OK"
        assert {log: row.seq for log, row in told.receipt.logs.items()} == {
            log: seq for log, (seq, _) in stands.items()
        }
        assert set(told.receipt.district) == {for_all, lost_unit}
        with restored.storage.reading() as session:
            assert devices.get(session, two.keys.kid).desk == 2
            assert logs.get(session, lost_unit).scope == UNIT
            assert not any(log.is_open for log in logs.every(session))
        assert announce(restored, "*") not in stands
        assert announce(restored, UNIT) not in stands
        ask(restored, one, logs=stands)
        with restored.storage.reading() as session:
            assert sum(log.is_open for log in logs.every(session)) == 2


def test_a_restored_district_that_has_spoken_since_begins_a_new_log_when_a_desk_remembers_more(district, root):
    one = desk(district, root)
    log = announce(district, "*")
    with district.storage.reading() as session:
        row = logs.get(session, log)
    ask(district, one, logs={log: (row.seq, row.head[:8])})
    assert announce(district, "*") == log
    ask(district, one, logs={log: (row.seq, b"another!")})
    assert announce(district, "*") != log


def test_what_older_keys_of_ours_signed_is_still_ours(tmp_path, root):
    older = Root(keys=root.keys)
    with district_at(tmp_path / "old.db", older) as district:
        one = Writer(older.operational.public)
        register(district, older, one.keys.public)
        two = Keys.new()
        register(district, older, two.public, desk=2)
        known = ask(district, one, pull=99_999)
        district.start()
        district.stop()
    with district_at(tmp_path / "old.db", root) as district:
        one.district = root.operational.public
        assert ask(district, one).receipt.district == known.receipt.district
        assert announce(district, "*") not in known.receipt.logs
        assert len(ask(district, one).receipt.district) == 2
    with district_at(tmp_path / "new.db", root) as district, district_at(tmp_path / "older.db", older) as before:
        before.start()
        before.stop()
        with before.storage.reading() as session, district.storage.writing() as target:
            devices.put(target, devices.get(session, older.operational.kid))
        register(district, root, one.keys.public)
        ask(district, one, *(batch_frame(batch, root.operational.public) for batch in known.batches))
        with district.storage.reading() as session:
            assert devices.get(session, two.kid).desk == 2
            assert held(district, known.batches[0].log) == 2


def test_what_desks_bring_of_our_logs_is_ours_only_with_our_signature(district, root):
    one = desk(district, root)
    log = own_logs.new_name("*")
    forger = Keys.new()
    body = (
        announce(district, ELSEWHERE) and b'{"d":"","k":"announced","l":1,"t":1,"u":"x","v":{"title":"x","text":"y"}}'
    )
    forged = sign_batch(forger, log, first=1, before=logs.first_hash(log), bodies=[body])
    forged = Batch(
        author=root.operational.kid, signature=forged.signature, log=log, first=1, prev8=forged.prev8, bodies=(body,)
    )
    ask(district, one, batch_frame(forged, root.operational.public))
    assert held(district, log) == 0
    elsewhere = own_logs.new_name(ELSEWHERE)
    genuine = sign_batch(root.operational, elsewhere, first=1, before=logs.first_hash(elsewhere), bodies=[body])
    ask(district, one, batch_frame(genuine, root.operational.public))
    assert held(district, elsewhere) == 0


# --- erasure ------------------------------------------------------------------------------


def test_an_erased_body_leaves_the_district_and_every_later_answer(district, root):
    one, two = desk(district, root), desk(district, root, desk=2)
    one.write(5)
    ask(district, one, one.frame(1, 5))
    with district.storage.reading() as session:
        digest = logs.hash_at(session, one.log, 3)
    district.write("*", [Word(payload=Redacted(log=one.log.hex(), seq=3, hash=digest.hex(), reason="nhầm"))])
    told = ask(district, two, pull=99_999)
    mine = [body for batch in told.batches if batch.log == one.log for body in batch.bodies]
    assert mine == [*one.bodies[:2], hole(digest), *one.bodies[3:]]
    kinds = [event_of("", 1, body).kind for body in told.bodies]
    assert kinds.index("redaction") < kinds.index("redacted")


def test_an_erased_body_leaves_the_quarantine_and_its_file_too(district, root):
    one, two = desk(district, root), desk(district, root, desk=2)
    data = b"x" * 100
    sha = hashlib.sha256(data).digest()
    say(one, "a" * 16, Attached(sha=sha.hex(), size=100, type="image/png", name="a.png"))
    ask(district, one, one.frame(1, 1), blob_frame(Blob(sha, 100, 0, data), root.operational.public))
    other = Writer(root.operational.public, keys=one.keys, log=one.log, bodies=list(one.bodies))
    say(one, "a" * 16, StepTaken(action="forward"))
    say(other, "b" * 16, StepTaken(action="forward"))
    say(other, "b" * 16, StepTaken(action="ready"))
    ask(district, one, one.frame(2, 2))
    ask(district, one, other.frame(1, 3))
    assert set_aside(district) == ["FORK"]
    with district.storage.reading() as session:
        digest = logs.hash_at(session, one.log, 1)
    assert ask(district, two, offers={sha: 100}).receipt.blobs == {sha: 100}
    district.write("*", [Word(payload=Redacted(log=one.log.hex(), seq=1, hash=digest.hex()))])
    with district.storage.reading() as session:
        (kept,) = quarantine.waiting(session)
    assert kept.bodies() == [hole(digest), *other.bodies[1:]]
    assert ask(district, two, offers={sha: 100}).receipt.blobs == {sha: 0}
