"""What the machine does to a running desk: a full disk, a second program, a crash, and what a save costs."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from desk_app.errors import DataFolderMissingError, DiskFullError, SecondProgramError
from desk_app.store.database.database import FILE, open_database
from desk_app.store.database.lock import hold
from desk_app.store.journal.check import check, verify_tail
from tests.kit.desk import books

ROOT = Path(__file__).parents[2]


def python(script: str, *arguments: object, prefix: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*prefix, sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 3 MB."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this user may not mount a small file system")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def receive_on(db, number):
    """Receive dossiers until something stops it."""
    while True:
        books.received(db, number, note="x" * 3000)
        number += 1


def test_a_full_disk_refuses_the_save_loses_nothing_and_goes_on_when_there_is_room(small_disk):
    db = books.made(small_disk / "desk")
    books.received(db, 1)
    (small_disk / "ballast").write_bytes(bytes(300_000))
    with pytest.raises(DiskFullError):
        receive_on(db, 2)
    ((kept,),) = db.all("SELECT count(*) FROM dossier")
    assert kept > 10
    assert not db.conn.in_transaction
    assert db.one("SELECT max(last_seq) FROM log") == (kept,)
    verify_tail(db)
    (small_disk / "ballast").unlink()
    books.received(db, kept + 1)
    assert check(db).ok
    db.close()
    db = open_database(small_disk / "desk" / FILE, books.KEY)
    assert db.one("SELECT count(*) FROM dossier") == (kept + 1,)
    assert check(db).ok
    db.close()


def test_a_limit_on_file_size_is_a_failed_disk_and_loses_nothing(tmp_path):
    """As with a quota: the same must hold where nobody may mount."""
    script = """
        import resource, signal, sys
        from pathlib import Path
        from desk_app.errors import DeskError
        from tests.kit.desk import books
        db = books.made(Path(sys.argv[1]))
        books.received(db, 1)
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
        kept = 1
        try:
            while True:
                books.received(db, kept + 1, note="x" * 3000)
                kept += 1
        except DeskError as error:
            print(type(error).__name__, kept)
        resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1))
        books.received(db, kept + 1)
        db.close()
    """
    ran = python(script, tmp_path / "desk")
    told, trouble = ran.communicate(timeout=120)
    assert ran.returncode == 0, trouble
    name, kept = told.split()
    assert name in {"DiskFailedError", "DiskFullError"}
    db = open_database(tmp_path / "desk" / FILE, books.KEY)
    assert db.one("SELECT count(*) FROM dossier") == (int(kept) + 1,)
    assert check(db).ok
    db.close()


HOLD = """
    import sys
    from pathlib import Path
    from desk_app.store.database.lock import hold
    lock = hold(Path(sys.argv[1]))
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_program_is_told_which_one_is_open_and_may_open_when_that_dies(tmp_path):
    other = python(HOLD, tmp_path)
    assert other.stdout.readline() == "held\n"
    with pytest.raises(SecondProgramError) as told:
        hold(tmp_path)
    assert told.value.facts == {"pid": str(other.pid)}
    other.send_signal(signal.SIGKILL)
    other.communicate()
    with hold(tmp_path), pytest.raises(SecondProgramError):
        hold(tmp_path)
    hold(tmp_path).close()
    with pytest.raises(DataFolderMissingError):
        hold(tmp_path / "none")


WRITE = """
    import sys
    from pathlib import Path
    from desk_app.store.database.database import FILE, open_database
    from tests.kit.desk import books
    db = open_database(Path(sys.argv[1]) / FILE, books.KEY)
    ((number,),) = db.all("SELECT count(*) FROM dossier")
    while True:
        number += 1
        books.received(db, number)
        print(number, flush=True)
"""


def test_what_was_acknowledged_survives_a_kill_at_any_moment(tmp_path):
    books.made(tmp_path / "desk").close()
    for wait in (0.0, 0.003, 0.017, 0.05, 0.11):
        writer = python(WRITE, tmp_path / "desk")
        last = writer.stdout.readline()
        time.sleep(wait)  # when it dies is the point; nothing is judged by it
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read()  # the same stream: what it holds back already is not lost
        writer.communicate()
        acknowledged = int(([last, *rest.split()])[-1])
        db = open_database(tmp_path / "desk" / FILE, books.KEY)
        verify_tail(db)
        assert db.one("SELECT count(*) FROM dossier")[0] in (acknowledged, acknowledged + 1)
        assert check(db).ok
        db.close()


@pytest.mark.skipif(not shutil.which("strace"), reason="no strace here")
def test_a_save_waits_for_the_disk_exactly_once(tmp_path):
    script = """
        import os, sys
        from pathlib import Path
        from tests.kit.desk import books
        db = books.made(Path(sys.argv[1]))
        books.received(db, 1)
        os.access("/begin", 0)
        for number in range(2, 12):
            books.received(db, number)
        os.access("/end", 0)
    """
    trace = tmp_path / "trace"
    calls = "trace=fsync,fdatasync,access,faccessat,faccessat2"
    ran = python(script, tmp_path / "desk", prefix=("strace", "-f", "-o", str(trace), "-e", calls))
    _, trouble = ran.communicate(timeout=120)
    if ran.returncode and "ptrace" in trouble:
        pytest.skip("this user may not trace")
    assert ran.returncode == 0, trouble
    told = trace.read_text()
    during = told[told.index("/begin") : told.index("/end")]
    assert len(re.findall(r"\bf(?:data)?sync\(", during)) == 10
