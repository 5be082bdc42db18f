"""The automatic numbers of a Word file: what stands before a paragraph on paper though nobody typed it."""

from __future__ import annotations

from dataclasses import dataclass, field

from desk_app.documents.drafting.source_files.elements import ElementReader

_MOST_LISTS, _MOST_LEVEL, _MOST_NUMBER = 2000, 8, 5000
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"))
_ROMAN_SMALL = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
BULLET = "-"
"""Whatever sign a list without numbers has, official papers write a hyphen."""


@dataclass
class _Level:
    """How one level is numbered: "decimal", "%1." and the first number."""

    kind: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass
class _List:
    """Levels by their number, as the file describes them once for all lists made of it."""

    levels: dict[int, _Level] = field(default_factory=dict)


class NumberingReader(ElementReader):
    """Hears `word/numbering.xml`."""

    def __init__(self) -> None:
        self.kinds: dict[str, _List] = {}
        self.lists: dict[str, _List] = {}
        self._kind: _List | None = None
        self._list = ""
        self._level: _Level | None = None
        self._override = -1

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        value = attributes.get("val", "")
        match tag:
            case "abstractNum" if len(self.kinds) < _MOST_LISTS:
                self._kind = self.kinds.setdefault(attributes.get("abstractNumId", ""), _List())
            case "lvl" if self._kind is not None or self._list:
                self._level = self._levels().setdefault(_small(attributes.get("ilvl", "")), _Level())
            case "num" if len(self.lists) < _MOST_LISTS:
                self._list = attributes.get("numId", "")
            case "abstractNumId" if self._list:
                made_of = self.kinds.get(value, _List())
                self.lists[self._list] = _List(levels=dict(made_of.levels))
            case "lvlOverride":
                self._override = _small(attributes.get("ilvl", ""))
            case "startOverride" if self._list in self.lists and self._override >= 0:
                levels = self.lists[self._list].levels
                known = levels.get(self._override, _Level())
                levels[self._override] = _Level(kind=known.kind, text=known.text, start=_small(value))
            case _:
                self._of_level(tag, value)

    def _levels(self) -> dict[int, _Level]:
        if self._kind is not None:
            return self._kind.levels
        return self.lists.setdefault(self._list, _List()).levels

    def _of_level(self, tag: str, value: str) -> None:
        if self._level is None:
            return
        if tag == "numFmt":
            self._level.kind = value
        elif tag == "lvlText":
            self._level.text = value[:40]
        elif tag == "start":
            self._level.start = _small(value)

    def end(self, tag: str) -> None:
        if tag == "abstractNum":
            self._kind = None
        elif tag == "num":
            self._list = ""
        elif tag == "lvl":
            self._level = None
        elif tag == "lvlOverride":
            self._override = -1

    def text(self, text: str) -> None:
        del text


class Counters:
    """Counts through a document: paragraphs in their order are given their numbers."""

    def __init__(self, lists: dict[str, _List]) -> None:
        self._lists = lists
        self._at: dict[str, dict[int, int]] = {}

    def next(self, list_id: str, level_text: str) -> str:
        """What stands before the next paragraph of this list and level; "" for a list that is not described."""
        made = self._lists.get(list_id)
        level = min(_small(level_text), _MOST_LEVEL)
        shape = made.levels.get(level) if made is not None else None
        if made is None or shape is None or shape.kind == "none":
            return ""
        if shape.kind == "bullet":
            return BULLET
        at = self._at.setdefault(list_id, {})
        at[level] = at.get(level, shape.start - 1) + 1
        for deeper in [each for each in at if each > level]:
            del at[deeper]
        text = shape.text or f"%{level + 1}."
        for each in range(level + 1):
            known = made.levels.get(each, _Level())
            text = text.replace(f"%{each + 1}", _shown(at.get(each, known.start), known.kind))
        return text


def _shown(number: int, kind: str) -> str:
    number = min(max(number, 0), _MOST_NUMBER)
    if kind in {"lowerLetter", "upperLetter"} and number:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in {"lowerRoman", "upperRoman"} and number:
        said = _roman(number)
        return said.upper() if kind == "upperRoman" else said
    return f"{number:02d}" if kind == "decimalZero" else str(number)


def _roman(number: int) -> str:
    said = ""
    for value, sign in (*_ROMAN, *_ROMAN_SMALL):
        said += sign * (number // value)
        number %= value
    return said


def _small(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 0
