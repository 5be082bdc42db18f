"""What a draft holds: the blanks that were found, what each was matched to and how sure that is, and the questions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from msgspec import Struct

Sureness = Literal["sure", "likely", "ask", "hand"]
"""A known field by its own label; one by what stands around it; a question of its own; written by hand."""
SAID: dict[Sureness, str] = {"sure": "chắc", "likely": "nên xem lại", "ask": "câu hỏi mới", "hand": "để viết tay"}


class FoundBlank(Struct, frozen=True, kw_only=True):
    """One gap: its line, the words that ask for it, the key that its paper prints ("" for by hand), and why."""

    line: int
    label: str
    key: str
    sure: Sureness
    why: str = ""
    section: str = ""
    notes: tuple[str, ...] = ()


@dataclass
class Asked:
    """A question that the draft asks; further options may come with the next lines."""

    key: str
    label: str
    section: str
    kind: str = "text"
    choices: list[str] = field(default_factory=list)
    hint: str = ""
