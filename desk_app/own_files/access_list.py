"""Access lists of Windows, by its own calls: who may use a file or folder. Only `owner_only` asks for them.

Sources: Microsoft, "Security Descriptor String Format", "ACE Strings", `SetNamedSecurityInfoW`,
`GetVolumeInformationW`.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from desk_app import places

_FILE_OBJECT = 1  # SE_FILE_OBJECT
_DACL, _PROTECTED = 0x4, 0x80000000  # DACL_SECURITY_INFORMATION, PROTECTED_DACL_SECURITY_INFORMATION
_REVISION = 1  # SDDL_REVISION_1
_TOKEN_QUERY, _TOKEN_USER = 0x8, 1
_KEEPS_LISTS = 0x8  # FILE_PERSISTENT_ACLS
_LONGEST = 1024
_SYSTEM = frozenset({"SY", "S-1-5-18"})
_NOBODY_YET = frozenset({"CO", "S-1-3-0", "OW", "S-1-3-4"})
"""Creator and owner: whoever makes a file in a folder that only we may write to, and the owner of this one."""
_ALLOWS = frozenset({"A", "OA", "XA", "ZA"})
_ENTRY = re.compile(r"\(([^()]+)")


class Windows:
    """`owner_only.AccessLists`. `libraries` gives a system library by its name; a test gives its own."""

    def __init__(self, libraries: Callable[[str], Any] | None = None) -> None:
        self._library = libraries or _library

    def keeps_lists(self, path: Path) -> bool:
        """Whether the drive of `path` keeps access lists: NTFS does, FAT and exFAT do not. Raises `OSError`."""
        kernel = self._library("kernel32")
        root, flags = ctypes.create_unicode_buffer(_LONGEST), ctypes.c_uint32()
        _see(kernel.GetVolumePathNameW(_name(path), root, _LONGEST), path)
        places_of_drive = (root.value, path.absolute().anchor)  # a mount that has no name is asked by its drive
        _see(
            int(
                any(
                    kernel.GetVolumeInformationW(place, None, 0, None, None, ctypes.byref(flags), None, 0)
                    for place in places_of_drive
                )
            ),
            path,
        )
        return bool(flags.value & _KEEPS_LISTS)

    def close(self, path: Path) -> None:
        """Let in this account and the system alone, with all rights, and inherit nothing. Raises `OSError`."""
        inherited = "OICI" if path.is_dir() else ""
        text = f"D:P(A;{inherited};FA;;;{self.account()})(A;{inherited};FA;;;SY)"
        guard, descriptor = self._library("advapi32"), ctypes.c_void_p()
        _see(
            guard.ConvertStringSecurityDescriptorToSecurityDescriptorW(text, _REVISION, ctypes.byref(descriptor), None),
            path,
        )
        with self._freed(descriptor):
            is_there, entries, is_default = ctypes.c_int(), ctypes.c_void_p(), ctypes.c_int()
            _see(
                guard.GetSecurityDescriptorDacl(
                    descriptor, ctypes.byref(is_there), ctypes.byref(entries), ctypes.byref(is_default)
                ),
                path,
            )
            kinds = ctypes.c_uint32(_DACL | _PROTECTED)
            _see_no_error(
                guard.SetNamedSecurityInfoW(_name(path), _FILE_OBJECT, kinds, None, None, entries, None), path
            )
            if self.others(path):  # Wine lets in whom the folder above lets in, whatever it was told
                _see(guard.SetFileSecurityW(_name(path), _DACL, descriptor), path)

    def others(self, path: Path) -> list[str]:
        """Whom the list lets in besides this account and the system; "WD" (everyone) where there is none."""
        return others_in(self.text(path), self.account())

    def text(self, path: Path) -> str:
        """The access list as Windows writes it. Raises `OSError`."""
        guard, descriptor = self._library("advapi32"), ctypes.c_void_p()
        code = guard.GetNamedSecurityInfoW(
            _name(path), _FILE_OBJECT, _DACL, None, None, None, None, ctypes.byref(descriptor)
        )
        _see_no_error(code, path)
        with self._freed(descriptor):
            told = ctypes.c_void_p()
            _see(
                guard.ConvertSecurityDescriptorToStringSecurityDescriptorW(
                    descriptor, _REVISION, _DACL, ctypes.byref(told), None
                ),
                path,
            )
            with self._freed(told):
                return ctypes.wstring_at(told.value or 0)

    def account(self) -> str:
        """The account that runs this program, as S-1-5-21-…. Raises `OSError`."""
        return _account(self._library)

    @contextmanager
    def _freed(self, memory: ctypes.c_void_p) -> Iterator[None]:
        try:
            yield
        finally:
            self._library("kernel32").LocalFree(memory)


def others_in(text: str, account: str) -> list[str]:
    """Whom a list written as text (SDDL) lets in besides `account` and the system; "WD" where there is no list."""
    _, has_list, entries = text.partition("D:")
    if not has_list or "NO_ACCESS_CONTROL" in entries:
        return ["WD"]
    found: dict[str, None] = {}
    for entry in _ENTRY.findall(entries):
        kind, _, rights, _, _, who = [*entry.split(";"), "", "", "", "", "", ""][:6]
        is_given = kind in _ALLOWS and rights not in {"", "0x0"}
        if is_given and who != account and who not in _SYSTEM and who not in _NOBODY_YET:
            found[who] = None
    return list(found)


@cache
def _account(library: Callable[[str], Any]) -> str:
    kernel, guard = library("kernel32"), library("advapi32")
    token, needed = ctypes.c_void_p(), ctypes.c_uint32()
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    own = ctypes.c_void_p(kernel.GetCurrentProcess())
    _see(guard.OpenProcessToken(own, _TOKEN_QUERY, ctypes.byref(token)), Path())
    try:
        guard.GetTokenInformation(token, _TOKEN_USER, None, 0, ctypes.byref(needed))
        room = ctypes.create_string_buffer(needed.value)
        _see(guard.GetTokenInformation(token, _TOKEN_USER, room, needed, ctypes.byref(needed)), Path())
        told = ctypes.c_void_p()
        # TOKEN_USER begins with a pointer to the account's SID, which lies in the same room.
        _see(
            guard.ConvertSidToStringSidW(ctypes.c_void_p.from_buffer(room), ctypes.byref(told)),
            Path(),
        )
        try:
            return ctypes.wstring_at(told.value or 0)
        finally:
            kernel.LocalFree(told)
    finally:
        kernel.CloseHandle(token)


@cache
def _library(name: str) -> Any:
    return ctypes.WinDLL(name, use_last_error=True)  # type: ignore[attr-defined,unused-ignore]


def _name(path: Path) -> str:
    return str(places.reachable(path.absolute()))


def _see(is_done: int, path: Path) -> None:
    if not is_done:
        raise _error(ctypes.get_last_error(), path)  # type: ignore[attr-defined,unused-ignore]


def _see_no_error(code: int, path: Path) -> None:
    if code:
        raise _error(code, path)


def _error(code: int, path: Path) -> OSError:
    told = ctypes.FormatError(code)  # type: ignore[attr-defined,unused-ignore]
    return OSError(None, told, str(path), code)
