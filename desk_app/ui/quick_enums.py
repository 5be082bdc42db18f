"""PySide's enumerations, made the short way that Python keeps for its own.

The first touch of `Qt` makes 94 enumerations, Qt.Key alone with 471 names. PySide makes each by the long way, which
also looks for all that a class written by hand may hold. Names with whole numbers need none of that. Decision 0100.
"""

from __future__ import annotations

import enum
from typing import Any

_usual = enum.EnumType._create_  # type: ignore[attr-defined]
_simple = getattr(enum, "_simple_enum", None)


def created(cls: Any, class_name: str, names: Any, **named: Any) -> Any:
    """As `Enum(class_name, names)`; PySide's calls are known by their list of pairs and their boundary."""
    if _simple is None or named.get("boundary") is not enum.KEEP or not isinstance(names, list):
        return _usual(cls, class_name, names, **named)
    made = _simple(cls, boundary=enum.KEEP)(_ReadClass(class_name, names))
    made.__doc__ = None
    return made


class _ReadClass:
    """What Python reads of the class that somebody wrote for an enumeration; a class of its own costs as much again."""

    __slots__ = ("__dict__", "_class_name")

    def __init__(self, class_name: str, names: list[tuple[str, int]]) -> None:
        self._class_name = class_name
        self.__dict__.update(names)

    @property
    def __name__(self) -> str:
        return self._class_name
