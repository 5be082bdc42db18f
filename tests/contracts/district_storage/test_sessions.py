"""Both storages: transactions, readers, two programs at once, older and newer files, a server that restarts."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from desk_app.district.storage import (
    logs,
    meta,
    open_storage,
    schema,
)
from desk_app.errors import DataFolderMissingError, NewerFileError
from desk_app.protocol.event_body import hole
from desk_app.protocol.keys import Keys
from desk_app.protocol.messages import Code
from tests.kit.district.stored_logs import KEY, Log, apply, erase, fail_after, held, say


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
    other = open_storage(place, KEY)
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
            assert session.all(f"SELECT {', '.join(columns)} FROM {table} LIMIT 0") == []


def test_opening_again_changes_nothing(place, storage):
    log = Log()
    log.write("received")
    apply(storage, log.incoming(1, 1))
    again = open_storage(place, KEY)
    assert held(again, log.name) == log.bodies
    again.close()


def test_what_a_later_program_wrote_is_left_alone(place, storage, monkeypatch):
    monkeypatch.setattr(schema, "VERSION", 0)
    with pytest.raises(NewerFileError):
        open_storage(place, KEY)


def test_a_storage_where_no_folder_is_says_so(tmp_path):
    with pytest.raises(DataFolderMissingError):
        open_storage(tmp_path / "no" / "district.db", KEY)


def test_what_was_overwritten_is_scrubbed(storage, place):
    log = Log()
    log.write("received", "printed")
    apply(storage, log.incoming(1, 2))
    packed = logs.kept(log.batch(1, 2).bodies)
    files = [Path(f"{place}{end}") for end in ("", "-wal")] if place.endswith(".db") else []

    def is_anywhere() -> bool:
        return any(packed in file.read_bytes() for file in files if file.exists())

    assert not is_anywhere()  # pages are encrypted
    assert erase(storage, log, 2)
    storage.scrub()
    assert not is_anywhere()
    assert held(storage, log.name) == [log.bodies[0], hole(log.heads[2])]


def test_a_postgresql_that_restarts_is_asked_again(server):
    storage = open_storage(server.database("restarted"), KEY)
    log = Log()
    log.write("received", "printed")
    assert apply(storage, log.incoming(1, 1)) == [Code.OK]
    assert held(storage, log.name) == log.bodies[:1]
    server.die_and_come_back()
    assert held(storage, log.name) == log.bodies[:1]
    assert apply(storage, log.incoming(2, 2)) == [Code.OK]
    assert held(storage, log.name) == log.bodies
    storage.close()
