"""The stick: all that is needed is on it, and what a bad stick did to it shows."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from installer import leaflet, release, roots, stick
from installer.linux import repository

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="make stick runs on Linux")
VERSION = release.release().version
PACKAGES = (
    f"ban-mot-cua-{VERSION}-windows-amd64.exe",
    f"ban-mot-cua_{VERSION}_amd64.deb",
    f"ban-mot-cua-{VERSION}-linux-amd64.tar.xz",
)


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    folder.mkdir()
    for name in PACKAGES:
        (folder / name).write_bytes(name.encode() * 100)
    return folder


def filled(tmp_path: Path, packages: Path, *more: str) -> Path:
    usb = tmp_path / "usb"
    usb.mkdir()
    assert stick.main([str(usb), "--packages", str(packages), "--without-libraries", *more]) == 0
    return usb / stick.FOLDER


def test_the_stick_holds_packages_leaflet_notices_offer_and_hashes(tmp_path: Path, packages: Path) -> None:
    update = tmp_path / "ban-mot-cua-9.9.9-linux-amd64.capnhat"
    update.write_bytes(b"BMC-UPDATE 1\n")
    target = filled(tmp_path, packages, "--update", str(update))
    there = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}
    assert {f"windows/{PACKAGES[0]}", f"linux/{PACKAGES[1]}", f"linux/{PACKAGES[2]}"} <= there
    assert {"HUONG-DAN.txt", "HUONG-DAN.pdf", "GIAY-PHEP.md", "MA-NGUON-LGPL.txt", "SHA256SUMS"} <= there
    assert f"cap-nhat/{update.name}" in there


def test_a_byte_that_the_stick_lost_a_file_that_is_missing_and_one_that_is_not_ours_are_told(
    tmp_path: Path, packages: Path
) -> None:
    target = filled(tmp_path, packages)
    spoilt = target / "windows" / PACKAGES[0]
    data = bytearray(spoilt.read_bytes())
    data[7] ^= 1
    spoilt.write_bytes(bytes(data))
    (target / "HUONG-DAN.txt").unlink()
    (target / "autorun.inf").write_text("", encoding="utf-8")
    assert sorted(stick.faults(target)) == [
        "Thiếu tệp: HUONG-DAN.txt",
        f"Tệp hỏng: windows/{PACKAGES[0]}",
        "Tệp lạ: autorun.inf",
    ]
    assert stick.main([str(target.parent), "--check"]) == 1


def test_a_stick_is_not_begun_without_all_packages(tmp_path: Path, packages: Path) -> None:
    (packages / PACKAGES[1]).unlink()
    usb = tmp_path / "usb"
    usb.mkdir()
    with pytest.raises(SystemExit, match="make packages"):
        stick.main([str(usb), "--packages", str(packages), "--without-libraries"])
    assert list(usb.iterdir()) == []


def test_the_leaflet_is_one_page_with_the_hashes_and_says_what_windows_says() -> None:
    sums = {name: f"{number:x}" * 64 for number, name in enumerate(PACKAGES)}
    words = leaflet.text("1.2.3", sums)
    assert "Windows protected your PC" in words
    document = pypdfium2.PdfDocument(io.BytesIO(leaflet.pdf(words)))
    assert len(document) == 1
    page = document[0].get_textpage().get_text_range()
    assert [name for name in PACKAGES if name not in page] == []
    assert "2" * 32 in page


class _Archives:
    """Distributions' archives; some cannot be reached."""

    def __init__(self, *unreachable: str) -> None:
        self.unreachable = unreachable

    def fetch(self, root: roots.DebianRoot, _package: Path, into: Path) -> list[Path]:
        if root.suite in self.unreachable:
            raise roots.CannotBuildError("apt-get update\nkhông tới được kho")
        into.mkdir(parents=True)
        library = into / f"libthu_1%3a2_{root.suite}.deb"
        library.write_bytes(b"deb")
        return [library]


def _with_libraries(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, packages: Path, *unreachable: str) -> set[str]:
    monkeypatch.setattr(roots.DebianRoot, "make", lambda *_: None)
    monkeypatch.setattr(stick.needs, "fetch", _Archives(*unreachable).fetch)
    monkeypatch.setattr(stick.repository, "write_index", lambda folder: (folder / "Packages").write_text("index"))
    usb = tmp_path / "usb"
    usb.mkdir()
    assert stick.main([str(usb), "--packages", str(packages), "--work", str(tmp_path / "work")]) == 0
    found = (usb / stick.FOLDER / "linux" / "thu-vien").rglob("*.deb")
    return {path.relative_to(usb / stick.FOLDER / "linux").as_posix() for path in found}


def test_every_system_has_its_own_libraries_under_names_that_a_stick_takes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, packages: Path
) -> None:
    suites = ("bookworm", "trixie", "jammy", "noble")
    expected = {f"thu-vien/{suite}/libthu_1+2_{suite}.deb" for suite in suites}
    assert _with_libraries(monkeypatch, tmp_path, packages) == expected
    linux = tmp_path / "usb" / stick.FOLDER / "linux"
    assert (linux / "cai-deb.sh").is_file()
    assert [suite for suite in suites if not (linux / "thu-vien" / suite / "Packages").is_file()] == []


@pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="packs a .deb")
def test_apt_finds_a_library_of_the_stick_by_its_index(tmp_path: Path) -> None:
    control = tmp_path / "library" / "DEBIAN" / "control"
    control.parent.mkdir(parents=True)
    control.write_text("Package: libthu\nVersion: 1:2\nArchitecture: all\nMaintainer: Thử <a@b>\nDescription: thử\n")
    made = tmp_path / "libthu_1+2_all.deb"
    subprocess.run(["dpkg-deb", "--build", str(control.parents[1]), str(made)], check=True, capture_output=True)
    repository.write_index(tmp_path)
    told = (tmp_path / "Packages").read_text(encoding="utf-8").splitlines()
    digest = hashlib.sha256(made.read_bytes()).hexdigest()
    wanted = ["Package: libthu", "Version: 1:2", "Filename: ./libthu_1+2_all.deb", f"SHA256: {digest}"]
    assert [line for line in wanted if line not in told] == []


def test_a_stick_without_what_ubuntu_lacks_is_said_and_one_without_debian_is_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, packages: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = _with_libraries(monkeypatch, tmp_path, packages, "noble")
    assert not [name for name in found if "noble" in name] and len(found) == 3
    assert "noble, ở đó dùng thư mục tự cài: không tới được kho" in capsys.readouterr().out
    (tmp_path / "usb").rename(tmp_path / "first")
    (tmp_path / "more").mkdir()
    with pytest.raises(SystemExit, match="trixie"):
        _with_libraries(monkeypatch, tmp_path / "more", packages, "trixie")
