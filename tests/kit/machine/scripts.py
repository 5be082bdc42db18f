"""Small programs in Python that stand in for commands of the system."""

from __future__ import annotations

import sys
from pathlib import Path


def write(place: Path, body: str) -> None:
    """A command at `place`, run by this Python. A shell starts it: "#!" takes no path with blanks or a long one."""
    place.write_text(f"#!/bin/sh\n'''exec' \"{sys.executable}\" \"$0\" \"$@\"\n'''\n{body}", "utf-8")
    place.chmod(0o755)
