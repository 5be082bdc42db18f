"""A district put back from its backup, and what is ours in the logs that desks bring."""

from __future__ import annotations

import base64

from desk_app.district.district import Word
from desk_app.district.storage import devices, logs, own_logs
from desk_app.domain.notices import Certified
from desk_app.protocol.batch import (
    Batch,
    batch_frame,
    sign_batch,
)
from desk_app.protocol.keys import Keys
from tests.kit.district.questions import ELSEWHERE, announce, ask, desk, held
from tests.kit.district.writers import UNIT, Root, Writer, district_at, register


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
    with district_at(tmp_path / "old.db", root, kept_by=older) as district:
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
