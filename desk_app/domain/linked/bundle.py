"""A bundle: procedures that are handed in as one, in which order they run, and when each of them is due. Pure.

The law of a bundle is data (resources/linked, or what the office itself put in force); this module only reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from desk_app.domain.procedures.citation import Citation
from desk_app.domain.procedures.procedure import (
    Component,
    ComponentUse,
    LimitUnit,
    Procedure,
    TimeLimit,
)

LATEST, LIMIT = "latest", "limit"
"""How the whole is due: with the last of its dossiers, or by a limit of its own."""
SOURCE = "linked"
"""Who brought a procedure that only a bundle knows: it is chosen within the bundle, never by itself."""
DECLARATION = "lien-thong"
"""The id of the one declaration among the components."""


class LinkedMember(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One procedure of a bundle; with a `name`, the bundle itself says what it is where no catalogue has it.

    `limit` counts from the results of `after` (codes of members), else from the reception; None takes what the
    catalogue says. `needs` is the result that it waits for, in words. It is handed in when `when` holds of the answers
    (`documents.forms.conditions`), "" always.
    """

    procedure: str
    name: str = ""
    agency: str = ""
    field_name: str = ""
    limit: TimeLimit | None = None
    limit_text: str = ""
    after: tuple[str, ...] = ()
    needs: str = ""
    when: str = ""
    results: tuple[str, ...] = ()
    components: tuple[Component, ...] = ()
    forms: tuple[str, ...] = ()


class Bundle(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One dated version. `code` is the national code of the whole, where it has one; `form` its one declaration.

    Without `form` each procedure prints its own, and what several of them ask is asked once. `total` is `LATEST` or
    `LIMIT`, with `limit`. `unsure` names what nobody has confirmed.
    """

    id: str
    title: str
    version: str
    members: tuple[LinkedMember, ...]
    code: str = ""
    form: str = ""
    total: str = LATEST
    limit: TimeLimit | None = None
    limit_text: str = ""
    citation: Citation
    note: str = ""
    in_force_from: str = ""
    in_force_to: str = ""
    verified: bool = False
    unsure: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What a draft that is to become its dossiers names as its procedure."""
        return self.code or self.id

    @property
    def unsure_words(self) -> str:
        """What of it nobody has confirmed, as a clerk reads it; "" where all is."""
        if self.verified and not self.unsure:
            return ""
        return f"Gói liên thông này chưa xác nhận: {', '.join(self.unsure) or 'toàn bộ'}."

    def is_in_force(self, on: str) -> bool:
        """Whether it holds on an ISO day."""
        return (not self.in_force_from or self.in_force_from <= on) and (not self.in_force_to or on <= self.in_force_to)


class LinkedProcedure(Procedure, frozen=True, kw_only=True, omit_defaults=True):
    """A bundle as reception handles it: one procedure whose questions, papers and fees are those of all `parts`."""

    bundle: Bundle
    parts: tuple[Procedure, ...]

    def member(self, part: Procedure) -> LinkedMember:
        """What the bundle says of one of its procedures."""
        return next(each for each in self.bundle.members if each.procedure == part.code)


def made_of(bundle: Bundle, known: Mapping[str, Procedure], *, declaration: str = "") -> LinkedProcedure:
    """The bundle with the procedures that the catalogue has, by code, and for the others what it says of them.

    `declaration` is the title of its one form. Raises `KeyError` with the code of a procedure that nobody knows.
    """
    parts = tuple(_part(bundle, member, known.get(member.procedure), declaration) for member in bundle.members)
    return _whole(bundle, parts)


def narrowed(linked: LinkedProcedure, holds: Callable[[str], bool]) -> LinkedProcedure:
    """Only the procedures that are wanted; `holds` says whether a condition does."""
    wanted = tuple(part for part in linked.parts if holds(linked.member(part).when))
    return linked if wanted == linked.parts else _whole(linked.bundle, wanted or linked.parts[:1])


def _part(bundle: Bundle, member: LinkedMember, known: Procedure | None, declaration: str) -> Procedure:
    if known is None:
        if not member.name:
            raise KeyError(member.procedure)
        known = Procedure(
            code=member.procedure,
            name=member.name,
            version=f"{SOURCE}-{bundle.id}-{bundle.version}",
            agency=member.agency,
            field_name=member.field_name,
            limit=member.limit or TimeLimit(unit=LimitUnit.SAME_DAY),
            limit_text=member.limit_text,
            components=member.components,
            forms=member.forms,
            results=member.results,
            source=SOURCE,
            in_force_from=bundle.in_force_from,
            unsure=("code", *(() if member.limit else ("limit",))),
        )
    if not bundle.form:
        return known
    own = set(known.forms)
    rest = tuple(each for each in known.components if not (each.form and each.form in own))
    is_first = member is bundle.members[0]
    paper = Component(
        id=DECLARATION,
        name=declaration or bundle.title,
        originals=1 if is_first else 0,
        copies=0 if is_first else 1,
        default=True,
        form=bundle.form,
    )
    return replace(known, components=(paper, *rest), forms=(bundle.form,))


def _whole(bundle: Bundle, parts: Sequence[Procedure]) -> LinkedProcedure:
    components: dict[str, Component] = {}
    for part in parts:
        for component in part.components:
            components.setdefault(component.id, component)
    roles = dict.fromkeys(role for part in parts for role in part.roles)
    fees = [rule for part in parts for rule in part.fees]
    return LinkedProcedure(
        code=bundle.key,
        name=bundle.title,
        version=bundle.version,
        field_name=parts[0].field_name,
        limit=bundle.limit or TimeLimit(unit=LimitUnit.SAME_DAY),
        limit_text=bundle.limit_text,
        components=tuple(components.values()),
        fees=tuple(dict.fromkeys(fees)),
        forms=tuple(dict.fromkeys(form for part in parts for form in part.forms)),
        results=tuple(result for part in parts for result in part.results),
        legal_basis=(bundle.citation,),
        in_person=any(part.in_person for part in parts),
        prefill_allowed=all(part.prefill_allowed for part in parts),
        roles=tuple(roles),
        authoritative_system=parts[0].authoritative_system,
        in_force_from=bundle.in_force_from,
        source=SOURCE,
        verified=bundle.verified,
        bundle=bundle,
        parts=tuple(parts),
    )


def belongs(part: Procedure, component: str) -> bool:
    """Whether a paper that was handed in is one of this procedure's."""
    return any(each.id == component and each.use is not ComponentUse.NOTE for each in part.components)


def parts_of(procedure: Procedure) -> tuple[Procedure, ...]:
    """The procedures of a bundle; one that is no bundle by itself."""
    return procedure.parts if isinstance(procedure, LinkedProcedure) else (procedure,)


def leading(procedure: Procedure) -> Procedure:
    """The procedure whose dossier leads; one that is no bundle leads itself."""
    return procedure.parts[0] if isinstance(procedure, LinkedProcedure) else procedure
