"""desks give, desks take, desks held, desks arriving, desks list."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from desk_app.cli import answers
from desk_app.cli.opening import opened
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.outgoing.list_scans import list_of
from desk_app.errors import MissingFactError
from desk_app.services.custody import handing, whereabouts
from desk_app.services.desk.desk import Desk
from desk_app.services.paper_lists import desk_lists, paper_lists
from desk_app.store.queries.dossiers import DossierRow
from desk_app.terminal import Answer


def give(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        moved = handing.give(desk, chosen.codes, chosen.to, note=chosen.note)
        here = desk.settings.desk
    said = "ở lại quầy này" if chosen.to == here else f"đã chuyển cho quầy {chosen.to}, chờ quầy đó nhận"
    return Answer([_place(each) for each in moved], tuple(f"Hồ sơ {each.code} {said}." for each in moved))


def take(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        codes = [*chosen.codes]
        made = paper_lists.numbered(desk, list_of(chosen.list) or chosen.list) if chosen.list else None
        if made is not None and not codes:
            codes = [one.code for one in desk_lists.awaited(desk, made)]
        if not codes:
            raise MissingFactError(field="codes", label="Hồ sơ nhận về")
        moved = handing.take(desk, codes, note=chosen.note)
        missing = desk_lists.missing(desk, made) if made is not None else ()
    lines = [f"Hồ sơ {each.code} đã ở quầy này." for each in moved]
    lines += [f"Chưa đến: {one.name}, {one.standing.label}." for one in missing]
    return Answer([_place(each) for each in moved], tuple(lines))


def held(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        return _listed(desk, whereabouts.held_by(desk, chosen.desk, limit=chosen.limit))


def arriving(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        return _listed(desk, whereabouts.arriving(desk, limit=chosen.limit))


def desks(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        found = whereabouts.counts(desk)
        here = desk.settings.desk
    data = [{"desk": one.desk, "held": one.held, "arriving": one.arriving, "here": one.desk == here} for one in found]
    lines = [
        f"Quầy {one.desk}{' (quầy này)' if one.desk == here else ''}: giữ {one.held} hồ sơ, chờ nhận {one.arriving}"
        for one in found
    ]
    return Answer(data, tuple(lines) or ("Không quầy nào giữ hồ sơ chưa xong.",))


def _place(kept: Dossier) -> dict[str, object]:
    return {"code": kept.code, "desk": kept.holding.desk, "way_to": kept.holding.way_to or None}


def _listed(desk: Desk, rows: Sequence[DossierRow]) -> Answer:
    """The rows as every list gives them, each with the desk that has it."""
    answer = answers.rows(rows)
    places = whereabouts.places(desk, [row.id for row in rows])
    data = [{**answers.row(row), "desk": places[row.id].desk, "way_to": places[row.id].way_to or None} for row in rows]
    lines = [f"quầy {places[row.id].desk}  {line}" for row, line in zip(rows, answer.lines, strict=False)]
    return Answer(data, tuple(lines) or answer.lines)
