"""Typing Vietnamese on Linux desktops: what is set before Qt starts, and what is told where nothing helps."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from desk_app.services.desk import session_bus
from desk_app.services.desk.input_method import DesktopFacts, InputMethod, chosen, of_desktop

FCITX5 = frozenset({"org.fcitx.Fcitx5", "org.freedesktop.portal.IBus", "org.freedesktop.IBus"})
X11 = {"DISPLAY": ":0"}
WAYLAND = {"WAYLAND_DISPLAY": "wayland-0"}


def asked(
    environ: dict[str, str],
    names: frozenset[str] = frozenset(),
    *,
    has_ibus: bool = False,
    ibus_runs: bool = False,
    has_engine: bool = True,
) -> InputMethod:
    facts = DesktopFacts(names=names, has_ibus=has_ibus, ibus_runs=ibus_runs, has_engine=has_engine)
    return chosen(environ, facts)


@pytest.mark.parametrize(
    "said",
    [
        {"QT_IM_MODULE": "fcitx"},
        {"QT_IM_MODULE": "fcitx5"},
        {"QT_IM_MODULES": "fcitx;ibus"},
        {"XMODIFIERS": "@im=fcitx"},
        {"QT_IM_MODULE": "fcitx"} | WAYLAND,
    ],
)
def test_a_desktop_with_fcitx5_is_spoken_to_as_ibus(said: dict[str, str]) -> None:
    method = asked(X11 | said, FCITX5)
    assert method.variables == {"QT_IM_MODULE": "ibus", "QT_IM_MODULES": None, "IBUS_USE_PORTAL": "1"}
    assert not method.remedy


@pytest.mark.parametrize("names", [frozenset(), frozenset({"org.fcitx.Fcitx"})])
def test_where_fcitx_does_not_answer_as_ibus_it_is_told_with_a_remedy(names: frozenset[str]) -> None:
    method = asked(X11 | {"QT_IM_MODULE": "fcitx"}, names)
    assert "apt install" in method.remedy
    assert method.variables["QT_IM_MODULE"] == "ibus"  # fcitx5 may still come up


def test_ibus_is_left_as_it_is() -> None:
    assert asked(X11 | {"QT_IM_MODULE": "ibus"}, has_ibus=True).state == "ibus"
    assert asked(X11 | {"XMODIFIERS": "@im=ibus"}, has_ibus=True, ibus_runs=True).variables["QT_IM_MODULE"] == "ibus"


def test_ibus_without_its_program_goes_through_the_portal_or_is_told() -> None:
    assert asked(X11 | {"QT_IM_MODULE": "ibus"}, FCITX5).variables["IBUS_USE_PORTAL"] == "1"
    assert asked(X11 | {"QT_IM_MODULE": "ibus"}).remedy


def test_a_wayland_desktop_hands_text_over_itself() -> None:
    method = asked(WAYLAND | {"QT_IM_MODULE": "fcitx"})
    assert (method.variables, method.remedy) == ({"QT_IM_MODULE": None, "QT_IM_MODULES": None}, "")
    assert asked(WAYLAND | X11 | {"QT_QPA_PLATFORM": "xcb"}).remedy


def test_an_input_method_without_vietnamese_is_told() -> None:
    assert "ibus-unikey" in asked(X11 | {"QT_IM_MODULE": "ibus"}, has_ibus=True, has_engine=False).remedy


def test_where_nothing_is_set_and_nothing_runs_it_is_told_and_other_systems_are_left_alone() -> None:
    assert asked(X11).remedy
    assert not asked(X11 | {"QT_IM_MODULE": "none"}).remedy
    assert not of_desktop({}, "linux").remedy
    assert not of_desktop(X11, "win32").remedy


@pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="not on this machine: dbus-daemon")
def test_a_real_bus_names_its_services() -> None:
    with subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"], stdout=subprocess.PIPE, text=True
    ) as bus:
        try:
            assert bus.stdout is not None
            address = bus.stdout.readline().strip()
            assert "org.freedesktop.DBus" in session_bus.names({"DBUS_SESSION_BUS_ADDRESS": address})
        finally:
            bus.terminate()


@pytest.mark.skipif(sys.platform == "win32", reason="a session bus is a socket of Unix")
def test_without_a_bus_there_are_no_names(tmp_path: object) -> None:
    assert session_bus.names({}) == frozenset()
    assert session_bus.names({"DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/none"}) == frozenset()
