"""The state of a text that is being read: whom it speaks of, what was found, which questions there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from desk_app.documents.drafting.found import Asked, FoundBlank, Sureness
from desk_app.documents.drafting.labels import slug
from desk_app.documents.drafting.roles import APPLICANT, ORGANISATION
from desk_app.documents.drafting.vocabulary import KnownAnswer, Vocabulary

_MOST_CHOICES = 40


@dataclass
class Register:
    """`facts` are what was asked of a role since it was opened, `answers` the questions by key.

    `context` is the paper that numbers and days of the next lines are of: "", "registered", "marriage". `options` is
    the question that boxes of the next lines answer, `signer` the role whose name stands below a signature, `open_end`
    whether the last line with a blank ended in one, so that a line of dots alone gives it more room.
    """

    vocabulary: Vocabulary
    title: str = ""
    section: str = ""
    role: str = APPLICANT
    main: str = ""
    context: str = ""
    line: int = 0
    last_fact: str = ""
    by_hand: bool = False
    signer: str = ""
    options: str = ""
    open_end: bool = False
    blanks: list[FoundBlank] = field(default_factory=list)
    answers: dict[str, Asked] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    facts: set[tuple[str, str]] = field(default_factory=set)
    notes: dict[str, str] = field(default_factory=dict)
    strangers: int = 0

    def enter(self, role: str) -> None:
        """The next lines speak of `role`."""
        self.role = role
        self.context = ""
        self.last_fact = ""
        if role and role not in {APPLICANT, ORGANISATION, ""} and not self.main:
            self.main = role

    def person(self, fact: str) -> str:
        """Of whom a fact is asked: nobody's name is asked twice, so another name is somebody else's."""
        if fact == "full_name" and (not self.role or (self.role, fact) in self.facts):
            if not self.role and (APPLICANT, fact) not in self.facts:
                self.role = APPLICANT
            else:
                self.strangers += 1
                self.role = f"person{self.strangers}"
        return self.role

    def found(
        self, label: str, key: str, sure: Sureness, why: str = "", *, notes: Sequence[str] = (), suffix: str = ""
    ) -> str:
        """Put down a blank; what the paper prints there."""
        if self.by_hand:
            key, sure, why = "", "hand", "người ký ghi"
        if not key.startswith(f"{self.role}."):
            self.last_fact = ""
        self.blanks.append(
            FoundBlank(
                line=self.line,
                label=label or self.section,
                key=f"{key}{suffix}" if key else "",
                sure=sure,
                why=why,
                section=self.section,
                notes=tuple(notes),
            )
        )
        return f"{key}{suffix}" if key else ""

    def fact(self, fact: str, label: str, *, sure: Sureness, notes: Sequence[str] = (), suffix: str = "") -> str:
        """A fact of the person the text speaks of."""
        role = self.person(fact)
        self.facts.add((role, fact))
        self.last_fact = fact
        if not self.by_hand:
            self.people.setdefault(role, self.section)
        if role.startswith("person"):
            sure = "likely"
        return self.found(label, f"{role}.{fact}", sure, "theo nhãn và phần đang khai", notes=notes, suffix=suffix)

    def known(self, answer: KnownAnswer, label: str, *, suffix: str = "") -> str:
        """An answer that another form of the house asks for too."""
        asked = Asked(
            key=answer.key, label=_begun(label), section=self.section, kind=answer.kind, choices=[*answer.choices]
        )
        if answer.kind == "choice":
            asked.kind, asked.choices = "text", []  # the options of that form need not be those of this one
        if not self.by_hand:
            self.answers.setdefault(answer.key, asked)
        return self.found(label, answer.key, "likely", f"như mẫu {answer.form}", suffix=suffix)

    def house(
        self, key: str, label: str, why: str, *, kind: str = "", suffix: str = "", sure: Sureness = "sure"
    ) -> str:
        """A field every form knows; one with a `kind` is asked."""
        if kind and not self.by_hand:
            self.answers.setdefault(
                key, Asked(key=key, label=_begun(label or self.section), section=self.section, kind=kind)
            )
        return self.found(label, key, sure, why, suffix=suffix)

    def ask(self, label: str, *, kind: str = "text", suffix: str = "", like: str = "") -> str:
        """A question of this form's own."""
        asked = self.question(label or like or self.section or "Chỗ trống", kind=kind)
        return self.found(asked.label, asked.key, "ask", "chưa biết là mục nào", suffix=suffix)

    def question(self, label: str, *, kind: str = "text", choices: Sequence[str] = ()) -> Asked:
        """A new question under a key of its own."""
        label = label[:1].upper() + label[1:]
        key = slug(label)
        number = 1
        while (name := key if number == 1 else f"{key}_{number}") in self.answers or name in _TAKEN:
            number += 1
        alike = sum(one.label.partition(" (")[0] == label for one in self.answers.values())
        if alike:
            label = f"{label} ({alike + 1})"
        asked = Asked(name, label, self.section, kind, [*choices][:_MOST_CHOICES])
        if not self.by_hand:
            self.answers[name] = asked
        return asked


def _begun(label: str) -> str:
    return label[:1].upper() + label[1:]


_TAKEN = frozenset(
    {"office", "dossier", "step", "applicant", "components", "documents", "fees", "boxes", "when", "copies"}
)
"""Words that a form's language uses for itself."""
