"""Kills and power cuts while a version is installed, tried, migrated to, given back: the desk opens, all is there."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from desk_app.services.reception import reception
from desk_app.store.database import schema
from tests.kit.desk.desks import CARD, PASSPHRASE, make_template, open_copy
from tests.kit.desk.dying_counter import draft
from tests.kit.updates import power_cuts
from tests.kit.updates.power_cuts import Trace
from tests.kit.updates.stand_ins import Installation, install, update

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("cc") or not shutil.which("strace"), reason="needs cc and strace"
)
OLD, NEW = "0.5.0", "0.6.0"
RECEIVE = ("receive", "--scan", CARD, "--procedure", "1.004873", "--json")


@dataclass(frozen=True)
class Deed:
    """One of the deeds that may be cut: the folder before it, its command, how long it took (s)."""

    name: str
    before: Path
    command: tuple[str, ...]
    took: float


@pytest.fixture(scope="module")
def deeds(tmp_path_factory: pytest.TempPathFactory) -> list[Deed]:
    """Install, try and migrate, go back: each with the installation as it stands before."""
    place = tmp_path_factory.mktemp("update")
    with open_copy(make_template(place / "made"), place / "one") as desk:
        reception.receive(desk, draft(desk, random.Random(1)))
    (place / "live").mkdir()
    (place / "one" / "desk").rename(place / "live" / "desk")
    (place / "secret.txt").write_text(PASSPHRASE, "utf-8")
    installed = install(place / "live" / "programs", place / "live" / "desk", place / "secret.txt", OLD)
    file = update(place, NEW, schema=schema.VERSION + 1)
    found = []
    for name, command in (
        ("install", ("update", str(file))),
        ("migrate", ("rebuild",)),
        ("back", ("update", "--back")),
    ):
        before = place / f"before-{name}"
        shutil.copytree(place / "live", before)
        begun = time.monotonic()
        done = installed.run(*command)
        assert done.returncode == 0, done.stderr
        found.append(Deed(name, before, command, time.monotonic() - begun))
    assert installed.version == OLD
    return found


def live(deed: Deed) -> Installation:
    place = deed.before.parent
    return Installation(place / "live" / "programs", place / "live" / "desk", place / "secret.txt")


def killed(deed: Deed, moment: float) -> None:
    """The deed, ended by SIGKILL with all that it started."""
    installed = live(deed)
    shutil.rmtree(installed.place.parent)
    shutil.copytree(deed.before, installed.place.parent)
    line, variables = installed.command(*deed.command)
    running = subprocess.Popen(
        line, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        running.wait(moment)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def problems(deed: Deed) -> list[str]:
    """What must never be. The counter goes on at once, by the old version or the new: every dossier, a new number."""
    installed = live(deed)
    done = installed.run(*RECEIVE)
    if done.returncode:
        return [f"the counter does not go on: {done.stderr}"]
    code, kept = json.loads(done.stdout)["code"], installed.codes()
    found = [] if installed.version in (OLD, NEW) else [f"version {installed.version}"]
    if len(kept) != 2 or len(set(kept)) != 2 or code not in kept:
        found.append(f"dossiers: {kept}, just given: {code}")
    return found


def test_whatever_ends_an_update_the_desk_opens_with_the_old_version_or_the_new(
    deeds: list[Deed], pytestconfig: pytest.Config
) -> None:
    times: int = pytestconfig.getoption("update_kills")
    seed = pytestconfig.getoption("kill_seed") or random.randrange(1 << 30)
    chosen = random.Random(seed)
    again = f"--update-kills {times} --kill-seed {seed}"
    traces: dict[str, Trace] = {}
    versions = []
    for number in range(times):
        deed = deeds[number % len(deeds)]
        if number // len(deeds) % 3 == 0:
            moment = chosen.uniform(0.2, 1.05) * deed.took
            killed(deed, moment)
            how = f"{deed.name} killed after {moment:.3f} s"
        else:
            trace = traces.get(deed.name) or traced(deed)
            traces[deed.name] = trace
            count = chosen.randint(0, len(trace.steps))
            power_cuts.cut(trace, count, chosen)
            how = f"{deed.name} cut behind step {count} of {len(trace.steps)}"
        assert problems(deed) == [], f"{how}; again with {again}"
        versions.append(live(deed).version)
    print(f"{again}: {versions.count(OLD)} old, {versions.count(NEW)} new")


def traced(deed: Deed) -> Trace:
    installed = live(deed)
    folder = installed.place.parent
    shutil.rmtree(folder)
    shutil.copytree(deed.before, folder)
    line, variables = installed.command(*deed.command)
    before = deed.before.with_name(f"traced-{deed.name}")
    trace = power_cuts.traced(line, folder, before, variables)
    assert any(step.what == "sync" for step in trace.steps)
    return trace
