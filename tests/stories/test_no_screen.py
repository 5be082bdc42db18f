"""`make run` where there is no screen: the main job of the desk to its end, and once more on the same data."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a POSIX shell")
def test_without_a_screen_the_main_job_is_done_in_the_terminal(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DESK_")}
    for papers in (2, 4):
        done = subprocess.run(
            ["sh", str(ROOT / "installer" / "no_screen.sh"), str(tmp_path / "thử")],
            env=kept | {"DESK_PYTHON": sys.executable, "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert "Không thấy màn hình" in done.stdout
        assert "Đã tiếp nhận hồ sơ H26.99-" in done.stdout
        files = sorted((tmp_path / "thử" / "giay").iterdir())
        assert len(files) == papers
    with pypdfium2.PdfDocument(files[0]) as document:
        assert "Nguyễn Thị Thử Nghiệm" in document[0].get_textpage().get_text_range()
