"""What scanners, code pages and input methods do to Vietnamese text, and how to tell.

Repairs only what can be undone without guessing; the rest is told, never changed.
"""

from __future__ import annotations

import re

from desk_app.domain.letters import code_pages
from desk_app.domain.text import fold

_TAIL = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"  # what bytes 80–BF look like in those code pages
_HALF_DECODED = re.compile(
    rf"\ufffd|[Ää](?:{_TAIL}|\s)|Æ[°¡\s]|á[»º]|[ÃĂ][\u0080-\u009f¡-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€"
)
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1dbf\u2500-\u259f\u2e80-\ud7ff\uf900-\ufdff\uff66-\uffdc]")
_ETH = str.maketrans("Ðð", "Đđ")  # the letter eth, which old code pages have where Vietnamese has D with a stroke
_QUESTION = re.compile(r"\w\?|\?\w")


def repaired(text: str) -> tuple[str, bool]:
    """UTF-8 that was read in another code page or escaped, put right; and whether anything was changed.

    Takes the text as it arrived, before any other cleaning: no-break spaces are part of the damage.
    """
    mended = code_pages.unescaped(text)
    mended = code_pages.read_again(mended, is_half_decoded=_HALF_DECODED.search(mended) is not None)
    mended = mended.translate(_ETH)
    return mended, mended != text


def is_garbled(text: str) -> bool:
    """Whether letters were lost on the way: "Nguy?n", left-overs such as "Nguyá»", U+FFFD, another script."""
    return any(sign.search(text) for sign in (_QUESTION, _HALF_DECODED, _OTHER_SCRIPT))


def ime_residue(text: str) -> bool:
    """Whether a word looks like Telex or VNI keys ("Thij", "Nguyeexn", "To63"), or a scan an input method changed.

    Only ever a warning: "Khu5" and "Kar" look so too. Words of other phonology (Ksor, K'Ros, Rmah) do not.
    """
    return any(_is_residue(word) for word in _WORD.findall(text))


_WORD = re.compile(r"(?:[^\W_]|['’])+")
_INITIAL = "(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|dd|[bcdghklmnpqrstvx])?"
_FINAL = "(?:ng|nh|ch|[cmnpt])"
_TELEX = [
    re.compile(pattern)
    for pattern in (
        rf"{_INITIAL}[aeiouyw]{{1,5}}{_FINAL}?[sfrxj]",
        rf"{_INITIAL}[aeiouyw]{{1,5}}[sfrxj]{_FINAL}",
        rf"{_INITIAL}(?:[aeiouy]*(?:aa|ee)[aeiouy]*{_FINAL}?|[aeiouy]*oo[iy]?(?:nh|ch|[cmnpt])?)",
        rf"{_INITIAL}[aeiouy]*[aou]w[aeiouyw]*{_FINAL}?",
        rf"dd[aeiouy]+{_FINAL}?",
    )
]
_VNI = re.compile(r"[^\W\d_][aeiouyAEIOUY][1-9]|[aeiouyd][1-9][a-z]|^[dD]9[a-z]")
_VNI_LAST = re.compile(rf"{_INITIAL}[aeiouy]{{1,3}}{_FINAL}[1-9]{{1,2}}", re.IGNORECASE)
_VNI_EATEN = re.compile(r"\d[áàảãạấầẩẫậắằẳẵặéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵ]", re.IGNORECASE)


def _is_residue(word: str) -> bool:
    if "'" in word or "’" in word:  # K'Ros, H'Mer: not spelt as Vietnamese syllables
        return False
    if any(mark.isdigit() for mark in word):
        return any((_VNI.search(word), _VNI_LAST.fullmatch(word), _VNI_EATEN.search(word)))
    return any(pattern.fullmatch(fold(word)) for pattern in _TELEX)
