"""What a clerk waits for: saving a dossier waits for the disk once, noting a print once more, nothing else does."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from desk_app.store.keys import vault
from tests.kit.desk.desks import PASSPHRASE, make_template

ROOT = Path(__file__).resolve().parents[2]
SYNC = re.compile(r"\bf(?:data)?sync\((\d+)<([^>]*)>")
SCRIPT = """
import os, random, sys
from pathlib import Path
from desk_app.services.dossiers import queries
from desk_app.services.papers import papers
from desk_app.services.reception import reception
from tests.kit.desk.desks import FRIDAY
from tests.kit.desk import dying_counter

with dying_counter.opened(Path(sys.argv[1]), bytes.fromhex(sys.stdin.read()), FRIDAY) as desk:
    drafts = [dying_counter.draft(desk, random.Random(n)) for n in range(10)]
    os.access("/first-opening", 0)
    reception.receive(desk, drafts.pop())  # the first one also begins the log and the WAL
    os.access("/saving", 0)
    receipts = [reception.receive(desk, draft) for draft in drafts]
    os.access("/drawing", 0)
    for receipt in receipts:
        papers.draw(desk, receipt.dossier.code)
        queries.find(desk, "thu nghiem")
        queries.counts(desk)
    os.access("/noting", 0)
    for receipt in receipts:
        papers.printed(desk, receipt.dossier.code, receipt.papers, printer="PDF")
    os.access("/end", 0)
"""


@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")
def test_saving_waits_for_the_disk_once_and_reading_never(tmp_path: Path) -> None:
    data, trace = make_template(tmp_path), tmp_path / "trace"
    key = vault.unlock(data, passphrase=PASSPHRASE)
    calls = "trace=fsync,fdatasync,sync_file_range,msync,access,faccessat,faccessat2"
    done = subprocess.run(
        ["strace", "-f", "-y", "-o", str(trace), "-e", calls, sys.executable, "-c", SCRIPT, str(data)],
        input=key.hex(),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    if done.returncode and "ptrace" in done.stderr:
        pytest.skip("strace may not attach here")
    assert done.returncode == 0, done.stderr
    told = trace.read_text()

    def synced(begin: str, end: str) -> Counter[str]:
        part = told[told.index(f'"/{begin}"') : told.index(f'"/{end}"')]
        assert "msync" not in part
        return Counter(Path(found[2]).name for found in SYNC.finditer(part))

    assert synced("saving", "drawing") == {"desk.db-wal": 9}
    assert synced("drawing", "noting") == {}
    assert synced("noting", "end") == {"desk.db-wal": 9}
