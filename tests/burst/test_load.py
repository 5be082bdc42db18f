"""Half-open lines by the thousand, searches and wrong sign-ins at once: what desks send is answered meanwhile.

Small here; the full one, as README names it: `pytest tests/burst/test_load.py -s --half-open 5000`.
"""

from __future__ import annotations

import asyncio
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desk_app.district.admin import users
from desk_app.district.transport import connections
from tests.kit.desk.terminal import ROOT
from tests.kit.district import load, offices, postgres
from tests.kit.district.load import Flood, Measured
from tests.kit.district.offices import Clock, Device

FULL = 5000
MOST_SECONDS = 1.0
SEARCHES, SIGN_INS, DESKS = 20, 60, 20
PASSWORD = "hoa gạo nở tháng ba bên sông"


@pytest.fixture(scope="module")
def half_open(request: pytest.FixtureRequest) -> int:
    count: int = request.config.getoption("--half-open")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count + 1000
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard), hard))
    return count


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "sqlite":
        yield ""
        return
    if postgres.missing():
        pytest.skip(postgres.missing())
    with postgres.running() as running:
        yield running.database("load")


@contextmanager
def serving(place: Path, most: int) -> Iterator[int]:
    """The district of this folder as a program of its own; its port."""
    told = place.parent / "port"
    command = [sys.executable, "-m", "tests.kit.district.load_server", str(place), str(told), str(most)]
    with subprocess.Popen(command, cwd=ROOT) as process:
        try:
            while not told.exists():
                assert process.poll() is None
                time.sleep(0.02)
            yield int(told.read_text())
        finally:
            process.terminate()
            process.wait(30)


def made(place: Path, database: str, *, dossiers: int) -> tuple[list[Device], str]:
    """Desks that have sent so many dossiers each, and the cookie of somebody who is signed in."""
    clock = Clock(time.time_ns() // 1_000_000)
    with offices.office(place, clock, database=database) as office:
        desks = [offices.enrolled(office, 1 + n % 4, unit=f"H26.{10 + n // 4}") for n in range(DESKS)]
        for number, desk in enumerate(desks):
            for one in range(dossiers):
                desk.receives(10_000_000 * (1 + number) + one, name=f"Nguyễn Thị Số {number} {one}")
            office.district.reply(desk.request())
        office.district.projection.catch_up()
        with office.district.storage.writing() as session:
            users.add(session, "lan", PASSWORD, at=clock())
            cookie = users.begin_visit(session, "lan", secret=users.secret_of(session, "lan"), at=clock())
    return desks, cookie


async def everything(port: int, desks: list[Device], cookie: str, half_open: int) -> tuple[dict[str, Measured], int]:
    """The flood, twenty searches and sixty sign-ins at once, and each desk's dossiers while any of that goes on."""
    told = {name: Measured() for name in ("receptions", "searches", "sign-ins")}
    flood, is_over = Flood(port), asyncio.Event()

    async def sending(number: int) -> None:
        while not is_over.is_set():
            await told["receptions"].each(lambda: load.reception(port, desks[number], number))
            await asyncio.sleep(0.2)

    async def disturbing() -> None:
        await asyncio.gather(
            flood.rise(half_open),
            *(told["searches"].each(lambda n=n: load.search(port, cookie, n)) for n in range(SEARCHES)),
            *(told["sign-ins"].each(lambda n=n: load.wrong_sign_in(port, n)) for n in range(SIGN_INS)),
        )
        is_over.set()

    await asyncio.gather(disturbing(), *map(sending, range(DESKS)))
    for number in range(DESKS):  # and once more with all the lines there
        await told["receptions"].each(lambda n=number: load.reception(port, desks[n], n))
    ended = await flood.ended()
    flood.fall()
    return told, ended


def test_what_desks_send_is_answered_while_everybody_else_hangs_on(tmp_path, database, half_open):
    is_full = half_open >= FULL
    desks, cookie = made(tmp_path / "district", database, dossiers=1000 if is_full else 5)
    most = 0 if is_full else half_open // 2
    with serving(tmp_path / "district", most) as port:
        told, ended = asyncio.run(everything(port, desks, cookie, half_open))
    print(f"\n{'PostgreSQL' if database else 'SQLite'}: {half_open} half-open lines, {ended} of them ended")
    for name, measured in told.items():
        print(f"  {name}: {measured}")
    assert [measured.wrong for measured in told.values()] == [[], [], []]
    assert len(told["receptions"].seconds) >= 2 * DESKS
    assert ended >= half_open - (most or connections.MOST_LINES)
    assert not is_full or told["receptions"].part(0.95) < MOST_SECONDS
