"""Import this before any other Qt: it spares the start work that this program never asks for, a third of the whole.

PySide reads its own signatures, makes its enumerations the long way, and looks at every later import for a snake_case
switch that we do not use. And Python looks for garbage after each 700 new objects: a start makes a hundred thousand
that stay, and none is looked at before the window looks by itself (`ui/garbage.py`). Decisions 0100, 0233.
"""

import builtins
import enum
import gc

from desk_app.ui import late_signatures, quick_enums

_NEW_OBJECTS = 200_000  # more than a start makes

gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])
_import, _compile = builtins.__import__, builtins.compile
vars(builtins)["compile"] = late_signatures.compiled
type.__setattr__(enum.EnumType, "_create_", quick_enums.created)
import PySide6.QtCore  # noqa: E402, F401 - its import is the point

builtins.__import__ = _import
vars(builtins)["compile"] = _compile
