from __future__ import annotations

import pytest
from msgspec.structs import replace

from desk_app.domain.procedures.procedure import Component, FeeKind, FeeRule, Procedure, TimeLimit
from desk_app.domain.procedures.procedure_patch import canonical, patch_of, patched
from desk_app.services.setup import shipped_catalogue

OLD = Procedure(
    code="2.000815",
    name="Chứng thực bản sao từ bản chính",
    version="2026-01-01",
    limit=TimeLimit(unit="working_day", amount=2, cut_off="15:00"),
    components=(Component(id="a", name="Bản chính"), Component(id="b", name="Bản sao")),
    fees=(FeeRule(kind=FeeKind.FIXED, amount=2000),),
    short_name="Sao y",
    in_force_from="2026-01-01",
    source="program",
)
NEW = replace(
    OLD,
    version="2026-12-01",
    limit=TimeLimit(unit="working_day", amount=1, cut_off="15:00"),
    components=OLD.components[:1],
    fees=(),
    short_name="",
    in_force_from="2026-12-01",
)


def test_a_patch_turns_the_old_version_into_the_new_one_and_is_smaller() -> None:
    notice = patch_of(NEW, OLD, citation="QĐ 1")
    assert canonical(patched(notice, OLD)) == canonical(NEW)
    assert notice.patch == {
        "version": "2026-12-01",
        "limit": {"amount": 1},
        "components": [{"id": "a", "name": "Bản chính"}],
        "fees": None,
        "short_name": None,
        "in_force_from": "2026-12-01",
    }


@pytest.mark.parametrize("procedure", shipped_catalogue.shipped(), ids=lambda procedure: procedure.code)
def test_every_shipped_procedure_can_be_sent_whole_and_changed(procedure: Procedure) -> None:
    assert canonical(patched(patch_of(procedure, None, citation=""), None)) == canonical(procedure)
    changed = replace(procedure, version="next", unsure=("fees",), components=procedure.components[1:])
    assert canonical(patched(patch_of(changed, procedure, citation=""), procedure)) == canonical(changed)


def test_a_base_that_is_not_the_authors_is_noticed() -> None:
    notice = patch_of(NEW, OLD, citation="")
    for other in (None, replace(OLD, version="2025-01-01"), replace(OLD, agency="Nơi khác")):
        with pytest.raises(ValueError, match=r"begins with|comes out"):
            patched(notice, other)


def test_it_does_not_matter_whom_the_base_came_from() -> None:
    assert patched(patch_of(NEW, OLD, citation=""), replace(OLD, source="district")).version == NEW.version
