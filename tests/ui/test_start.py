"""What starting costs, and what must not happen under PySide on Python 3.11."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

ROOT = Path(__file__).resolve().parent.parent.parent
HEAVY = (
    *("reportlab", "pypdfium2", "zxingcpp", "barcode", "keyring", "argon2", "holidays", "serial", "PIL"),
    *("urllib3", "cryptography", "starlette"),
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


def test_nothing_heavy_loads_before_the_first_window(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "no desk yet")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
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
