"""One writer for all: committed together, answered apart; a failure of one is not a failure of the others."""

from __future__ import annotations

import threading
from contextlib import contextmanager

import pytest

from desk_app.district.intake import inbox as inboxes
from desk_app.district.intake.inbox import Inbox, InboxPiece, Seen
from desk_app.district.storage import blobs, devices, logs, open_storage
from desk_app.errors import DatabaseDownError, DiskFullError
from desk_app.protocol.batch import Blob
from desk_app.protocol.messages import Code
from tests.kit.district.stored_logs import KEY
from tests.kit.district.writers import MORNING, UNIT, Root, Writer, district_at, register


class Watched:
    """A storage that counts transactions and fails when it is told to."""

    def __init__(self, storage):
        self.storage = storage
        self.transactions = 0
        self.failures: list[Exception] = []
        self.gate = threading.Event()
        self.gate.set()
        self.kind = storage.kind
        self.reading = storage.reading
        self.scrub = storage.scrub
        self.close = storage.close

    @contextmanager
    def writing(self):
        self.gate.wait(20)
        self.transactions += 1
        with self.storage.writing() as session:
            yield session
            if self.failures:
                raise self.failures.pop(0)


@pytest.fixture
def storage(tmp_path):
    watched = Watched(open_storage(tmp_path / "district.db", KEY))
    yield watched
    watched.close()


@pytest.fixture
def inbox(storage):
    made = Inbox(storage, clock=lambda: MORNING)
    yield made
    made.stop()


def piece(number: int, data: bytes = b"x") -> InboxPiece:
    return InboxPiece(UNIT, Blob(bytes([number]) * 32, 100, 0, data))


def have(storage, count: int) -> int:
    with storage.reading() as session:
        return sum(blobs.have(session, UNIT, [bytes([n]) * 32 for n in range(count)]).values())


def test_what_waits_is_committed_together_but_never_more_than_the_most(storage, inbox):
    storage.gate.clear()
    inbox.start()
    first = inbox.submit(piece(0))
    done = [inbox.submit(piece(number)) for number in range(1, 200)]
    storage.gate.set()
    assert {one.result(20).code for one in [first, *done]} == {Code.OK}
    assert have(storage, 200) == 200
    assert 4 <= storage.transactions <= 6


def test_a_full_disk_is_told_to_everyone_of_the_transaction_and_nothing_is_half_kept(storage, inbox):
    storage.gate.clear()
    storage.failures = [DiskFullError()]
    inbox.start()
    done = [inbox.submit(piece(number)) for number in range(30)]
    storage.gate.set()
    failed = [one for one in done if isinstance(one.exception(20), DiskFullError)]
    assert failed
    assert have(storage, 30) == 30 - len(failed)
    assert inbox.submit(piece(200)).result(20).code is Code.OK


def test_a_database_that_went_and_came_again_is_asked_a_second_time(storage, inbox):
    storage.failures = [DatabaseDownError()]
    assert inbox.submit(piece(1)).result().code is Code.OK
    assert storage.transactions == 2
    storage.failures = [DatabaseDownError(), DatabaseDownError()]
    assert isinstance(inbox.submit(piece(2)).exception(), DatabaseDownError)


def test_a_bug_in_one_piece_of_work_fails_that_one_alone(storage, inbox, monkeypatch, caplog):
    real = blobs.append

    def broken(session, scope, blob, *, at):
        if blob.sha == bytes([5]) * 32:
            raise KeyError("họ tên của một người dân")
        return real(session, scope, blob, at=at)

    monkeypatch.setattr(inboxes.blobs, "append", broken)
    storage.gate.clear()
    inbox.start()
    done = [inbox.submit(piece(number)) for number in range(10)]
    storage.gate.set()
    assert [number for number, one in enumerate(done) if one.exception(20)] == [5]
    assert have(storage, 10) == 9
    assert "KeyError in test_inbox.py" in caplog.text
    assert "người dân" not in caplog.text


def test_the_inbox_ends_only_after_what_it_took(storage, inbox):
    inbox.start()
    done = [inbox.submit(piece(number)) for number in range(100)]
    inbox.stop()
    assert all(one.done() for one in done)
    assert have(storage, 100) == 100


def test_it_tells_who_comes_behind_of_each_transaction(storage, inbox):
    told = threading.Event()
    inbox.start(when_committed=told.set)
    inbox.submit(Seen(kid=bytes(8), clock_offset=0, app="", ahead=0)).result(20)
    assert told.wait(20)


def test_a_desks_full_disk_and_broken_database_are_told_by_a_signed_receipt(tmp_path, monkeypatch):
    root = Root()
    with district_at(tmp_path / "district.db", root) as district:
        one = Writer(root.operational.public)
        register(district, root, one.keys.public)
        one.write(6)
        watched = Watched(district.storage)
        district.inbox._storage = watched
        for failure, code in ((DiskFullError(), "STORAGE"), (DatabaseDownError(), "BUSY")):
            watched.failures = [failure, failure]
            answer = district.reply(one.hello() + one.frame(1, 3))
            receipt = one.receipt(answer.body)
            assert (answer.code, receipt.code, receipt.retry > 0) == (code, code, True)
            assert one.log not in receipt.logs
            watched.failures = []
        assert one.receipt(district.reply(one.hello() + one.frame(1, 6)).body).logs[one.log].seq == 6


def test_a_storage_that_cannot_be_read_still_gets_a_signed_answer(tmp_path, monkeypatch):
    root = Root()
    with district_at(tmp_path / "district.db", root) as district:
        one = Writer(root.operational.public)
        register(district, root, one.keys.public)
        exchange = district.exchange()
        for frame in exchange.read(one.hello()):
            exchange.take(frame)

        def down():
            raise DatabaseDownError

        exchange._storage = type("Down", (), {"reading": staticmethod(down)})()
        receipt = one.receipt(exchange.answer().body)
        assert (receipt.code, receipt.logs) == ("BUSY", {})


def test_a_real_full_disk_keeps_whole_frames_only(tmp_path):
    """SQLite refuses to grow, as on a full disk; what was confirmed is there, what was not is not."""
    root = Root()
    with district_at(tmp_path / "district.db", root) as district:
        one = Writer(root.operational.public)
        register(district, root, one.keys.public)
        one.write(3000)
        ((pages,),) = district.storage._writer.execute("PRAGMA page_count").fetchall()
        district.storage._writer.execute(f"PRAGMA max_page_count={pages + 6}")
        frames = [one.frame(at, at + 49) for at in range(1, 3000, 50)]
        answer = district.reply(one.hello() + b"".join(frames))
        receipt = one.receipt(answer.body)
        assert receipt.code == answer.code == "STORAGE"
        held = receipt.logs[one.log].seq
        assert held % 50 == 0
        assert held < 3000
        with district.storage.reading() as session:
            assert logs.get(session, one.log).seq == held
            assert session.all("SELECT max(last) FROM frame WHERE log = ?", (one.log,)) == [(held,)]
            assert session.all("PRAGMA integrity_check") == [("ok",)]
        district.storage._writer.execute("PRAGMA max_page_count=1000000")
        receipt = one.receipt(district.reply(one.hello() + b"".join(frames)).body)
        assert (receipt.code, receipt.logs[one.log].seq) == ("OK", 3000)


def test_two_threads_of_one_desk_leave_one_log(tmp_path):
    """A hedged ask: the same frames on two lines at once."""
    root = Root()
    with district_at(tmp_path / "district.db", root) as district:
        one = Writer(root.operational.public)
        register(district, root, one.keys.public)
        one.write(300)
        district.start()
        requests = [one.hello() + b"".join(one.frame(at, at + 9) for at in range(1, 300, 10)) for _ in range(4)]
        threads = [threading.Thread(target=district.reply, args=(request,)) for request in requests]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        district.stop()
        with district.storage.reading() as session:
            assert logs.get(session, one.log).seq == 300
            assert session.all("SELECT sum(last - first + 1) FROM frame WHERE log = ?", (one.log,)) == [(300,)]
            assert devices.get(session, one.keys.kid).seen_at == MORNING


def test_who_no_longer_waits_does_not_stop_the_inbox(storage, inbox):
    storage.gate.clear()
    inbox.start()
    gone = inbox.submit(piece(1))
    assert not gone.cancel()
    storage.gate.set()
    assert gone.result(20).code is Code.OK
    assert inbox.submit(piece(2)).result(20).code is Code.OK


def test_work_that_comes_after_the_end_is_done_by_who_brings_it(storage, inbox):
    inbox.start()
    inbox.stop()
    assert inbox.submit(piece(1)).result(0).code is Code.OK
    inbox.stop()
