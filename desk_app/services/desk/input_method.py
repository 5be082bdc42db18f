"""Which input method of a Linux desktop can type Vietnamese here, and what must be set before Qt starts.

Qt's own package carries the ways to ibus, to Wayland and to dead keys, and none to fcitx. fcitx5 also serves the
interface of ibus, on the session bus as a portal; there the program speaks ibus to it.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from desk_app.lazy import lazy

if TYPE_CHECKING:
    from desk_app.services.desk import session_bus
else:
    session_bus = lazy("desk_app.services.desk.session_bus")

_PORTAL = "org.freedesktop.portal.IBus"
_FCITX = ("org.fcitx.Fcitx5", "org.fcitx.Fcitx", "org.fcitx.Fcitx-0")
_ENGINE_FOLDERS = ("/usr/share/ibus/component", "/usr/share/fcitx5/inputmethod", "/usr/share/fcitx5/addon")
_ENGINES = ("unikey", "bamboo", "bogo", "lotus", "openkey", "m17n", "viet")
_INSTALL = (
    "Cài bộ gõ bằng lệnh: sudo apt install ibus ibus-unikey (hoặc fcitx5 fcitx5-unikey), "
    "rồi đăng xuất, đăng nhập lại và mở lại chương trình."
)
_NONE = "Chưa có bộ gõ nào gõ được tiếng Việt vào chương trình này."


class InputMethod(Struct, frozen=True, kw_only=True):
    """`variables` to set in the program's environment, None to take one away; `remedy` is "" where all is well."""

    state: str
    remedy: str = ""
    variables: Mapping[str, str | None] = {}


class DesktopFacts(Struct, frozen=True, kw_only=True):
    """What the machine has: names on the session bus, the ibus program, its running bus, an engine for Vietnamese."""

    names: frozenset[str]
    has_ibus: bool
    ibus_runs: bool
    has_engine: bool


def of_desktop(environ: Mapping[str, str], platform: str) -> InputMethod:
    """The input method of the desktop this program was started from."""
    if not platform.startswith("linux"):
        return InputMethod(state="của hệ điều hành")
    if not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        return InputMethod(state="không có màn hình")
    return chosen(environ, _facts(environ))


def chosen(environ: Mapping[str, str], facts: DesktopFacts) -> InputMethod:
    """What to use, by what the desktop says it uses and by what answers."""
    wanted = _wanted(environ)
    if wanted == "none":
        return InputMethod(state="đã tắt (QT_IM_MODULE=none)")
    found = _by_ibus(facts, wanted) or _by_wayland(environ)
    if found is None:
        fcitx_runs = any(name in facts.names for name in _FCITX)
        state = "fcitx đang chạy nhưng không nói chuyện được với chương trình này." if fcitx_runs else _NONE
        # fcitx5 may still come up: the way to it is laid, and Qt waits for it
        return InputMethod(state=state, remedy=_INSTALL, variables=_PORTAL_WAY if "fcitx" in wanted else {})
    if not facts.has_engine:
        return InputMethod(state=_NONE, remedy=_INSTALL, variables=found.variables)
    return found


_PORTAL_WAY: dict[str, str | None] = {"QT_IM_MODULE": "ibus", "QT_IM_MODULES": None, "IBUS_USE_PORTAL": "1"}
_IBUS_WAY: dict[str, str | None] = {"QT_IM_MODULE": "ibus", "QT_IM_MODULES": None}


def _wanted(environ: Mapping[str, str]) -> str:
    """What the desktop names for Qt, else for programs of X."""
    named = environ.get("QT_IM_MODULES", "").split(";")[0] or environ.get("QT_IM_MODULE", "")
    return (named or environ.get("XMODIFIERS", "").partition("@im=")[2]).strip().lower()


def _by_ibus(facts: DesktopFacts, wanted: str) -> InputMethod | None:
    if "fcitx" in wanted:
        return InputMethod(state="fcitx5 (qua ibus)", variables=_PORTAL_WAY) if _PORTAL in facts.names else None
    if facts.has_ibus and (facts.ibus_runs or wanted == "ibus"):
        return InputMethod(state="ibus", variables=_IBUS_WAY)
    if _PORTAL in facts.names:
        return InputMethod(state="ibus (qua cổng của phiên làm việc)", variables=_PORTAL_WAY)
    return None


def _by_wayland(environ: Mapping[str, str]) -> InputMethod | None:
    """A Wayland desktop hands text over itself, unless a variable sends Qt elsewhere."""
    is_wayland = environ.get("WAYLAND_DISPLAY") and environ.get("QT_QPA_PLATFORM", "wayland").startswith("wayland")
    if not is_wayland:
        return None
    return InputMethod(state="của màn hình Wayland", variables={"QT_IM_MODULE": None, "QT_IM_MODULES": None})


def _facts(environ: Mapping[str, str]) -> DesktopFacts:
    config = Path(environ.get("XDG_CONFIG_HOME") or Path(environ.get("HOME", "/")) / ".config")
    folders = [Path(folder) for folder in _ENGINE_FOLDERS if Path(folder).is_dir()]
    files = [file.name.lower() for folder in folders for file in folder.iterdir()]
    return DesktopFacts(
        names=session_bus.names(environ),
        has_ibus=shutil.which("ibus-daemon", path=environ.get("PATH")) is not None,
        ibus_runs=any((config / "ibus" / "bus").glob("*")),
        has_engine=not folders or any(engine in name for name in files for engine in _ENGINES),
    )
