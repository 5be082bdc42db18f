"""Reads a form's layout.txt into blocks, and says every mistake by its line instead of stopping at the first."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from desk_app.documents.forms.conditions import is_well_formed
from desk_app.documents.layout.blocks import (
    Barcode,
    Block,
    Columns,
    CopyMark,
    Gap,
    PageBreak,
    Qr,
    Space,
    Table,
    TextLine,
    UnderRule,
    When,
)
from desk_app.documents.layout.fonts import BOLD, ITALIC, REGULAR
from desk_app.documents.layout.markup import MarkupError, spans_of

DIRECTIVES = ("national-heading", "columns", "table", "when", "else", "end", "copy-mark", "page-break")
_DIRECTIVE = re.compile(r"\{(" + "|".join(DIRECTIVES) + r")((?:\s+[^{}]*)?)\}")
_THING = re.compile(r"\{(barcode|qr|space)\s+([a-z0-9_.]+)(?:\s+(\d+(?:\.\d+)?))?\}")
_PREFIXES = {
    "## ": ("subtitle", BOLD),
    "# ": ("title", BOLD),
    "^ ": ("centre", REGULAR),
    "> ": ("right", REGULAR),
    "~ ": ("note", ITALIC),
}
_NATIONAL_HEADING = ("**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**", "**Độc lập - Tự do - Hạnh phúc**")


@dataclass(frozen=True, slots=True)
class LayoutProblem:
    """A mistake on a line of the layout text, as a Vietnamese sentence."""

    line: int
    problem: str


@dataclass(slots=True)
class _LayoutReader:
    """Walks the lines once; every method leaves `at` on the first line it did not use."""

    lines: list[str]
    at: int = 0
    problems: list[LayoutProblem] = field(default_factory=list)

    def complain(self, line: int, problem: str) -> None:
        self.problems.append(LayoutProblem(line, problem))

    def blocks(self, *, until: tuple[str, ...] = ()) -> list[Block]:
        """Blocks up to a directive in `until` (not used up) or the end of the text."""
        found: list[Block] = []
        while self.at < len(self.lines):
            text = self.lines[self.at].rstrip()
            directive = _DIRECTIVE.fullmatch(text.strip())
            if directive and directive[1] in until:
                return found
            self.at += 1
            if text.lstrip().startswith("//"):
                continue
            if directive:
                found += self.directive(directive[1], directive[2].split(), self.at)
            elif text.lstrip().startswith("|"):
                self.at -= 1
                found += self.table([], self.at + 1)
            elif not text.strip():
                found.append(Gap(0.5))
            else:
                found.append(self.paragraph(text, self.at))
        if until:
            self.complain(len(self.lines), "thiếu {end}")
        return found

    def directive(self, name: str, words: list[str], number: int) -> list[Block]:
        match name:
            case "national-heading":
                lines: list[Block] = [self.line(text, number, kind="centre") for text in _NATIONAL_HEADING]
                return [*lines, UnderRule(whole=True)]
            case "copy-mark":
                return [CopyMark()]
            case "page-break":
                return [PageBreak()]
            case "columns":
                return [self.columns(words, number)]
            case "table":
                return self.table(words, number)
            case "when":
                return [self.when(" ".join(words), number)]
            case _:
                self.complain(number, f"{{{name}}} không có phần mở đầu tương ứng")
                return []

    def when(self, condition: str, number: int) -> Block:
        if not is_well_formed(condition):
            self.complain(number, f"điều kiện «{condition}» không đúng cách viết")
        blocks = self.blocks(until=("else", "end"))
        otherwise: list[Block] = []
        if self.at < len(self.lines) and self.lines[self.at].strip() == "{else}":
            self.at += 1
            otherwise = self.blocks(until=("end",))
        self.at += 1
        return When(condition=condition, blocks=tuple(blocks), otherwise=tuple(otherwise), number=number)

    def columns(self, words: list[str], number: int) -> Block:
        weights, size = self.weights(words, number)
        cells: list[list[Block]] = [[] for _ in weights]
        while self.at < len(self.lines) and self.lines[self.at].strip() != "{end}":
            self.at += 1
            text = self.lines[self.at - 1].strip()
            if text.startswith("//"):
                continue
            parts = _split(text)
            if len(parts) > len(weights):
                self.complain(self.at, f"dòng này có {len(parts)} cột, trong khi đã khai {len(weights)} cột")
            for cell, part in zip(cells, [*parts, *[""] * len(weights)], strict=False):
                cell.append(self.cell_block(part, self.at))
        if self.at >= len(self.lines):
            self.complain(number, "{columns} không có {end}")
        self.at += 1
        return Columns(weights=weights, cells=tuple(tuple(_trimmed(cell)) for cell in cells), size=size)

    def weights(self, words: list[str], number: int) -> tuple[tuple[float, ...], float]:
        weights: list[float] = []
        size = 0.0
        for word in words:
            name, _, value = word.rpartition("=")
            try:
                if name == "size":
                    size = float(value)
                else:
                    weights.append(float(word))
            except ValueError:
                self.complain(number, f"«{word}» không phải bề rộng cột")
        return tuple(weights) or (1.0, 1.0), size

    def cell_block(self, text: str, number: int) -> Block:
        if not text:
            return Gap(1)
        if text in ("---", "--"):
            return UnderRule(whole=text == "---")
        if text == "{copy-mark}":
            return CopyMark()
        if _THING.fullmatch(text):
            return self.paragraph(text, number)
        if text.startswith("< "):
            return self.line(text[2:], number, kind="left")
        return self.line(text, number, kind="centre")

    def paragraph(self, text: str, number: int) -> Block:
        thing = _THING.fullmatch(text.strip())
        if thing:
            return self.thing(thing, number)
        while text.endswith("\\") and self.at < len(self.lines):
            text = text[:-1].rstrip() + " " + self.lines[self.at].strip()
            self.at += 1
        for prefix, (kind, font) in _PREFIXES.items():
            if text.startswith(prefix):
                return self.line(text.removeprefix(prefix), number, kind=kind, font=font)
        return self.line(text.strip(), number, kind="text", indent=text.startswith("  "))

    def thing(self, thing: re.Match[str], number: int) -> Block:
        name, key, size = thing.groups()
        if name == "barcode":
            return Barcode(key, float(size or 9), number)
        if name == "qr":
            return Qr(key, float(size or 16), number)
        try:
            return Space(float(key))
        except ValueError:
            self.complain(number, "{space} cần số mi-li-mét")
            return Space(0)

    def line(self, text: str, number: int, *, kind: str, font: str = REGULAR, indent: bool = False) -> TextLine:
        try:
            spans = spans_of(text.strip(), base=font, leaders=kind in ("text", "left"))
        except MarkupError as problem:
            self.complain(number, str(problem))
            spans = ()
        return TextLine(spans=spans, kind=kind, indent=indent, number=number)

    def table(self, words: list[str], number: int) -> list[Block]:
        rows, at_least, size = self.table_words(words, number)
        lines: list[tuple[int, str]] = []
        while self.at < len(self.lines) and self.lines[self.at].lstrip().startswith("|"):
            lines.append((self.at + 1, self.lines[self.at].strip().strip("|")))
            self.at += 1
        if len(lines) < 3 or set(lines[1][1]) - set("-:| "):
            self.complain(number, "bảng cần dòng đầu bảng, dòng |----|----| và ít nhất một dòng thân bảng")
            return []
        marks = [mark.strip() for mark in lines[1][1].split("|")]
        header = self.row(lines[0], font=BOLD)
        body = tuple(self.row(line) for line in lines[2:])
        for (at, _), row in zip([lines[0], *lines[2:]], [header, *body], strict=True):
            if len(row) != len(marks):
                self.complain(at, f"dòng này có {len(row)} ô, trong khi bảng có {len(marks)} cột")
        return [
            Table(
                weights=tuple(float(len(mark)) for mark in marks),
                aligns=tuple(_align(mark) for mark in marks),
                header=header,
                body=body,
                rows=rows,
                at_least=at_least,
                size=size,
            )
        ]

    def table_words(self, words: list[str], number: int) -> tuple[str, int, float]:
        """(rows, at least how many, text size) of `{table rows at-least=3 size=10}`."""
        rows, at_least, size = "", 0, 0.0
        for word in words:
            name, equals, value = word.partition("=")
            if not equals:
                rows = word
            elif name == "at-least" and value.isdecimal():
                at_least = int(value)
            elif name == "size" and _is_number(value):
                size = float(value)
            else:
                self.complain(number, f"«{word}» không phải số dòng (at-least=…) hay cỡ chữ (size=…) của bảng")
        return rows, at_least, size

    def row(self, line: tuple[int, str], font: str = REGULAR) -> tuple[TextLine, ...]:
        number, text = line
        cells = []
        for part in _split(text):
            try:
                cells.append(TextLine(spans=spans_of(part, base=font, leaders=False), kind="cell", number=number))
            except MarkupError as problem:
                self.complain(number, str(problem))
        return tuple(cells)


def read_layout(text: str) -> tuple[tuple[Block, ...], list[LayoutProblem]]:
    """The blocks of a layout text and every mistake in it; line numbers count from 1."""
    reader = _LayoutReader(text.splitlines())
    while reader.lines and not reader.lines[-1].strip():
        reader.lines.pop()
    blocks = reader.blocks()
    return tuple(blocks), sorted(reader.problems, key=lambda problem: problem.line)


def _split(text: str) -> list[str]:
    """Cells between bars; a bar inside braces or brackets belongs to its condition."""
    return [part.strip() for part in re.split(r"\|(?![^\[\]{}]*[\]}])", text)]


def _is_number(text: str) -> bool:
    return re.fullmatch(r"\d+(\.\d+)?", text) is not None


def _align(mark: str) -> str:
    if mark.endswith(":"):
        return "c" if mark.startswith(":") else "r"
    return "l"


def _trimmed(cell: list[Block]) -> list[Block]:
    while cell and isinstance(cell[-1], Gap):
        cell.pop()
    return cell
