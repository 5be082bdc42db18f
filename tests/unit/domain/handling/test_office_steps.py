"""The inner steps an office set, as the journal holds them: read as they were said, and nothing that no rule allows."""

from __future__ import annotations

import pytest

from desk_app.domain.handling.office_steps import MOST_STEPS, OfficeSteps, prefix_of, read, said
from desk_app.domain.procedures.inner_step import InnerStep

PROCEDURE = "1.004873"


def steps(count: int) -> OfficeSteps:
    return OfficeSteps(inner_steps=tuple(InnerStep(id=f"b{n}", name=f"Bước {n}") for n in range(count)))


@pytest.mark.parametrize("count", [0, 1, MOST_STEPS])
def test_what_was_said_is_read_again(count: int) -> None:
    key, text = said(PROCEDURE, steps(count), 1_795_500_000_000)
    assert key.startswith(prefix_of(PROCEDURE))
    assert read(key, text) == (1_795_500_000_000, steps(count))


def test_one_step_more_than_there_may_be_is_no_fact() -> None:
    assert read(*said(PROCEDURE, steps(MOST_STEPS + 1), 1)) is None


def test_two_steps_of_one_id_are_no_fact() -> None:
    twice = OfficeSteps(inner_steps=steps(1).inner_steps * 2)
    assert read(*said(PROCEDURE, twice, 1)) is None


def test_a_text_that_is_not_what_its_key_names_is_no_fact() -> None:
    key, _ = said(PROCEDURE, steps(1), 1)
    assert read(key, said(PROCEDURE, steps(2), 1)[1]) is None
    assert read(key.replace("-", "x-"), said(PROCEDURE, steps(1), 1)[1]) is None
