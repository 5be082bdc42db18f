"""PySide's knowledge of its own signatures, read when somebody first asks for it instead of at every start.

PySide compiles some 3,000 lines of its own source, with regular expressions, on every start. They word the message of a
call with wrong arguments and write type stubs. A start asks for neither. Decision 0100.
"""

from __future__ import annotations

import builtins
import threading
from collections.abc import Callable
from typing import Any

_FOLDER = "shibokensupport/"
# Not `mapping` and `feature`: PySide looks into the first past any `__getattr__`, and importing calls the second.
_LATE = ("enum_sig", "errorhandler", "layout", "parser", "pyi_generator", "tool")
_FILES = tuple(f"/{name}.py" for name in _LATE)
_STUB = f"from {__name__} import late\n__getattr__ = late(globals(), {{file!r}})\n"
_compile = builtins.compile
_sources: dict[str, bytes] = {}
_one_at_a_time = threading.RLock()  # reading one of them reads others


def compiled(source: Any, filename: Any, mode: str, *further: Any, **named: Any) -> Any:
    """As `compile`, but of a late module of PySide only a stub that reads the rest when it is asked for a name."""
    if isinstance(filename, str) and filename.startswith(_FOLDER) and filename.endswith(_FILES):
        _sources[filename] = source
        source = _STUB.format(file=filename)
    return _compile(source, filename, mode, *further, **named)


def late(module: dict[str, Any], file: str) -> Callable[[str], Any]:
    """The `__getattr__` of a late module with these globals."""

    def of_name(name: str) -> Any:
        if name.startswith("__"):  # who walks over all modules asks each for its `__path__` and the like
            raise AttributeError(name)
        with _one_at_a_time:
            if (source := _sources.pop(file, None)) is not None:
                exec(_compile(source, file, "exec", dont_inherit=True), module)  # noqa: S102 - PySide's own source
                del module["__getattr__"]  # only now: another thread that asks meanwhile waits here
        if name not in module:
            raise AttributeError(name)
        return module[name]

    return of_name
