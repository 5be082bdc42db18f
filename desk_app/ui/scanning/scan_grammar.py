"""What a keyboard-wedge scanner types: how such text begins, when it is whole, what is no card. Pure.

Speed alone misjudges: a busy machine spreads a scan out. So known beginnings count at any speed (DOMAIN: scanners).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from desk_app.domain.people import mrz_lines, scan_envelope
from desk_app.domain.people.scan_envelope import Extent
from desk_app.domain.prepared import part_digits
from desk_app.domain.prepared.part_digits import PreparedExtent
from desk_app.lazy import LatePattern
from desk_app.ui.scanning.verdict import Verdict

ENROLMENT = "CX1|"
_BEGIN = LatePattern(
    r"\d{12}([|~¦^\\§µ¬])(?:\d|\1)|MC\||CX1\||I[A-Z<]VNM\d|P<(?:[A-Z]{3}|[A-Z]<)|P[A-Z](?:[A-Z]{3}|[A-Z]<<)[A-Z]+<<",
    re.IGNORECASE,
)
_OWN = LatePattern(r"MC\|[A-Z0-9.\-/]{6,50}", re.IGNORECASE)
_ENROLMENT = LatePattern(r"CX1\|[^|\s]{8,200}\|[A-Z0-9=]{16,80}\|[A-Z0-9-]{20,30}", re.IGNORECASE)
_OURS = LatePattern(r"(?:MC|CX1)\|.*", re.IGNORECASE | re.DOTALL)
_SLIP = LatePattern(r"[A-Z0-9][A-Z0-9.\-/]{8,48}[A-Z0-9]", re.IGNORECASE)
_AIM = LatePattern(r"^\][A-Za-z][0-9A-Za-z]")
_MOST_PREFIX = 6
_DAY = LatePattern(r"\d{1,2}/\d{1,2}/\d{4}")
_PHONE = LatePattern(r"0\d{8,10}|\d{1,6}")
_WORDS = LatePattern(r"[^\W\d_]+(?:[ .,'’/-]{1,2}[^\W_]+)*[.,]? ?")
_MOST_WORDS = 60
_CODE_WORD = LatePattern(r"[^\W\d_]*\d[^\W_]{6,}|\w{25,}")
_DIGITS = LatePattern(r"\d{7,}")
_NUMBER = LatePattern(r"\d{12}\|$")
_OLD_NUMBERS = (9, 12)
_NO_REST = LatePattern(r"://|@|\bwww\.|^[a-z]{3,12}:\S|^\d{9,}$|^\d{13}", re.IGNORECASE)
_ADDRESS = LatePattern(r"://|[|~<@]|\bwww\.|^[a-z][a-z0-9+.-]{1,12}:\S", re.IGNORECASE)


def beginning(typed: str) -> int | None:
    """Where in `typed` a scan begins, once its beginning is certain; None while it may be typing by hand.

    An input method commits several letters at once, so the beginning need not be what came last.
    """
    found = _BEGIN.search(typed)
    return found.start() if found else part_digits.begins(typed)


def judged(text: str, is_slip: Callable[[str], bool]) -> tuple[Verdict, str]:
    """What the text is, and the scan without prefix and suffix. `is_slip` knows the codes of this desk's slips."""
    own = _OURS.search(text)
    if own:
        bare = own[0].strip()
        if _OWN.fullmatch(bare) or _ENROLMENT.fullmatch(bare):
            return Verdict.WHOLE, bare
    prepared = part_digits.extent(text)
    if prepared is not PreparedExtent.NONE:
        is_part = prepared is PreparedExtent.PART
        return Verdict.PART if is_part else Verdict.WHOLE, part_digits.bare(text)
    how_much = scan_envelope.extent(text)
    if how_much is not Extent.NONE:
        return Verdict.PART if how_much is Extent.PART else Verdict.WHOLE, scan_envelope.unwrapped(text)
    layout = mrz_lines.layout_of(text)  # a zone whose first letters an optical reader misread
    if layout is not None:
        is_all = mrz_lines.is_complete(text, layout) or len(text.split()) == layout.lines
        return Verdict.WHOLE if is_all else Verdict.PART, text
    slip = _slip_in(_AIM.sub("", text.strip()), is_slip)
    return (Verdict.WHOLE, slip) if slip else (Verdict.PART if own else Verdict.FOREIGN, text)


def may_be_slip(text: str) -> bool:
    """Whether this could be the barcode of a slip, which is only letters and figures; so could a phone number."""
    return _SLIP.fullmatch(text) is not None


def may_be_typed(text: str, *, is_ended: bool, is_search: bool) -> bool:
    """Whether keys at a machine's speed may still be meant for the field they went to, such as a search."""
    if "\n" in text or "\t" in text:
        return False
    if is_search:
        return may_be_searched(text)
    return is_day(text) if is_ended else may_be_words(text)


def may_be_words(text: str) -> bool:
    """Whether a program that types for people could have sent this: words, a phone number, a day; no code."""
    if _ADDRESS.search(text) or len(text) > _MOST_WORDS:
        return False
    return any(shape.fullmatch(text) for shape in (_DAY, _PHONE)) or (
        _WORDS.fullmatch(text) is not None and not _CODE_WORD.search(text)
    )


def is_day(text: str) -> bool:
    """Whether this is a day as people write it; no code that is printed anywhere is."""
    return _DAY.fullmatch(text) is not None


def may_be_searched(text: str) -> bool:
    """Whether the search box can do something with this, so that a code scanned into it is looked for."""
    return bool(text.strip()) and not _ADDRESS.search(text) and len(text) <= _MOST_WORDS


def is_code(text: str) -> bool:
    """Whether a short text looks like a code rather than a word."""
    return bool(_DIGITS.search(text) or _CODE_WORD.search(text) or _ADDRESS.search(text))


def _slip_in(text: str, is_slip: Callable[[str], bool]) -> str:
    """The code of a slip of this desk, perhaps behind a short prefix; "" when it names none."""
    for skipped in range(_MOST_PREFIX + 1):
        rest = text[skipped:]
        if may_be_slip(rest) and is_slip(rest):
            return rest
    return ""


def may_go_on(half: str, rest: str) -> bool:
    """Whether `rest` can follow `half` on a card: no web address, no product code; an old number can.

    What follows half a prepared declaration is digits, and no more than it lacks.
    """
    if is_prepared(half):
        return part_digits.may_go_on(half, rest)
    text = rest.strip()
    return not _NO_REST.search(text) or (_NUMBER.search(half) is not None and len(text) in _OLD_NUMBERS)


def is_prepared(text: str) -> bool:
    """Whether this is a declaration prepared at home, or the beginning of one."""
    return part_digits.extent(text) is not PreparedExtent.NONE


def is_whole(text: str) -> bool:
    """Whether the text, which has ended, is a whole card, zone or part of a prepared declaration."""
    return scan_envelope.is_whole(text) or part_digits.extent(text) is PreparedExtent.WHOLE


def joined(part: str, rest: str) -> str:
    """The two pieces of one scan as one text; a `rest` that begins a scan itself stands alone."""
    if is_prepared(part) and part_digits.may_go_on(part, rest):
        return part_digits.bare(part) + rest
    return rest if is_prepared(rest) else scan_envelope.joined(part, rest)


def is_other(half: str, rest: str, *, is_slip: Callable[[str], bool]) -> bool:
    """Whether what came after half a card is a code of its own: no card together, and whole alone or never a rest."""
    if judged(half + rest, is_slip)[0] is Verdict.WHOLE:
        return False
    return not may_go_on(half, rest) or judged(rest, is_slip)[0] is Verdict.WHOLE
