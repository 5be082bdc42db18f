"""Debian systems in folders of their own: where Windows packages are built, and where packages are tried.

Mounts live in a namespace of the one command and end with it, so that removing a folder never meets a mounted one.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_MADE = "etc/ban-mot-cua-root"
_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
_MIRROR = os.environ.get("DEBIAN_MIRROR")
"""Where debootstrap fetches Debian; it knows a place itself."""
UBUNTU = ("jammy", "noble")
NAMES = {"bookworm": "Debian 12", "trixie": "Debian 13", "jammy": "Ubuntu 22.04", "noble": "Ubuntu 24.04"}
_OF_UBUNTU = "http://archive.ubuntu.com/ubuntu"
_KEYS_OF_UBUNTU = "usr/share/keyrings/ubuntu-archive-keyring.gpg"


class CannotBuildError(SystemExit):
    """Said to the person at the terminal, in Vietnamese."""


@dataclass(frozen=True)
class Session:
    """How a command runs in a root: folders of the machine it sees, its variables, network and screen."""

    shared: Mapping[Path, str] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    has_network: bool = False
    display: str = ""


@dataclass(frozen=True)
class DebianRoot:
    """A minimal Debian or Ubuntu of one suite in `folder`."""

    folder: Path
    suite: str

    def make(self, packages: Sequence[str] = ()) -> None:
        """Fetches the system where it is not there yet, and its missing packages. Needs root and the network."""
        need_root()
        marker = self.folder / _MADE
        if not marker.exists():
            if shutil.which("debootstrap") is None:
                install("debootstrap")
            say(f"Tạo hệ {NAMES[self.suite]} trong {self.folder} …")
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            run(["debootstrap", "--variant=minbase", *self._fetched_from()], log=self.log)
            (self.folder / "etc/apt/apt.conf.d/10alone").write_text('APT::Install-Recommends "0";\n', encoding="utf-8")
            marker.write_text("", encoding="utf-8")
        held = set(marker.read_text(encoding="utf-8").split())
        wanted = [name for name in packages if name not in held]
        if wanted:
            say(f"Cài vào hệ {self.suite}: {' '.join(wanted)}")
            self._let_in_certificates()
            online = Session(has_network=True, variables={"DEBIAN_FRONTEND": "noninteractive"})
            self.run(["apt-get", "update", "-q"], online)
            self.run(["apt-get", "install", "-q", "-y", *wanted], online)
            marker.write_text("\n".join([*held, *wanted]), encoding="utf-8")

    def _fetched_from(self) -> list[str]:
        """What debootstrap is told: an older one has no script of its own for a newer Ubuntu, they all have gutsy's."""
        if self.suite not in UBUNTU:
            return [self.suite, str(self.folder), *([_MIRROR] if _MIRROR else [])]
        trusted = DebianRoot(self.folder.with_name("tools-trixie"), "trixie")  # Debian 13 packs Ubuntu's keys
        trusted.make(("ubuntu-archive-keyring",))
        proven = [f"--keyring={trusted.folder / _KEYS_OF_UBUNTU}", "--force-check-gpg"]
        return ["--components=main,universe", *proven, self.suite, str(self.folder), _OF_UBUNTU, "gutsy"]

    @property
    def log(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.log")

    def run(self, command: Sequence[str], session: Session = Session()) -> None:
        run(self.command(command, session), log=self.log)

    def command(self, command: Sequence[str], session: Session = Session()) -> list[str]:
        """The command line that runs `command` inside; the last process takes the place of the first."""
        root = shlex.quote(str(self.folder))
        steps = [
            f"mount -t proc proc {root}/proc",
            f"mount --rbind /dev {root}/dev",
        ]
        for outside, inside in session.shared.items():
            place = f"{root}{shlex.quote(inside)}"
            steps += [f"mkdir -p {place}", f"mount --bind {shlex.quote(str(outside))} {place}"]
        if session.has_network:
            steps.append(f"cp /etc/resolv.conf {root}/etc/resolv.conf")
        else:
            steps.append("ip link set lo up")
        variables = {"PATH": _PATH, "HOME": "/root", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
        if session.display:
            variables["DISPLAY"] = session.display
        variables |= session.variables
        told = [f"{name}={value}" for name, value in variables.items()]
        steps.append(f"exec chroot {root} env -i {shlex.join([*told, *command])}")
        spaces = ["unshare", "--mount"] if session.has_network else ["unshare", "--mount", "--net"]
        return [*spaces, "sh", "-ec", "\n".join(steps)]

    def _let_in_certificates(self) -> None:
        """A machine behind a proxy of its own trusts more certificates than Debian brings."""
        own = Path("/usr/local/share/ca-certificates")
        if own.is_dir():
            shutil.copytree(own, self.folder / own.relative_to("/"), dirs_exist_ok=True)


def need_root() -> None:
    if os.geteuid() != 0:
        raise CannotBuildError(
            "Phần này tạo một hệ Debian riêng bằng debootstrap và chroot nên cần quyền quản trị: sudo make packages\n"
            "Không có quyền quản trị thì chỉ làm được gói cho Linux: make packages PACKAGES='--only linux'"
        )


def install(*packages: str) -> None:
    """With apt, where that may be done; else says the command."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise CannotBuildError(
            f"Máy còn thiếu: {' '.join(packages)}. Cài bằng lệnh: sudo apt-get install {' '.join(packages)}"
        )
    say(f"Cài: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], env=environment, check=False, stdout=subprocess.DEVNULL)
    command = ["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


def need(program: str, package: str) -> None:
    if shutil.which(program) is None:
        install(package)


def run(
    command: Sequence[str], *, log: Path, cwd: Path | None = None, variables: Mapping[str, str] | None = None
) -> None:
    """Runs a command; its words go to `log`, the last of them to the person where it fails."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as kept:
        at = kept.tell()
        environment = {**os.environ, **(variables or {})}
        done = subprocess.run(command, stdout=kept, stderr=subprocess.STDOUT, cwd=cwd, env=environment, check=False)
    if done.returncode:
        told = log.read_bytes()[at:].decode("utf-8", "replace").splitlines()[-25:]
        raise CannotBuildError("\n".join([*told, f"Không làm được ({done.returncode}); toàn bộ ở {log}"]))


def say(text: str) -> None:
    print(text, flush=True)
