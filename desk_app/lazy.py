"""What loads with its first use, because a start must not pay for it: modules (`lazy`), regular expressions.

The one way of this program, so that mypy and import-linter see the import as any other:

    if TYPE_CHECKING:
        from desk_app.services.papers import papers
    else:
        papers = lazy("desk_app.services.papers.papers")

tests/test_lazy_imports.py holds both halves to the same name (docs/decisions/0117).
"""

from __future__ import annotations

import re
import sys
from functools import cached_property
from importlib import import_module

_named: set[str] = set()


class _Lazy:
    """Asks the module at each use, so that a module that is loaded twice or patched in a test is never remembered."""

    __slots__ = ("__name__",)

    def __init__(self, name: str) -> None:
        self.__name__ = name

    def __getattr__(self, name: str) -> object:
        return getattr(import_module(self.__name__), name)


def lazy(name: str, *, windows: bool = True) -> _Lazy:
    """The module `name`, imported when first asked for something; safe on every thread, as an import is.

    `windows` False: Python has no such module there, and nothing of the program asks for it there.
    """
    if windows or sys.platform != "win32":
        _named.add(name)
    return _Lazy(name)


def named_late() -> frozenset[str]:
    """The modules that were named so far to load late: an installation may lack one without any start failing."""
    return frozenset(_named)


class LatePattern:
    """A regular expression that is compiled with its first use: a start that never asks it does not pay for it."""

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._pattern, self._flags = pattern, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self._pattern, self._flags)

    def search(self, text: str, begin: int = 0) -> re.Match[str] | None:
        return self.compiled.search(text, begin)

    def match(self, text: str) -> re.Match[str] | None:
        return self.compiled.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self.compiled.fullmatch(text)

    def sub(self, instead: str, text: str) -> str:
        return self.compiled.sub(instead, text)
