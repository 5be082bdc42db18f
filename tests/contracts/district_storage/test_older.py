"""A storage that an earlier version made in the clear is carried over when it is opened, with everything in it."""

from __future__ import annotations

import contextlib

import psycopg
import pytest
from sqlcipher3 import dbapi2

from desk_app.district.admin import audit
from desk_app.district.admin.audit import AuditDeed
from desk_app.district.failures import PlainDatabaseInUseError, StorageKeyError
from desk_app.district.keys.identity import Identity
from desk_app.district.search import debt
from desk_app.district.search.index import NameIndex
from desk_app.district.storage import meta, open_storage, schema, table_copy
from desk_app.district.storage.at_rest import plain_rows
from desk_app.district.storage.at_rest.columns import SEALED
from desk_app.protocol.keys import DistrictCard, Keys
from tests.kit.district import copies
from tests.kit.district.stored_logs import KEY

IDENTITY = Identity(Keys.new(), DistrictCard(url="https://x", root=b"r" * 64, certificate=b"", name="x"))
ROWS = 250
"""More than two pieces of the carrying over."""


def old_row(table, n):
    """A row of each table, all of whose texts and bytes are told apart."""
    return [
        n if kind == "int" else f"{table}-{name}-{n}" if kind == "text" else f"{table}-{name}-{n}".encode()
        for name, kind in schema.TABLES[table].items()
    ]


@pytest.fixture(params=[1, 2], ids=["0.2.0", "0.4.0"])
def older(request, place):
    """A storage as 0.2.0 and 0.3.0, or 0.4.0, left it: rows in every table that they had."""
    with contextlib.closing(copies.old_tables(place, request.param)) as connection:
        mark = "%s" if place.startswith("postgresql:") else "?"
        cursor = connection.cursor()
        for table in written(request.param):
            names = list(schema.TABLES[table])
            marks = ", ".join(mark for _ in names)
            sql = f"INSERT INTO {table}({', '.join(names)}) VALUES({marks})"
            cursor.executemany(sql, [old_row(table, n) for n in range(1, ROWS + 1)])
    return place


SINCE = {"lockout": 2, "audit": 2, "dossier_tally": 4, "dossier_word": 4, "dossier_held": 4}
SINCE |= {"message_waiting": 6, "dossier_place": 7, "suspension_counting": 8}
SINCE |= {"payment": 9, "cash_count": 9, "message": 9}


def written(version):
    return [table for table in schema.TABLES if SINCE.get(table, 1) <= version]


def everything(storage):
    with storage.reading() as session:
        return {
            table: sorted(row for rows in table_copy.pieces(session, table) for row in rows) for table in written(2)
        }


@pytest.fixture
def wanted(older, request):
    version = request.node.callspec.params["older"]
    tables = {table: sorted(tuple(old_row(table, n)) for n in range(1, ROWS + 1)) for table in written(version)}
    return {table: tables.get(table, []) for table in written(2)}


def in_the_clear(place, tmp_path):
    """The sealed columns of which a value still stands somewhere in the clear."""
    if place.startswith("postgresql:"):
        with psycopg.connect(place) as connection:
            told = {
                (table, column): connection.execute(f"SELECT {column} FROM {table}").fetchall()
                for table, columns in SEALED.items()
                for column in columns
                if connection.execute("SELECT to_regclass(%s)", (table,)).fetchone() != (None,)
            }
        return [one for one, rows in told.items() if any(f"{one[0]}-{one[1]}" in str(row) for row in rows)]
    bytes_ = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
    return [(table, name) for table in SEALED for name in SEALED[table] if f"{table}-{name}".encode() in bytes_]


def test_an_older_storage_is_carried_over_with_its_rows(older, wanted, tmp_path):
    assert in_the_clear(older, tmp_path) != []
    storage = open_storage(older, KEY)
    with contextlib.closing(storage):
        assert everything(storage) == wanted
    assert in_the_clear(older, tmp_path) == []
    again = open_storage(older, KEY)
    with contextlib.closing(again):
        assert everything(again) == wanted
        with again.writing() as session:
            meta.put(session, "root", b"r")
            session.run(
                "INSERT INTO lockout(account, address, tries, last_at, until) VALUES(?, ?, 1, 1, 0)", (b"a", b"")
            )


@pytest.mark.parametrize("after", [1, 4, 9])
def test_a_carrying_over_that_is_cut_short_is_ended_the_next_time(older, wanted, tmp_path, monkeypatch, after):
    """Cut after so many pieces of PostgreSQL's rows; a file has one piece, which comes whole or not at all."""
    if not older.startswith("postgresql:"):
        pytest.skip("killed in tests/faults/test_carried_over.py")
    done = []
    some = plain_rows.seal_some

    def cut(session, table):
        if len(done) == after:
            raise KeyboardInterrupt
        done.append(table)
        return some(session, table)

    with monkeypatch.context() as patch:
        patch.setattr(plain_rows, "seal_some", cut)
        with pytest.raises(KeyboardInterrupt):
            open_storage(older, KEY)
    storage = open_storage(older, KEY)
    with contextlib.closing(storage):
        assert everything(storage) == wanted
    assert in_the_clear(older, tmp_path) == []


def test_another_key_opens_nothing(storage, place):
    with pytest.raises(StorageKeyError):
        open_storage(place, b"x" * 32)


def test_a_program_of_an_earlier_version_that_is_connected_still_is_waited_for(older):
    """It would go on writing in the clear."""
    if not older.startswith("postgresql:"):
        pytest.skip("tests/faults/test_carried_over.py: locks of one process do not shut itself out")
    with psycopg.connect(older, application_name="desk-district"), pytest.raises(PlainDatabaseInUseError):
        open_storage(older, KEY)
    open_storage(older, KEY).close()


@pytest.mark.parametrize("deed", ["UPDATE audit SET account = 'x'", "DELETE FROM audit"])
@pytest.mark.parametrize("age", [1, 2, "new"])
def test_neither_an_old_nor_a_new_storage_lets_the_audit_shrink(place, age, deed):
    if age != "new":
        copies.old_tables(place, age).close()
    storage = open_storage(place, KEY)
    with contextlib.closing(storage):
        with storage.writing() as session:
            audit.note(session, IDENTITY, AuditDeed.SIGNED_IN, at=1, account="lan")
        with pytest.raises((psycopg.Error, dbapi2.Error), match=r"kept|only grows"), storage.writing() as session:
            session.run(deed)
        with storage.reading() as session:
            assert [row.account for row in audit.every(session)] == ["lan"]
            assert audit.altered(session, IDENTITY) == []


def test_on_postgresql_the_audit_is_not_emptied_at_a_stroke(storage):
    if storage.kind == "sqlite":
        pytest.skip("SQLite knows no TRUNCATE")
    with pytest.raises(psycopg.Error, match="kept"), storage.writing() as session:
        session.run("TRUNCATE audit")


def test_an_index_of_an_older_form_gives_way_to_one_that_is_filled_anew(place):
    """Version 4 kept its rows by segment and token; the marks of the keys tell that what is there is another form."""
    with contextlib.closing(open_storage(place, KEY)) as storage, storage.writing() as session:
        session.run("DROP TABLE dossier_word")
        for table in (name for name in SINCE if SINCE[name] > 5):
            session.run(f"DROP TABLE {table}")
        words = {"bytes": "BYTEA", "int": "BIGINT"} if storage.kind == "postgresql" else {"bytes": "BLOB", "int": "INT"}
        session.run(
            f"CREATE TABLE dossier_word(segment {words['int']} NOT NULL, token {words['int']} NOT NULL,"
            f" z {words['bytes']} NOT NULL, PRIMARY KEY(segment, token))"
        )
        session.run("INSERT INTO dossier_word VALUES(0, 1, ?)", (b"old",))
        session.run("INSERT INTO dossier_held VALUES(1, ?, ?)", (b"old", "received"))
        session.run("INSERT INTO dossier_key(n, unit, id) VALUES(1, 'H26.99', 'a')")
        meta.put(session, "search-index", b"m" * 16 + b"0")
        is_file = storage.kind == "sqlite"
        session.run("PRAGMA user_version=4" if is_file else "UPDATE schema_version SET version = 4")
    index = NameIndex(Keys.new())
    with contextlib.closing(open_storage(place, KEY)) as storage, storage.writing() as session:
        assert session.all("SELECT place, z FROM dossier_word") == []
        assert debt.left(session, index) == 2, "everything is looked at anew"
        assert debt.next_ones(session, index) == {}
        assert session.all("SELECT n FROM dossier_held") == []
