"""The parts of a Word file, unpacked and read element by element; sizes and depth are bounded, no DTD is read."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Protocol
from xml.parsers import expat

from desk_app.domain.office_table import FileFault

_MOST_UNPACKED = 24 << 20
_MOST_DEPTH = 200
_PIECE = 1 << 16


class ElementReader(Protocol):
    """Hears the elements of a part, their names without the namespace."""

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def text(self, text: str) -> None: ...


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The bytes of a part; it is the unpacked bytes that are counted, not what the archive says of itself."""
    size = 0
    with archive.open(name) as part:
        while piece := part.read(_PIECE):
            size += len(piece)
            if size > _MOST_UNPACKED:
                raise FileFault("bung ra quá lớn")
            yield piece


def parse(archive: zipfile.ZipFile, name: str, reader: ElementReader) -> None:
    """Let `reader` hear the part. Raises `FileFault`, `expat.ExpatError` and what the archive raises."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _MOST_DEPTH:
            raise FileFault(f"lồng nhau quá {_MOST_DEPTH} tầng")
        reader.start(_bare(tag), {_bare(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        reader.end(_bare(tag))

    def doctype(*_: object) -> None:
        raise FileFault("có khai báo DTD, không đọc")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = doctype
    for piece in _pieces(archive, name):
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def _bare(name: str) -> str:
    return name.rpartition(" ")[2]
