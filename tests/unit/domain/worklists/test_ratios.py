"""How many dossiers were late, by procedure, unit and clerk, against the limits."""

from __future__ import annotations

import pytest

from desk_app.domain import lateness
from desk_app.domain.dossiers.steps import Status
from desk_app.domain.worklists.ratios import DueRow, RatioBy, RatioFigures, RatioVerdict, figures, verdict

NOW = 1000


def row(number: int, *, due: int = 500, met: int = 0, status: str = "returned", clerk: str = "An") -> DueRow:
    by = {"procedure": "Khai sinh", "unit": "Một cửa", "clerk": clerk}
    return DueRow(id=number, status=status, due_at=due, met_at=met, by=by)


@pytest.mark.parametrize(
    ("status", "due", "met", "is_late"),
    [
        ("returned", 500, 400, False),
        ("returned", 500, 500, False),
        ("returned", 500, 501, True),
        ("processing", 500, 0, True),
        ("processing", 1500, 0, None),
        ("awaiting_completion", 500, 0, None),
        ("suspended", 500, 0, None),
        ("received", 0, 0, None),
        ("result_ready", 500, 450, False),
    ],
)
def test_what_was_missed_is_said_only_where_it_can_be_known(status: str, due: int, met: int, is_late) -> None:
    assert lateness.was_late(Status(status), due, met, NOW) is is_late


def test_each_dossier_counts_once_in_each_kind_and_the_worst_line_stands_first() -> None:
    rows = [row(1, met=400), row(2, met=600, clerk="Bình"), row(3, status="processing", clerk="Bình"), row(4, due=2000)]
    found = figures([*rows[:3], row(5, status="suspended")], NOW)
    by_clerk = [each for each in found if each.by is RatioBy.CLERK]
    assert [(each.name, each.all, each.late) for each in by_clerk] == [("Bình", (2, 3), (2, 3)), ("An", (1,), ())]
    for by in RatioBy:
        counted = [number for each in found if each.by is by for number in each.all]
        assert sorted(counted) == [1, 2, 3]


@pytest.mark.parametrize(
    ("late", "counted", "found", "per_mille"),
    [
        (0, 100, RatioVerdict.WITHIN, 0),
        (2, 100, RatioVerdict.WITHIN, 20),
        (21, 1000, RatioVerdict.WARNED, 21),
        (5, 100, RatioVerdict.WARNED, 50),
        (51, 1000, RatioVerdict.ABOVE, 51),
        (1, 1, RatioVerdict.ABOVE, 1000),
        (0, 0, RatioVerdict.WITHIN, 0),
        (1, 3, RatioVerdict.ABOVE, 333),
    ],
)
def test_a_ratio_stands_against_both_limits_without_rounding(late: int, counted: int, found, per_mille: int) -> None:
    each = RatioFigures(by=RatioBy.UNIT, name="", all=tuple(range(counted)), late=tuple(range(late)))
    assert verdict(each, warn=2, most=5) is found
    assert each.per_mille == per_mille
