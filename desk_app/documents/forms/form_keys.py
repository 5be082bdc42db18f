"""Which values a layout asks for, and where; for checking a form without any values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desk_app.documents.forms.conditions import keys_of
from desk_app.documents.layout.blocks import (
    Barcode,
    Blank,
    Block,
    CellRow,
    Columns,
    CopyMark,
    Qr,
    Table,
    TextLine,
    TickBox,
    When,
)


def asked_of_values(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """(line, key) of every value the layout asks for, outside of repeated table rows."""
    for block in _flat(blocks):
        match block:
            case TextLine():
                yield from _asked_by(block)
            case When():
                yield from ((block.number, key) for key in keys_of(block.condition))
            case Barcode() | Qr():
                yield block.number, block.key
            case Table():
                if block.rows:
                    yield block.header[0].number, block.rows
                for row in (block.header, *(block.body[:-1] if block.rows else block.body)):
                    for cell in row:
                        yield from _asked_by(cell)
            case _:
                pass


def asked_of_rows(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """(line, key) of what repeated rows ask of each row of their table."""
    for block in _flat(blocks):
        if isinstance(block, Table) and block.rows:
            for cell in block.body[-1]:
                yield from _asked_by(cell)


def has_copy_mark(blocks: Sequence[Block]) -> bool:
    return any(isinstance(block, CopyMark) for block in _flat(blocks))


def _flat(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Columns):
            for cell in block.cells:
                yield from _flat(cell)
        elif isinstance(block, When):
            yield from _flat(block.blocks)
            yield from _flat(block.otherwise)


def _asked_by(line: TextLine) -> Iterator[tuple[int, str]]:
    for span in line.spans:
        if isinstance(span, Blank | CellRow):
            yield line.number, span.key
            if isinstance(span, Blank):
                yield from ((line.number, key) for key in keys_of(span.condition))
        elif isinstance(span, TickBox):
            yield from ((line.number, key) for key in keys_of(span.condition))
