"""What every test stands on: no visible screen, files in memory, and property tests that never judge by the clock."""

from __future__ import annotations

import atexit
import gc
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The program waits for the disk at every event, which says nothing here: where memory has room, the files lie there.
MEMORY, ROOM = Path("/dev/shm"), 2 << 30
if (
    sys.platform != "win32"
    and "TMPDIR" not in os.environ
    and os.access(MEMORY, os.W_OK)
    and shutil.disk_usage(MEMORY).free >= ROOM
):
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # no test touches the tester's own key store
if "DESK_STATE" not in os.environ:  # nor what the account remembers
    os.environ["DESK_STATE"] = tempfile.mkdtemp(prefix="desk-state-")
    atexit.register(shutil.rmtree, os.environ["DESK_STATE"], ignore_errors=True)

settings.register_profile(
    "desk",
    max_examples=15,
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("full", settings.get_profile("desk"), max_examples=400)  # --hypothesis-profile full (README)
settings.load_profile("desk")


def pytest_addoption(parser):
    parser.addoption(
        "--accept-marks",
        action="store_true",
        help="write what stands on the shipped papers anew (tests/contracts/golden)",
    )
    parser.addoption("--kills", type=int, default=20, help="how often tests/faults/test_kill.py kills the counter")
    parser.addoption("--kill-seed", type=int, default=0, help="repeat the moments of an earlier run")
    parser.addoption("--update-kills", type=int, default=6, help="tests/faults/test_update_kill.py: kills, power cuts")
    parser.addoption("--draft-kills", type=int, default=2, help="tests/faults/test_draft_kill.py: windows killed")
    parser.addoption("--backup-kills", type=int, default=2, help="tests/faults/test_backup_kill.py: backups killed")
    parser.addoption(
        "--backup-weeks", type=int, default=0, help="tests/faults/test_backup_year.py: 1 restores each week of a year"
    )
    # the trials of sync: small here, full before a release (README)
    parser.addoption("--door-messages", type=int, default=400, help="tests/faults/test_door_fuzz.py: strange messages")
    parser.addoption("--cut-every", type=int, default=401, help="tests/faults/test_sync_cut.py: 1 cuts after each byte")
    parser.addoption("--burst-desks", type=int, default=12, help="tests/burst: desks that send their day at once")
    parser.addoption("--half-open", type=int, default=300, help="tests/burst/test_load.py: lines that only hang")
    parser.addoption(
        "--search-dossiers", type=int, default=3000, help="tests/benchmarks/test_name_search.py: dossiers searched"
    )
    parser.addoption("--spoilt-files", type=int, default=25, help="stick/test_damage.py: spoilt files of each seed")
    parser.addoption("--cut-days", type=int, default=2, help="tests/sync/test_wire_budget.py: days with a cut")
    parser.addoption("--sync-kills", type=int, default=6, help="tests/faults/test_sync_kill.py: lives ended")
    parser.addoption("--towns", type=int, default=6, help="tests/unit/store/journal/forks/test_random_towns.py: towns")
    parser.addoption("--stories", type=int, default=6, help="tests/faults/test_sync_machine.py: years told")
    parser.addoption(
        "--story-seed",
        type=int,
        default=None,
        help="tell the new years of an earlier run again, and seek a shorter one that fails",
    )
    parser.addoption("--links", type=int, default=1, help="tests/benchmarks/test_link.py: days over each bad line")
    parser.addoption("--scan-bursts", type=int, default=8, help="tests/ui/test_scan_fuzz.py: random scanners")
    parser.addoption("--every-speed", action="store_true", help="tests/stories: every card at every speed of a scanner")
    parser.addoption("--typings", type=int, default=6, help="tests/ui/test_scan_fuzz.py: random hands")
    parser.addoption("--every-place", action="store_true", help="tests/unit/domain/people: each commune, old and new")
    parser.addoption("--every-key", action="store_true", help="tests/ui/test_keys_walk.py: every state of each screen")
    parser.addoption("--whole-days", action="store_true", help="tests/ui/test_life_of_the_desk.py: fifty dossiers")
    parser.addoption("--every-size", action="store_true", help="tests/ui/test_layout.py: nine sizes, light and dark")
    parser.addoption(
        "--every-procedure", action="store_true", help="tests/ui/test_unfinished_window.py: not three of them but all"
    )
    parser.addoption(
        "--every-form", action="store_true", help="test_printing.py, test_people_matrix.py: not some of them but all"
    )
    parser.addoption(
        "--pictures", default="", help="tests/ui/test_layout.py, tests/stories/test_printing.py: a folder for PNGs"
    )
    parser.addoption("--installed", default="", help="tests/stories: a folder with desk-app, desk-district to be tried")
    parser.addoption("--cold-commands", action="store_true", help="tests/stories: Python starts anew for each command")
    parser.addoption("--shuffle", type=int, default=None, metavar="SEED", help="files and their tests in another order")


def pytest_configure(config):
    gc.disable()  # until all modules and tests are there: they stay
    if config.getoption("cold_commands"):
        os.environ["COLD_COMMANDS"] = "1"
    if config.getoption("installed"):
        os.environ["INSTALLED_PROGRAMS"] = config.getoption("installed")


def pytest_report_header(config):
    seed = config.getoption("shuffle")
    return [] if seed is None else f"order: --shuffle {seed}"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """With `--shuffle SEED` the files come in an order of that seed, and the tests of each file too."""
    seed = config.getoption("shuffle")
    if seed is None:
        return
    files = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    order = random.Random(seed)
    groups = list(files.values())
    order.shuffle(groups)
    for tests in groups:
        order.shuffle(tests)
    items[:] = [item for tests in groups for item in tests]


def pytest_collection_finish():
    """Modules and tests stay to the end: no search for garbage looks through them again."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_handlecrashitem(report, sched):
    """Where Python stood when a worker died over an open window: its desk took that into its own log."""
    for log in sched.config._tmp_path_factory.getbasetemp().rglob("crash.log"):
        if text := log.read_text("utf-8"):
            report.sections.append((str(log), text))


@pytest.fixture(scope="session", autouse=True)
def cheap_guesses() -> Iterator[None]:
    """A guess at a passphrase costs nothing; a test whose matter is the cost asks for `dear_guesses`."""
    from argon2 import PasswordHasher

    from desk_app.district.admin import users
    from desk_app.district.keys import keyfile
    from desk_app.key_envelope import Cost
    from desk_app.store.keys import vault

    cheap = Cost(passes=1, memory=8, lanes=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vault, "PASSPHRASE_COST", cheap)
        patch.setattr(keyfile, "PASSPHRASE_COST", cheap)
        patch.setattr(users, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture
def dear_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A guess costs what it does in life."""
    from argon2 import PasswordHasher

    from desk_app import key_envelope
    from desk_app.district.admin import users
    from desk_app.district.keys import keyfile
    from desk_app.store.keys import vault

    monkeypatch.setattr(vault, "PASSPHRASE_COST", key_envelope.PASSPHRASE_COST)
    monkeypatch.setattr(keyfile, "PASSPHRASE_COST", key_envelope.PASSPHRASE_COST)
    monkeypatch.setattr(users, "_hasher", PasswordHasher())
