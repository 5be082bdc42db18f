"""An address as text, taken apart from its end: separators, abbreviations and remarks as people write them.

Knows kinds of units and words of a house's place, no unit by name: which unit is meant is `address_today`'s question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desk_app.domain.people.places.unit_names import bare
from desk_app.domain.text import fold, nfc

_FULL_KIND = r"(?:xã|phường|thị trấn|đặc khu|huyện đảo|huyện|quận|thị xã|thành phố|tỉnh)"
_SHORT_KIND = r"(?:ttr|tp|tx|tt|đk|[pqhxtf])"
_NO_KIND = r"(?-i:tỉnh (?:lộ|ủy|uỷ|đội)|xã hội|quận (?:ủy|uỷ)|huyện (?:lộ|ủy|uỷ|đội))"
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]?")
_NOW = re.compile(r"^(?:nay|hiện nay|bây giờ)\s+(?:là|thuộc)\s+(.+)$", re.IGNORECASE)
_REMARK = re.compile(r"^(?:cũ|mới|trước|trước đây|cũ là|trước (?:đây )?(?:là|thuộc)\b.*)$", re.IGNORECASE)
_OLD = re.compile(r"\s+cũ$", re.IGNORECASE)
_DOTTED_KIND = re.compile(r"\bT\.\s?([PXT])\b\.?\s*", re.IGNORECASE)
_COUNTRY = re.compile(
    r"(?:^|[\s,;.\-–]+)(?:nước\s+)?(?:CHXHCN\s+|Cộng hòa xã hội chủ nghĩa\s+|Cộng hoà xã hội chủ nghĩa\s+)?"
    r"(?:Vi[eệ]t\s?Nam|VNM?)\.?$",
    re.IGNORECASE,
)
_POST_CODE = re.compile(r"(?<=\D)[\s,\-–]+\d{5,6}$")
_DOUBLE_NAMES = re.compile(
    r"\b(B[àa] R[ịi]a|Phan Rang|Th[ừu]a Thi[êe]n|Gia Lai|Qu[ảa]ng Nam|V[ũu]ng T[àa]u|BR)\s+[-–]\s+"
    r"(V[ũu]ng T[àa]u|Th[áa]p Ch[àa]m|Hu[ếe]|Kon Tum|Đ[àa] N[ẵa]ng|C[ôo]n Đ[ảa]o|VT)\b",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s+[-–—]\s+")
_DASH_BEFORE_KIND = re.compile(rf"\s*[-–—]\s*(?={_FULL_KIND}\s|{_SHORT_KIND}\.)", re.IGNORECASE)
_BEFORE_KIND = re.compile(
    rf"(?:(?<!\bthị)\s+(?=(?!{_NO_KIND}\b)xã\s)|\s+(?=(?!{_NO_KIND}\b)(?!xã\s){_FULL_KIND}\s))"
    rf"(?=({_FULL_KIND})\s+(?!(?!\1\s){_FULL_KIND}\s)\S)"
    rf"|\s+(?={_SHORT_KIND}\.\s*\w)|\s+(?=[pqf]\d)",
    re.IGNORECASE,
)
_BEFORE_LETTER = re.compile(rf"\s+(?={_SHORT_KIND}\s+\w)", re.IGNORECASE)
_ONLY_KIND = re.compile(rf"(?:{_FULL_KIND}|{_SHORT_KIND}\.?)", re.IGNORECASE)
_DOT = re.compile(r"([^\W_]+)\.(?=\s|$|[^\W\d_])")
_VOWEL = re.compile(r"[aeiouy]")
_HOUSE = re.compile(r"\d+[a-z]{0,2}(?:[/-]\d+[a-z]?)*\s+[^\W\d]", re.IGNORECASE)
_PLACE_WITH_NUMBER = re.compile(
    r"(?:thôn|tổ|ấp|xóm|khóm|khu|đội|số|ngõ|ngách|hẻm|kiệt|đường|phố|bản|buôn|làng|lô|cụm|tổ dân phố|tdp|kp|khu phố)"
    r"\.?\s*\d",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:thôn|ấp|xóm|khóm|ngõ|ngách|hẻm|tổ dân phố|tdp|khu phố|kp|tiểu khu|khu dân cư|khu tập thể|khu đô thị|chung cư"
    r"|tòa nhà|toà nhà|căn hộ|số nhà|đường|tổ|khu vực)\.?\s+\S",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The parts as they were written, "" where absent; `district` is empty in addresses of today's form.

    `now` is what a remark says the place is today ("(nay là phường Đông Tiến)"); it is no part of the text.
    """

    detail: str = ""
    commune: str = ""
    district: str = ""
    province: str = ""
    now: str = ""

    @property
    def text(self) -> str:
        return ", ".join(part for part in (self.detail, self.commune, self.district, self.province) if part)


def parse(text: str) -> Address:
    """Parts from the end: province, district if it has one, commune, and whatever stands before as detail.

    Without kinds before the names ("Thôn 1, Xã Cũ, Huyện Cũ, Hà Nội" printed bare) three names are commune,
    district, province, as cards before 2024 print them.
    """
    found = _read(text)
    for _ in range(4):  # a part let go may leave another that must go: "Hà Nội, VN, 100000"
        again = _read(found.text)
        if again.text == found.text:
            break
        found = Address(
            detail=again.detail,
            commune=again.commune,
            district=again.district,
            province=again.province,
            now=found.now or again.now,
        )
    return found


def is_place(text: str) -> bool:
    """Whether a part tells of a house, a street or a hamlet, and so of no unit: "Thôn Đông", "12 Lê Lợi", "Tổ 5"."""
    return bool(_HOUSE.match(text) or _PLACE_WITH_NUMBER.match(text) or _PLACE.match(text))


def _read(text: str) -> Address:
    text, now = _without_remarks(nfc(text))
    parts = [part for part in _parts(_without_country(text)) if part]
    parts, said = _without_said(parts)
    now = now or said
    if not parts:
        return Address(now=now)
    *rest, province = parts
    if not rest:
        return Address(province=_without_old(province), now=now)
    district = rest.pop() if _is_district(rest) else ""
    commune = _taken_commune(rest)
    return Address(
        detail=", ".join(rest),
        commune=_without_old(commune),
        district=_without_old(district),
        province=_without_old(province),
        now=now,
    )


def _is_district(rest: list[str]) -> bool:
    last = rest[-1]
    if bare(last, "commune")[0]:
        return False
    return bool(bare(last, "district")[0]) or (len(rest) > 1 and not is_place(last) and not is_place(rest[-2]))


def _taken_commune(rest: list[str]) -> str:
    """The part that names the commune, taken out of `rest`: the last one, or where a hamlet stands there an earlier."""
    if rest and not is_place(rest[-1]):
        return rest.pop()
    for part in reversed(rest):
        if bare(part, "commune")[0]:
            rest.remove(part)
            return part
    return ""


# --- separators ---------------------------------------------------------------------------


def _parts(text: str) -> list[str]:
    text = _DOTTED_KIND.sub(lambda found: f"T{found[1].upper()} ", text)
    listed = _tidied(re.split(r"[,;|•、，]|\s/\s", text))
    has_separators = len(listed) > 1
    parts = [part for each in listed for part in _at_dashes(each, every=not has_separators)]
    parts = _tidied(part for each in parts for part in _at_dots(each))
    has_separators = has_separators or len(parts) > 1
    remarks = {each for each in parts if has_separators and _NOW.match(each)}  # "nay là xã Mới" is one part
    cut = ([each] if each in remarks else _at_kinds(each, letters=not has_separators) for each in parts)
    return _tidied(part for each in cut for part in each)


def _tidied(parts: Iterator[str] | list[str]) -> list[str]:
    return [part for part in (part.strip(" .-–—") for part in parts) if part]


def _at_dashes(text: str, *, every: bool) -> list[str]:
    if every:
        return _DASH.split(_DOUBLE_NAMES.sub(r"\1-\2", text))
    return _DASH_BEFORE_KIND.split(text)


def _at_dots(text: str) -> Iterator[str]:
    """At each dot that ends a word; the dot of an abbreviation ("P.5", "TDP. 3", "BR.VT") stays."""
    begin = 0
    for found in _DOT.finditer(text):
        word = fold(found[1])
        if len(found[1]) > 1 and (word.isdecimal() or _VOWEL.search(word)):
            yield text[begin : found.end()]
            begin = found.end()
    yield text[begin:]


def _at_kinds(text: str, *, letters: bool) -> list[str]:
    """Before each kind of a unit inside the text; `letters`: also before a lone "P", "Q" or "TP"."""
    found = [
        part for each in _split(_BEFORE_KIND, text) for part in (_split(_BEFORE_LETTER, each) if letters else [each])
    ]
    parts: list[str] = []
    for part in found:
        if parts and _ONLY_KIND.fullmatch(parts[-1].strip()):
            parts[-1] = f"{parts[-1]} {part}"  # "Phường Phường Đúc": the second word is the name
        else:
            parts.append(part)
    return parts


def _split(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    """`pattern.split` without the groups."""
    begin = 0
    for found in pattern.finditer(text):
        yield text[begin : found.start()]
        begin = found.end()
    yield text[begin:]


# --- what is no part of an address --------------------------------------------------------


def _without_remarks(text: str) -> tuple[str, str]:
    """The text without its brackets, and what one of them says the place is now."""
    now = ""
    while (found := _BRACKETS.search(text)) is not None:
        said = _NOW.match(found[1].strip())
        now = now or (said[1] if said else "")
        text = f"{text[: found.start()]} {text[found.end() :]}"
    return nfc(text), now


def _without_said(parts: list[str]) -> tuple[list[str], str]:
    """The parts without remarks that stand between commas instead of brackets."""
    now = ""
    kept = []
    for part in parts:
        said = _NOW.match(part)
        now = now or (said[1] if said else "")
        if not said and (len(parts) == 1 or not _REMARK.match(part) or part.lower() == "cũ"):
            kept.append(part)
    return kept, now


def _without_country(text: str) -> str:
    while True:
        shorter = _COUNTRY.sub("", text.rstrip(" .,;")).rstrip(" .,;-–")
        shorter = _POST_CODE.sub("", shorter)
        if not shorter or shorter == text:
            return text
        text = shorter


def _without_old(name: str) -> str:
    """ "Huyện Từ Liêm cũ" → "Huyện Từ Liêm"; where nothing but a kind would be left, "Cũ" is the name."""
    shorter = _OLD.sub("", name)
    is_only_kind = _ONLY_KIND.fullmatch(shorter) is not None
    return name if is_only_kind else shorter
