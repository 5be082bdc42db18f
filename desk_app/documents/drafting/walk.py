"""Goes through an official text once: headings, lines with blanks, tables, signatures, notes become layout lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desk_app.documents.drafting.gaps import gaps_of, is_rule
from desk_app.documents.drafting.labels import LOST_BOX, cleaned, fact_of
from desk_app.documents.drafting.line_blanks import escaped, is_dated_place, line_markup, signer_role
from desk_app.documents.drafting.plain_lines import INFERRED, LONG_LINE, NUMBERED, SIGNED, is_capital, plain_line
from desk_app.documents.drafting.register import Register
from desk_app.documents.drafting.roles import APPLICANT, is_signed_by_office, opened_by, role_in
from desk_app.documents.drafting.source_files.parts import (
    LEADER,
    Source,
    SourceLine,
    SourcePage,
    SourceTable,
    lines_of,
)
from desk_app.documents.drafting.table_blanks import is_ruled, labelled_lines, ruled_table
from desk_app.documents.drafting.ticks import with_lost_boxes
from desk_app.domain.text import fold

_NOTES = re.compile(r"\s*(chú thích|ghi chú|hướng dẫn[^:]*|cách ghi[^:]*)\s*:?\s*$", re.IGNORECASE)


class Walk:
    """`lines` are the layout's; `title` what the paper is called."""

    def __init__(self, register: Register, source: Sequence[Source]) -> None:
        self.register = register
        self.lines: list[str] = []
        self._source = source
        self._in_notes = False
        self._has_heading = self._has_title = False
        self._in_head = True
        self._at = 0
        self._signers: dict[int, str] = {}

    def go(self) -> None:
        for at, part in enumerate(self._source):
            self._at = at
            self.register.line = part.number
            match part:
                case SourcePage():
                    self._new_page()
                case SourceTable():
                    self._table(part)
                case SourceLine():
                    self._line(part)

    def _new_page(self) -> None:
        if self._in_notes or self.register.blanks:
            self.lines.append("{page-break}")
            register = self.register
            register.role, register.main, register.context, register.section = APPLICANT, "", "", ""
            register.facts.clear()
            self._in_head, self._has_heading, self._has_title = True, False, False
        self._in_notes = False

    # --- lines ----------------------------------------------------------------------------

    def _line(self, line: SourceLine) -> None:
        text = line.text
        if not text.strip(" "):
            if self.lines and self.lines[-1]:
                self.lines.append("")
            return
        if is_rule(text):
            self._ruled(text)
        elif self._in_notes or (_NOTES.fullmatch(text) and not gaps_of(text)):
            self._note(text)
        elif not self._is_head(text):
            self._body(line)

    def _ruled(self, text: str) -> None:
        """A line of dashes alone is drawn under a heading; one of underlines in the midst gives room to write."""
        if not self._in_head and set(text.strip()) == {"_"}:
            self.lines.append(self.markup(text))

    def _note(self, text: str) -> None:
        words = escaped(" ".join(text.split()))
        self.lines.append(f"~ **{words}**" if not self._in_notes else f"~ {words}")
        self._in_notes = True

    def _is_head(self, text: str) -> bool:
        """The national heading, and the title that follows it."""
        folded = fold(text)
        if "cong hoa xa hoi chu nghia" in folded:
            if not self._has_heading:
                self.lines.append("{national-heading}")
            self._has_heading = True
            return True
        if folded.startswith("doc lap tu do hanh phuc"):
            return True
        if self._in_head and not gaps_of(text) and is_capital(text) and len(text) < LONG_LINE:
            if self._has_title and (NUMBERED.match(text) or role_in(text)):
                return False
            self._has_title = True
            if not self.register.blanks or self._has_heading:
                self.lines += [
                    *([""] if self.lines and not self.lines[-1].startswith("# ") else []),
                    f"# {escaped(text.strip())}",
                ]
            return True
        return False

    def _body(self, line: SourceLine) -> None:
        self._in_head = self._in_head and not self._has_title
        markup = self.markup(line.text)
        if gaps_of(line.text) and not is_dated_place(line.text):
            self._in_head = False
        if line.place == "" and is_dated_place(line.text) and self._in_head:
            line = SourceLine(text=line.text, number=line.number, place="right")
        if line.place == "right" or _is_signing(line.text):
            markup = f"> {markup.strip()}"
        elif line.place == "centre" and not gaps_of(line.text) and "[" not in markup:
            markup = f"^ {markup.strip()}"
        elif _is_statement(line.text):
            markup = f"  {markup.strip()}"
        self.lines.append(_plain_start(markup))
        if SIGNED.search(line.text):
            self.lines.append("{space 15}")

    def markup(self, text: str) -> str:
        """A line as the layout says it; whatever it asks for is in the register then."""
        register = self.register
        if register.options and text.rstrip(" ").endswith(LEADER) and len(gaps_of(text)) == 1 and ":" not in text:
            text = text.replace(LEADER, " ").rstrip()  # an option, and what the typist left behind it
        text, boxes = with_lost_boxes(register, text)
        if boxes or gaps_of(text):
            self._before_gaps(text)
            made = self._trailing(line_markup(register, text), text)
            for box in boxes:
                made = made.replace(LOST_BOX, box, 1)
        else:
            coming = self._source[self._at + 1 :]
            made = plain_line(register, text, coming=coming, is_head=self._in_head)
        self._after(text)
        return made

    def _before_gaps(self, text: str) -> None:
        """A line with blanks ends the options before it, unless its blanks are boxes."""
        if "□" not in text:
            self.register.options = ""

    def _after(self, text: str) -> None:
        register = self.register
        if role := opened_by(text, register.title):
            register.enter(role)
            register.section = register.section if role == register.role and not register.section else ""
        if SIGNED.search(text):
            register.signer = register.signer or signer_role(register)
            register.open_end = False
        elif gaps := gaps_of(text):
            register.open_end = not gaps[-1].after.strip() and bool(text.strip(" .…_\t"))
        if "cam doan" in fold(text):
            register.context, register.options = "", ""

    def _trailing(self, made: str, text: str) -> str:
        """ "… Giới tính: ……… Dân tộc:" ends with a label whose dots were lost."""
        last = gaps_of(text)[-1] if gaps_of(text) else None
        if last is None or not last.after.rstrip().endswith(":"):
            return made
        label = cleaned(last.after, is_first=False)
        fact = fact_of(label)
        register = self.register
        if fact in INFERRED and register.role and (register.role, fact) not in register.facts:
            return f"{made.rstrip()} {{{register.fact(fact, label, sure='likely')}}}"
        return made

    # --- tables ---------------------------------------------------------------------------

    def _table(self, table: SourceTable) -> None:
        self._in_head = self._in_head and not self.register.blanks and not any(_has_gaps(row) for row in table.rows)
        rows = [row for row in table.rows if row]
        if not any(lines_of(cell) for row in rows for cell in row):
            return
        if lines := labelled_lines(rows):
            for number, text in enumerate(lines, 1):
                self.register.line = table.number + number
                self._line(SourceLine(text=text, number=table.number + number))
            return
        if is_ruled(rows) and not (self.register.options and len(rows) <= 2):
            self.register.options = ""
            self.lines += ruled_table(self.register, rows, self.markup, first=table.number + 1)
            return
        self._signers.clear()
        for number, row in enumerate(rows):
            self.register.line = table.number + 1 + number
            if len(row) == 1:
                self._cell_lines(row[0])
            else:
                self.lines += self._columns(row)

    def _cell_lines(self, cell: Sequence[str]) -> None:
        for text in lines_of(cell):
            self._line(SourceLine(text=text, number=self.register.line))

    def _columns(self, row: Sequence[Sequence[str]]) -> Iterator[str]:
        """Cells side by side, as signatures stand: cell by cell, for each speaks of somebody of its own."""
        cells = []
        for place, cell in enumerate(row):
            lines = lines_of(cell)
            self.register.by_hand = any(is_signed_by_office(text) for text in lines) and any(map(SIGNED.search, lines))
            self.register.signer, self.register.open_end = self._signers.get(place, ""), False
            cells.append([made for text in lines for made in self._cell_line(text)])
            self.register.by_hand = False
            self._signers[place] = self.register.signer
        if not any(cells):
            return
        yield "{columns " + " ".join("1" for _ in cells) + "}"
        for place in range(max(map(len, cells))):
            yield " | ".join(cell[place] if place < len(cell) else "" for cell in cells).rstrip() or " | "
        yield "{end}"

    def _cell_line(self, text: str) -> list[str]:
        if self._is_head_in_cell(text):
            return [f"**{escaped(text)}**"]
        markup = self.markup(text)
        is_asking = (":" in text or not is_dated_place(text)) and (
            ("{" in markup and "{?" not in markup) or "[" in markup
        )
        return [f"< {markup}" if is_asking else markup, *(["{space 15}"] if SIGNED.search(text) else [])]

    def _is_head_in_cell(self, text: str) -> bool:
        folded = fold(text)
        return "cong hoa xa hoi chu nghia" in folded or folded.startswith("doc lap tu do hanh phuc")


def _has_gaps(row: Sequence[Sequence[str]]) -> bool:
    return any(gaps_of(text) for cell in row for text in cell)


def _is_signing(text: str) -> bool:
    folded = fold(text)
    return (
        folded.startswith("lam tai")
        or SIGNED.search(text) is not None
        or re.fullmatch(r"nguoi (yeu cau|viet don|khai|lam don|de nghi)", folded) is not None
    )


def _is_statement(text: str) -> bool:
    return len(text) > LONG_LINE and not gaps_of(text)


def _plain_start(markup: str) -> str:
    """A paragraph that would begin like a mark of the layout language does so with a space before it."""
    bare = markup.lstrip()
    return f"\\{bare}" if bare.startswith(("//", "#", "~ ")) and not markup.startswith(("# ", "~ ")) else markup
