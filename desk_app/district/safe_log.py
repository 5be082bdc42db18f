"""Tells the log of a bug: its kind and where, never its message, which may quote what a citizen's paper says."""

from __future__ import annotations

import traceback
from pathlib import Path


def told(error: BaseException) -> str:
    """ "KeyError in dossier.py:120"."""
    stack = traceback.extract_tb(error.__traceback__)
    place = f" in {Path(stack[-1].filename).name}:{stack[-1].lineno}" if stack else ""
    return type(error).__name__ + place
