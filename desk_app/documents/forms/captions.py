"""A second language below the Vietnamese: the lines of a form with what its captions say of their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from desk_app.documents.forms.form_records import Form, FormCaption
from desk_app.documents.layout.blocks import Block, Columns, TextLine, When, Words
from desk_app.documents.layout.fonts import ITALIC

_BETWEEN = " · "
_UNEXPLAINED = ("note", "caption")
"""Kinds of lines that get no caption: the notes below a form are for who fills it in, and that is the program."""


def captioned(form: Form, language: str) -> tuple[Block, ...]:
    """The form's blocks, each line followed by its caption; as they are where the form carries no such language."""
    words = next((each.words for each in form.head.caption if each.language == language), None)
    return tuple(_with_captions(form.layout, words)) if words else form.layout


def explained(text: str, words: Mapping[str, str]) -> list[str]:
    """The Vietnamese words of `text` that have a caption, in their order; the longer of two that overlap."""
    either = "|".join(re.escape(said) for said in sorted(words, key=len, reverse=True))
    return list(dict.fromkeys(re.findall(either, text)))


def unused(caption: FormCaption, blocks: Iterable[Block]) -> list[str]:
    """The words of a caption that stand on no line of the form."""
    used = {said for line in _lines(blocks) for said in explained(_said(line), caption.words)}
    return [said for said in caption.words if said not in used]


def _with_captions(blocks: Iterable[Block], words: Mapping[str, str]) -> Iterator[Block]:
    for block in blocks:
        match block:
            case TextLine():
                yield block
                found = explained(_said(block), words) if block.kind not in _UNEXPLAINED else []
                if found:
                    text = _BETWEEN.join(words[said] for said in found)
                    yield TextLine(spans=(Words(text, ITALIC),), kind="caption", number=block.number)
            case Columns():
                yield replace(block, cells=tuple(tuple(_with_captions(cell, words)) for cell in block.cells))
            case When():
                yield replace(
                    block,
                    blocks=tuple(_with_captions(block.blocks, words)),
                    otherwise=tuple(_with_captions(block.otherwise, words)),
                )
            case _:
                yield block


def _lines(blocks: Iterable[Block]) -> Iterator[TextLine]:
    for block in blocks:
        match block:
            case TextLine() if block.kind not in _UNEXPLAINED:
                yield block
            case Columns():
                for cell in block.cells:
                    yield from _lines(cell)
            case When():
                yield from _lines(block.blocks)
                yield from _lines(block.otherwise)
            case _:
                pass


def _said(line: TextLine) -> str:
    return "".join(span.text for span in line.spans if isinstance(span, Words))
