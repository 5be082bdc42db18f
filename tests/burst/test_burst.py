"""The end of the working day: every desk of a province sends its whole day at once, and each count is exact.

Twice on each storage: encrypted as it is, and in the clear as the floor; the server's work is compared.

Small here; the full one, as README names it: `pytest tests/burst -s --burst-desks 500`.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desk_app.district.intake.projection import Projection
from desk_app.district.keys.identity import storage_key
from desk_app.district.search.index import NameIndex
from desk_app.district.storage import Storage, devices, logs, open_storage
from desk_app.district.storage.devices import Device
from desk_app.protocol.keys import Keys
from tests.kit.desk import days
from tests.kit.desk.terminal import ROOT
from tests.kit.district import clear_storage, crowd, postgres

MOST_MEMORY_KB = 600 * 1024
MOST_SECONDS = 60
MOST_RATIO = 1.3
"""So much more work than in the clear the encrypted storage may be, in CPU seconds of the server."""
FULL = 500


@pytest.fixture(scope="module")
def desks(request):
    return request.config.getoption("--burst-desks")


@pytest.fixture(scope="module")
def operational():
    return Keys.new()


@pytest.fixture(scope="module")
def everybody(request, desks, operational, tmp_path_factory):
    """The crowd; a whole day each when it is the full burst, a morning otherwise."""
    whole = desks >= FULL
    day = crowd.day(
        tmp_path_factory.mktemp("day"),
        dossiers=days.DOSSIERS if whole else 40,
        events=days.EVENTS if whole else 200,
    )
    return crowd.gathered(day, operational.public, count=desks)


@pytest.fixture(params=["sqlite", "postgresql"])
def places(request, tmp_path):
    """Where the floor and the storage on trial lie."""
    if request.param == "sqlite":
        yield str(tmp_path / "clear.db"), str(tmp_path / "district.db")
        return
    if postgres.missing():
        pytest.skip(postgres.missing())
    with postgres.running() as running:
        yield running.database("clear"), running.database("burst")


@contextmanager
def serving(place: str, operational: Keys, folder: Path, *, is_clear: bool) -> Iterator[tuple[int, int]]:
    """A running district: its port and its process id."""
    folder.mkdir(exist_ok=True)
    secret, told = folder / "keys", folder / "port"
    secret.write_bytes(operational.dump())
    command = [sys.executable, "-m", "tests.kit.district.burst_server", place, str(secret), str(told)]
    command += ["clear"] if is_clear else []
    with subprocess.Popen(command, cwd=ROOT) as process:
        try:
            while not told.exists():
                assert process.poll() is None
                time.sleep(0.02)
            yield int(told.read_text()), process.pid
        finally:
            process.terminate()
            process.wait(30)


def peak_memory(process: int) -> int:
    """KB of memory the process ever held."""
    told = Path(f"/proc/{process}/status").read_text()
    return int(next(line for line in told.splitlines() if line.startswith("VmHWM")).split()[1])


def cpu_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def opened(place: str, operational: Keys, *, is_clear: bool) -> Iterator[Storage]:
    """The storage in this process, in the clear or not."""
    with pytest.MonkeyPatch.context() as patch:
        if is_clear:
            clear_storage.write_in_the_clear(patch.setattr)
        storage = open_storage(place, storage_key(operational))
        try:
            yield storage
        finally:
            storage.close()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads what the system tells of a process")
def test_every_desk_of_a_province_sends_its_day_at_once(places, everybody, operational, tmp_path, desks):
    floor = _burst(places[0], everybody, operational, tmp_path / "clear", is_clear=True)
    ours = _burst(places[1], everybody, operational, tmp_path / "ours", is_clear=False)
    assert (tmp_path / "clear.db").exists() is places[0].endswith("clear.db")
    if places[0].endswith("clear.db"):
        assert clear_storage.looks_plain(tmp_path / "clear.db")
        assert not clear_storage.looks_plain(tmp_path / "district.db")
    print(f"encrypted : in the clear = {ours / floor:.2f}")
    assert desks < FULL or ours <= MOST_RATIO * floor


def _burst(place, everybody, operational, folder, *, is_clear):
    """Everybody sends, each count is proved; CPU seconds of the server."""
    with opened(place, operational, is_clear=is_clear) as storage:
        return _burst_into(storage, place, everybody, operational, folder, is_clear=is_clear)


def _burst_into(storage, place, everybody, operational, folder, *, is_clear):
    desks = len(everybody)
    with storage.writing() as session:
        for desk in everybody:
            told = desk.keys.public
            devices.put(session, Device(kid=told.kid, keys=told.dump(), certificate=b"-", unit=desk.unit))
    with serving(place, operational, folder, is_clear=is_clear) as (port, process):
        began = time.perf_counter()
        wrong = asyncio.run(crowd.send_all(everybody, operational.public, port))
        seconds = time.perf_counter() - began
        memory, cpu = peak_memory(process), cpu_seconds(process)
        assert wrong == []
        with storage.reading() as session:
            held = {log.log: (log.seq, log.receptions, log.head) for log in logs.every(session)}
            ((events,),) = session.all("SELECT sum(last - first + 1) FROM frame")
        again = asyncio.run(crowd.send_all(everybody[:5], operational.public, port))
        assert again == []
    assert held == {desk.log: (desk.events, desk.receptions, desk.head) for desk in everybody}
    sent = sum(desk.events for desk in everybody)
    assert int(events) == sent
    print(
        f"\n{storage.kind}{' in the clear' if is_clear else ''}: {desks} desks, {sent} events,"
        f" {sum(len(desk.request) for desk in everybody)} bytes: {seconds:.1f} s, {sent / seconds:.0f} events/s,"
        f" {cpu:.1f} s of CPU, {memory // 1024} MB at most"
    )
    assert memory < MOST_MEMORY_KB
    assert desks < FULL or seconds <= MOST_SECONDS
    if not is_clear:
        _dossiers_follow(storage, everybody, is_whole=desks < FULL)
    return cpu


def _dossiers_follow(storage, everybody, *, is_whole: bool) -> None:
    """The projection comes behind and makes as many dossiers as were received; of a full burst only some of them."""
    projection = Projection(storage, index=NameIndex(Keys.new()), clock=lambda: 0, is_busy=lambda: False)
    began = time.perf_counter()
    frames = 0
    while (done := projection.step()) and (is_whole or frames < 640):
        frames += done
    with storage.reading() as session:
        ((made,),) = session.all("SELECT count(*) FROM dossier")
        ((errors,),) = session.all("SELECT count(*) FROM projection_error")
    print(f"projection: {frames} frames, {made} dossiers, {time.perf_counter() - began:.1f} s")
    assert int(errors) == 0
    if is_whole:
        assert int(made) == sum(desk.receptions for desk in everybody)
