"""Every module of the program and what it names from outside: an installation that lacks one breaks only when used.

From source and in a plain folder the modules are found by walking the package; a frozen archive answers the same walk
(zipimport and PyInstaller both let pkgutil look into them). What the walk cannot see is a module that was never put
into the archive: whoever packages writes the list of the source there (`python -m desk_app.selftest.modules >
resources/modules.txt`), and each name of it must load as well.
"""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec

import desk_app
from desk_app import places
from desk_app.lazy import named_late
from desk_app.selftest.trial import Trial, TrialError

LIST = "modules.txt"
_SHOWN = 3
WINDOW = ("desk_app.app", "desk_app.ui", "desk_app.bench", "PySide6")
"""What a district without a screen may lack."""


def names() -> list[str]:
    """Every module of the program that the walk finds, and every one that the packager listed."""
    walked = {each.name for each in pkgutil.walk_packages(desk_app.__path__, "desk_app.", onerror=lambda _name: None)}
    return sorted(walked | set(_listed()))


def _listed() -> list[str]:
    try:
        return (places.resources() / LIST).read_text("utf-8").split()
    except FileNotFoundError:
        return []


def every_module(without: Iterable[str] = ()) -> Trial:
    """Import every module and what is named to load late; `without` are packages that this program needs not."""
    left_out = tuple(without)
    broken: dict[str, str] = {}
    ours = [name for name in names() if not _is_of(name, left_out)]
    for name in ours:
        _load(name, broken)
    late = sorted(name for name in named_late() if not _is_of(name, left_out))
    for name in late:
        _load(name, broken)
    if broken:
        shown = ", ".join(f"{name} ({why})" for name, why in list(broken.items())[:_SHOWN])
        more = f" và {len(broken) - _SHOWN} mô-đun khác" if len(broken) > _SHOWN else ""
        raise TrialError(f"{len(broken)} trong {len(ours)} mô-đun không nạp được: {shown}{more}")
    return Trial(state=f"{len(ours)} mô-đun và {len(set(late) - set(ours))} thư viện nạp sau: nạp đủ")


def _load(name: str, broken: dict[str, str]) -> None:
    """A `__main__` would run the program: that it is there is enough."""
    try:
        if name.rpartition(".")[2] == "__main__":
            if find_spec(name) is None:
                broken[name] = "thiếu"
        else:
            import_module(name)
    except Exception as error:  # noqa: BLE001 - a module of a half-copied installation may fail in any way
        broken[name] = type(error).__name__


def _is_of(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == each or name.startswith(f"{each}.") for each in packages)


if __name__ == "__main__":
    sys.stdout.write("\n".join(names()) + "\n")
