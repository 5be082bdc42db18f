"""An official text and one of our forms held against each other, word by word. Pure."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from desk_app.documents.drafting.source_files.parts import Source, SourceLine, SourceTable
from desk_app.domain.text import nfc

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_NEW_TONE = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
_NEW_TONE |= {old.upper(): new.upper() for old, new in _NEW_TONE.items()}
_TONE = re.compile("(?<![qQ])(" + "|".join(_NEW_TONE) + r")\b")
_AROUND = 3
_MOST_SHOWN = 40


class WordDifference(Struct, frozen=True, kw_only=True):
    """Words of the original that our form has not in this place, and those that stand there instead; either may be
    "". `after` are the words before them, by which a person finds the place.
    """

    after: str
    original: str
    ours: str


def words_of(source: Sequence[Source]) -> list[str]:
    """The words of an original in their order; dots, boxes and brackets are none."""
    return [word for text in _texts(source) for word in words_in(text)]


def words_in(text: str) -> list[str]:
    """The words of a text, «hoà» written as «hòa»: both spellings of one word are right."""
    return [_TONE.sub(lambda found: _NEW_TONE[found.group()], word) for word in _WORD.findall(nfc(text))]


def likeness(original: Sequence[str], ours: Sequence[str]) -> float:
    """How many of all words both have, 0 to 1, whatever their order: by it an original finds its form."""
    left, right = Counter(original), Counter(ours)
    return 2 * (left & right).total() / max(1, left.total() + right.total())


def differences(original: Sequence[str], ours: Sequence[str]) -> tuple[WordDifference, ...]:
    """Where the two differ, in the order of the original. What only stands elsewhere is no difference of words."""
    left, right = Counter(original), Counter(ours)
    gone, come = left - right, right - left
    found: list[WordDifference] = []
    matcher = difflib.SequenceMatcher(None, original, ours, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        lost, put = _kept(original[a:b], gone), _kept(ours[c:d], come)
        if lost or put:
            after = " ".join(original[max(0, a - _AROUND) : a])
            found.append(WordDifference(after=after, original=_short(lost), ours=_short(put)))
    return tuple(found)


def _kept(words: Sequence[str], only: Counter[str]) -> list[str]:
    """Those words that the other side has not at all, each as often as that."""
    kept = []
    for word in words:
        if only[word] > 0:
            only[word] -= 1
            kept.append(word)
    return kept


def _short(words: Sequence[str]) -> str:
    return " ".join(words[:_MOST_SHOWN]) + (" …" if len(words) > _MOST_SHOWN else "")


def _texts(source: Sequence[Source]) -> Iterator[str]:
    for part in source:
        if isinstance(part, SourceLine):
            yield part.text
        elif isinstance(part, SourceTable):
            yield from (line for row in part.rows for cell in row for line in cell)
