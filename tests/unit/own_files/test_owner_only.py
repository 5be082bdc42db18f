"""Files for the eyes of their owner: by mode here, by access list on Windows, read back in both."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from desk_app import foreign_folder
from desk_app.own_files import access_list, owner_only
from desk_app.services.maintenance import rights

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_ACCOUNT = "S-1-5-21-1-2-3-1001"


class Lists:
    """Stands in for a system with access lists: remembers what was closed, and how long each file was then."""

    def __init__(self, *, keeps: bool = True, obeys: bool = True) -> None:
        self.closed: dict[str, int] = {}
        self._keeps, self._obeys = keeps, obeys

    def keeps_lists(self, path: Path) -> bool:
        return self._keeps

    def close(self, path: Path) -> None:
        self.closed[path.name] = path.stat().st_size if path.is_file() else -1

    def others(self, path: Path) -> list[str]:
        return [] if self._obeys and path.name in self.closed else ["WD"]


def test_a_new_file_is_closed_before_anything_is_written(tmp_path: Path) -> None:
    lists = Lists()

    with os.fdopen(owner_only.open_file(tmp_path / "khóa", _NEW, lists=lists), "wb") as file:
        file.write(b"secret")

    assert lists.closed == {"khóa": 0}
    assert not owner_only.is_open_to_others(tmp_path / "khóa", lists=lists)


def test_a_file_that_is_there_keeps_its_list_and_its_words(tmp_path: Path) -> None:
    lists = Lists()
    (tmp_path / "đầu").write_bytes(b"old")

    os.close(owner_only.open_file(tmp_path / "đầu", os.O_WRONLY | os.O_CREAT, lists=lists))

    assert lists.closed == {}
    assert (tmp_path / "đầu").read_bytes() == b"old"
    with pytest.raises(FileExistsError):
        owner_only.open_file(tmp_path / "đầu", _NEW, lists=lists)


def test_a_file_that_stays_open_to_others_is_refused_and_gone(tmp_path: Path) -> None:
    with pytest.raises(owner_only.StillOpenError):
        owner_only.open_file(tmp_path / "khóa", _NEW, lists=Lists(obeys=False))

    assert list(tmp_path.iterdir()) == []


def test_a_stick_that_keeps_no_lists_refuses_nothing_and_counts_as_open(tmp_path: Path) -> None:
    lists = Lists(keeps=False)

    os.close(owner_only.open_file(tmp_path / "khóa", _NEW, lists=lists))

    assert lists.closed == {}
    assert owner_only.is_open_to_others(tmp_path / "khóa", lists=lists)
    assert "NTFS" in owner_only.how_to_close(tmp_path, lists=lists)


def test_a_new_folder_is_closed_and_one_that_was_there_is_not(tmp_path: Path) -> None:
    lists = Lists()
    (tmp_path / "cũ").mkdir()

    owner_only.make_folder(tmp_path / "mới" / "trong", parents=True, lists=lists)
    owner_only.make_folder(tmp_path / "cũ", exist_ok=True, lists=lists)

    assert list(lists.closed) == ["trong"]


def test_the_doctor_names_what_others_can_open_and_the_command_that_closes_it(tmp_path: Path) -> None:
    (tmp_path / "vault.json").touch()
    lists = Lists()

    (found,) = rights.of_folder(tmp_path, lists=lists)
    assert "vault.json" in found.state and "icacls" in found.remedy

    owner_only.close(tmp_path / "vault.json", lists=lists)
    assert list(rights.of_folder(tmp_path, lists=lists)) == []


@pytest.mark.parametrize(
    ("text", "others"),
    [
        (f"D:P(A;;FA;;;{_ACCOUNT})(A;;FA;;;SY)", []),
        (f"O:BAG:SYD:PAI(A;OICI;FA;;;{_ACCOUNT})(A;OICI;FA;;;S-1-5-18)(A;OICIIO;FA;;;CO)", []),
        (f"D:AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;FA;;;{_ACCOUNT})(A;ID;0x1200a9;;;BU)", ["BA", "BU"]),
        (f"D:P(A;;FA;;;{_ACCOUNT})(D;;FA;;;WD)", []),
        ("D:P(XA;;FR;;;AU;(@User.Title==1))", ["AU"]),
        ("D:NO_ACCESS_CONTROL", ["WD"]),
        ("O:SY", ["WD"]),
        ("D:P", []),
    ],
)
def test_an_access_list_as_text_says_who_else_gets_in(text: str, others: list[str]) -> None:
    assert access_list.others_in(text, _ACCOUNT) == others


class WindowsCalls:
    """Stands in for kernel32 and advapi32: keeps one list, and lets the folder above in as Wine does if told so."""

    def __init__(self, *, inherits: bool = False) -> None:
        self.list = f"D:(A;;FA;;;{_ACCOUNT})(A;;0x1200a9;;;WD)"
        self.asked = ""
        self.named: list[tuple[str, int]] = []
        self._inherits = inherits

    def __call__(self, _library: str) -> WindowsCalls:
        return self

    def ConvertStringSecurityDescriptorToSecurityDescriptorW(self, text: str, *_: object) -> int:
        self.asked = text
        return 1

    def GetSecurityDescriptorDacl(self, *_: object) -> int:
        return 1

    def SetNamedSecurityInfoW(self, name: str, _kind: int, kinds: object, *_: object) -> int:
        self.named.append((name, kinds.value))  # type: ignore[attr-defined]
        self.list = f"{self.asked}(A;ID;0x1200a9;;;WD)" if self._inherits else self.asked
        return 0

    def SetFileSecurityW(self, *_: object) -> int:
        self.list = self.asked
        return 1

    def LocalFree(self, _memory: object) -> None: ...


@pytest.mark.parametrize("inherits", [False, True])
@pytest.mark.parametrize("is_folder", [False, True])
def test_windows_is_asked_for_the_account_and_the_system_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inherits: bool, is_folder: bool
) -> None:
    calls = WindowsCalls(inherits=inherits)
    monkeypatch.setattr(access_list.Windows, "account", lambda _self: _ACCOUNT)
    monkeypatch.setattr(access_list.Windows, "text", lambda _self, _path: calls.list)
    place = tmp_path if is_folder else tmp_path / "khóa"
    if not is_folder:
        place.touch()

    access_list.Windows(calls).close(place)

    inherited = "OICI" if is_folder else ""
    assert calls.list == f"D:P(A;{inherited};FA;;;{_ACCOUNT})(A;{inherited};FA;;;SY)"
    assert calls.named == [(str(place), 0x80000004)]


@pytest.mark.skipif(sys.platform != "win32", reason="asks Windows itself")
def test_windows_gives_back_a_list_with_nobody_else(tmp_path: Path) -> None:
    lists = access_list.Windows()
    plain, secret, folder = tmp_path / "giấy.txt", tmp_path / "tệp bí mật.txt", tmp_path / "thư mục"
    plain.write_bytes(b"x")
    foreign_folder.write_whole(secret, [b"secret"], is_private=True)
    owner_only.make_folder(folder)

    assert lists.account().startswith("S-1-5-")
    assert lists.others(secret) == [] and lists.others(folder) == []
    owner_only.close(plain)
    assert lists.others(plain) == []
    assert "(A;;FA;;;SY)" in lists.text(plain)


@pytest.mark.skipif(sys.platform == "win32", reason="modes say nothing on Windows")
def test_elsewhere_the_mode_says_it(tmp_path: Path) -> None:
    os.close(owner_only.open_file(tmp_path / "khóa", _NEW))
    owner_only.make_folder(tmp_path / "mới")
    (tmp_path / "mở").touch(mode=0o644)
    (tmp_path / "mở").chmod(0o644)

    assert (tmp_path / "khóa").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "mới").stat().st_mode & 0o777 == 0o700
    assert owner_only.is_open_to_others(tmp_path / "mở")
    owner_only.close(tmp_path / "mở")
    assert not owner_only.is_open_to_others(tmp_path / "mở")
