"""What steps go by that is data: kinds of reason, and inner steps where the procedure has none of its own."""

from __future__ import annotations

import tomllib
from functools import cache

from msgspec import Struct

from desk_app import places, typed_values
from desk_app.domain.calendar.moments import in_vietnam
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.handling.reason_kinds import ReasonKinds
from desk_app.domain.procedures.inner_step import InnerStep
from desk_app.domain.procedures.procedure import Procedure
from desk_app.services.catalogue import procedure_versions
from desk_app.services.desk.desk import Desk


class InnerTemplate(Struct, frozen=True, kw_only=True):
    """The inner steps of procedures whose limit counts in one of these units, for dossiers received from a day on."""

    in_force_from: str
    units: tuple[str, ...]
    steps: tuple[InnerStep, ...]


class InnerTemplates(Struct, frozen=True):
    """The templates of a file."""

    template: tuple[InnerTemplate, ...]


@cache
def reasons() -> ReasonKinds:
    """The kinds of reason that steps may have."""
    return typed_values.converted(_read("reasons.toml"), ReasonKinds)


@cache
def _templates() -> InnerTemplates:
    return typed_values.converted(_read("inner_steps.toml"), InnerTemplates)


def _read(name: str) -> object:
    return tomllib.loads((places.resources() / "handling" / name).read_text(encoding="utf-8"))


def inner_steps_of(desk: Desk, kept: Dossier) -> tuple[InnerStep, ...]:
    """Those of the version of the procedure that the dossier came under, else of the template of the day it came."""
    received_on = in_vietnam(kept.received_at).date().isoformat()
    return steps_of(procedure_versions.procedure_of(desk, kept), received_on)


def steps_of(procedure: Procedure, received_on: str) -> tuple[InnerStep, ...]:
    """Those of the procedure, else of the template of the day (ISO) on which a dossier came."""
    if procedure.inner_steps:
        return procedure.inner_steps
    fitting = [
        each
        for each in _templates().template
        if procedure.limit.unit in each.units and each.in_force_from <= received_on
    ]
    return max(fitting, key=lambda each: each.in_force_from).steps if fitting else ()
