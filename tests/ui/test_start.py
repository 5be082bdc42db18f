"""What starting costs, and what must not happen under PySide on Python 3.11."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from desk_app.bench import throwaway, window_works

ROOT = Path(__file__).resolve().parent.parent.parent
HEAVY = (
    *("reportlab", "pypdfium2", "zxingcpp", "barcode", "keyring", "argon2", "holidays", "serial", "PIL"),
    *("urllib3", "cryptography", "starlette"),
    *("pickle", "queue", "socket", "difflib"),  # parts of Python that only a log line, a bus or a wrong word needs
)
SCRIPT = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desk_app import app
application = QApplication(["desk", "-platform", "offscreen"])
program = app.Program(application, app.options().parse_args(["--data", sys.argv[1]]))
program.window.show()
application.processEvents()
assert program.window.isVisible()
print(" ".join(sorted({name.partition(".")[0] for name in sys.modules})))
program.close()
"""

LATE = (  # of our own: what reads and folds events, judges scans, asks for a secret, offers choices
    *("desk_app.domain.dossiers.events", "desk_app.domain.dossiers.dossier", "desk_app.protocol.event_body"),
    *("desk_app.store.journal.journal", "desk_app.store.journal.rows", "desk_app.store.projections.projections"),
    *("desk_app.domain.procedures.procedure", "desk_app.store.reference.catalogue", "desk_app.store.queries.search"),
    *("desk_app.ui.scanning.scan_grammar", "desk_app.domain.people.person", "desk_app.domain.text"),
    *("desk_app.ui.setup.unlock_pages", "desk_app.ui.widgets.chooser", "desk_app.ui.focus.tab_order"),
    *("desk_app.domain.service_days.service_day", "desk_app.services.service_days.service_days"),
    *("desk_app.domain.passwords", "desk_app.services.accounts.session", "desk_app.ui.sync.sync_texts"),
)
WATCHED = """
painted, made = set(), set()
from desk_app.ui import quick_enums
usual = quick_enums.created
quick_enums.created = lambda cls, class_name, *names, **named: (
    made.add(class_name) or usual(cls, class_name, *names, **named)  # Python 3.13 hands all over by name
)
from desk_app import app
from desk_app.ui.dossiers.dossier_table import DossierTable
from desk_app.ui.window.side_bar import Emblem
def watch(kind, usual):
    kind.paintEvent = lambda part, event: (painted.add(kind.__name__), usual(part, event))[1]
watch(Emblem, Emblem.paintEvent)
watch(DossierTable, DossierTable.paintEvent)
"""
RESTYLED = """
made = set()
from desk_app.ui import quick_enums
usual = quick_enums.created
quick_enums.created = lambda cls, class_name, *names, **named: (
    made.add(class_name) or usual(cls, class_name, *names, **named)  # Python 3.13 hands all over by name
)
from desk_app.ui.window import qt_import
from PySide6.QtWidgets import QApplication, QWidget
from desk_app.ui.widgets.labels import label, restyle
application = QApplication(["desk", "-platform", "offscreen"])
window, part = QWidget(), label("a")
window.setStyleSheet('QLabel[state="late"] { color: #aa0000 } QLabel[state="done"] { color: #00aa00 }')
part.ensurePolished()
restyle(part, "state", "late")
print("PrimitiveElement" in made)
part.setParent(window)
part.ensurePolished()
colour = lambda: part.palette().color(part.foregroundRole()).name()
print(colour())
restyle(part, "state", "done")
print(colour())
"""
UNREAD = """
from desk_app import app
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from shibokensupport.signature import errorhandler, parser
from shibokensupport.signature.lib import pyi_generator
late = {"errorhandler": errorhandler, "parser": parser, "pyi_generator": pyi_generator}
read = lambda: [name for name, module in late.items() if "__getattr__" not in vars(module)]
application = QApplication(["desk", "-platform", "offscreen"])
program = app.Program(application, app.options().parse_args(["--data", "no desk yet"]))
program.window.show()
application.processEvents()
print(read())
try:
    QPoint("a", 3)
except TypeError as error:
    print(str(error).splitlines()[-1])
print(read())
"""
AFTER_APP = """
from desk_app.ui.window import qt_import
looks.clear()
from desk_app import app
print(looks)
application = app.QApplication(["desk", "-platform", "offscreen"])
program = app.Program(application, app.options().parse_args(["--data", "no desk yet"]))
print(gc.isenabled(), gc.get_threshold()[0])
program.close()
print(gc.isenabled())
"""
ENUMERATIONS = """
import enum, importlib, pickle, sys
if "ours" in sys.argv:
    from desk_app.ui.window import qt_import
seen = set()
def told(kind):
    yield from (kind.__module__, kind.__qualname__, kind.__mro__[1:], kind.__doc__, sorted(vars(kind)), len(kind))
    for name, member in kind.__members__.items():
        yield from (name, member.name, repr(member), str(member), member.value, kind(member.value) is member)
        yield from (getattr(kind, name) is member, pickle.dumps(member), hash(member) == hash(kind[name]))
    if issubclass(kind, enum.Flag) and kind.__members__:
        yield from (repr(kind(0)), repr(kind(1 << 20)), repr(~kind(1)), repr(kind(3) & kind(1)), kind._boundary_)
        yield [member.value for member in kind] + [repr(kind(2**12 - 1))]
def walk(owner):
    for name in sorted(dir(owner)):
        kind = getattr(owner, name, None)
        if not isinstance(kind, type) or kind in seen or not str(kind.__module__).startswith("PySide6"):
            continue
        seen.add(kind)
        if issubclass(kind, enum.Enum):
            print(*told(kind), sep="|")
        else:
            walk(kind)
for module in ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtPrintSupport"):
    walk(importlib.import_module(f"PySide6.{module}"))
"""


def answer(script: str, *arguments: str) -> list[str]:
    """What a process of its own that runs `script` writes."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_pyside_reads_its_signatures_when_a_call_is_wrong_and_not_before() -> None:
    before, message, after = answer(UNREAD)
    assert before == "[]"
    assert message == "  PySide6.QtCore.QPoint.__init__(xpos: int, ypos: int, /)"
    assert after == "['errorhandler', 'parser']"


@pytest.mark.skipif(sys.platform == "win32", reason="the measure of the start asks what only POSIX systems tell")
def test_the_list_of_a_desk_stands_before_what_reads_events_scans_and_secrets_loads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_STATE", str(tmp_path))  # as it was when the test is over: `made` sets another
    data = throwaway.made(tmp_path, "window")
    script = window_works._OURS.replace(
        "def tell():", "def tell():\n    print(*painted)\n    print(*made)\n    print(*sys.modules)", 1
    )
    said = answer(WATCHED + script, str(data), throwaway.key_of(tmp_path, "window"), "0")
    assert {"Emblem", "DossierTable"} <= set(said[0].split()), "the list was not painted"
    made = set(said[1].split())
    assert made & {"AlignmentFlag", "TabShape"} == {"AlignmentFlag"}, "PySide looked through every class of widgets"
    loaded = set(said[2].split())
    assert "desk_app.ui.dossiers.screen" in loaded
    assert sorted(loaded & set(LATE)) == []
    assert all(importlib.util.find_spec(name) for name in LATE)


def test_no_garbage_is_looked_for_before_the_window_looks_by_itself() -> None:
    script = "import gc\nlooks = []\ngc.callbacks.append(lambda phase, told: looks.append(phase))\n"
    before, begun, after = answer(script + AFTER_APP)
    assert before == "[]"
    assert begun == "False 20000"
    assert after == "True"


def test_a_part_in_the_making_is_styled_once_when_it_comes_into_a_window() -> None:
    assert answer(RESTYLED) == ["False", "#aa0000", "#00aa00"]


def test_enumerations_made_the_short_way_are_those_that_pyside_makes() -> None:
    usual, short = answer(ENUMERATIONS), answer(ENUMERATIONS, "ours")
    assert len(usual) > 500
    assert short == usual


def test_nothing_heavy_loads_before_the_first_window(tmp_path: Path) -> None:
    loaded = set(" ".join(answer(SCRIPT, str(tmp_path / "no desk yet"))).split())
    assert "PySide6" in loaded
    assert sorted(loaded & set(HEAVY)) == []


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal there")
def test_void_qt_calls_take_no_reference_of_none(qapp: QApplication) -> None:
    """PySide 6.12.0 on Python 3.10 and 3.11 dropped one a call, and the program died after some thousands."""
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    before = sys.getrefcount(None)
    for _ in range(1000):
        painter.save()
        painter.restore()
    after = sys.getrefcount(None)
    painter.end()
    assert abs(after - before) < 100
