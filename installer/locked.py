"""Packages that requirements.lock names, and their wheels for the machines the program runs on."""

from __future__ import annotations

import email
import json
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path, PurePosixPath

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

LICENCE_FILE = re.compile(r"(?i)(^|[-_.])(licen[cs]e|copying|copyright|notice)s?([-_.]|$)")
PEOPLE = re.compile(r"(?i)^(authors|contributors|acknowledg)")
CODE = {".py", ".pyc", ".pyi", ".so", ".pyd", ".json", ".toml"}


@dataclass(frozen=True)
class Target:
    """A kind of machine: between them they use every line of the lock."""

    name: str
    python: str
    system: str
    platforms: tuple[str, ...]

    def uses(self, entry: Entry) -> bool:
        environment = {
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "python_full_version": f"{self.python}.0",
            "python_version": self.python,
            "sys_platform": self.system,
        }
        marker = entry.requirement.marker
        return marker is None or marker.evaluate(environment)


MANYLINUX = (*(f"manylinux_2_{minor}_x86_64" for minor in range(39, 16, -1)), "manylinux2014_x86_64")
TARGETS = (
    Target("windows", "3.13", "win32", ("win_amd64",)),
    Target("linux", "3.11", "linux", MANYLINUX),
)


@dataclass(frozen=True)
class Entry:
    """One package of the lock; `text` is its lines without the marker, hashes included."""

    requirement: Requirement
    text: str

    @property
    def name(self) -> str:
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> str:
        return next(iter(self.requirement.specifier)).version


def entries(lock: str) -> list[Entry]:
    """Packages in the order of the lock; one that differs between Pythons stands there once per version."""
    found = []
    for block in re.split(r"\n(?=[^\s#])", lock.strip()):
        line, *hashes = block.replace("\\\n", "\n").splitlines()
        requirement = Requirement(line.strip())
        pinned = f"{requirement.name}{requirement.specifier}"
        found.append(Entry(requirement, " \\\n".join([pinned, *(each.rstrip() for each in hashes)])))
    return found


@dataclass(frozen=True)
class Package:
    """A package as handed out: its metadata, the licence texts that came in it, the components its SBOM lists."""

    name: str
    version: str
    metadata: Message
    texts: tuple[str, ...]
    components: Mapping[str, str] = field(default_factory=dict)


def licence_texts(names: Iterable[str], read: Callable[[str], bytes]) -> tuple[str, ...]:
    """Texts of the licence files among `names`, wherever they lie in the package; equal texts once."""
    chosen = [name for name in sorted(names) if _is_licence(PurePosixPath(name))]
    return tuple(dict.fromkeys(text for name in chosen if (text := plain(read(name)))))


def _is_licence(path: PurePosixPath) -> bool:
    if PEOPLE.search(path.name) or path.suffix in CODE:
        return False
    declared = any(part.endswith(".dist-info") for part in path.parts) and {"licenses", "license_files"} & set(
        path.parts[:-1]
    )
    return bool(declared or LICENCE_FILE.search(path.name))


def components(names: Iterable[str], read: Callable[[str], bytes]) -> dict[str, str]:
    """ "NAME VERSION" → licences as the package's own CycloneDX lists give them; "" where a list says none."""
    found: dict[str, str] = {}
    for name in sorted(each for each in names if "/sboms/" in each and each.endswith(".json")):
        for part in json.loads(read(name)).get("components", []):
            said = [each.get("expression") or _named(each.get("license", {})) for each in part.get("licenses", [])]
            licence = (
                said[0] if len(said) == 1 else " AND ".join(f"({each})" if " OR " in each else each for each in said)
            )
            found[f"{part['name']} {part.get('version') or ''}".strip()] = licence
    return found


def _named(licence: Mapping[str, str]) -> str:
    return licence.get("id") or licence.get("name") or ""


def plain(data: bytes) -> str:
    """A licence text for a Markdown file: UTF-8, composed, without blanks at the ends of lines."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    lines = unicodedata.normalize("NFC", text).replace("\f", "").splitlines()
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def wheels(lock: str, folder: Path) -> Iterator[Package]:
    """Every package of the lock for every target, from wheels fetched into `folder` and checked against the lock."""
    for target in TARGETS:
        wanted = [entry for entry in entries(lock) if target.uses(entry)]
        place = folder / target.name
        place.mkdir(parents=True, exist_ok=True)
        listed = place / "wanted.txt"
        listed.write_text("".join(f"{entry.text}\n" for entry in wanted), encoding="utf-8")
        _fetch(target, listed, place)
        pinned = {(entry.name, entry.version) for entry in wanted}
        for path in sorted(place.glob("*.whl")):
            name, version, *_ = parse_wheel_filename(path.name)
            if (name, str(version)) in pinned:
                yield _read(path, name, str(version))


def _fetch(target: Target, listed: Path, place: Path) -> None:
    """Downloads without installing; a wheel that is there already and has the right hash is not fetched again."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--require-hashes", "--only-binary=:all:", "--python-version", target.python]
    command += [part for platform in target.platforms for part in ("--platform", platform)]
    subprocess.run([*command, "--dest", str(place), "--requirement", str(listed)], check=True)


def _read(path: Path, name: str, version: str) -> Package:
    with zipfile.ZipFile(path) as wheel:
        names = [each for each in wheel.namelist() if not each.endswith("/")]
        [metadata] = [each for each in names if re.fullmatch(r"[^/]+\.dist-info/METADATA", each)]
        message = email.message_from_bytes(wheel.read(metadata))
        texts, parts = licence_texts(names, wheel.read), components(names, wheel.read)
        return Package(name, version, message, texts, parts)
