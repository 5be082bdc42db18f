"""A clerk whose machine dies again and again: a real window is typed into, its parent kills it at any moment.

`python -m tests.kit.window.typist DATA KILLS SEED` with the desk's key in hex on stdin; prints what was found as JSON.
The clerk says which field was left with what text, over a pipe; whatever was left must stand there after the kill.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import NoReturn

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from desk_app import app
from desk_app.domain.calendar.moments import milliseconds
from desk_app.domain.dossiers.unfinished import Unfinished
from desk_app.services.desk.desk import open_desk
from desk_app.store.journal import journal
from desk_app.store.journal.check import check
from desk_app.store.keys import vault
from desk_app.store.reference import drafts
from desk_app.ui.drafts import entered, page_keeper  # noqa: F401 - loaded once, for every life
from desk_app.ui.reception import screen as reception_screen
from desk_app.ui.widgets.fields import TextInput
from desk_app.ui.window import workspace  # noqa: F401 - as above
from tests.kit.desk.desks import FRIDAY
from tests.ui.hand import Hand

PROCEDURES = ("2.000815", "2.000815", "1.004873", "1.001193")
MOST_FIELDS, LONGEST_MOMENT, FIRST_FIELDS = 16, 0.4, 4
"""A life ends after so many fields at most, and so many seconds: a busy machine types more slowly, not less."""
LEFT = b'"what": "left"'
OPENING = 0.12  # how many lives end before the page stands there
PATIENCE = 120.0
RECENT = 60
A_PERSONS_SPEED_MS = 140
BEGAN = time.monotonic()


def clock() -> datetime:
    """A Friday that goes on; the same clock for every life."""
    return FRIDAY + timedelta(seconds=time.monotonic() - BEGAN)


# --- the clerk, in a process that will be killed ------------------------------------------------------------------


class Typist:
    """Types, goes on, saves, lets others go first; says over `pipe` what is done."""

    def __init__(self, pipe: int, data: Path, name: str, chosen: random.Random) -> None:
        self._pipe, self._name, self._chosen = pipe, name, chosen
        self._people = 0
        self._moment = 1_000_000
        application = QApplication(["typist"])
        options = app.options().parse_args(["--data", str(data)])
        self.hand = Hand(app.Program(application, options, clock=clock), [])
        self.hand.program.start()

    def live(self) -> NoReturn:
        hand = self.hand
        hand.until_open()
        view = hand.program.view
        assert view is not None
        view.go_reception()
        hand.settle()
        self.screen: reception_screen.ReceptionScreen = view.reception
        self.tell("page", shown=self.shown())
        while True:
            if not self.screen.form.applicant.full_name.text():
                self.begin()
            self.type_on()
            deed = self._chosen.random()
            if deed < 0.5:
                self.save()
            elif deed < 0.65:
                self.screen.park()
            elif deed < 0.75:
                self.screen.drafts.clear()

    def begin(self) -> None:
        """The next citizen: a name nobody had before, and what they want."""
        self._people += 1
        self.screen.form.procedure.choose(self._chosen.choice(PROCEDURES))
        self.hand.wait(30)
        self.type_into(self.screen.form.applicant.full_name, f"{self._name} {self._people}")

    def type_on(self) -> None:
        """Some of the fields that are still empty."""
        form = self.screen.form
        fields = [
            (name, widget)
            for name, widget in entered.inputs(form.body, but=("reception.procedure",))
            if isinstance(widget, TextInput) and widget.isVisibleTo(form) and not widget.text()
        ]
        for name, widget in self._chosen.sample(fields, min(len(fields), self._chosen.randint(2, 6))):
            if widget.isVisibleTo(form):
                self.type_into(widget, _text_for(name, self._chosen))

    def type_into(self, widget: TextInput, text: str) -> None:
        name = widget.accessibleIdentifier()
        self.tell("typing", field=name)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        for letter in text:
            self.key(letter)
            self.hand.wait(self._chosen.randint(0, 4))
        self._elsewhere(widget).setFocus(Qt.FocusReason.TabFocusReason)
        self.tell("left", field=name, text=entered.text_of(widget))

    def _elsewhere(self, widget: QWidget) -> QWidget:
        form = self.screen.form
        return form.applicant.id_number if widget is not form.applicant.id_number else form.applicant.phone

    def key(self, letter: str) -> None:
        """One key at a person's speed by its own time; the wall clock need not wait for it."""
        self._moment += A_PERSONS_SPEED_MS
        window = self.hand.program.window.windowHandle()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            event.setTimestamp(self._moment)
            QCoreApplication.sendEvent(window, event)

    def save(self) -> None:
        """Refused or not: a refused page stays, and the clerk goes on with it."""
        self.tell("saving")
        self.screen.save()
        if self.screen.saved_code:
            self.tell("saved")
            self.screen.begin()
        else:
            self.screen.park()

    def shown(self) -> dict[str, str]:
        return {name: entered.text_of(widget) for name, widget in entered.inputs(self.screen.form.body)}

    def tell(self, what: str, **facts: object) -> None:
        line = json.dumps({"what": what, "page": self.screen.form.beside.id, **facts}) + "\n"
        os.write(self._pipe, line.encode())


def _text_for(name: str, chosen: random.Random) -> str:
    """Something of the kind the field takes; now and then half a date and half a number stay."""
    is_half = chosen.random() < 0.08
    if name.endswith("_on"):
        return "3" if is_half else chosen.choice(("1/2/1990", "15011990"))
    if name.endswith("id_number"):
        return "0011" if is_half else f"0011900{chosen.randrange(100_000):05d}"
    if name.endswith((".pages", "copies")):
        return str(chosen.randint(2, 9))
    if name.endswith(("phone", "fee")):
        return "0912345678" if name.endswith("phone") else "15000"
    return chosen.choice(("mot hai ba", "thon 1", "abc"))


# --- its parent ---------------------------------------------------------------------------------------------------


@dataclass
class Ledger:
    """What the clerk saw done: fields left, by page, and the field with the cursor."""

    left: dict[str, dict[str, str]] = field(default_factory=dict)
    typing: tuple[str, str] = ("", "")
    saved: int = 0
    fields: int = 0

    def take(self, line: dict[str, object], problems: list[str]) -> None:
        page, what = str(line["page"]), line["what"]
        if what == "typing":
            self.typing = (page, str(line["field"]))
        elif what == "left":
            self.left.setdefault(page, {})[str(line["field"])] = str(line["text"])
            self.typing = ("", "")
            self.fields += 1
        elif what == "saved":
            self.saved += 1
        elif what == "page":
            self._compare(page, line["shown"], problems)

    def _compare(self, page: str, shown: object, problems: list[str]) -> None:
        """The window after a kill: every field that was left stands there again."""
        assert isinstance(shown, dict)
        for name, text in self.left.get(page, {}).items():
            if name not in shown and _is_answered_by_number(name, shown):
                continue  # the page keeps it, as `problems_after` looks
            if (page, name) != self.typing and shown.get(name, "") != text:
                problems.append(f"{name}: left as {text!r}, shown again as {shown.get(name)!r}")


def _is_answered_by_number(name: str, shown: dict[str, str]) -> bool:
    """Whether the question is none any more: where a person has a number of 12 digits, no home is asked."""
    person, _, what = name.rpartition(".")
    number = shown.get(f"{person}.id_number", "")
    return what == "residence" and len(number) == 12 and number.isdecimal()


def lived(data: Path, key: bytes, ledger: Ledger, name: str, chosen: random.Random) -> list[str]:
    """One life: a process of its own, ended by SIGKILL while it opens or while it types."""
    seed, ends_early = chosen.random(), chosen.random() < OPENING
    fields, moment = chosen.randint(0, MOST_FIELDS), chosen.uniform(0, LONGEST_MOMENT)
    if not ledger.fields:  # nothing was left yet that could be lost
        ends_early, fields = False, max(fields, FIRST_FIELDS)
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            vault.unlock = lambda *_each, **_more: key  # type: ignore[assignment]
            Typist(writes, data, name, random.Random(seed)).live()
        finally:
            os._exit(3)
    os.close(writes)
    problems: list[str] = []
    end = time.monotonic() + (chosen.uniform(0.05, 1.0) if ends_early else PATIENCE)
    buffer, is_dying = b"", ends_early
    while time.monotonic() < end:
        ready, _, _ = select.select([reads], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            break
        part = os.read(reads, 65536)
        if not part:
            break
        buffer += part
        if not is_dying:
            is_dying = buffer.count(LEFT) >= fields
            end = time.monotonic() + (moment if is_dying else PATIENCE)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    while part := os.read(reads, 65536):
        buffer += part
    os.close(reads)
    if not os.WIFSIGNALED(status) or not is_dying:
        raise RuntimeError("the clerk ended alone, or never came to the page and its fields")
    for line in buffer.decode().splitlines():
        ledger.take(json.loads(line), problems)
    return problems


def problems_after(data: Path, ledger: Ledger) -> list[str]:
    """What the database must hold: every page once, as a dossier or as a page, with every field that was left."""
    found: list[str] = []
    with open_desk(data, clock=clock) as desk:
        rows = {row.page.id: row.page for row in drafts.all_of(desk.db, drafts.RECEPTION)}
        received = [dossier for (dossier,) in desk.db.all("SELECT dossier FROM event WHERE kind = 'received'")]
        names = [name for (name,) in desk.db.all("SELECT applicant FROM dossier")]
        found += [f"a dossier twice: {each}" for each in set(received) if received.count(each) > 1]
        found += [f"a person twice: {each}" for each in set(names) if names.count(each) > 1]
        for page, fields in list(ledger.left.items()):
            if journal.made_of(desk.db, page, at=milliseconds(clock())):
                found += ["a dossier that is still a page"] * (page in rows)
                ledger.left.pop(page)
            elif page not in rows:
                found.append(f"a page lost, with {sorted(fields)}")
            else:
                found += [
                    f"{name}: left as {text!r}, kept as {_kept(rows[page], name)!r}"
                    for name, text in fields.items()
                    if (page, name) != ledger.typing and _kept(rows[page], name) != text
                ]
        found += check(desk.db, newest=RECENT).problems
    return found


def _kept(page: Unfinished, name: str) -> str:
    if name.startswith("reception.field."):
        return page.answers.get(name.removeprefix("reception.field."), "")
    if name.startswith("reception.document."):
        number, part = name.removeprefix("reception.document.").split(".")
        row = page.rows[int(number) - 1] if len(page.rows) >= int(number) else ("", "", "")
        return row[("name", "pages", "copies").index(part)]
    return page.texts.get(name, "")


def main(data: Path, kills: int, seed: int) -> None:
    key = bytes.fromhex(sys.stdin.read())
    vault.unlock = lambda *_each, **_more: key  # type: ignore[assignment]
    chosen, ledger, found = random.Random(seed), Ledger(), list[str]()
    for kill in range(kills):
        found += [f"kill {kill}: {each}" for each in lived(data, key, ledger, f"Nguoi {kill} So", chosen)]
        found += [f"after kill {kill}: {each}" for each in problems_after(data, ledger)]
        if found:
            break
    with open_desk(data, clock=clock) as desk:
        ((dossiers,),) = desk.db.all("SELECT count(*) FROM dossier")
        pages = len(drafts.all_of(desk.db, drafts.RECEPTION))
    told = {"problems": found, "fields": ledger.fields, "dossiers": dossiers, "pages": pages}
    print(json.dumps(told | {"seconds": round(time.monotonic() - BEGAN)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
