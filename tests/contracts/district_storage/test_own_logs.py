"""Both storages: the district's own logs, one open for each scope."""

from __future__ import annotations

import secrets

from desk_app.district.storage import (
    logs,
    own_logs,
)
from desk_app.protocol.event_body import first_hash
from desk_app.protocol.keys import Keys
from tests.kit.district.stored_logs import Log, apply, held, row, say


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
