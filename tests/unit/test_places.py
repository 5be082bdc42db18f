"""Where things are, and what a program of the system that this one starts gets to see of it."""

from __future__ import annotations

import os
import sys

import pytest

from desk_app import places


def test_a_child_of_the_source_program_sees_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/own")
    assert places.environment_of_children() == dict(os.environ)


def test_a_child_of_a_frozen_program_does_not_load_its_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("LD_LIBRARY_PATH", "/usr/lib/ban-mot-cua/versions/0.4.0/_internal:/opt/own")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/opt/own")
    monkeypatch.setenv("QT_PLUGIN_PATH", "/usr/lib/ban-mot-cua/versions/0.4.0/_internal/PySide6/Qt/plugins")
    monkeypatch.setenv("_PYI_APPLICATION_HOME_DIR", "/usr/lib/ban-mot-cua/versions/0.4.0/_internal")
    monkeypatch.setenv("DESK_PROGRAMS", "/usr/lib/ban-mot-cua")
    seen = places.environment_of_children()
    assert seen["LD_LIBRARY_PATH"] == "/opt/own"
    assert seen["DESK_PROGRAMS"] == "/usr/lib/ban-mot-cua"
    assert {"LD_LIBRARY_PATH_ORIG", "QT_PLUGIN_PATH", "_PYI_APPLICATION_HOME_DIR"} & seen.keys() == set()


def test_the_notices_are_there() -> None:
    assert "LGPL-3.0" in places.notices().read_text(encoding="utf-8")
