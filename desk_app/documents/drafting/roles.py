"""Of whom a part of the text speaks: the person or organisation named by a heading or by a label. Pure."""

from __future__ import annotations

import re

from desk_app.documents.drafting.labels import without_asides
from desk_app.domain.text import fold

APPLICANT, SUBJECT, ORGANISATION = "applicant", "subject", "organisation"

_ROLES: tuple[tuple[str, str], ...] = (
    (r"nguoi khai thay|nguoi dai dien|dai dien hop phap|dai dien theo phap luat", "representative"),
    (r"nguoi giam ho nguoi duoc (uy|ui) quyen", "representative"),
    (r"nguoi duoc giam ho", "ward"),
    (r"nguoi giam ho", "guardian"),
    (r"(nguoi|ben) duoc (uy|ui) quyen|ben b\b", "authorised"),
    (r"(nguoi|ben) (uy|ui) quyen|ben a\b", "principal"),
    (r"chu ho( kinh doanh)? truoc khi thay doi", "former"),
    (r"chu ho( kinh doanh)? sau khi thay doi", "successor"),
    (r"chu ho kinh doanh", "owner"),
    (r"dung ra mai tang", "burier"),
    (r"nguoi (chet|da chet|mat|duoc mai tang|duoc khai tu)", "deceased"),
    (r"(nguoi|ben) nu|co dau", "bride"),
    (r"(nguoi|ben) nam|chu re", "groom"),
    (r"(nguoi|cua|ben) vo|\bvo$|nguoi vo", "wife"),
    (r"(nguoi|cua|ben) chong|\bchong$", "husband"),
    (r"nguoi me|cua me|ten me$|\bme de$", "mother"),
    (r"nguoi cha|cua cha|ten cha$|cua bo|\bcha de$", "father"),
    (r"tre em|cua tre|nguoi con|nguoi duoc khai sinh|cua con$", "child"),
    (r"chu ho\b", "household_head"),
    (r"nguoi lam chung( thu nhat)?", "witness1"),
    (r"nguoi su dung dat|chu su dung dat", "land_user"),
    (
        r"nguoi yeu cau|nguoi de nghi dang ky|nguoi lam don|nguoi viet don|nguoi nop don|nguoi khai\b|toi (ten )?la",
        APPLICANT,
    ),
    (
        r"doi tuong|nguoi (de nghi|duoc|dang huong|khuyet tat|huong|co ten)",
        SUBJECT,
    ),
)
_ORGANISATIONS = re.compile(r"co quan to chuc|to chuc\b|tru so|ten ho kinh doanh|doanh nghiep|phap nhan")
_MAY_BE_ORGANISATIONS = frozenset({"", "burier", APPLICANT, SUBJECT})
_OF_SOMEBODY = re.compile(r"(de nghi|cong nhan|cap|cho|cua|dang ky|ghi).*(nguoi|tre).*duoi day")
_SIGNED_BY_OFFICE = re.compile(
    r"chu tich|can bo tiep nhan|nguoi tiep nhan|cong chuc|thu truong|giam doc|truong phong|xac nhan cua (uy ban|ubnd)"
)
PEOPLE = {
    APPLICANT: "Người yêu cầu",
    SUBJECT: "Người được đề nghị",
    "representative": "Người đại diện, người khai thay",
    "ward": "Người được giám hộ",
    "guardian": "Người giám hộ",
    "authorised": "Bên được ủy quyền",
    "principal": "Bên ủy quyền",
    "former": "Chủ hộ trước khi thay đổi",
    "successor": "Chủ hộ sau khi thay đổi",
    "owner": "Chủ hộ kinh doanh",
    "burier": "Người đứng ra mai táng",
    "deceased": "Người chết",
    "bride": "Bên nữ",
    "groom": "Bên nam",
    "wife": "Người vợ",
    "husband": "Người chồng",
    "mother": "Người mẹ",
    "father": "Người cha",
    "child": "Trẻ em",
    "household_head": "Chủ hộ",
    "witness1": "Người làm chứng",
    "land_user": "Người sử dụng đất",
    "recognised": "Người được nhận",
    "recognising": "Người nhận",
}
"""What the questions call each; of the others a heading of the text."""


def role_in(text: str) -> str:
    """The role that a label or heading names; "" for none."""
    folded = fold(without_asides(text))
    role = next((role for pattern, role in _ROLES if re.search(pattern, folded)), "")
    is_organisation = _ORGANISATIONS.search(folded) and "ca nhan" not in folded and "ho gia dinh" not in folded
    return ORGANISATION if is_organisation and role in _MAY_BE_ORGANISATIONS else role


def opened_by(text: str, title: str) -> str:
    """Whom "… cho người có tên dưới đây:" speaks of, by what the paper is for; "" for another line."""
    folded = fold(text)
    if not _OF_SOMEBODY.search(folded):
        return ""
    if folded.startswith("la "):
        return "recognising"
    if "cong nhan nguoi" in folded:
        return "recognised"
    purpose = fold(title)
    if "khai sinh" in purpose:
        return "child"
    return "deceased" if "khai tu" in purpose else SUBJECT


def is_signed_by_office(text: str) -> bool:
    """Whether an office's own person signs here: what stands there is written by hand."""
    return _SIGNED_BY_OFFICE.search(fold(text)) is not None


def called(role: str) -> str:
    """What the questions call a role."""
    return PEOPLE.get(role) or f"Người {role.removeprefix('person')}".strip()
