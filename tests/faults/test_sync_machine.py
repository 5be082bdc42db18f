"""A year at a commune in any order: writing, syncing, cuts, deaths, backups, restores, clones, sticks, revocations.

The usual run tells the same `--stories` each time, and a few that nobody has heard yet. A failure says how to tell
its story again. Above 50 stories all are new ones, of 60 steps: that is the campaign (docs/reliability.md).
"""

from __future__ import annotations

import secrets

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import get_state_machine_test

from tests.kit.wire.stations import templates
from tests.kit.wire.year import Year

_FRESH = 3
_MOST_FIXED = 50


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> None:
    Year.made = templates(tmp_path_factory.mktemp("templates"))


def assert_all_comes_home(stories: int, steps: int, *, seed: int | None) -> None:
    """Tell so many years of so many steps; without a seed the same each time."""
    tale = get_state_machine_test(
        Year,
        settings=settings(
            max_examples=stories,
            stateful_step_count=steps,
            derandomize=seed is None,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink) if stories <= _MOST_FIXED else (Phase.generate,),
            print_blob=True,
        ),
    )
    if seed is not None:
        tale = hypothesis.seed(seed)(tale)
    tale()


def test_whatever_happens_in_a_year_everything_comes_home_once(made, pytestconfig):
    stories = pytestconfig.getoption("stories")
    if stories <= _MOST_FIXED:
        assert_all_comes_home(stories, 30, seed=None)


def test_in_years_never_told_before_everything_comes_home_once(made, pytestconfig, capsys):
    stories, seed = pytestconfig.getoption("stories"), pytestconfig.getoption("story_seed")
    count = stories if stories > _MOST_FIXED else min(stories, _FRESH)
    seed = secrets.randbelow(1 << 32) if seed is None else seed
    with capsys.disabled():
        print(f"\n{count} new years: --stories {stories} --story-seed {seed}")
    assert_all_comes_home(count, 60 if stories > _MOST_FIXED else 30, seed=seed)
