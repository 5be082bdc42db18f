"""How long a procedure may take, from what the national portal says of it; a contradiction is not guessed away."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from desk_app.domain.procedures.procedure import MOST_LIMIT, LimitUnit, TimeLimit
from desk_app.services.catalogue.national_rows import Channel, Duration, clean

_UNITS = {"WORKING_DAY": LimitUnit.WORKING_DAY, "DAY": LimitUnit.DAY}
_NAMES = {LimitUnit.WORKING_DAY: "ngày làm việc", LimitUnit.DAY: "ngày"}
_SENTENCE = re.compile(r"không quá (\d+) (ngày làm việc|ngày)", re.IGNORECASE)

Span = tuple[float, LimitUnit]


def limit_of(channels: Sequence[Channel], cases: Sequence[Duration]) -> tuple[TimeLimit | None, str]:
    """The limit of a dossier brought to the counter and the words for it; None where the portal names no single one.

    The DIRECT channel decides when its one duration has days and the cases do not contradict it. Where its unit is
    OTHER the cases decide, or a sentence with one number. Half days count to the end of their day.
    """
    direct = [channel for channel in channels if channel.method == "DIRECT"] or list(channels)
    said = [channel.processing for channel in direct if channel.processing]
    sentences = [clean(each.qty) for each in said if isinstance(each.qty, str)]
    spans, others = _spans(said), _spans(cases)
    bare = _bare_numbers(said)
    words = "; ".join([*_in_words([*spans, *others]), *sentences])
    if len(spans) == 1 and (not others or spans[0] in others):
        return _limit(spans[0]), words
    if spans:
        return None, words
    found = others or _from_sentences(sentences)
    if len(found) == 1 and not [number for number in bare if number != found[0][0]]:
        return _limit(found[0]), words
    doubts = [f"{number:g} (không rõ đơn vị)" for number in bare]
    return None, "; ".join(filter(None, [*doubts, words]))


def _spans(durations: Iterable[Duration]) -> list[Span]:
    """The durations in days that make sense, each once, in their order."""
    found = [
        (float(each.qty), _UNITS[each.unit])
        for each in durations
        if each.unit in _UNITS and isinstance(each.qty, int | float) and 0 < each.qty <= MOST_LIMIT
    ]
    return list(dict.fromkeys(found))


def _bare_numbers(durations: Iterable[Duration]) -> list[float]:
    """Numbers of unit OTHER: nobody says of what; 0 says nothing at all."""
    found = [float(each.qty) for each in durations if each.unit not in _UNITS and isinstance(each.qty, int | float)]
    return list(dict.fromkeys(number for number in found if number))


def _from_sentences(sentences: Iterable[str]) -> list[Span]:
    found = [
        (float(days), LimitUnit.WORKING_DAY if unit.endswith("việc") else LimitUnit.DAY)
        for sentence in sentences
        for days, unit in _SENTENCE.findall(sentence)
        if float(days) <= MOST_LIMIT
    ]
    return list(dict.fromkeys(found))


def _limit(span: Span) -> TimeLimit:
    return TimeLimit(unit=span[1], amount=math.ceil(span[0]))


def _in_words(spans: Iterable[Span]) -> list[str]:
    words = []
    for days, unit in dict.fromkeys(spans):
        number = f"{int(days):02d}" if days.is_integer() else f"{days:g}".replace(".", ",")
        words.append(f"{number} {_NAMES[unit]}")
    return words
