"""An organisation or a household business: a role of its own in a dossier, beside the people. Pure.

A form and a draft ask for its facts by key ("organisation.name"); an event keeps them together, by role.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

ORGANISATION = "organisation"
"""The role; several of one dossier end in a number, as people's roles do."""


class Organisation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Every value is text as it prints; "" is not known.

    `number` is the one that names it: of its enterprise or tax register, or of the paper that founded it. `head` is the
    name of the person who represents it, `head_title` what that person is there.
    """

    name: str = ""
    number: str = ""
    head: str = ""
    head_title: str = ""
    address: str = ""
    telephone: str = ""
    mail: str = ""
    fax: str = ""
    website: str = ""
    short_name: str = ""
    foreign_name: str = ""


LABELS = {
    "name": "Tên tổ chức, hộ kinh doanh",
    "number": "Mã số thuế, mã số đăng ký",
    "head": "Người đại diện",
    "head_title": "Chức vụ người đại diện",
    "address": "Địa chỉ trụ sở",
    "telephone": "Điện thoại của tổ chức",
    "mail": "Thư điện tử của tổ chức",
    "fax": "Fax",
    "website": "Website",
    "short_name": "Tên viết tắt",
    "foreign_name": "Tên bằng tiếng nước ngoài",
}
"""What a clerk calls each fact."""


def is_role(role: str) -> bool:
    return role.rstrip("0123456789") == ORGANISATION


def is_fact(key: str) -> bool:
    """Whether a form's key asks for a fact of an organisation."""
    role, dot, name = key.partition(".")
    return bool(dot) and is_role(role) and name in Organisation.__struct_fields__


def from_answers(answers: Mapping[str, str]) -> tuple[dict[str, Organisation], dict[str, str]]:
    """The organisations that answers by key speak of, by role, and the answers that are of none."""
    found: dict[str, Organisation] = {}
    rest: dict[str, str] = {}
    for key, text in answers.items():
        if is_fact(key):
            role, _, name = key.partition(".")
            found[role] = replace(found.get(role, Organisation()), **{name: text})
        else:
            rest[key] = text
    return found, rest


def answers_of(organisations: Mapping[str, Organisation]) -> dict[str, str]:
    """The same facts by key, those that are known."""
    return {
        f"{role}.{name}": text
        for role, organisation in organisations.items()
        for name in Organisation.__struct_fields__
        if (text := getattr(organisation, name))
    }


def number_key(number: str) -> str:
    """A number as it is looked up: "0101234567-001", "0101 234 567 001" are one; words around it count."""
    return "".join(letter for letter in number.upper() if letter.isalnum())
