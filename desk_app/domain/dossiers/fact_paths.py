"""Where a fact of a dossier stands: its path, what it is called and of what kind it is. Pure.

A change names a fact by its path: "people.<role>.<attribute>", "organisations.<role>.<attribute>", "fields.<key>", or
one of the dossier's own ("due_at", "fee.total" …). A form names the same by a key: "child.full_name" for a person's
fact, "organisation.name" for an organisation's, "purpose" for an answer.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from desk_app.domain.organisations import organisation
from desk_app.domain.people.person import LABELS, Person

FactKind = Literal["text", "long", "date", "number", "procedure", "components", "documents"]

DUE, SETS, FEE, NOTE, RETURN_BY = "due_at", "sets", "fee.total", "note", "return_by"
COMPONENTS, DOCUMENTS, PROCEDURE = "components", "documents", "procedure"
CHANNEL = "channel"
APPLICANT = "applicant"
COPIES = "fields.copies"
OF_DOSSIER = {
    PROCEDURE: "Thủ tục",
    COMPONENTS: "Thành phần hồ sơ",
    DOCUMENTS: "Giấy tờ cần chứng thực",
    DUE: "Hẹn trả",
    SETS: "Số bộ hồ sơ",
    FEE: "Phí, lệ phí",
    COPIES: "Số bản sao cấp thêm",
    NOTE: "Ghi chú",
    RETURN_BY: "Nơi trả kết quả",
    CHANNEL: "Cách nộp",
}
"""The dossier's own facts by path, as a clerk calls them."""
_KINDS: dict[str, FactKind] = {
    "born_on": "date",
    "id_issued_on": "date",
    "residence": "long",
    FEE: "number",
    NOTE: "long",
    SETS: "number",
    DUE: "date",
    PROCEDURE: "procedure",
    COMPONENTS: "components",
    DOCUMENTS: "documents",
}
_NUMBERS = frozenset({"id_number", "old_id_number", "document_number"})


class FactPath(Struct, frozen=True):
    """A path in its parts: `role` is whose fact it is, "" for an answer and for the dossier's own.

    `name` is the person's attribute, the answer's key, or the whole path of a dossier's own fact. A path that no
    program knows is the dossier's own, of a name nobody has.
    """

    head: Literal["people", "organisations", "fields", ""]
    role: str
    name: str

    @classmethod
    def parse(cls, path: str) -> FactPath:
        head, _, rest = path.partition(".")
        if head == "people":
            role, dot, name = rest.partition(".")
            if role and dot and name:
                return cls("people", role, name)
        if head == "organisations" and organisation.is_fact(rest):
            return cls.of_key(rest)
        if head == "fields" and rest:
            return cls.of_key(rest) if organisation.is_fact(rest) else cls("fields", "", rest)
        return cls("", "", path)

    @classmethod
    def of_key(cls, key: str) -> FactPath:
        """The path of what a form calls `key`: of a person or an organisation where it is their fact, or an answer."""
        role, dot, name = key.partition(".")
        if organisation.is_fact(key):
            return cls("organisations", role, name)
        return cls("people", role, name) if dot and name in Person.__struct_fields__ else cls("fields", "", key)

    @property
    def text(self) -> str:
        return ".".join(part for part in (self.head, self.role, self.name) if part)

    @property
    def key(self) -> str:
        """What a form calls it."""
        return f"{self.role}.{self.name}" if self.role else self.name

    @property
    def is_persons(self) -> bool:
        """Whether it is a fact that a person of this program has."""
        return self.head == "people" and self.name in Person.__struct_fields__

    @property
    def label(self) -> str:
        """What a clerk calls it where no form says it better; the path itself for what nobody named."""
        text = self.text
        if self.head == "organisations":
            return organisation.LABELS[self.name]
        return OF_DOSSIER.get(text) or LABELS.get(fact_name(self.name), text)

    @property
    def kind(self) -> FactKind:
        """Of what kind its value is where no form says it."""
        if self.head == "organisations":
            return "long" if self.name == "address" else "text"
        return kind_of(self.name)


def role_of(key: str) -> str:
    """Whose fact a form's key is; "" for an answer of the dossier."""
    role, dot, _ = key.partition(".")
    return role if dot else ""


def death_key(role: str) -> str:
    """The question whether the person in a role has died; "Có" says so."""
    return f"{role}_dead"


def fact_name(key: str) -> str:
    """The last word of a key or path: what is said of somebody, without of whom."""
    return key.rpartition(".")[2]


def kind_of(key: str) -> FactKind:
    """Of what kind the fact at a key or path is, by its name."""
    return _KINDS.get(key) or _KINDS.get(fact_name(key), "text")


def is_paper_number(key: str) -> bool:
    """Whether it is the number of an identity paper."""
    return fact_name(key) in _NUMBERS
