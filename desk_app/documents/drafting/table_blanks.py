"""A ruled table: empty cells of a row of people, of a row to tick, or beside a label."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from desk_app.documents.drafting.gaps import gaps_of
from desk_app.documents.drafting.labels import cleaned, fact_of, note_numbers
from desk_app.documents.drafting.line_blanks import escaped
from desk_app.documents.drafting.register import Register
from desk_app.documents.drafting.roles import role_in
from desk_app.documents.drafting.source_files.parts import lines_of
from desk_app.documents.drafting.ticks import choice_text
from desk_app.domain.text import fold

Row = Sequence[Sequence[str]]
_NUMBER = re.compile(r"\d{1,2}(\.\d{1,2})*\.?")
_SIGNATURE = {"chu ky", "ky ten", "ky nhan"}
_ORDINAL = {"stt", "tt", "so tt", "so thu tu"}
_MOST_COLUMNS = 14
_ROOM = "." * 20


def is_ruled(rows: Sequence[Row]) -> bool:
    """Whether the table has a heading row and rows below it, and is no pair of signatures."""
    if len(rows) < 2 or len(rows[0]) < 2 or len(rows[0]) > _MOST_COLUMNS:
        return False
    heads = [_text(cell) for cell in rows[0]]
    has_signature = any("(ký" in _text(cell).lower() for row in rows for cell in row)
    return all(heads) and not has_signature and not any(gaps_of(head) for head in heads)


def labelled_lines(rows: Sequence[Row]) -> list[str]:
    """A table of labels with a cell beside each to write in, as lines "Label: ....."; none for any other table."""
    if len(rows) < 2 or any(len(row) != 2 for row in rows):
        return []
    labels = [" ".join(_text(row[0]).split()) for row in rows]
    rooms = [" ".join(lines_of(row[1])) for row in rows]
    is_form = all(label and not gaps_of(label) and "(ký" not in label.lower() for label in labels)
    is_form = is_form and all(_is_room(room) for room in rooms)
    return (
        [f"{label.rstrip(' :')}: {room or _ROOM}" for label, room in zip(labels, rooms, strict=True)] if is_form else []
    )


def _is_room(text: str) -> bool:
    """Whether a cell is there to be written in, or ticked: nothing in it, or blanks without a label of their own."""
    return not text or (bool(gaps_of(text)) and "(ký" not in text.lower() and ":" not in text)


def ruled_table(register: Register, rows: Sequence[Row], markup: Callable[[str], str], *, first: int) -> list[str]:
    """The lines of the layout; `markup` says what a cell with gaps of its own asks, `first` is the heading's line."""
    heads = [" ".join(_text(cell).split()) for cell in rows[0]]
    body = [[*row, *[()] * (len(heads) - len(row))][: len(heads)] for row in rows[1:]]
    reader = _TableReader(register, heads, body, markup)
    lines = [f"| {' | '.join(escaped(head) for head in heads)} |"]
    lines.append("|" + "|".join("-" * width for width in _widths(heads, body)) + "|")
    lines += [f"| {' | '.join(reader.row(first + number, row))} |" for number, row in enumerate(body, 1)]
    size = ["{table size=10}"] if len(heads) > 5 else []
    return [*size, *lines]


class _TableReader:
    """The rows below the heading, one after the other."""

    def __init__(
        self, register: Register, heads: Sequence[str], body: Sequence[Row], markup: Callable[[str], str]
    ) -> None:
        self._register = register
        self._heads = heads
        self._markup = markup
        self._roles = [role_in(head) for head in heads]
        labelled = [row for row in body if _label(row) and sum(not _text(cell) for cell in row) >= 2]
        self._ticks = len(labelled) >= 3 and not any(self._roles)
        self._people = 0

    def row(self, number: int, row: Row) -> list[str]:
        self._register.line = number
        texts = [_text(cell) for cell in row]
        label = _label(row)
        if all(text.isdecimal() for text in texts):
            return texts
        empty = [place for place, text in enumerate(texts) if not text]
        if empty and not label:
            self._people += 1
        asked = None
        if self._ticks and label and len(empty) >= 2:
            asked = self._register.question(
                label, kind="choice", choices=[choice_text(self._heads[at]) for at in empty]
            )
        made = []
        for place, text in enumerate(texts):
            if text:
                made.append(
                    " ".join(self._markup(line) for line in lines_of(row[place])) if gaps_of(text) else escaped(text)
                )
            elif asked is not None:
                word = choice_text(self._heads[place])
                key = self._register.found(label, asked.key, "ask", f"ô chọn «{word}»")
                made.append(f"[{key}={word}]" if key else "")
            else:
                made.append(self._blank(place, label))
        return made

    def _blank(self, place: int, label: str) -> str:
        head = self._heads[place]
        folded = fold(cleaned(head, is_first=True))
        if folded in _ORDINAL:
            return str(self._people) if self._people else ""
        if folded in _SIGNATURE:
            return ""
        key = self._key(place, head, label)
        return f"{{{key}}}" if key else ""

    def _key(self, place: int, head: str, label: str) -> str:
        register = self._register
        if label and self._roles[place] and (fact := fact_of(cleaned(label, is_first=True))):
            register.role = self._roles[place]
            return register.fact(fact, cleaned(label, is_first=True), sure="sure", notes=note_numbers(label))
        if label:
            return register.ask(f"{cleaned(label, is_first=True)}: {cleaned(head, is_first=True)}")
        fact = fact_of(cleaned(head, is_first=True))
        is_people = any(fact_of(cleaned(each, is_first=True)) == "full_name" for each in self._heads)
        if fact and is_people:
            register.role = f"member{self._people}"
            if (register.role, fact) not in register.facts:
                return register.fact(fact, f"{head} ({self._people})", sure="likely")
        return register.ask(f"{cleaned(head, is_first=True)} {self._people}")


def _text(cell: Sequence[str]) -> str:
    return " ".join(lines_of(cell))


def _label(row: Row) -> str:
    """The first words of a row that are no number."""
    return next(
        (text for cell in row if (text := _text(cell)) and not _NUMBER.fullmatch(text) and not gaps_of(text)), ""
    )


def _widths(heads: Sequence[str], body: Sequence[Row]) -> list[int]:
    """Shares of the width, by what stands in the columns."""
    longest = [max([len(head) // 2, *(len(_text(row[place])) for row in body)]) for place, head in enumerate(heads)]
    return [max(4, min(40, width)) for width in longest]
