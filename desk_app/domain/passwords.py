"""Whether a password can be taken: not too short, not of one kind, not guessed. Pure: the rules come in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from desk_app.domain.text import fold, toned_both_ways
from desk_app.errors import WeakPasswordError
from desk_app.lazy import lazy

if TYPE_CHECKING:
    import tomllib
else:
    tomllib = lazy("tomllib")

_KINDS = {"upper": "chữ hoa", "lower": "chữ thường", "digit": "chữ số", "sign": "ký hiệu"}
_LOOK_ALIKES = str.maketrans("@4381!|05$7", "aaebiilosst")
_ALONE = re.compile(r"(?<!\d)[@4381!|05$7](?!\d)")  # "m4t", and not the year behind it
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")
_LEAST_ROW = 3


class PasswordRules(Struct, frozen=True, kw_only=True):
    """`shortest` and `sentence` in characters: from `sentence` on no kinds are asked. `different`: how many marks.

    `common` are folded words. `citation` says whose rule it is; `verified` whether its text was read in the original.
    """

    citation: str
    verified: bool
    shortest: int
    kinds: tuple[str, ...]
    sentence: int
    different: int
    common: frozenset[str]


def rules_from(rules: str, words: str) -> PasswordRules:
    """The rules from the text of rules.toml and of common.txt."""
    kept = tomllib.loads(rules)
    lines = (line.strip() for line in words.splitlines())
    return PasswordRules(
        citation=kept["citation"],
        verified=kept["verified"],
        shortest=kept["shortest"],
        kinds=tuple(kept["kinds"]),
        sentence=kept["sentence"],
        different=kept["different"],
        common=frozenset(line for line in lines if line and not line.startswith("#")),
    )


def plain(password: str) -> str:
    """The password as it counts: input methods give one word in two spellings, and both are the same password."""
    return unicodedata.normalize("NFC", password).strip("\r\n")


def spellings(password: str) -> tuple[str, ...]:
    """The password as typed, then as another input method puts its tones."""
    text = plain(password)
    return tuple(dict.fromkeys((text, *toned_both_ways(text))))


def refuse_weak(password: str, rules: PasswordRules, *, known: Collection[str] = ()) -> None:
    """Raises `WeakPasswordError` with the reason. `known`: names of the place and the person, which others know too."""
    text = plain(password)
    if text != text.strip():
        raise WeakPasswordError(why="có dấu cách ở đầu hoặc cuối")
    if len(text) < rules.shortest:
        raise WeakPasswordError(why=f"mới có {len(text)} ký tự, cần ít nhất {rules.shortest}")
    if is_guessed(text, rules, known=known):
        raise WeakPasswordError(why="quá dễ đoán, chỉ gồm những từ, tên và dãy phím nhiều người dùng")
    if len(text) < rules.sentence:
        missing = [_KINDS[kind] for kind in rules.kinds if not any(_kind(mark) == kind for mark in text)]
        if missing:
            raise WeakPasswordError(why=f"còn thiếu {', '.join(missing)}; hoặc đặt một câu từ {rules.sentence} ký tự")
    elif len(set(text)) < rules.different:
        raise WeakPasswordError(why="chỉ có vài ký tự lặp đi lặp lại")


def is_guessed(password: str, rules: PasswordRules, *, known: Collection[str] = ()) -> bool:
    """Whether nothing of it is the person's own: it falls wholly into common words, digits, rows of the keyboard."""
    words = rules.common | {word for name in known for word in _words_of(name)}
    lower = password.lower()
    alone = _ALONE.sub(lambda found: found[0].translate(_LOOK_ALIKES), lower)
    texts = {_letters(fold(text)) for text in (lower, alone, lower.translate(_LOOK_ALIKES))}
    return any(_falls_apart(text, words) for text in texts)


def _words_of(name: str) -> set[str]:
    folded = fold(name).split()
    return {word for word in (*folded, "".join(folded), "".join(folded[1:])) if len(word) > 1}


def _letters(folded: str) -> str:
    """Without blanks and signs; digits stay."""
    return "".join(mark for mark in folded if mark.isalnum())


def _falls_apart(text: str, words: Collection[str]) -> bool:
    longest = max(map(len, words), default=1)

    @cache
    def fits(at: int) -> bool:
        if at == len(text):
            return True
        if text[at].isdecimal() and fits(at + 1):
            return True
        ends = range(at + 1, min(len(text), at + longest) + 1)
        return any((text[at:end] in words or _is_row(text[at:end])) and fits(end) for end in ends)

    return fits(0)


def _is_row(part: str) -> bool:
    """One letter again and again, or neighbours on the keyboard or in the alphabet."""
    if len(part) < _LEAST_ROW:
        return False
    return len(set(part)) == 1 or any(part in row or part in row[::-1] for row in _ROWS)


def _kind(mark: str) -> str:
    if mark.isalpha():
        return "upper" if mark.isupper() else "lower"
    return "digit" if mark.isdecimal() else "sign"
