"""What goes back to a desk: whose logs, how much at a time, and what the receipt says."""

from __future__ import annotations

import hashlib
import secrets

from desk_app.district.district import Word
from desk_app.district.intake import answers
from desk_app.district.storage import devices, logs, meta
from desk_app.domain.notices import Redacted
from desk_app.protocol.batch import (
    Blob,
    blob_frame,
)
from tests.kit.district.questions import announce, ask, desk
from tests.kit.district.writers import MORNING, UNIT

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
