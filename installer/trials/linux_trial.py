"""The Linux packages in clean Debian systems without a network, without Python, without a person at the keyboard."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from installer.linux import repository
from installer.roots import NAMES, DebianRoot, Session
from installer.trials import results, screen
from installer.trials.results import Steps, Trial

CARD = "001190000001||Nguyễn Thị Thử Nghiệm|15011990|Nữ|Thôn Mẫu, Xã Thử Nghiệm|20062022"
BASE = "usr/lib/ban-mot-cua"
_PERSON = "canbo"
HOME = "/home/Cán bộ một cửa"
SELFTEST_S = 20
_PACKAGES, _STICK = "/goi", "/media/USB của xã/linux"
_WINDOW_S = 240


@dataclass(frozen=True)
class Place:
    """A clean system and the folder of packages; `needs` holds the .deb files the system lacks."""

    root: DebianRoot
    packages: Path
    needs: Path
    pictures: Path

    def session(self, display: str = "", **variables: str) -> Session:
        shared = {self.packages: _PACKAGES, self.needs: "/thu-vien", screen.SOCKETS: "/tmp/.X11-unix"}  # noqa: S108
        return Session(shared=shared, variables={"DEBIAN_FRONTEND": "noninteractive", **variables}, display=display)


def try_deb(place: Place, version: str) -> Trial:
    """Install, self-test, receive, window, purge, install again; the data are the same bytes after the purge."""
    steps, root = Steps(f"{NAMES[place.root.suite]}, .deb"), place.root
    package = place.packages / f"ban-mot-cua_{version}_amd64.deb"
    steps.must(not (root.folder / "usr/bin/python3").exists(), "máy không có Python")
    took = install_deb(place, version)
    steps.passed("cài không mạng")
    _work(place, steps, "/srv/du-lieu", [])
    window = _window(place, steps, "ban-mot-cua", "/srv/du-lieu", f"{root.suite}-deb.png")
    installed = results.bytes_of(root.folder / BASE) / 1e6
    data = root.folder / "srv/du-lieu"
    before = results.digest(data)
    root.run(["apt-get", "purge", "-q", "-y", "ban-mot-cua"], place.session())
    steps.must(not (root.folder / BASE).exists(), "gỡ sạch (purge), không sót tệp")
    steps.must(results.digest(data) == before, "dữ liệu còn nguyên từng byte")
    install_deb(place, version)
    _opens_again(place, steps, "desk-app", "/srv/du-lieu")
    root.run(["apt-get", "purge", "-q", "-y", "ban-mot-cua"], place.session())
    return Trial(".deb", NAMES[root.suite], package.stat().st_size / 1e6, installed, took, window, tuple(steps.done))


def try_plain_folder(place: Place, version: str) -> Trial:
    """The same for somebody without an administrator, in a home whose name has Vietnamese letters and blanks."""
    steps, root = Steps(f"{NAMES[place.root.suite]}, thư mục"), place.root
    package = place.packages / f"ban-mot-cua-{version}-linux-amd64.tar.xz"
    home = root.folder / HOME.lstrip("/")
    person = somebody(place)
    took = install_folder(place, version, person)
    steps.passed("cài không mạng, không quyền quản trị")
    data = f"{HOME}/dữ liệu quầy"
    _work(place, steps, data, person, f"{HOME}/.local/bin/")
    window = _window(place, steps, f"{HOME}/.local/bin/ban-mot-cua", data, f"{root.suite}-plain.png", person)
    programs = home / ".local/lib/ban-mot-cua"
    installed = results.bytes_of(programs) / 1e6
    kept = root.folder / data.lstrip("/")
    before = results.digest(kept)
    root.run([*person, "sh", "-ec", f"sh '{HOME}/.local/lib/ban-mot-cua/cai-dat.sh' --go"], place.session())
    left = [path for path in (home / ".local").rglob("*") if "ban-mot-cua" in path.name and path.is_file()]
    steps.must(not programs.exists() and not left, "gỡ sạch, không sót tệp", str(left[:3]))
    steps.must(results.digest(kept) == before, "dữ liệu còn nguyên từng byte")
    root.run([*person, "sh", "-ec", f"cd; sh ban-mot-cua-{version}/cai-dat.sh"], place.session())
    _opens_again(place, steps, f"{HOME}/.local/bin/desk-app", data, person)
    shutil.rmtree(home)
    return Trial("thư mục", NAMES[root.suite], package.stat().st_size / 1e6, installed, took, window, tuple(steps.done))


def install_deb(place: Place, version: str) -> float:
    """Seconds that it took, from a folder as it lies on the stick; the libraries are put there before."""
    stick = place.root.folder / _STICK.lstrip("/")
    shutil.rmtree(stick, ignore_errors=True)
    libraries = stick / "thu-vien" / place.root.suite
    shutil.copytree(place.needs, libraries)
    repository.write_index(libraries)
    for file in (place.packages / f"ban-mot-cua_{version}_amd64.deb", repository.SCRIPT):
        shutil.copyfile(file, stick / file.name)
    began = time.monotonic()
    place.root.run(["sh", f"{_STICK}/{repository.SCRIPT.name}"], place.session())
    return time.monotonic() - began


def somebody(place: Place) -> list[str]:
    """The words in front of a command that make a person without any right carry it out, from a home made anew."""
    home = place.root.folder / HOME.lstrip("/")
    shutil.rmtree(home, ignore_errors=True)
    made = f"id {_PERSON} || useradd -d '{HOME}' {_PERSON}; mkdir -p '{HOME}'; chown {_PERSON} '{HOME}'"
    place.root.run(["sh", "-ec", made])
    return ["setpriv", f"--reuid={_PERSON}", f"--regid={_PERSON}", "--clear-groups", "env", f"HOME={HOME}"]


def install_folder(place: Place, version: str, person: Sequence[str]) -> float:
    """Seconds that it took this person; the libraries of the system were there before."""
    libraries = "apt-get install -q -y --no-install-recommends /thu-vien/*.deb"
    place.root.run(["sh", "-ec", libraries], place.session())
    began = time.monotonic()
    unpack = f"cd; tar xf {_PACKAGES}/ban-mot-cua-{version}-linux-amd64.tar.xz; sh ban-mot-cua-{version}/cai-dat.sh"
    place.root.run([*person, "sh", "-ec", unpack], place.session())
    return time.monotonic() - began


def make_desk(place: Place, desk: str, data: str, person: Sequence[str]) -> None:
    """A desk with one dossier and its two papers, in the folder `data`; its passphrase lies beside it."""
    secret = f"{data}.mat-khau"
    script = f"""
        head -c 24 /dev/urandom | base64 >'{secret}'; chmod 600 '{secret}'
        export DESK_DATA='{data}' DESK_PASSPHRASE_FILE='{secret}'
        {desk} init --unit H26.99 --commune 'xã Thử Nghiệm' --desk 1
        printf '%s' '{CARD}' | {desk} receive --scan - --procedure 1.004873 --out '{data}.giay'
        test "$(ls '{data}.giay' | wc -l)" = 2
        {desk} today | grep -q H26.99
        {desk} check
    """
    _run(place, [*person, "sh", "-ec", script])


def _work(place: Place, steps: Steps, data: str, person: Sequence[str], folder: str = "") -> None:
    desk = f"'{folder}desk-app'"
    began = time.monotonic()
    _run(place, [*person, "sh", "-ec", f"cd /; {desk} --selftest"])
    took = time.monotonic() - began
    steps.must(took <= SELFTEST_S * 3, f"tự kiểm tra (--selftest): {took:.0f} giây")
    for other in ("ban-mot-cua", "desk-district"):
        _run(place, [*person, "sh", "-ec", f"cd /; '{folder}{other}' --selftest"])
    steps.passed("tự kiểm tra bằng cửa sổ và bằng phía cấp trên")
    make_desk(place, desk, data, person)
    steps.passed("init, receive, today, check; hai tờ giấy PDF")


def _window(place: Place, steps: Steps, program: str, data: str, name: str, person: Sequence[str] = ()) -> float:
    with screen.screen() as display:
        secret = f"DESK_PASSPHRASE_FILE={data}.mat-khau"
        command = [*person, "env", f"DESK_DATA={data}", secret, "QT_QPA_PLATFORM=xcb", program]
        whole = place.root.command(command, place.session(display))
        again = partial(screen.must_end, whole, place.root.log, _WINDOW_S)
        took = screen.seconds_to_window(whole, display, place.pictures / name, place.root.log, _WINDOW_S, again)
        steps.passed("cửa sổ hiện trên màn hình X; mở lần hai gọi lại đúng cửa sổ ấy")
        training = place.root.command([*command, "--training"], place.session(display))
        picture = place.pictures / name.replace(".png", "-training.png")
        screen.seconds_to_window(training, display, picture, place.root.log, _WINDOW_S)
        steps.passed("cửa sổ tập huấn")
    return took


def _opens_again(place: Place, steps: Steps, program: str, data: str, person: Sequence[str] = ()) -> None:
    opened = f"export DESK_DATA='{data}' DESK_PASSPHRASE_FILE='{data}.mat-khau'"
    script = f"{opened}; '{program}' check; '{program}' today | grep -q H26.99"
    _run(place, [*person, "sh", "-ec", script])
    steps.passed("cài lại, mở đúng dữ liệu cũ")


def _run(place: Place, command: Sequence[str]) -> None:
    place.root.run(list(command), place.session())
