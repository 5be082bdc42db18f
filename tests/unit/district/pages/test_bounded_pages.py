"""No page reads a table that grows with the dossiers from end to end: SQLite explains the statements of each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.applications import Starlette

from desk_app.district import pages
from desk_app.district.admin import users
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.storage import Session
from tests.kit.district import listed, offices
from tests.kit.district.asgi import Browser
from tests.kit.district.listed import CountingSession
from tests.kit.district.offices import MORNING, Clock

SECRET = "một mật khẩu dài"
BIG = (
    "audit", "dossier", "dossier_held", "dossier_key", "dossier_word", "event", "frame", "quarantine", "q",
    "payment", "cash_count", "message",
)  # fmt: skip
WAITING = (
    "frame_waiting",
    "quarantine_author",
    "quarantine_waiting",
    "projection_error_at",
    "projection_error_dossier",
)
"""Indexes of what waits for a person or for the projection."""
ASKED = (
    "/",
    "/dossiers",
    "/dossiers?page=3",
    "/dossiers?unit=H26.99",
    "/dossiers?status=received",
    "/dossiers?unit=H26.99&status=received",
    "/dossiers?text=lo+thi",
    "/dossiers?text=0001",
    "/dossiers?text=H26.99-2611",
    "/dossiers?text=lo&unit=H26.99&status=received",
    "/money?days=31",
    "/money?unit=H26.99",
    "/money/list?unit=H26.99&way=cash&receipts=1&page=2",
    "/money/list",
    "/messages?days=31",
    "/messages?unit=H26.99",
    "/messages/list",
    "/messages/list?sending=failed&unit=H26.99&days=31",
    "/quarantine",
    "/announcements",
    "/audit",
    "/audit?account=lan",
    "/audit?account=lan&below=40",
    "/password",
)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[DistrictOffice]:
    with offices.office(tmp_path / "district", Clock()) as opened:
        desk = offices.enrolled(opened)
        for number in range(1, 30):
            desk.receives(number, name="Lò Thị Thử")
        opened.district.reply(desk.request())
        opened.district.projection.catch_up()
        with opened.district.storage.writing() as session:
            users.add(session, "lan", SECRET, at=MORNING)
        yield opened


@pytest.mark.parametrize("path", ASKED)
def test_no_page_reads_a_growing_table_through(
    here: DistrictOffice, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    inside = Browser(Starlette(routes=pages.routes(here.district, folder=here.folder)))
    inside.post("/sign-in", name="lan", password=SECRET)
    scans: list[str] = []
    watched = {name: getattr(here.district.storage, name) for name in ("reading", "writing")}

    def watching(name: str) -> object:
        @contextmanager
        def opened() -> Iterator[Session]:
            with listed.counted(watched[name]()) as session:
                yield session  # type: ignore[misc]
                scans.extend(session.scans(BIG, small=WAITING))

        return opened

    for name in watched:
        monkeypatch.setattr(here.district.storage, name, watching(name))
    address = urlsplit(path)
    assert inside.get(address.path, **dict(parse_qsl(address.query))).status == 200
    assert scans == []


def test_a_page_that_counted_row_by_row_would_be_seen(here: DistrictOffice) -> None:
    with here.district.storage.reading() as plain:
        session = CountingSession(plain)
        session.all("SELECT COUNT(*) FROM dossier")
        session.all("SELECT n FROM dossier WHERE applicant = ?", ["x"])
        session.all("SELECT n FROM dossier ORDER BY received_at LIMIT 1")
        assert len(session.scans(BIG)) == 2
