"""The two libraries of our own that the wheels ask for: python3.dll and icuuc.dll, written from what is imported.

python3.dll hands every name on to the library of the version. icuuc.dll answers Qt "no such converter": Windows 10 has
one of its own from some build on, and Qt never needs more than the encodings it knows itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from installer.windows.binaries import Binary, asked_of

ICUUC = Path(__file__).with_name("icuuc.c")
_FUNCTION = re.compile(r"(?m)^X [^;{]*?\b(\w+)\(")


class UnknownNameError(SystemExit):
    """A library asks for a name that no stub answers: a person has to look."""


def python3(versioned: Binary, library: str) -> str:
    """The .def of python3.dll: each name that `library` ("python313") exports, forwarded to it."""
    if not versioned.exports:
        raise UnknownNameError(f"{library}.dll không xuất tên nào")
    lines = [f"  {name} = {library}.{name}" for name in versioned.exports]
    return "\n".join(["LIBRARY python3.dll", "EXPORTS", *lines, ""])


def answered_by_icuuc(source: str) -> set[str]:
    """The functions that icuuc.c defines."""
    return set(_FUNCTION.findall(source))


def icuuc(binaries: Iterable[Binary], source: str) -> str:
    """The .def of icuuc.dll: exactly the names imported; one that the source does not answer stops the build."""
    asked = asked_of("icuuc.dll", binaries)
    unknown = sorted(asked - answered_by_icuuc(source))
    if unknown:
        raise UnknownNameError(f"Qt hỏi icuuc.dll những tên mà installer/windows/icuuc.c chưa có: {', '.join(unknown)}")
    return "\n".join(["LIBRARY icuuc.dll", "EXPORTS", *(f"  {name}" for name in sorted(asked)), ""])
