"""Small questions a form asks of its values: `key`, `!key`, `key=a|b`, `key!=a|b`.

Joined by `&` all must hold; of such groups joined by `||` one must.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_OR = "||"
PATTERN = re.compile(r"(!?)([a-z_][a-z0-9_.]*)(?:(!?=)([^\[\]{}&]*))?")


def is_key(text: str) -> bool:
    return re.fullmatch(r"[a-z_][a-z0-9_]*(\.[a-z0-9_]+)*", text) is not None


def is_well_formed(condition: str) -> bool:
    return all(PATTERN.fullmatch(part.strip()) for part in _parts(condition))


def keys_of(condition: str) -> list[str]:
    """The keys the condition asks about; those of malformed parts are left out."""
    found = [PATTERN.fullmatch(part.strip()) for part in _parts(condition)]
    return [part[2] for part in found if part]


def holds(condition: str, values: Mapping[str, object]) -> bool:
    """Whether the condition holds; the empty condition always does. A missing value equals only the empty text.

    Raises `ValueError` for a malformed condition; `forms check` finds those first.
    """
    if not condition:
        return True
    groups = [[_holds(part, values) for part in group.split("&")] for group in condition.split(_OR)]
    return any(all(answers) for answers in groups)  # all are looked at: a malformed part is told


def _parts(condition: str) -> list[str]:
    return [part for group in condition.split(_OR) for part in group.split("&")]


def _holds(part: str, values: Mapping[str, object]) -> bool:
    found = PATTERN.fullmatch(part.strip())
    if found is None:
        raise ValueError(f"malformed condition {part!r}")
    negated, key, operator, wanted = found.groups()
    value = values.get(key) or ""
    if operator is None:
        return bool(value) != bool(negated)
    among = value in [choice.strip() for choice in wanted.split("|")]
    return among == (operator == "=")
