"""A storage that an earlier version made is brought up to date when it is opened, with everything in it."""

from __future__ import annotations

import contextlib
import sqlite3

import psycopg
import pytest

from desk_app.district.admin import audit
from desk_app.district.admin.audit import AuditDeed
from desk_app.district.keys.identity import Identity
from desk_app.district.storage import meta, open_storage, schema
from desk_app.protocol.keys import DistrictCard, Keys

IDENTITY = Identity(Keys.new(), DistrictCard(url="https://x", root=b"r" * 64, certificate=b"", name="x"))


@pytest.fixture
def older(place, monkeypatch):
    """A storage as 0.2.0 and 0.3.0 left it: the tables of the first version."""
    with monkeypatch.context() as before:
        before.setattr(schema, "VERSION", 1)
        before.setattr(schema, "STEPS", schema.STEPS[:1])
        before.setattr(schema, "ONLY_GROWS", "meta")
        made = open_storage(place)
        with made.writing() as session:
            for trigger in _triggers(made.kind, session):
                session.run(trigger)
            session.run("INSERT INTO account(name, secret, role, added_at) VALUES('lan', 's', 'officer', 1)")
            meta.put(session, "root", b"r")
        made.close()
    return place


def _triggers(kind, session):
    """What takes away the triggers that only the second version makes."""
    if kind == "postgresql":
        return ["DROP FUNCTION meta_kept() CASCADE"]
    names = session.all("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return [f"DROP TRIGGER {name}" for (name,) in names]


def test_an_older_storage_is_carried_over_with_its_rows(older):
    storage = open_storage(older)
    with contextlib.closing(storage), storage.writing() as session:
        assert session.all("SELECT name FROM account") == [("lan",)]
        assert meta.get(session, "root") == b"r"
        audit.note(session, IDENTITY, AuditDeed.SIGNED_IN, at=1, account="lan")
        session.run("INSERT INTO lockout(account, address, tries, last_at, until) VALUES(?, ?, 1, 1, 0)", (b"a", b""))
    again = open_storage(older)
    with contextlib.closing(again), again.reading() as session:
        assert [row.account for row in audit.every(session)] == ["lan"]
        assert audit.altered(session, IDENTITY) == []


@pytest.mark.parametrize("deed", ["UPDATE audit SET account = 'x'", "DELETE FROM audit"])
@pytest.mark.parametrize("age", ["older", "storage"])
def test_neither_an_old_nor_a_new_storage_lets_the_audit_shrink(request, place, age, deed):
    if age == "older":
        request.getfixturevalue("older")
    storage = open_storage(place)
    with contextlib.closing(storage):
        with storage.writing() as session:
            audit.note(session, IDENTITY, AuditDeed.SIGNED_IN, at=1, account="lan")
        with pytest.raises((psycopg.Error, sqlite3.Error), match=r"kept|only grows"), storage.writing() as session:
            session.run(deed)
        with storage.reading() as session:
            assert [row.account for row in audit.every(session)] == ["lan"]


def test_on_postgresql_the_audit_is_not_emptied_at_a_stroke(storage):
    if storage.kind == "sqlite":
        pytest.skip("SQLite knows no TRUNCATE")
    with pytest.raises(psycopg.Error, match="kept"), storage.writing() as session:
        session.run("TRUNCATE audit")
