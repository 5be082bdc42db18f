"""Modules that load with their first use: `lazy` stands in for a module whose import a start must not pay for.

The one way of this program, so that mypy and import-linter see the import as any other:

    if TYPE_CHECKING:
        from desk_app.services.papers import papers
    else:
        papers = lazy("desk_app.services.papers.papers")

tests/test_lazy_imports.py holds both halves to the same name (docs/decisions/0117).
"""

from __future__ import annotations

from importlib import import_module


class _Lazy:
    """Asks the module at each use, so that a module that is loaded twice or patched in a test is never remembered."""

    __slots__ = ("__name__",)

    def __init__(self, name: str) -> None:
        self.__name__ = name

    def __getattr__(self, name: str) -> object:
        return getattr(import_module(self.__name__), name)


def lazy(name: str) -> _Lazy:
    """The module `name`, imported when first asked for something; safe on every thread, as an import is."""
    return _Lazy(name)
