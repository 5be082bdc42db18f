"""The people of a reception beside the applicant, from cards or the desk's memory, and the answers typed of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from desk_app.domain.people.person import Person


@dataclass(frozen=True, slots=True)
class RoleBefore:
    """What a role held before somebody was put there: the person, and what was typed of them."""

    role: str
    person: Person | None
    typed: dict[str, str]
    is_remembered: bool

    @property
    def is_somebody(self) -> bool:
        """Whether a name or a number would be lost."""
        said = self.person or Person(full_name="")
        typed = (self.typed.get(f"{self.role}.{name}", "") for name in ("full_name", "id_number"))
        return bool(said.full_name or said.id_number or any(text.strip() for text in typed))


class PeopleBeside:
    """`typed` are the answers of the whole page by key: those of a role yield to a card that is put into it.

    `prepared` are those that a declaration from home brought.
    """

    def __init__(self) -> None:
        self.others: dict[str, Person] = {}
        self.typed: dict[str, str] = {}
        self.prepared: dict[str, str] = {}
        self._remembered: set[str] = set()

    def clear(self) -> None:
        self.others, self.typed, self.prepared, self._remembered = {}, {}, {}, set()

    def take(self, others: Mapping[str, Person], typed: Mapping[str, str], prepared: Mapping[str, str]) -> None:
        """What a page that was kept says."""
        self.clear()
        self.others, self.typed, self.prepared = dict(others), dict(typed), dict(prepared)

    def put(self, role: str, person: Person, *, is_remembered: bool = False) -> RoleBefore:
        """Let the person stand in the role; what stood there is answered, to be put back."""
        mine = {key: text for key, text in self.typed.items() if key.startswith(f"{role}.")}
        before = RoleBefore(role, self.others.get(role), mine, role in self._remembered)
        for key in mine:
            del self.typed[key]
        self.others[role] = person
        self._remembered.discard(role)
        if is_remembered:
            self._remembered.add(role)
        return before

    def put_back(self, before: RoleBefore) -> None:
        """The role as it was."""
        for key in [key for key in self.typed if key.startswith(f"{before.role}.")]:
            del self.typed[key]
        self.typed |= before.typed
        self._remembered.discard(before.role)
        if before.is_remembered:
            self._remembered.add(before.role)
        if before.person is None:
            self.others.pop(before.role, None)
        else:
            self.others[before.role] = before.person

    def put_fact(self, role: str, name: str, value: str) -> None:
        """Change one fact of somebody who stands there."""
        if role in self.others:
            self.others[role] = replace(self.others[role], **{name: value})
            self.typed.pop(f"{role}.{name}", None)

    def remembered(self) -> tuple[str, ...]:
        """The roles filled from the desk's memory."""
        return tuple(sorted(self._remembered))
