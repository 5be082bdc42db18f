"""The parts of a workbook: a zip archive in memory whose sizes are bounded before and while anything is unpacked.

What an archive says of its own sizes is not believed. A document type definition, where entities are declared, ends the
reading: no program of an office writes one, and entities of entities fill any memory.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from desk_app.documents.tables.table import TableFault

MOST_PARTS, MOST_UNPACKED, MOST_PART = 2_000, 600 << 20, 400 << 20
"""Parts, bytes of all of them, bytes of one: 200,000 full rows have less."""
_PIECE = 1 << 16
_DAMAGED = "tệp Excel hỏng hoặc không đầy đủ"
_PROTECTED = "tệp Excel có mật khẩu; mở bằng Excel, bỏ mật khẩu rồi lưu lại"


class Archive:
    """A workbook's parts by name. Every method raises `TableFault`."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            names = self._zip.namelist()
        except (zipfile.BadZipFile, ValueError, OSError, RuntimeError) as error:
            raise TableFault(_DAMAGED) from error
        if len(names) > MOST_PARTS:
            raise TableFault("tệp Excel có quá nhiều phần")
        self._names = set(names)
        self._left = MOST_UNPACKED

    def has(self, name: str) -> bool:
        return name in self._names

    def parse(self, name: str, parser: Any) -> None:
        """Give the part to an expat parser, piece by piece, bounded; its document type is refused."""
        parser.StartDoctypeDeclHandler = _refuse_entities
        try:
            for piece in self._pieces(name):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, ValueError) as error:  # of letters that no program knows, too
            if isinstance(error, TableFault):
                raise
            raise TableFault(_DAMAGED) from error

    def _pieces(self, name: str) -> Iterator[bytes]:
        part = MOST_PART
        try:
            with self._zip.open(name) as file:
                while piece := file.read(_PIECE):
                    part -= len(piece)
                    self._left -= len(piece)
                    if part < 0 or self._left < 0:
                        raise TableFault("tệp Excel giãn ra quá lớn khi mở; chia thành nhiều tệp nhỏ")
                    yield piece
        except RuntimeError as error:
            raise TableFault(_PROTECTED) from error
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            if isinstance(error, TableFault):
                raise
            raise TableFault(_DAMAGED) from error


def parser() -> Any:
    """An expat parser that gives texts whole and names with their namespace cut off by `local`."""
    made = expat.ParserCreate()
    made.buffer_text = True
    made.buffer_size = _PIECE
    return made


def local(name: str) -> str:
    """ "x:row" → "row": programs other than Excel give the namespace a prefix."""
    return name.rpartition(":")[2]


def _refuse_entities(*_: object) -> None:
    raise TableFault("tệp Excel có khai báo lạ (DOCTYPE), chương trình không đọc")
