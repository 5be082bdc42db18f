"""A counter that dies again and again: a worker does what the window does on "In", its parent kills it at any moment.

`python -m tests.kit.desk.dying_counter DATA LEDGER CYCLES SEED` with the desk's key in hex on stdin; prints what was
found as JSON. The ledger stands for paper: a code is in it once a printer has it, so it must be in the journal too.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import NoReturn

import zxingcpp
from msgspec.structs import replace

from desk_app import places
from desk_app.documents.forms.form import FormLibrary
from desk_app.documents.output.pdf import to_image
from desk_app.domain.procedures.procedure import Document
from desk_app.services.desk.desk import Desk
from desk_app.services.papers import papers
from desk_app.services.papers.papers import Paper
from desk_app.services.reception import cards, reception
from desk_app.services.reception.draft import Draft
from desk_app.store.database.database import FILE, open_database
from desk_app.store.database.lock import hold
from desk_app.store.journal.check import check, verify_tail
from desk_app.store.reference import settings
from tests.kit.desk.desks import CARD, FRIDAY, TestClock

PROCEDURES = ("1.004873", "1.001193", "2.000815")
CYCLES_A_DAY = 40  # a desk's block of numbers must last the day
LONGEST_LIFE = 0.15  # s of its own CPU, so that a busy machine makes no life shorter: a few saves
LONGEST_WAIT = 20.0  # s
RECENT = 100
FORMS = FormLibrary.load([places.forms()])  # read once: a worker's life is for saving


@contextmanager
def opened(data: Path, key: bytes, moment: datetime) -> Iterator[Desk]:
    """The desk as the program opens it, the key already unlocked."""
    lock = hold(data)
    db = open_database(data / FILE, key)
    with Desk(data=data, db=db, settings=settings.get(db), clock=TestClock(moment), lock=lock) as desk:
        desk.forms = FORMS
        yield desk


def work(desk: Desk, ledger: Path, chosen: random.Random) -> NoReturn:
    """Receive, draw, print, note: until killed."""
    while True:
        receipt = reception.receive(desk, draft(desk, chosen))
        code = receipt.dossier.code
        for paper in papers.draw(desk, code):
            print_on(ledger, paper)
        papers.printed(desk, code, receipt.papers, printer="PDF")
        time.sleep(chosen.uniform(0, 0.01))  # the clerk says goodbye


def draft(desk: Desk, chosen: random.Random) -> Draft:
    person = cards.scan(desk, CARD).person
    procedure = chosen.choice(PROCEDURES)
    documents = (Document(name="Bằng tốt nghiệp", pages=2, copies=3),) if procedure == "2.000815" else ()
    return replace(reception.new_draft(procedure), people={"applicant": person}, documents=documents)


def print_on(ledger: Path, paper: Paper) -> None:
    """What a citizen carries home: the code that a reader finds on the slip, on paper for good."""
    if paper.kind != "slip":
        return
    file = os.open(ledger, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(file, f"{code_on(paper.pdf)}\n".encode())
    os.fsync(file)
    os.close(file)


def code_on(pdf: bytes) -> str:
    """What a reader finds on the first page."""
    (found,) = zxingcpp.read_barcodes(to_image(pdf, dpi=150), formats=zxingcpp.BarcodeFormat.QRCode)
    return found.text


def killed(data: Path, key: bytes, ledger: Path, *, moment: datetime, chosen: random.Random) -> None:
    """One life of the worker: a process of its own, ended by SIGKILL between opening and idling."""
    seed = chosen.random()
    child = os.fork()
    if child == 0:
        try:
            with opened(data, key, moment) as desk:
                work(desk, ledger, random.Random(seed))
        finally:
            os._exit(3)  # it may only end by the signal
    live(child, chosen.uniform(0, LONGEST_LIFE), chosen.uniform(0, 0.01))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError("the worker ended by itself")


def live(child: int, life: float, longer: float) -> None:
    """Wait until the child has used `life` seconds of CPU, and a moment longer: it may be waiting for the disk then."""
    clock = (~child << 3) | 2  # Linux: the CPU clock of a process, by its number
    latest = time.monotonic() + LONGEST_WAIT
    try:
        while time.clock_gettime(clock) < life and time.monotonic() < latest:
            time.sleep(0.001)
    except OSError:  # another system has no such clock
        time.sleep(life)
    time.sleep(longer)


def problems(desk: Desk, ledger: Path, *, newest: int | None) -> list[str]:
    """What must never be, after a kill."""
    printed = ledger.read_text("utf-8").split() if ledger.exists() else []
    kept = [code for (code,) in desk.db.all("SELECT code FROM dossier ORDER BY code")]
    found = [f"printed twice: {code}" for code, times in Counter(printed).items() if times > 1]
    found += [f"printed and not recorded: {code}" for code in sorted(set(printed) - set(kept))]
    found += [f"given twice: {code}" for code, times in Counter(kept).items() if times > 1]
    days: dict[str, list[int]] = {}
    for code in kept:
        day, number = code.split("-")[1:]
        days.setdefault(day, []).append(int(number))
    found += [f"numbers of {day}: {got}" for day, got in days.items() if got != list(range(1, len(got) + 1))]
    verify_tail(desk.db)
    return found + list(check(desk.db, newest=newest).problems)


def moments(desk: Desk, ledger: Path) -> dict[str, int]:
    """How far the killed ones had come: recorded and not printed, printed and the printing not noted."""
    printed = set(ledger.read_text("utf-8").split())
    kept = {code for (code,) in desk.db.all("SELECT code FROM dossier")}
    noted = "SELECT count(DISTINCT dossier) FROM event WHERE kind = 'printed'"
    ((of_noted,),) = desk.db.all(noted)
    return {"recorded": len(kept), "not_printed": len(kept - printed), "not_noted": len(printed) - of_noted}


def main(data: Path, ledger: Path, cycles: int, seed: int) -> None:
    key = bytes.fromhex(sys.stdin.read())
    chosen = random.Random(seed)
    found: list[str] = []
    with opened(data, key, FRIDAY) as desk:  # loads what the workers share: fonts, measures, libraries
        for what in ("slip", *FORMS.ids()):
            for procedure in PROCEDURES:
                paper = papers.preview(desk, replace(draft(desk, chosen), procedure=procedure), what)
                if what == "slip":
                    code_on(paper)
    began = time.monotonic()
    for cycle in range(cycles):
        moment = FRIDAY + timedelta(days=cycle // CYCLES_A_DAY, minutes=cycle % CYCLES_A_DAY)
        killed(data, key, ledger, moment=moment, chosen=chosen)
        with opened(data, key, moment) as desk:
            found += [f"after kill {cycle}: {each}" for each in problems(desk, ledger, newest=RECENT)]
        if found:
            break
    with opened(data, key, FRIDAY) as desk:
        found += [f"in the end: {each}" for each in problems(desk, ledger, newest=None)]
        print(json.dumps({"problems": found, "seconds": time.monotonic() - began, **moments(desk, ledger)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
