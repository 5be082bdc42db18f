"""The official originals where a person has them, and what a person finds in each; how a draft compares with that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from desk_app import places
from desk_app.documents.drafting.draft_form import DraftForm, drafted
from desk_app.documents.drafting.source_files.parts import read_text
from desk_app.documents.drafting.vocabulary import Vocabulary, vocabulary_of
from desk_app.documents.forms.form import FormLibrary

HERE = Path(__file__).resolve()
_ORIGINALS = "shared/data/official-forms/originals.txt"


@dataclass(frozen=True, slots=True)
class Score:
    """Of an original: how many blanks a person finds, how many of them the draft found, and how many it named right.

    `house` are the blanks that a form of the house has a name for, `house_named` those that got that very name.
    """

    name: str
    blanks: int
    found: int
    named: int
    house: int
    house_named: int


def originals() -> dict[str, str]:
    """The raw texts by their short name; none where nobody laid the file beside the project."""
    file = next((folder / _ORIGINALS for folder in HERE.parents if (folder / _ORIGINALS).is_file()), None)
    if file is None:
        return {}
    parts = re.split(r"(?m)^===== ", file.read_text("utf-8"))[1:]
    return {part.split()[0]: part.partition("\n")[2] for part in parts}


@cache
def truth() -> dict[str, dict[int, list[str]]]:
    """By short name and line what each blank asks for; see the file itself."""
    found: dict[str, dict[int, list[str]]] = {}
    lines: dict[int, list[str]] = {}
    for line in (HERE.parent / "official_blanks.txt").read_text("utf-8").splitlines():
        if line.startswith("# "):
            lines = found.setdefault(line[2:].strip(), {})
        elif line and not line.startswith("//"):
            number, *names = line.split()
            lines[int(number)] = names
    return found


@cache
def house_forms() -> FormLibrary:
    return FormLibrary.load([places.forms()])


def house_words(*, without: str = "") -> Vocabulary:
    return vocabulary_of(house_forms().all(), without=without)


def draft_of(text: str, words: Vocabulary) -> DraftForm:
    return drafted(read_text(text), words, today="2026-11-28")


def score(name: str, draft: DraftForm) -> Score:
    by_line: dict[int, list[str]] = {}
    for blank in draft.blanks:
        said = "-" if blank.sure == "hand" else "?" if blank.sure == "ask" else blank.key.removesuffix(".upper")
        by_line.setdefault(blank.line, []).append(said)
    pairs = list(_pairs(truth()[name], by_line))
    house = [(right, said) for right, said in pairs if right.rpartition("|")[2] not in {"?", "-"}]
    return Score(
        name,
        blanks=len(pairs),
        found=sum(said != "" for _, said in pairs),
        named=sum(said in right.split("|") for right, said in pairs),
        house=len(house),
        house_named=sum(said in right.split("|") and said != "?" for right, said in house),
    )


def _pairs(right: dict[int, list[str]], said: dict[int, list[str]]) -> Iterator[tuple[str, str]]:
    for line, names in right.items():
        there = said.get(line, [])
        yield from zip(names, [*there, *[""] * len(names)], strict=False)


def table(scores: Sequence[Score]) -> Iterator[str]:
    """The measure in lines, the sum last."""
    for one in scores:
        yield (
            f"{one.name}: {one.found} of {one.blanks} blanks, {one.named} named right;"
            f" house names {one.house_named} of {one.house}"
        )
    total = [sum(getattr(one, name) for one in scores) for name in ("found", "blanks", "named", "house_named", "house")]
    yield f"all: {total[0]} of {total[1]} blanks, {total[2]} named right; house names {total[3]} of {total[4]}"
