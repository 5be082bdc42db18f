"""What Windows programs and libraries ask of each other, read from their headers; what is answered by nobody."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pefile

_IMPORT, _EXPORT, _DELAY = 1, 0, 13
SUFFIXES = {".dll", ".exe", ".pyd"}

# Libraries that every 64-bit Windows 10 from 1809 has in System32.
_SYSTEM = frozenset(
    {
        "advapi32",
        "authz",
        "bcrypt",
        "bcryptprimitives",
        "cfgmgr32",
        "comctl32",
        "comdlg32",
        "crypt32",
        "d2d1",
        "d3d11",
        "d3d12",
        "d3d9",
        "dnsapi",
        "dwmapi",
        "dwrite",
        "dxgi",
        "gdi32",
        "imm32",
        "iphlpapi",
        "kernel32",
        "mpr",
        "mscms",
        "msvcrt",
        "ncrypt",
        "netapi32",
        "normaliz",
        "ntdll",
        "ole32",
        "oleaut32",
        "powrprof",
        "propsys",
        "psapi",
        "rpcrt4",
        "secur32",
        "setupapi",
        "shcore",
        "shell32",
        "shlwapi",
        "ucrtbase",
        "uiautomationcore",
        "user32",
        "userenv",
        "uxtheme",
        "version",
        "winhttp",
        "winmm",
        "winspool.drv",
        "wldap32",
        "ws2_32",
        "wtsapi32",
    }
)
_SYSTEM_SETS = re.compile(r"^(api|ext)-ms-win-")


@dataclass(frozen=True)
class Binary:
    """One file: the names it imports by library (in small letters), the names it exports."""

    imports: Mapping[str, frozenset[str]]
    exports: tuple[str, ...]


def read(path: Path) -> Binary:
    with pefile.PE(str(path), fast_load=True) as image:
        image.parse_data_directories([_IMPORT, _DELAY])
        asked: dict[str, set[str]] = {}
        entries = [
            *getattr(image, "DIRECTORY_ENTRY_IMPORT", ()),
            *getattr(image, "DIRECTORY_ENTRY_DELAY_IMPORT", ()),
        ]
        for entry in entries:
            names = asked.setdefault(entry.dll.decode().lower(), set())
            names.update(each.name.decode() if each.name else f"#{each.ordinal}" for each in entry.imports)
        return Binary({name: frozenset(names) for name, names in asked.items()}, _exports(image))


def _exports(image: pefile.PE) -> tuple[str, ...]:
    """The names in the export table. pefile's own reading takes a minute for Qt6Core.dll and stops at 8,192 names."""
    table = image.OPTIONAL_HEADER.DATA_DIRECTORY[_EXPORT].VirtualAddress
    if not table:
        return ()
    data = image.get_memory_mapped_image()
    (count,) = struct.unpack_from("<I", data, table + 24)
    (names,) = struct.unpack_from("<I", data, table + 32)
    starts = struct.unpack_from(f"<{count}I", data, names)
    return tuple(sorted(data[start : data.index(b"\0", start)].decode("latin-1") for start in starts))


def in_folder(folder: Path) -> dict[str, Binary]:
    """Every library and program below `folder`, by its path there."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    return {path.relative_to(folder).as_posix(): read(path) for path in paths}


def is_of_windows(library: str) -> bool:
    return library.removesuffix(".dll") in _SYSTEM or bool(_SYSTEM_SETS.match(library))


def asked_of(library: str, binaries: Iterable[Binary]) -> set[str]:
    """The names that any of `binaries` imports from `library`."""
    return {name for binary in binaries for name in binary.imports.get(library.lower(), ())}


def unanswered(binaries: Mapping[str, Binary]) -> list[str]:
    """What would keep a file from loading: "FILE: LIBRARY" that is nowhere, "FILE: LIBRARY!NAME" that it lacks."""
    there: dict[str, set[str]] = {}
    for path, binary in binaries.items():
        there.setdefault(path.rpartition("/")[2].lower(), set()).update(binary.exports)
    missing = []
    for path, binary in binaries.items():
        for library, names in sorted(binary.imports.items()):
            if library in there:
                lacking = sorted(name for name in names - there[library] if not name.startswith("#"))
                missing += [f"{path}: {library}!{name}" for name in lacking]
            elif not is_of_windows(library):
                missing.append(f"{path}: {library}")
    return missing
