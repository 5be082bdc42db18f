"""The whole that dossiers received as one are: how far it is, its slip as of now, a correction for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from desk_app.domain.dossiers.changes import value_at
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.linked.group import LinkedPart
from desk_app.domain.linked.progress import WholeProgress, of_dossiers
from desk_app.domain.outgoing import slip_scans
from desk_app.domain.papers import OwedPaper, papers_of
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import correcting
from desk_app.store.journal import journal
from desk_app.store.queries import dossiers, linked


class WholePart(Struct, frozen=True, kw_only=True):
    """One dossier of the whole as of now; `dossier` None where it has not come to this desk yet."""

    title: str
    code: str
    due_at: int
    is_own: bool
    dossier: Dossier | None = None


class Whole(Struct, frozen=True, kw_only=True):
    """All dossiers that were received as one, in their order, and how far they are."""

    title: str
    due_at: int
    progress: WholeProgress
    parts: tuple[WholePart, ...]

    def after(self, code: str) -> str:
        """The code of the next dossier of the whole that is here, the first one after the last."""
        here = [part.code for part in self.parts if part.dossier is not None]
        return here[(here.index(code) + 1) % len(here)] if code in here else ""


def of(desk: Desk, kept: Dossier) -> Whole | None:
    """The whole that a dossier belongs to; None for one that was received by itself."""
    group = kept.linked
    if group is None:
        return None
    here = {other.id: other for other in members(desk, kept)}
    parts = tuple(
        WholePart(
            title=part.title,
            code=here[part.id].code if part.id in here else part.code,
            due_at=here[part.id].due_at if part.id in here else part.due_at,
            is_own=part.id == kept.id,
            dossier=here.get(part.id),
        )
        for part in group.parts
    )
    return Whole(
        title=group.title,
        due_at=max([group.due_at, *(part.due_at for part in parts)]),
        progress=of_dossiers(here.values(), len(parts)),
        parts=parts,
    )


def members(desk: Desk, kept: Dossier) -> list[Dossier]:
    """The dossiers of the whole that are here, `kept` among them, in their order."""
    ids = linked.ids_of_group(desk.db, kept.linked.key) if kept.linked is not None else []
    return [kept if id_ == kept.id else journal.dossier(desk.db, id_) for id_ in ids]


def as_now(desk: Desk, kept: Dossier) -> Dossier:
    """The dossier with the due and the fee that each of the others has now."""
    whole = of(desk, kept)
    if whole is None or kept.linked is None:
        return kept
    parts = tuple(_as_now(part, now) for part, now in zip(kept.linked.parts, whole.parts, strict=True))
    return replace(kept, linked=replace(kept.linked, due_at=whole.due_at, parts=parts))


def _as_now(part: LinkedPart, now: WholePart) -> LinkedPart:
    other = now.dossier
    if other is None:
        return replace(part, due_at=now.due_at)
    return replace(part, due_at=now.due_at, fee=other.fee.known_total, mark=slip_scans.due_mark(other))


def printed_for(desk: Desk, kept: Dossier, papers: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Ids of the dossiers that these printed papers are of, each with which: the slip of a whole is of all of them."""
    yield kept.id, tuple(name for name in papers if kept.linked is None or _has(kept, name))
    for other in members(desk, kept):
        names = tuple(name for name in papers if _of_reception(other, name))
        if other.id != kept.id and names:
            yield other.id, names


def further_declarations(desk: Desk, kept: Dossier) -> Iterator[tuple[Dossier, OwedPaper]]:
    """Of the dossier that leads: the declarations of the others that it does not have itself, each once."""
    if kept.linked is None or not kept.linked.leads:
        return
    seen = {paper.name for paper in papers_of(kept)}
    for other in members(desk, kept):
        for paper in papers_of(other):
            if paper.event is None and paper.name not in seen:
                seen.add(paper.name)
                yield other, paper


def differing(desk: Desk, kept: Dossier, paths: Iterable[str]) -> dict[str, dict[str, str]]:
    """By code, what the other open dossiers of the whole say otherwise of these paths, with what `kept` says: what a
    correction of a shared person or answer is offered for. What belongs to one dossier alone (its due, fee, papers)
    is left out.
    """
    found = {}
    for other in members(desk, kept):
        if other.id == kept.id or not other.status.is_open:
            continue
        said = {path: value_at(kept, path) for path in paths if path.startswith(_SHARED)}
        wanted = {path: value for path, value in said.items() if value_at(other, path) != value}
        if wanted:
            found[other.code] = wanted
    return found


def correct_others(desk: Desk, code: str, paths: Iterable[str], *, reason: str) -> list[str]:
    """Say of these paths in the other open dossiers of the whole what this one says; the codes of those corrected.

    Raises as `correcting.correct`.
    """
    found = differing(desk, dossiers.by_code(desk.db, code), paths)
    for other, changes in found.items():
        correcting.correct(desk, other, changes, reason=reason)
    return list(found)


def slip_of(desk: Desk, kept: Dossier) -> Dossier:
    """The dossier that the one slip of the whole is drawn of, with the dues of all as of now: the one that leads."""
    leading = next((each for each in members(desk, kept) if each.linked is not None and each.linked.leads), kept)
    return as_now(desk, leading)


_SHARED = ("people.", "fields.", "organisations.")


def _has(kept: Dossier, name: str) -> bool:
    return any(paper.name == name for paper in papers_of(kept))


def _of_reception(other: Dossier, name: str) -> bool:
    return any(paper.name == name and paper.event is None for paper in papers_of(other))
