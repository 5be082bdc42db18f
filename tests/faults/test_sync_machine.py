"""A year at a commune in any order: writing, syncing, cuts, deaths, backups, restores, clones, sticks, revocations.

The usual run tells the same `--stories` each time, and a few that nobody has heard yet. A failure says how to tell
its story again; only then, with `--story-seed`, is a shorter story sought that fails too, which takes minutes. Above 50
stories all are new ones, of 60 steps: that is the campaign (docs/reliability.md).
"""

from __future__ import annotations

import secrets

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, get_state_machine_test, rule

from tests.kit.wire.stations import templates
from tests.kit.wire.year import Year

_FRESH = 3
_MOST_FIXED = 50


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> None:
    Year.made = templates(tmp_path_factory.mktemp("templates"))


def assert_all_comes_home(
    stories: int, steps: int, *, seed: int | None, shortest: bool, year: type[RuleBasedStateMachine] = Year
) -> None:
    """Tell so many years of so many steps; without a seed the same each time. `shortest`: of those that fail, the
    shortest is sought.
    """
    tale = get_state_machine_test(
        year,
        settings=settings(
            max_examples=stories,
            stateful_step_count=steps,
            derandomize=seed is None,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink) if shortest else (Phase.generate,),
            print_blob=True,
        ),
    )
    if seed is not None:
        tale = hypothesis.seed(seed)(tale)
    tale()


def test_whatever_happens_in_a_year_everything_comes_home_once(made, pytestconfig):
    stories, seed = pytestconfig.getoption("stories"), pytestconfig.getoption("story_seed")
    if stories <= _MOST_FIXED:
        assert_all_comes_home(stories, 30, seed=None, shortest=seed is not None)


def test_in_years_never_told_before_everything_comes_home_once(made, pytestconfig, capsys):
    stories, again = pytestconfig.getoption("stories"), pytestconfig.getoption("story_seed")
    count = stories if stories > _MOST_FIXED else min(stories, _FRESH)
    seed = secrets.randbelow(1 << 32) if again is None else again
    told = f"{count} new years: --stories {stories} --story-seed {seed}"
    with capsys.disabled():
        print(f"\n{told}")
    try:
        assert_all_comes_home(
            count,
            60 if stories > _MOST_FIXED else 30,
            seed=seed,
            shortest=again is not None and stories <= _MOST_FIXED,
        )
    except BaseException as error:
        error.add_note(f"{told} tells these years again and seeks a shorter one")  # side by side, nothing else is shown
        raise


@pytest.mark.parametrize("seed", [None, 7])
def test_a_year_that_fails_is_told_once_more_and_no_shorter_one_is_sought_unasked(seed):
    years = []

    class Lost(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            years.append([])

        @rule(what=st.integers(0, 99))
        def write(self, what: int) -> None:
            years[-1].append(what)
            assert len(years[-1]) < 10 or what < 10

    with pytest.raises(AssertionError) as unasked:
        assert_all_comes_home(6, 30, seed=seed, shortest=False, year=Lost)
    failed = [year for year in years if len(year) > 9 and year[-1] > 9]
    assert len(failed) == 2
    assert failed[0] == failed[1]
    assert all(f"state.write(what={what})" in "\n".join(unasked.value.__notes__) for what in failed[0])

    years.clear()
    with pytest.raises(AssertionError):
        assert_all_comes_home(6, 30, seed=seed, shortest=True, year=Lost)
    assert years[-1] == [*[0] * 9, 10]
