"""The first look after an update: whoever comes, also somebody who only reads, finds the tables of this program."""

from pathlib import Path

import pytest

from desk_app.errors import SecondProgramError
from desk_app.services.desk import office_settings
from desk_app.services.desk.desk import Desk, open_desk
from desk_app.store.database import schema
from desk_app.store.database.lock import hold
from tests.kit.desk.desks import PASSPHRASE


@pytest.fixture
def older(desk: Desk) -> Path:
    """A desk as the program before the last migration left it."""
    desk.db.execute("DROP TABLE office_fact")
    desk.db.execute("DELETE FROM _sqlite_migrations WHERE name LIKE 'm010%'")
    desk.db.execute(f"PRAGMA user_version = {schema.VERSION - 1}")
    desk.close()
    return desk.data


def test_a_reader_brings_an_older_desk_up_to_date_first(older: Path) -> None:
    with open_desk(older, passphrase=PASSPHRASE, reader=True) as desk:
        assert desk.db.one("PRAGMA user_version") == (schema.VERSION,)
        assert office_settings.row(desk, "commune").value == "xã Thử Nghiệm"
    with hold(older):
        pass  # nobody holds the folder any more


def test_while_another_program_has_the_folder_an_older_desk_is_left_alone(older: Path) -> None:
    with hold(older), pytest.raises(SecondProgramError):
        open_desk(older, passphrase=PASSPHRASE, reader=True)
