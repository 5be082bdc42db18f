"""Whether a word can be a Vietnamese syllable, or a word of a language of Vietnam's mountains and deltas.

A card whose letters were lost or exchanged on the way nearly always has words that no such language can have
("Nguyn", "Trn", "Leâ"). The grammar is wide where in doubt: it only ever raises a question.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from desk_app.domain.letters.ethnic_words import WORDS

APOSTROPHES = "'’‘ʼ`´"

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_ENTERING = {"\u0301", "\u0323"}
_VOWELS = "aăâeêioôơuưy"
_ETHNIC_VOWELS = "ŭĭĕŏ"
_ETHNIC_CONSONANTS = "ƀčjwzf"

_ONSETS = (
    *("ngh", "ng", "nh", "gh", "gi", "kh", "ph", "qu", "th", "tr", "ch"),
    *list("bcdđghklmnprstvx"),
)
_OPEN = (
    "a e ê i o ô ơ u ư y ia ya ua ưa oa oe uê uơ uy uya oi ôi ơi ai ay ây ui ưi uôi ươi oai oay uây ao au âu eo êu iu"
    " ưu iêu yêu ươu oao oeo uyu uêu uau"
)
_CLOSED = (
    "am ăm âm em êm im om ôm ơm um ưm iêm yêm ươm uôm oam oăm"
    " an ăn ân en ên in on ôn ơn un ưn iên yên uôn ươn oan oăn oen uân uyên"
    " ang ăng âng eng êng ong ông ơng ung ưng iêng yêng uông ương oang oăng oong ôông uâng oeng"
    " anh ênh inh ynh uynh uênh oanh"
)
_STOPPED = (
    "ac ăc âc ec êc oc ôc uc ưc iêc uôc ươc oac oăc ooc ach êch ich ych uych uêch oach"
    " at ăt ât et êt it ot ôt ơt ut ưt iêt yêt uôt ươt oat oăt oet uât uyêt uyt yt"
    " ap ăp âp ep êp ip op ôp ơp up ưp iêp ươp oap oăp uyp"
)
_TONE_MAY_BE_LAST = ("oa", "oe", "uê", "uơ", "uy")
_RHYMES = frozenset(f"{_OPEN} {_CLOSED}".split())
_STOPPED_RHYMES = frozenset(_STOPPED.split())

_VOWEL = f"[{_VOWELS}{_ETHNIC_VOWELS}]"
_CONSONANT = f"[bcdđghklmnpqrstvx{_ETHNIC_CONSONANTS}]"
_CLUSTER = re.compile(rf"(?!(?:{'|'.join(_ONSETS)}){_VOWEL}){_CONSONANT}{{2,4}}{_VOWEL}+{_CONSONANT}{{0,2}}")
_ETHNIC_SOUND = re.compile(r"i[ơă]|u[ă](?!ng)|ơơ|êê|ôô")
_FOREIGN_END = re.compile(rf"(?:{'|'.join(_ONSETS)}|{_CONSONANT}{{0,3}}){_VOWEL}+(?:k|h|r|l|s|ih)")


def is_possible(word: str) -> bool:
    """Whether the word, in whatever case, can stand in a Vietnamese name or place; no punctuation but apostrophes."""
    return _is_possible(unicodedata.normalize("NFC", word).lower())


@lru_cache(maxsize=4096)
def _is_possible(word: str) -> bool:
    if word in WORDS:
        return True
    head, mark, rest = _parted(word)
    if mark:
        return (len(head) <= 3 or _has_vowel(head)) and (not rest or _has_vowel(rest) or rest in WORDS)
    if len(word) == 1:
        return _has_vowel(word) or word == "k"
    return is_syllable(word) or _is_ethnic(word)


def is_syllable(word: str) -> bool:
    """Whether the word, in small letters, is a syllable by the rules of Vietnamese spelling: onset, rhyme and tone."""
    toneless, tones = _without_tones(word)
    if len(tones) > 1 or (tones and _is_tone_misplaced(word, toneless)):
        return False
    for onset in ("", *_ONSETS):
        if toneless.startswith(onset) and _is_rhyme(toneless[len(onset) :], onset, tones):
            return True
    return False


def has_vowel(word: str) -> bool:
    """Whether there is a vowel, with marks or without."""
    return _has_vowel(unicodedata.normalize("NFC", word).lower())


def letters_outside(word: str) -> bool:
    """Whether the word has a letter that neither Vietnamese nor a language of Vietnam written in Latin has."""
    small = unicodedata.normalize("NFC", word).lower()
    strange = set(small) - _USUAL  # a whole table is asked: what is usual costs nothing
    return any(mark.isalpha() and not _is_ours(mark) for mark in strange) and small not in WORDS


_USUAL = frozenset(
    unicodedata.normalize("NFC", base + mark)
    for base in "aăâeêioôơuưybcdđghklmnpqrstvxfjwz 0123456789.,-/"
    for mark in ("", *(_TONES if base in "aăâeêioôơuưy" else ""))
)
"""What Vietnamese texts are made of, for a quick look."""


@lru_cache(maxsize=1024)
def _is_ours(letter: str) -> bool:
    """A circumflex stands on a, e and o alone, a horn on o and u, a breve on any vowel (ŭ), a háček on c."""
    base, *marks = list(unicodedata.normalize("NFD", letter))
    if base in "đƀ":
        return not marks
    stands_on = {"\u0302": "aeo", "\u0306": "aeiou", "\u031b": "ou", "\u030c": "c"} | dict.fromkeys(_TONES, "aeiouy")
    return base.isascii() and all(base in stands_on.get(mark, "") for mark in marks)


def _is_tone_misplaced(word: str, toneless: str) -> bool:
    """Whether the tone stands on a last vowel that only ends the sound: "xaõ" for "xão"; "hoà" may be written so."""
    ends_in_two = has_vowel(toneless[-2:-1])
    is_last = word[-1:] != toneless[-1:]
    after_onset = toneless.startswith("qu") or (toneless.startswith("gi") and len(toneless) == len("gia"))
    return ends_in_two and is_last and not (toneless.endswith(_TONE_MAY_BE_LAST) or after_onset)


def _is_rhyme(rhyme: str, onset: str, tones: list[str]) -> bool:
    if onset == "gi" and not rhyme:
        return True
    if rhyme in _STOPPED_RHYMES:
        return bool(tones) and tones[0] in _ENTERING
    return rhyme in _RHYMES


def _is_ethnic(word: str) -> bool:
    toneless, tones = _without_tones(word)
    if len(tones) > 1 or not _has_vowel(toneless):
        return False
    has_letter = any(mark in _ETHNIC_VOWELS + _ETHNIC_CONSONANTS for mark in toneless) or "\u0306" in toneless
    return (
        has_letter
        or _ETHNIC_SOUND.search(toneless) is not None
        or any(shape.fullmatch(toneless) for shape in (_CLUSTER, _FOREIGN_END))
    )


def _parted(word: str) -> tuple[str, str, str]:
    for place, letter in enumerate(word):
        if letter in APOSTROPHES:
            return word[:place], letter, word[place + 1 :]
    return word, "", ""


def _without_tones(word: str) -> tuple[str, list[str]]:
    tones = [mark for mark in unicodedata.normalize("NFD", word) if mark in _TONES]
    kept = "".join(mark for mark in unicodedata.normalize("NFD", word) if mark not in _TONES)
    return unicodedata.normalize("NFC", kept), tones


def _has_vowel(word: str) -> bool:
    return any(mark in "aeiouy" for mark in unicodedata.normalize("NFD", word))
