from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from desk_app import keyrings
from desk_app.errors import KeyStoreLockedError, NoDeskError, NoKeyStoreError, WrongPassphraseError
from desk_app.services.maintenance import devices, machine_state, usb_drives
from desk_app.services.maintenance.checks import Finding
from desk_app.services.papers import printing


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with nothing on it."""

    def none() -> keyrings.TrustedKeyring:
        raise NoKeyStoreError(why="fail")

    monkeypatch.setattr(keyrings, "trusted", none)
    for module, name in (
        (devices, "printer_names"),
        (devices, "serial_ports"),
        (devices, "closed_ports"),
        (usb_drives, "plugged_in"),
        (printing, "paused"),
    ):
        monkeypatch.setattr(module, name, list)
    monkeypatch.setattr(machine_state, "_is_in_session", lambda _group: True)  # Windows has no groups


def machine() -> dict[str, Finding]:
    return {each.subject: each for each in machine_state.of_machine({}, "linux")}


def test_a_bare_machine_is_told_what_it_lacks() -> None:
    found = machine()
    assert list(found) == ["Máy in", "Máy quét", "Kho khóa", "Bộ gõ tiếng Việt", "USB"]
    assert found["Máy in"].remedy and "mật khẩu" in found["Kho khóa"].remedy
    assert found["USB"] == Finding(subject="USB", state="chưa cắm USB nào")


def test_what_is_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(devices, "printer_names", lambda: ["Canon", "XP80"])
    monkeypatch.setattr(devices, "serial_ports", lambda: ["/dev/ttyACM0"])
    monkeypatch.setattr(usb_drives, "plugged_in", lambda: [str(tmp_path)])
    found = machine()
    assert (found["Máy in"].state, found["Máy in"].remedy) == ("Canon, XP80", "")
    assert "/dev/ttyACM0" in found["Máy quét"].state and not found["Máy quét"].remedy
    assert str(tmp_path) in found["USB"].state and "GB" in found["USB"].state


def test_a_printer_that_stands_still_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "printer_names", lambda: ["Canon"])
    monkeypatch.setattr(printing, "paused", lambda: ["Canon"])
    assert "tạm dừng: Canon" in machine()["Máy in"].state


def test_a_port_that_may_not_be_read_names_the_group(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    port = tmp_path / "ttyACM0"
    port.touch()
    monkeypatch.setattr(devices, "serial_ports", lambda: [str(port)])
    monkeypatch.setattr(devices, "closed_ports", lambda: [str(port)])
    monkeypatch.setattr(machine_state, "_group_of", lambda _port: "dialout")
    monkeypatch.setattr(machine_state, "_is_member", lambda _group: False)
    told = machine()["Máy quét"].remedy
    assert "usermod -aG dialout" in told and "uaccess" in told
    monkeypatch.setattr(machine_state, "_is_member", lambda _group: True)
    monkeypatch.setattr(machine_state, "_is_in_session", lambda _group: False)
    assert "đăng xuất" in machine()["Máy quét"].remedy and "usermod" not in machine()["Máy quét"].remedy


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root, and everybody on Windows, reads every port")
def test_a_port_closed_to_this_account_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    port = tmp_path / "ttyACM0"
    port.touch(mode=stat.S_IWUSR)
    monkeypatch.undo()
    monkeypatch.setattr(devices, "serial_ports", lambda: [str(port)])
    assert devices.closed_ports() == [str(port)]


def test_a_locked_key_store_is_told_with_what_opens_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def locked() -> keyrings.TrustedKeyring:
        raise KeyStoreLockedError

    monkeypatch.setattr(keyrings, "trusted", locked)
    assert (machine()["Kho khóa"].state, machine()["Kho khóa"].remedy) == ("đang khóa", KeyStoreLockedError.remedy)


@pytest.mark.parametrize("error", [NoDeskError(folder="x"), WrongPassphraseError()], ids=["none", "closed"])
def test_without_an_open_desk_the_reason_and_the_disk_are_told(error: NoDeskError, tmp_path: Path) -> None:
    found = {each.subject: each for each in machine_state.of_no_desk(error, tmp_path / "chưa" / "có")}
    assert found["Dữ liệu"].remedy == error.remedy
    assert "GB" in found["Chỗ trống trên đĩa"].state
    assert not (tmp_path / "chưa").exists()
