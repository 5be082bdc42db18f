"""Import this before any other Qt: it undoes PySide's watch over imports, which costs a quarter of the start.

PySide looks at every later import for its snake_case switch by reading the module's source; we use no such switch.
"""

import builtins

_plain = builtins.__import__
import PySide6.QtCore  # noqa: E402, F401 - its import is the point

builtins.__import__ = _plain
