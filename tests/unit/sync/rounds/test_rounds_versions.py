"""Desks of one commune whose programs and tables are of different versions exchange as before."""

from __future__ import annotations

from desk_app.store.database import schema
from desk_app.store.database.database import DeskDatabase
from desk_app.store.journal.check import check
from tests.kit.wire.communes import Commune

LATER = schema.VERSION + 1


def with_later_tables(db: DeskDatabase) -> None:
    """What a program with one more migration, which only adds, leaves to this one."""
    db.execute("ALTER TABLE register_line ADD COLUMN later TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE event ADD COLUMN later TEXT NOT NULL DEFAULT ''")
    db.execute("CREATE TABLE later(a TEXT) STRICT")
    db.execute("INSERT INTO _sqlite_migrations(migration_set, name, applied_at) VALUES('desk', 'm900_later', '')")
    db.execute(f"PRAGMA user_version = {LATER}")
    db.execute("UPDATE program SET schema = ?, name = '9.1.0', oldest = ?", (LATER, schema.VERSION))


def test_an_older_program_on_newer_data_and_a_colleague_end_with_the_same_books(commune: Commune) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    with_later_tables(one.desk.db)
    writer = one.desk.db.writer()  # opened anew by the older program, as after going back
    one.desk.db.close()
    one.desk.db = writer
    codes = one.receive(3)
    two.receive(2)
    for office in (one, two, one, two):
        assert office.sync().code == "done"
    one.correct(codes[0], "sửa ở quầy một")
    two.correct(codes[1], "sửa ở quầy hai")
    for office in (one, two, one):
        assert office.sync().code == "done"
    assert one.books == two.books
    assert [sum(map(len, office.own.values())) for office in (one, two)] == [4, 3]
    assert (one.waiting, two.waiting) == (0, 0)
    assert [check(office.desk.db).problems for office in (one, two)] == [(), ()]
    assert one.desk.db.one("SELECT wrote FROM program") == (schema.VERSION,)
