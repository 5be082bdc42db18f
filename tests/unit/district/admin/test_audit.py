from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlcipher3 import dbapi2

from desk_app.district.admin import audit, settings
from desk_app.district.admin.audit import AuditDeed, AuditRow
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.keys.identity import Identity
from desk_app.protocol.keys import Keys
from tests.kit.district import copies


def note(here: DistrictOffice, *accounts: str) -> None:
    with here.district.storage.writing() as session:
        for n, account in enumerate(accounts, 1):
            audit.note(session, here.district.identity, AuditDeed.SIGNED_IN, at=n, account=account)


def rows(here: DistrictOffice) -> list[AuditRow]:
    with here.district.storage.reading() as session:
        return list(audit.every(session))


def altered(here: DistrictOffice) -> list[int]:
    with here.district.storage.reading() as session:
        return audit.altered(session, here.district.identity)


@pytest.fixture
def behind(here: DistrictOffice) -> Iterator[dbapi2.Connection]:
    """Somebody who has the file and its key, and takes the triggers away."""
    with copies.opened(here.folder / settings.DATABASE, here.district.identity.storage_key) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        yield connection


def test_the_newest_rows_come_first_and_by_account(here: DistrictOffice) -> None:
    note(here, "lan", "minh", "lan")
    with here.district.storage.reading() as session:
        assert [row.n for row in audit.newest(session)] == [3, 2, 1]
        assert [row.n for row in audit.newest(session, account="lan")] == [3, 1]
        assert [row.n for row in audit.newest(session, below=3, most=1)] == [2]


def test_an_untouched_audit_is_whole(here: DistrictOffice) -> None:
    assert altered(here) == []
    note(here, "lan", "minh", "hoa")
    assert altered(here) == []


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE audit SET account = 'x'",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE n = 2",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit",
    ],
)
def test_the_storage_itself_refuses_to_change_a_row(here: DistrictOffice, deed: str) -> None:
    note(here, "lan", "minh")
    with pytest.raises(dbapi2.IntegrityError), here.district.storage.writing() as session:
        session.run(deed)
    assert [row.account for row in rows(here)] == ["lan", "minh"]


@pytest.mark.parametrize(
    ("deed", "shown"),
    [
        ("UPDATE audit SET account = 'x' WHERE n = 2", 2),
        ("UPDATE audit SET at = at + 1 WHERE n = 1", 1),
        ("UPDATE audit SET asked = 'x' WHERE n = 3", 3),
        ("DELETE FROM audit WHERE n = 2", 3),
        ("DELETE FROM audit WHERE n = 1", 2),
        ("DELETE FROM audit WHERE n = 3", 3),
        ("DELETE FROM audit", 1),
        ("UPDATE audit SET n = 9 WHERE n = 3", 9),
    ],
)
def test_a_row_altered_behind_the_programs_back_shows(
    here: DistrictOffice, behind: dbapi2.Connection, deed: str, shown: int
) -> None:
    note(here, "lan", "minh", "hoa")
    behind.execute(deed)
    assert shown in altered(here)


def test_who_has_the_database_alone_cannot_make_the_hashes_fit(here: DistrictOffice, behind: dbapi2.Connection) -> None:
    note(here, "lan", "minh")
    stranger = Identity(Keys.new(), here.district.identity.card)
    forged = rows(here)[0]
    behind.execute("DELETE FROM audit")
    with here.district.storage.writing() as session:
        audit.note(session, stranger, AuditDeed.SIGNED_IN, at=forged.at, account="hoa")
    assert altered(here) == [1]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Nguyễn Thị Đậm", "N… T… Đ…"),
        ("001190012345", "001******345"),
        ("đậm 0912345678", "đ… 091****678"),
        ("h26.99-261122-0001", "H26.99-261122-0001"),
        ("1990", "****"),
        ("   ", ""),
    ],
)
def test_what_was_looked_for_is_masked(typed: str, kept: str) -> None:
    assert audit.masked_text(typed) == kept


def test_text_that_no_screen_can_show_is_left_out(here: DistrictOffice) -> None:
    with here.district.storage.writing() as session:
        audit.note(session, here.district.identity, AuditDeed.DOSSIERS, at=1, account="l\0a\nn", asked="x" * 5000)
    (row,) = rows(here)
    assert (row.account, len(row.asked)) == ("lan", 200)
