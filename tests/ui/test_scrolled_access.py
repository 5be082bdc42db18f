import os
import subprocess
import sys

from tests.kit.desk.terminal import ROOT

ASKED = """
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from desk_app.ui.window import accessibility
application = QApplication([])
accessibility.mend()
area = QScrollArea()
area.setWidget(QLabel("x" * 5000))
area.show()
seen = QAccessible.queryAccessibleInterface(area)
held = [seen.child(n) for n in range(seen.childCount())]
area.hide()
gone = [seen.child(n) for n in (seen.childCount(), 7, -1)]
print(len(held) > 0 and None not in held, gone)
"""


def test_asking_a_hidden_page_for_its_scroll_bar_is_answered_with_nothing() -> None:
    """In a process of its own: what this holds off is the end of the process."""
    done = subprocess.run(
        [sys.executable, "-c", ASKED],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "True [None, None, None]\n"), done.stderr
