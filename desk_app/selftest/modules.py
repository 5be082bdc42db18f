"""Every module of the program and what it names from outside: an installation that lacks one breaks only when used.

From source the modules are found by walking the package. What a walk cannot see is a module that was never put into an
installed program: whoever packages writes the list of the source there (`python -m desk_app.selftest.modules >
resources/modules.txt`), and each name of it must load.

Where the machine is slow, what is not loaded in the time that is left is read without being run: a missing, cut or
damaged module shows so as well, and the item says how many were tried in which way, and how many were not. On Windows
all of the program lies in one archive, which is read through once.
"""

from __future__ import annotations

import math
import pkgutil
import sys
import time
import zipfile
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import find_spec

import desk_app
from desk_app import places
from desk_app.lazy import named_late
from desk_app.selftest.trial import ItemOutcome, Trial, TrialError

LIST = "modules.txt"
READING_S = 3.0
_SHOWN = 3
_LAST = "desk_app.bench"
"""Only developers measure: tried after all that a clerk needs."""
WINDOW = ("desk_app.window_program", "desk_app.app", "desk_app.ui", _LAST, "PySide6")
"""What a district without a screen may lack."""


def names() -> list[str]:
    """Every module of the program: those that the packager listed, else those that the walk finds."""
    found = _listed() or [each.name for each in pkgutil.walk_packages(desk_app.__path__, "desk_app.", onerror=_go_on)]
    return sorted(set(found), key=lambda name: (_is_of(name, (_LAST,)), name))


def _go_on(_name: str) -> None:
    """A package that does not load is told when its turn comes."""


def _listed() -> list[str]:
    try:
        return (places.resources() / LIST).read_text("utf-8").split()
    except FileNotFoundError:
        return []


def every_module(without: Iterable[str] = (), *, loading_s: float = math.inf, reading_s: float = READING_S) -> Trial:
    """Import every module and what is named to load late; `without` are packages that this program needs not."""
    left_out = tuple(without)
    broken: dict[str, str] = {}
    ours = [name for name in names() if not _is_of(name, left_out)]
    until = time.monotonic() + loading_s
    rest = _loaded(ours, broken, until)
    late = sorted(name for name in named_late() if not _is_of(name, left_out) and name not in set(ours))
    rest += _loaded(late, broken, until)
    untried = _read(rest, broken, until + reading_s) if rest else 0
    if broken:
        shown = ", ".join(f"{name} ({why})" for name, why in list(broken.items())[:_SHOWN])
        more = f" và {len(broken) - _SHOWN} mô-đun khác" if len(broken) > _SHOWN else ""
        raise TrialError(f"{len(broken)} trong {len(ours)} mô-đun không nạp được: {shown}{more}")
    if rest:
        loaded = len(ours) + len(late) - len(rest)
        state = f"máy chậm: nạp {loaded} mô-đun, {len(rest) - untried} mô-đun còn lại chỉ đọc tệp: đủ, không hỏng"
        state += f"; chưa kịp thử {untried} mô-đun" if untried else ""
        remedy = "Chương trình dùng được; muốn nạp thử hết thì chạy lại khi máy rảnh."
        return Trial(state=state, outcome=ItemOutcome.NOTE, remedy=remedy)
    return Trial(state=f"{len(ours)} mô-đun và {len(late)} thư viện nạp sau: nạp đủ")


def _loaded(wanted: list[str], broken: dict[str, str], until: float) -> list[str]:
    """Load each until that moment; the rest. A `__main__` would run the program: that it is there is enough."""
    for place, name in enumerate(wanted):
        if time.monotonic() > until:
            return wanted[place:]
        _try(name, broken, _find if name.rpartition(".")[2] == "__main__" else import_module)
    return []


def _read(wanted: list[str], broken: dict[str, str], until: float) -> int:
    """The bytes of each module, without running it; how many there was no time for."""
    archive = getattr(desk_app.__loader__, "archive", None)
    if not archive or not zipfile.is_zipfile(archive):
        for done, name in enumerate(wanted):
            if time.monotonic() > until:
                return len(wanted) - done
            _try(name, broken, _find_code)
        return 0
    with zipfile.ZipFile(archive) as packed:
        there, damaged = set(packed.namelist()), packed.testzip()
    for name in wanted:
        place = name.replace(".", "/")
        if not _is_of(name, (desk_app.__name__,)):
            _try(name, broken, _find)
        elif there.isdisjoint((f"{place}.pyc", f"{place}/__init__.pyc")):
            broken[name] = ModuleNotFoundError.__name__
    if damaged:
        broken[damaged.removesuffix(".pyc").replace("/", ".")] = zipfile.BadZipFile.__name__
    return 0


def _try(name: str, broken: dict[str, str], way: Callable[[str], object]) -> None:
    """Note the kind of what goes wrong."""
    try:
        way(name)
    except Exception as error:  # noqa: BLE001 - a module of a half-copied installation may fail in any way
        broken[name] = type(error).__name__


def _find(name: str) -> ModuleSpec:
    found = find_spec(name)
    if found is None:
        raise ModuleNotFoundError(name)
    return found


def _find_code(name: str) -> None:
    """A loader of folders and that of PyInstaller take the bytecode apart; one of libraries has none to give."""
    read = getattr(_find(name).loader, "get_code", None)
    if read is not None:
        read(name)


def _is_of(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == each or name.startswith(f"{each}.") for each in packages)


if __name__ == "__main__":
    sys.stdout.write("\n".join(names()) + "\n")
