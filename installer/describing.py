"""program.json in a version's folder: what the update and its self-test read of it. Written last, before packing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from installer import roots
from installer.known import ROOT
from installer.release import Release


def describe(folder: Path, platform: str, release: Release) -> None:
    command = [sys.executable, "-m", "installer.update_file", "describe", str(folder), "--platform", platform]
    roots.run(command, log=folder.with_name("describe.log"), cwd=ROOT)
    told = folder / "program.json"
    told.chmod(0o644)
    os.utime(told, (release.epoch, release.epoch))
    os.utime(folder, (release.epoch, release.epoch))
