"""What the words before a blank ask for: the rules of the house's own names, by folded labels. Pure."""

from __future__ import annotations

import re

from desk_app.domain.text import fold

_NOTE = re.compile(r"\(\s*\d{1,2}\s*\)|\(\s*\)")
_ASIDE = re.compile(r"\([^()]*\)")
_ITEM = re.compile(
    r"^\s*(?:[-–+*•]\s*|(?:\d{1,2}(?:\.\d{1,2})*|[a-zđA-HĐ]|[IVX]{1,4})\s*[.)/](?:\s+|$)|\d{1,2}\.\d{1,2}\.?\s+)+"
)
_UNIT = re.compile(r"^(?:đồng|m²|m2|bản|người|tầng|tờ|trang|con|tháng|năm|%)\s*(?=[,;.])\s*", re.IGNORECASE)
_LONG, _WORDS = 70, 10
LOST_BOX = "\x00"
"""Stands in a line where a box was lost; no text that was read has it."""


def note_numbers(text: str) -> tuple[str, ...]:
    """The numbers of the notes that a text refers to: "Dân tộc: (2)" → ("2",)."""
    return tuple(re.findall(r"\(\s*(\d{1,2})\s*\)", text))


def cleaned(before: str, *, is_first: bool) -> str:
    """The label in the words before a gap, without item numbers, notes, asides and punctuation.

    Between two gaps of a line the label begins after the last full stop or semicolon.
    """
    text = without_asides(before.rpartition(LOST_BOX)[2])
    text = text.strip() if is_first else _UNIT.sub("", text.strip(" ,;.:)/-–"))
    pieces = [piece for piece in re.split(r"[;.]\s+|[.;]$", text.rstrip(" :.,;/")) if piece.strip(" :.,;")]
    if pieces and (not is_first or len(text) > _LONG):
        text = pieces[-1]
    text = " ".join(text.strip(" :.,;-–/").split())
    if is_first and len(text) > _LONG and ": " in text:
        text = text.rsplit(": ", 1)[1]
    words = text.split()
    return " ".join(words[-_WORDS:]) if len(text) > _LONG else text


def without_item(text: str) -> str:
    """The words of a line without the number or letter of its item."""
    return _ITEM.sub("", text.strip()).strip()


def without_asides(text: str) -> str:
    """The words without item, notes and what stands in brackets."""
    text = _ITEM.sub("", _NOTE.sub(" ", text).strip())
    return _ASIDE.sub(" ", text).replace("(", " ").replace(")", " ")


_FACTS: tuple[tuple[str, str], ...] = (
    (r"(ho (va )?(chu dem |ten dem |dem )?(va )?ten|ho ten|ho va ten)\b.*", "full_name"),
    (r"(toi ten la|toi la|ten toi la|toi ten)", "full_name"),
    (r"(ten )?(nguoi dai dien|chu ho|nguoi viet don)( theo phap luat)?", "full_name"),
    (r"(ngay thang nam sinh|ngay sinh|nam sinh|sinh ngay|sinh nam|ngay thang nam sinh|sinh)( cua .*)?", "born_on"),
    (r"(gioi tinh|nam nu)", "sex"),
    (r"dan toc", "ethnicity"),
    (r"quoc tich", "nationality"),
    (r"(giay khai sinh )?giay to (tuy than|nhan than)( phap nhan)?.*", "identity"),
    (r"so dinh danh ca nhan giay to tuy than", "identity"),
    (
        r"(so |ma so |giay |the )*(dinh danh|can cuoc|cccd|cmnd|cmtnd|cmt|chung minh)\b(?!.*\b(ngay|noi) cap\b).*",
        "id_number",
    ),
    (r"(cap ngay|ngay cap)", "id_issued_on"),
    (r"(noi cap|co quan cap|cap tai|do co quan)", "id_issued_by"),
    (
        r"(noi|dia chi|noi dang ky) (cu tru|thuong tru|o)( cuoi cung| hien nay| tam tru| cua ca nhan| dia chi.*)*",
        "residence",
    ),
    (
        r"(ho khau thuong tru|thuong tru tai|hien cu tru tai|cho o hien nay|dia chi thuong tru tam tru)",
        "residence",
    ),
    (r"dia chi", "residence"),
    (r"(so )?(dien thoai|dt)( lien he| lien lac| di dong)?", "phone"),
    (r"(hop )?thu dien tu|(dia chi )?e ?mail", "email"),
)
"""A folded label as a whole, and the fact of a person that it asks for."""

_OF_ORGANISATION: tuple[tuple[str, str], ...] = (
    (
        r"ten (co quan|to chuc|ho kinh doanh|doanh nghiep|don vi|cong ty|hop tac xa)\b(?!.*(nuoc ngoai|viet tat)).*",
        "name",
    ),
    (r"(ma so|so dang ky)\b.*", "number"),
    (r"dia chi( tru so)?( chinh)?( co quan)?( to chuc)?|tru so( chinh)?", "address"),
    (r"(so )?dien thoai( lien he)?", "telephone"),
    (r"fax|so fax", "fax"),
    (r"(hop )?thu dien tu|(dia chi )?e ?mail", "mail"),
    (r"website", "website"),
    (r"chuc vu|chuc danh", "position"),
)
"""The same of an organisation: these are answers, kept under "organisation."."""


def fact_of(label: str) -> str:
    """The fact of a person; "" where the label asks for none."""
    return _first(_FACTS, label)


def fact_of_organisation(label: str) -> str:
    """The fact of an organisation; "" where the label asks for none."""
    return _first(_OF_ORGANISATION, label)


def _first(rules: tuple[tuple[str, str], ...], label: str) -> str:
    folded = fold(label)
    return next((fact for pattern, fact in rules if re.fullmatch(pattern, folded)), "")


def slug(label: str) -> str:
    """A key made of a label: its first words without marks."""
    key = "_".join(fold(label).split()[:6])
    key = re.sub(r"[^a-z0-9_]", "", key)[:32].strip("_")
    return key if key and not key[0].isdigit() else f"muc_{key}".rstrip("_")
