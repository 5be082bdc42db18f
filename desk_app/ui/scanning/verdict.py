"""What a scanned text is found to be."""

from __future__ import annotations

from enum import Enum


class Verdict(Enum):
    """A whole scan, the beginning of one, or neither."""

    WHOLE = 0
    PART = 1
    FOREIGN = 2
