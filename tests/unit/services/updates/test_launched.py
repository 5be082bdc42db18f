"""A new version through the launcher: tried, settled, given up by itself; the desk opens every time."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desk_app.cli import main
from desk_app.services.reception import reception
from desk_app.store.database import schema
from desk_app.store.database.lock import hold
from tests.kit.desk.desks import CARD, PASSPHRASE, open_copy
from tests.kit.desk.dying_counter import draft
from tests.kit.updates.stand_ins import Installation, install, update

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("cc"), reason="compiles the launcher for Linux"
)
LATER = schema.VERSION + 1
RECEIVE = ("receive", "--scan", CARD, "--procedure", "1.004873")


@pytest.fixture(scope="module")
def with_one(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with one dossier."""
    import random

    with open_copy(template, tmp_path_factory.mktemp("one")) as desk:
        reception.receive(desk, draft(desk, random.Random(1)))
        return desk.data


@pytest.fixture
def installed(with_one: Path, tmp_path: Path) -> Installation:
    shutil.copytree(with_one, tmp_path / "desk")
    secret = tmp_path / "secret.txt"
    secret.write_text(PASSPHRASE, "utf-8")
    return install(tmp_path / "programs", tmp_path / "desk", secret)


def test_a_new_version_is_taken_tried_and_goes_back_without_a_loss(installed: Installation, tmp_path: Path) -> None:
    before = installed.codes()
    done = installed.run("update", str(update(tmp_path, "0.6.0", schema=LATER)))
    assert (done.returncode, "Nhanh hơn." in done.stdout) == (0, True), done.stderr
    assert installed.version == "0.5.0"
    assert installed.run("rebuild").returncode == 0  # the first start is the trial, and brings the tables up to date
    assert (installed.version, (installed.place / "trial").exists()) == ("0.6.0", False)
    back = installed.run("update", "--back", "--json")
    assert (back.returncode, json.loads(back.stdout)["data_put_back"]) == (0, True), back.stderr
    assert installed.version == "0.5.0"
    assert installed.run(*RECEIVE).returncode == 0
    assert (len(installed.codes()), installed.codes()[0]) == (2, before[0])


def test_after_a_new_event_the_way_goes_only_forward(installed: Installation) -> None:
    installed.choose("0.6.0", schema=LATER)
    assert installed.run(*RECEIVE).returncode == 0
    back = installed.run("update", "--back")
    assert (back.returncode, "mất" in back.stderr) == (1, True)
    assert (installed.version, len(installed.codes())) == ("0.6.0", 2)


def test_where_the_data_allow_it_the_program_alone_goes_back_and_writes_on(installed: Installation) -> None:
    installed.choose("0.6.0", schema=LATER, oldest=schema.VERSION)
    assert installed.run(*RECEIVE).returncode == 0
    back = installed.run("update", "--back", "--json")
    assert (back.returncode, json.loads(back.stdout)["data_put_back"]) == (0, False), back.stderr
    assert installed.version == "0.5.0"
    assert installed.run(*RECEIVE).returncode == 0
    assert len(installed.codes()) == len(set(installed.codes())) == 3


@pytest.mark.parametrize("fault", [{"start": "crash"}, {"schema": LATER, "spoilt": True}])
def test_a_version_that_does_not_start_or_open_the_data_is_given_up_at_once(
    installed: Installation, fault: dict[str, object]
) -> None:
    installed.choose("0.6.0", **fault)
    begun = time.monotonic()
    assert (
        installed.run("rebuild").returncode == 0
    )  # the very command that met the fault is done, by the version before
    assert time.monotonic() - begun < 30
    assert (installed.version, len(installed.codes())) == ("0.5.0", 1)
    assert (installed.place / "failed").read_text("ascii").split()[0] == "0.6.0"
    assert not (installed.place / "next").exists()


def test_a_version_that_migrated_and_died_before_it_settled_gives_the_data_back(installed: Installation) -> None:
    installed.choose("0.6.0", schema=LATER, dies_late=True)
    assert installed.run("rebuild").returncode == 0
    assert (installed.version, len(installed.codes())) == ("0.5.0", 1)
    assert (installed.data / "before-update" / "replaced" / "desk.db").exists()


def test_a_version_that_fails_its_self_test_is_not_even_chosen(installed: Installation, tmp_path: Path) -> None:
    done = installed.run("update", str(update(tmp_path, "0.6.0", selftest="bad")))
    assert (done.returncode, (installed.place / "next").exists()) == (1, False)
    assert "tự kiểm tra" in done.stderr
    assert sorted(path.name for path in (installed.place / "versions").iterdir()) == ["0.5.0"]


def test_a_version_damaged_after_it_was_chosen_fails_the_launchers_own_test(installed: Installation) -> None:
    installed.choose("0.6.0")
    (installed.place / "versions" / "0.6.0" / "how.json").write_text("{", "utf-8")
    told = installed.run("update", "--status", "--json")
    assert json.loads(told.stdout)["failed"] == {"version": "0.6.0", "why": "không qua được phần tự kiểm tra"}


def test_a_self_test_for_which_the_time_runs_out_is_done_again_and_the_third_time_is_the_last(
    installed: Installation,
) -> None:
    installed.hurry(selftest_ms=300, limit_ms=20000)
    installed.choose("0.6.0", selftest="hang")
    for again in ("0.6.0 late 1", "0.6.0 late 2", ""):
        assert installed.run("today").returncode == 0  # by the version before
        assert (installed.version, installed.words("failed")) == ("0.5.0", "0.6.0 late")
        assert (installed.words("next"), installed.words("trial")) == (again, "")


def test_the_self_test_is_told_by_when_it_must_end(installed: Installation) -> None:
    installed.choose("0.6.0", selftest="in time")
    assert installed.run("rebuild").returncode == 0
    assert (installed.version, installed.words("failed")) == ("0.6.0", "")


def test_who_ends_the_launcher_of_a_version_on_trial_ends_the_version_and_it_is_not_given_up(
    installed: Installation,
) -> None:
    installed.choose("0.6.0", start="hang")
    (installed.place / "next").write_text("0.6.0 tested 0\n", "ascii")
    line, variables = installed.command("today")
    with subprocess.Popen(line, env=variables) as launcher:
        until = time.monotonic() + 10
        while installed.words("trial") != "0.6.0 new 1" and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.3)  # between the mark and the start of the version
        launcher.terminate()
        assert launcher.wait(10) == 128 + signal.SIGTERM  # as the version's end is told; its own would be -SIGTERM
    assert (installed.version, installed.words("trial"), installed.words("failed")) == ("0.6.0", "0.6.0 new 1", "")


def test_a_version_that_only_started_too_slowly_is_started_again_without_a_self_test(installed: Installation) -> None:
    installed.hurry(selftest_ms=300, limit_ms=300)
    installed.choose("0.6.0", start="hang", selftest="hang")
    (installed.place / "next").write_text("0.6.0 tested 0\n", "ascii")
    for again in ("0.6.0 tested 1", "0.6.0 tested 2", ""):
        assert installed.run("today").returncode == 0
        assert (installed.version, installed.words("failed"), installed.words("next")) == ("0.5.0", "0.6.0 mark", again)
    installed.hurry(selftest_ms=300, limit_ms=20000)
    installed.choose("0.7.0", selftest="hang")
    (installed.place / "next").write_text("0.7.0 tested 2\n", "ascii")
    (installed.place / "failed").write_text("0.7.0 mark\n", "ascii")
    assert installed.run("rebuild").returncode == 0
    assert (installed.version, installed.words("failed"), installed.words("trial")) == ("0.7.0", "", "")


def test_a_desk_in_use_and_a_program_from_source_are_told(
    installed: Installation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = update(tmp_path, "0.6.0")
    with hold(installed.data):
        done = installed.run("update", str(file))
    assert (done.returncode, (installed.place / "next").exists()) == (1, False)
    assert "đang mở" in done.stderr
    assert main(["update", "--back", "--data", str(installed.data)]) == 1
    assert "bộ cài" in capsys.readouterr().err
