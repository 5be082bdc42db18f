"""The PostgreSQL the trials start: it keeps what it acknowledged when it dies, as the trials take for granted."""

from __future__ import annotations

import psycopg
import pytest

from tests.kit.district.postgres import missing, running

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "-")


def test_what_was_committed_survives_an_immediate_restart_and_nothing_is_left_afterwards():
    with running() as server:
        url = server.database("tried")
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE kept(n INTEGER)")
            connection.execute("INSERT INTO kept VALUES (7)")
        lost = psycopg.connect(url)
        lost.execute("INSERT INTO kept VALUES (8)")
        server.die_and_come_back()
        with pytest.raises(psycopg.OperationalError):
            lost.commit()
        lost.close()
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT n FROM kept").fetchall() == [(7,)]
        folder = server.folder
    assert not folder.exists()
