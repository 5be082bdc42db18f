"""The modules of the Linux folder in one file: a disk that turns reads one file at once, and eight hundred one by one.

Written when the folder is made, read at each start; so this module stands by itself and loads nothing that Python has
not loaded already. It lies in the folder as a file of its own, as does what Python loads before it (`stays`).
"""

from __future__ import annotations

import marshal
import posix
import sys
from _frozen_importlib import ModuleSpec  # `importlib` itself would load a dozen files
from _frozen_importlib_external import SourcelessFileLoader, spec_from_file_location

FILE = "together.bin"
"""The length of the index (8 bytes, the small end first), the index as `marshal` writes it, the bytecode.

The index: name of a module → whether it is a package, its file below lib/ as if it lay there, offset, length.
"""
STAYS = frozenset({"__future__", "os", "together", "desk_app"})
"""What stays a file besides `encodings`: Python looks for `os` to know its library, the trials read the version."""
_HEADER = 16
_LENGTH = 8
_PIECE = 1 << 20
"""The system reads ahead no more than about so much when asked once."""
Index = dict[str, tuple[bool, str, int, int]]


def stays(name: str) -> bool:
    """Whether the module must lie in the folder as a file of its own."""
    return name in STAYS or name.partition(".")[0] == "encodings"


def packed(modules: dict[str, tuple[str, bytes]]) -> bytes:
    """The file of these modules: name → file below lib/, and the content of a .pyc."""
    index: Index = {}
    code = bytearray()
    for name, (file, content) in sorted(modules.items()):
        index[name] = (file.endswith("/__init__.pyc"), file, len(code), len(content) - _HEADER)
        code += content[_HEADER:]
    told = marshal.dumps(index, 2)  # without shared constants, which depend on who else holds them
    return len(told).to_bytes(_LENGTH, "little") + told + code


class TogetherFinder:
    """Finds the modules that the file holds, whatever the path; everything else is for those who look after it."""

    def __init__(self, lib: str) -> None:
        self._lib = lib
        self._file = posix.open(f"{lib}/{FILE}", posix.O_RDONLY | posix.O_CLOEXEC)
        length = int.from_bytes(posix.pread(self._file, _LENGTH, 0), "little")
        self._index: Index = marshal.loads(posix.pread(self._file, length, _LENGTH))  # noqa: S302 - our own folder's
        self._begin = _LENGTH + length

    def find_spec(self, name: str, *_of_the_path: object) -> ModuleSpec | None:
        found = self._index.get(name)
        if found is None:
            return None
        is_package, below, offset, length = found
        file = f"{self._lib}/{below}"
        return spec_from_file_location(
            name,
            file,
            loader=_TogetherLoader(name, file, self, offset, length),
            submodule_search_locations=[file.rpartition("/")[0]] if is_package else None,
        )

    def code(self, offset: int, length: int) -> bytes:
        return posix.pread(self._file, length, self._begin + offset)


class _TogetherLoader(SourcelessFileLoader):
    def __init__(self, name: str, file: str, whole: TogetherFinder, offset: int, length: int) -> None:
        super().__init__(name, file)
        self._whole, self._offset, self._length = whole, offset, length

    def get_code(self, fullname: str) -> object:  # type: ignore[override]
        """Raises `ImportError` where the file was cut or is damaged, as for a damaged module."""
        content = self._whole.code(self._offset, self._length)
        try:
            if len(content) == self._length:
                return marshal.loads(content)  # noqa: S302 - bytecode, as Python reads it
        except (EOFError, ValueError, TypeError):
            pass
        raise ImportError(f"{FILE} is damaged", name=fullname, path=self.path)


def look_into(lib: str, *libraries: str) -> None:
    """From now on modules come from the file in `lib` before Python looks through folders.

    The file and these libraries, which the start needs, are read ahead in large pieces while Python goes on: where they
    are first used, a piece here and there, a disk that turns reads ten times as often.
    """
    for file in (FILE, *libraries):
        opened = posix.open(f"{lib}/{file}", posix.O_RDONLY | posix.O_CLOEXEC)
        for at in range(0, posix.fstat(opened).st_size, _PIECE):
            posix.posix_fadvise(opened, at, _PIECE, posix.POSIX_FADV_WILLNEED)
        posix.close(opened)
    sys.meta_path.insert(-1, TogetherFinder(lib))
