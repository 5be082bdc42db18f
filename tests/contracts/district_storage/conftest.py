"""An empty storage of the district, once as SQLite and once as PostgreSQL."""

from __future__ import annotations

import secrets

import psycopg
import pytest

from desk_app.district.storage import (
    open_storage,
)
from tests.kit.district.stored_logs import KEY


@pytest.fixture(scope="session")
def database(server):
    return server.database("contract")


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    if request.param == "sqlite":
        return str(tmp_path / "district.db")
    # A schema of its own is as good as a database of its own, and made in no time.
    database, schema_name = request.getfixturevalue("database"), f"s{secrets.token_hex(6)}"
    with psycopg.connect(database) as connection:
        connection.execute(f"CREATE SCHEMA {schema_name}")
    return f"{database}&options=-csearch_path%3D{schema_name}"


@pytest.fixture
def storage(place):
    opened = open_storage(place, KEY)
    yield opened
    opened.close()
