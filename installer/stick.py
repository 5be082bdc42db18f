"""Fills a stick with all that a commune needs to install, and reads it back. `make stick DIR=…` runs it.

usage: python -m installer.stick DIR [--packages DIR] [--update FILE] [--work DIR] [--without-libraries]
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from installer import leaflet, release, roots
from installer.known import ROOT
from installer.linux import repository
from installer.linux.plain_folder import listed
from installer.roots import CannotBuildError, DebianRoot, say
from installer.trials import needs

FOLDER = "BanMotCua"
SUMS = "SHA256SUMS"
DEBIAN = ("bookworm", "trixie")
OFFER = """Đề nghị giao mã nguồn (LGPL-3.0, điều 4; GPL-3.0, điều 6b)

Bàn Một Cửa đi cùng Qt, PySide6, shiboken6 và psycopg theo LGPL-3.0. Trong ít nhất ba năm kể từ ngày giao USB này,
và chừng nào còn hỗ trợ bản này, bên giao USB gửi mã nguồn đúng bản của các thư viện ấy cho bất cứ ai đang giữ USB,
với giá không quá chi phí sao chép và gửi. Bản của từng thư viện ghi trong GIAY-PHEP.md. Các thư viện ấy là tệp riêng
trong thư mục chương trình, ai cũng thay được bằng bản tự sửa.
"""


def options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="make stick", description="Chép đủ mọi thứ để cài vào một thư mục, rồi đọc lại."
    )
    parser.add_argument("folder", type=Path, help="USB hay thư mục")
    parser.add_argument("--packages", type=Path, default=ROOT / "dist", help="nơi có các gói (mặc định: dist)")
    parser.add_argument("--update", type=Path, action="append", default=[], help="tệp cập nhật (.capnhat) chép kèm")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "packages", help="thư mục làm việc")
    parser.add_argument(
        "--without-libraries", action="store_true", help="không lấy .deb phụ thuộc (không có mạng hay quyền)"
    )
    parser.add_argument("--check", action="store_true", help="chỉ đọc lại một USB đã chép")
    return parser


def main(arguments: list[str]) -> int:
    chosen = options().parse_args(arguments)
    target = chosen.folder / FOLDER
    if not chosen.check:
        fill(chosen, target)
    wrong = list(faults(target))
    for fault in wrong:
        say(fault)
    count = len((target / SUMS).read_text(encoding="utf-8").splitlines()) if not wrong else 0
    say("USB không dùng được: hãy chép lại." if wrong else f"USB đủ và đúng: {count} tệp trong {target}.")
    return 1 if wrong else 0


def fill(chosen: argparse.Namespace, target: Path) -> None:
    version = release.release().version
    packages = {
        "windows": [f"ban-mot-cua-{version}-windows-amd64.exe"],
        "linux": [f"ban-mot-cua_{version}_amd64.deb", f"ban-mot-cua-{version}-linux-amd64.tar.xz"],
    }
    missing = [name for names in packages.values() for name in names if not (chosen.packages / name).is_file()]
    missing += [str(path) for path in chosen.update if not path.is_file()]
    if missing:
        raise SystemExit(f"Chưa có {', '.join(missing)} trong {chosen.packages}: chạy make packages trước.")
    if not os.access(chosen.folder, os.W_OK):
        raise SystemExit(f"Không ghi được vào {chosen.folder}: USB khóa ghi, hoặc không có thư mục ấy.")
    shutil.rmtree(target, ignore_errors=True)
    sums: dict[str, str] = {}
    for system, names in packages.items():
        (target / system).mkdir(parents=True)
        for name in names:
            shutil.copyfile(chosen.packages / name, target / system / name)
            sums[name] = _hash(target / system / name)
    shutil.copyfile(repository.SCRIPT, target / "linux" / repository.SCRIPT.name)
    if not chosen.without_libraries:
        _add_libraries(target / "linux" / "thu-vien", chosen.packages / packages["linux"][0], chosen.work)
    for path in chosen.update:
        (target / "cap-nhat").mkdir(exist_ok=True)
        shutil.copyfile(path, target / "cap-nhat" / path.name)
    text = leaflet.text(version, sums)
    (target / "HUONG-DAN.txt").write_text(text, encoding="utf-8-sig", newline="\r\n")
    (target / "HUONG-DAN.pdf").write_bytes(leaflet.pdf(text))
    shutil.copyfile(ROOT / "docs" / "notices.md", target / "GIAY-PHEP.md")
    (target / "MA-NGUON-LGPL.txt").write_text(OFFER, encoding="utf-8-sig", newline="\r\n")
    (target / SUMS).write_text(listed(target), encoding="utf-8")
    os.sync()


def _add_libraries(into: Path, package: Path, work: Path) -> None:
    for suite in (*DEBIAN, *roots.UBUNTU):
        try:
            clean = DebianRoot(work / "roots" / f"clean-{suite}", suite)
            clean.make()
            found = needs.fetch(clean, package, work / "needs" / suite)
        except CannotBuildError as reason:
            if suite in roots.UBUNTU:
                last = str(reason).splitlines()[-1]
                say(f"USB không có thư viện cho Ubuntu {suite}, ở đó dùng thư mục tự cài: {last}")
                continue
            raise SystemExit(
                f"{reason}\nKhông lấy được thư viện cho Debian {suite}; bỏ qua bằng STICK=--without-libraries"
            ) from reason
        (into / suite).mkdir(parents=True)
        for path in found:
            # A colon (from an epoch, "%3a") is not for FAT: dpkg looks inside the file, not at its name.
            shutil.copyfile(path, into / suite / path.name.replace("%3a", "+").replace(":", "+"))
        repository.write_index(into / suite)


def faults(target: Path) -> Iterator[str]:
    """What on the stick is not as SHA256SUMS says: read from the device, not from what the system remembers of it."""
    sums = target / SUMS
    if not sums.is_file():
        yield f"Không có {sums}"
        return
    lines = [line.partition("  ") for line in sums.read_text(encoding="utf-8").splitlines()]
    told = {name: digest for digest, _, name in lines}
    there = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()} - {SUMS}
    yield from (f"Thiếu tệp: {name}" for name in sorted(told.keys() - there))
    yield from (f"Tệp lạ: {name}" for name in sorted(there - told.keys()))
    for name in sorted(told.keys() & there):
        _forget(target / name)
        if _hash(target / name) != told[name]:
            yield f"Tệp hỏng: {name}"


def _forget(path: Path) -> None:
    """Drops what the system keeps of the file in memory."""
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
