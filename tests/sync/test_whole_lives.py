"""Whole lives at two desks and a district, told at random: what each holds is what its journal makes again."""

from __future__ import annotations

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import get_state_machine_test

from tests.kit.wire.stations import templates
from tests.kit.wire.whole_lives import WholeLives

_LIVES, _STEPS = 3, 30


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> None:
    WholeLives.made = templates(tmp_path_factory.mktemp("templates"))


def test_the_fold_of_whole_lives_at_two_desks_and_a_district_is_their_rebuild(made, pytestconfig):
    """A few lives in the usual run; above 50 `--stories` so many, each of its own seed."""
    assert_lives_are_whole(pytestconfig.getoption("stories"), seed=pytestconfig.getoption("story_seed"))


def assert_lives_are_whole(stories: int, *, seed: int | None) -> None:
    """Tell lives; the machine itself asserts at every step and at their end."""
    is_campaign = stories > 50
    tale = get_state_machine_test(
        WholeLives,
        settings=settings(
            max_examples=stories if is_campaign else _LIVES,
            stateful_step_count=_STEPS,
            derandomize=seed is None and not is_campaign,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink),
            print_blob=True,
        ),
    )
    if seed is not None:
        tale = hypothesis.seed(seed)(tale)
    tale()
