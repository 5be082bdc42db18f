"""What a form is, once read: its law, its paper, its fields and its layout. Only records."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from desk_app.documents.layout.blocks import Block
from desk_app.domain.dossiers.fact_paths import role_of
from desk_app.domain.dossiers.steps import Action

FieldKind = Literal["text", "long", "date", "number", "choice", "yes_no", "person"]
Sheet = Literal["A4", "A5", "80mm"]
MM = 72 / 25.4
DOT = 72 / 203.2
"""One dot of a thermal head (8 a millimetre), in points."""
SHEETS: dict[str, tuple[float, float]] = {
    "A4": (210 * MM, 297 * MM),
    "A5": (148 * MM, 210 * MM),
    "80mm": (576 * DOT, 0.0),
}
"""Width and height in points; the roll prints 576 dots wide and as long as it must be."""


class FieldSuggestion(Struct, frozen=True, kw_only=True):
    """A default that holds only under a condition; "{key}" in `value` is what stands at that key.

    Without something there the suggestion is none.
    """

    when: str
    value: str


class FormField(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One blank. A key with a dot is a fact of a person ("mother.ethnicity"), one without an answer of the dossier.

    `ask` puts it on the reception screen, or on the card of the step that owes the paper, in the file's order, while
    `when` holds. It is prefilled from the first of `sources` that has a value, else the first of `suggestions` whose
    condition holds, else `default`. `same_as` names, by answer, the role that is then the applicant. A `free` choice
    takes other words than its `choices` too. `required` is only for what the record itself needs.

    A first answer that is only likely is to `confirm`: Enter stops there although it is filled in.

    Enter passes over a question `aside`, which few people need: Tab and a click reach it. `carries` are other questions
    whose answer may be typed along behind one of these words ("12/2024 quyển 01"): key → words.

    An answer that dossiers of a run are `alike` in (an office, a purpose, never a person) is taken on with one key.

    An answer of a `family` (their marriage certificate) may be taken from the earlier dossier a relative is known from.
    An answer `about` a role (where a birth was registered) may be taken from an earlier dossier in which the same
    person has that role; `known_as` are other keys that say the same there.

    Kind "person": the key is a role, `facts` what is asked of it, `unless_numbered` those that a person with a
    12-digit number is not asked for; a form that was read holds a field for each of them instead. `may_be_dead` asks
    aside whether they have died, which then stands in the line of their residence.
    """

    key: str
    label: str
    kind: FieldKind = "text"
    ask: bool = False
    required: bool = False
    sources: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    choices_from: str = ""
    free: bool = False
    suggestions: tuple[FieldSuggestion, ...] = ()
    default: str = ""
    same_as: dict[str, str] = {}
    section: str = ""
    when: str = ""
    hint: str = ""
    family: bool = False
    facts: tuple[str, ...] = ()
    unless_numbered: tuple[str, ...] = ()
    aside: bool = False
    carries: dict[str, tuple[str, ...]] = {}
    may_be_dead: bool = False
    alike: bool = False
    about: str = ""
    confirm: bool = False
    known_as: tuple[str, ...] = ()

    @property
    def role(self) -> str:
        """Whose fact this is; "" for an answer of the dossier."""
        return role_of(self.key)


class FormCitation(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The text that prescribes the form; `verified` only when the wording was compared with it."""

    number: str
    title: str = ""
    note: str = ""
    verified: bool = False


class OwedBy(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The step that owes the paper and others that owe it `also`, for whom it is, whether it bears an outgoing number.

    `book` is what stands behind the number ("HDHS" in "05/HDHS") where the program may give it. `when_held`: only where
    the dossier was handed to somebody by name.
    """

    step: Action
    also: tuple[Action, ...] = ()
    party: Literal["citizen", "office"] = "citizen"
    numbered: bool = False
    book: str = ""
    when_held: bool = False

    def is_of(self, action: str) -> bool:
        """Whether this step owes the paper."""
        return action == self.step or action in self.also


class LawEnd(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The ISO day from which the law behind a form no longer holds, and the text that takes its place."""

    on: str
    by: str


class FormTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Rows that this form prints beside those of a dossier: under which key, and what stands in each row."""

    key: str
    columns: tuple[str, ...]


class FormCaption(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What stands below a line in a second language: `words` by the Vietnamese words it explains.

    `language` is a short code, `name` what people call it; `verified` only when somebody who reads it compared it.
    """

    language: str
    name: str
    words: dict[str, str]
    note: str = ""
    verified: bool = False


class FormHead(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What form.toml may say. `margins` top, right, bottom, left in mm; `size` in points; `leading` times the size.

    `copy_marks` are the names of the copies ("liên") the paper consists of; `copies` how often it is printed.
    `owed` is for the paper of a step after reception. `one_page` sets the text a little tighter and smaller where that
    saves a second page. `procedures` are the codes of those whose reception prints the form, beside the forms that a
    procedure itself names; of a form that is `owed`, those whose step owes it (empty: every procedure's).
    `page_signature` are those who sign at the foot of every page, which is then numbered even where it is the only
    one. `party` is whose words the paper carries: a citizen's, or the office's own. `signing` says who must come and
    sign before whom, `by_hand` why nobody may write the paper for the citizen: both with the article that says so.
    `law_ends` prepares for a law that is known to come, while its form is not. `wording` is the circular whose title
    and words a version has, where several are in use and the office chooses. `landscape` lays the sheet on its side.
    """

    title: str
    citation: FormCitation
    in_force_from: str
    in_force_to: str = ""
    paper: Sheet = "A4"
    landscape: bool = False
    wording: str = ""
    margins: tuple[float, float, float, float] = (18, 15, 16, 25)
    size: float = 13
    leading: float = 1.45
    copy_marks: tuple[str, ...] = ()
    copies: int = 1
    one_page: bool = False
    footer: bool = True
    page_signature: tuple[str, ...] = ()
    party: Literal["citizen", "office"] = "citizen"
    signing: str = ""
    by_hand: str = ""
    owed: OwedBy | None = None
    procedures: tuple[str, ...] = ()
    law_ends: LawEnd | None = None
    caption: tuple[FormCaption, ...] = ()
    table: tuple[FormTable, ...] = ()
    field: tuple[FormField, ...] = ()


def page_size(head: FormHead) -> tuple[float, float]:
    """Width and height of the form's pages in points; the height of a roll is 0."""
    wide, tall = SHEETS[head.paper]
    return (tall, wide) if head.landscape and tall else (wide, tall)


class Form(Struct, frozen=True, kw_only=True):
    """One version of a form, ready to be asked and laid out. `folder` is where it was read from."""

    id: str
    version: str
    head: FormHead
    layout: tuple[Block, ...]
    folder: str = ""

    @property
    def title(self) -> str:
        return self.head.title

    @property
    def paper(self) -> str:
        return self.head.paper

    @property
    def copies(self) -> int:
        return self.head.copies

    @property
    def owed(self) -> OwedBy | None:
        return self.head.owed

    @property
    def fields(self) -> tuple[FormField, ...]:
        return self.head.field

    def is_in_force(self, on: str) -> bool:
        """Whether the version holds on an ISO day."""
        return self.head.in_force_from <= on and (not self.head.in_force_to or on <= self.head.in_force_to)
