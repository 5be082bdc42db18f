"""What stands before each blank of a form's text: fixed words, and values between them and the blank."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from desk_app.documents.forms.conditions import is_well_formed
from desk_app.documents.forms.form_records import Form

_TOKEN = re.compile(r"\{[^{}]*\}|\[[^\[\]]*\]")
_KEY = re.compile(r"\{[=?]?([a-z_][a-z0-9_]*(?:\.[a-z0-9_]+)*)(?::[\d.]*)*(\s+when\s+.+)?\}")
_BOXES = re.compile(r"\{boxes\s+([a-z_.0-9]+)\s+\d+\}")
_BLOCK = re.compile(r"\s*\{(when|columns|end|else)\b[^{}]*\}\s*")
_MARKS = re.compile(r"^(?:[#>^<~]+ |- )|\*+|~~")
_NO_PERSON = ("office", "dossier", "step")
_LEAST = 3
"""Letters without which words name nothing."""


class PlacedBlank(NamedTuple):
    """A blank: the fixed words before it, its key, and whether it stands there only in some cases."""

    before: str
    key: str
    is_conditional: bool


def letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum() or letter == "'").casefold()


def blanks_of(form: Form) -> Iterator[PlacedBlank]:
    """The blanks in the order of the paper.

    Behind another blank, with no words between them, that one stands before it as "{its key}".
    """
    text = (Path(form.folder) / "layout.txt").read_text("utf-8").replace("\\\n", "")
    blocks: list[str] = []
    for line in text.splitlines():
        if block := _BLOCK.fullmatch(line):
            if block[1] == "end":
                blocks.pop()
            elif block[1] != "else":
                blocks.append(block[1])
        elif not line.startswith("//"):
            for before, key, condition in _of_line(line):
                yield PlacedBlank(before, key, "when" in blocks or condition)


def _of_line(line: str) -> Iterator[tuple[str, str, bool]]:
    before, at = "", 0
    for token in _TOKEN.finditer(line):
        if token[0].startswith("[") and not is_well_formed(token[0][1:-1].strip()):
            continue  # the number of a note, which is read like a word
        between = line[at : token.start()]
        is_other_column = "|" in between and not line.startswith("|")
        said = between.rpartition("|")[2] if is_other_column else between.replace("|", " ")
        words = " ".join(_MARKS.sub("", said.strip()).split())
        stays = before if len(letters(words)) < _LEAST and not is_other_column else ""
        before, at = f"{stays} {words}".strip(), token.end()
        if found := _KEY.fullmatch(token[0]):
            yield before, found[1], bool(found[2])
        elif found := _BOXES.fullmatch(token[0]):
            yield before, found[1], False
        if found:
            before = f"{before} {{{found[1]}}}".strip()


def misplaced(
    blanks: Iterable[PlacedBlank], read: str, values: Mapping[str, object], drawn: Container[str]
) -> list[str]:
    """The keys whose value does not stand behind its words, in the order of the blanks.

    `read` are the letters of a paper. What stands there only in some cases must stand there once. A value of one letter
    proves nothing.
    """
    at, wrong = 0, []
    met: set[str] = set()
    hidden: dict[str, None] = {}
    for before, key, is_conditional in blanks:
        value = letters(printed(key, values))
        if len(value) < 2 or key not in drawn:
            continue
        where = read.find(filled(before, values) + value, at)
        if where >= 0:
            at = where
            met.add(key.removesuffix(".upper"))
        elif not is_conditional:
            wrong.append(key)
        elif key.partition(".")[0] not in _NO_PERSON:
            hidden[key] = None
    return wrong + [key for key in hidden if key.removesuffix(".upper") not in met]


def filled(before: str, values: Mapping[str, object]) -> str:
    """The letters of what stands before a blank, its values in their places."""
    return letters(re.sub(r"\{([^{}]+)\}", lambda found: printed(found[1], values), before))


def printed(key: str, values: Mapping[str, object]) -> str:
    """What is printed at a key; capitals have the same letters."""
    return str(values.get(key) or values.get(key.removesuffix(".upper")) or "")
