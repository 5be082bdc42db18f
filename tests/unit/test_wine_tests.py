"""How tests under Wine are chosen, counted and told; what may fail there is named with its reason."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from installer.known import ROOT
from installer.trials import wine_table, wine_tests
from installer.trials.wine_table import Ran
from tests.windows import outcomes

NAMED = ROOT / "tests" / "windows" / "not_under_wine.txt"


def test_every_test_of_unit_and_ui_is_in_one_part() -> None:
    named = [path for paths in wine_tests.parts().values() for path in paths]
    files = {
        path.relative_to(ROOT).as_posix()
        for top in ("unit", "ui")
        for path in (ROOT / "tests" / top).rglob("test_*.py")
    }
    assert len(named) == len(set(named))
    assert all(sum(file == path or file.startswith(f"{path}/") for path in named) == 1 for file in files)


def test_the_stories_are_there_and_run_only_where_they_are_asked_for() -> None:
    told = wine_tests.chosen_parts(["stories"])
    assert told == wine_tests.stories()
    assert all(wine_tests.is_story(paths) and (ROOT / paths[0]).is_file() for paths in told.values())
    assert wine_tests.chosen_parts(["story-terminal"]) == {"story-terminal": ["tests/stories/test_terminal.py"]}
    assert not told.keys() & wine_tests.chosen_parts(None).keys()
    assert not any(map(wine_tests.is_story, wine_tests.parts().values()))


def test_a_story_is_not_begun_without_the_set_up(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="Chưa có bộ cài Windows"):
        wine_tests.main(["--only", "story-terminal", "--packages", str(tmp_path), "--work", str(tmp_path)])
    assert not list(tmp_path.iterdir())


def test_parts_are_chosen_by_name_by_kind_and_by_path() -> None:
    assert wine_tests.chosen_parts(["domain"]) == {"domain": ["tests/unit/domain"]}
    assert wine_tests.chosen_parts(None) == wine_tests.chosen_parts(["unit", "ui"]) == wine_tests.parts()
    one = "tests/unit/test_places.py::test_it"
    assert wine_tests.chosen_parts([one]) == {one: [one]}
    with pytest.raises(SystemExit, match="Không có phần nothing"):
        wine_tests.chosen_parts(["nothing"])


@pytest.mark.parametrize(
    ("notes", "code", "expected"),
    [
        ("began\ta::one\npassed\ta::one\n", 0, {"passed": 1}),
        ("began\ta::one\npassed\ta::one\nfailed\ta::one\n", 1, {"failed": 1}),  # its teardown failed
        ("began\ta::one\npassed\ta::one\nbegan\ta::two\n", 3, {"passed": 1, "failed": 1}),  # died in the second
        ("began\ta::one\nexpected\ta::one\nbegan\ta::two\nstrange\ta::two\n", 0, {"expected": 1, "strange": 1}),
        ("began\ta::one\npassed\ta::one\n", 139, {"passed": 1, "failed": 1}),  # died between the tests
        ("", 5, {}),  # every file of it is named
    ],
)
def test_each_test_counts_once_by_the_worst_that_was_noted(notes: str, code: int, expected: dict[str, int]) -> None:
    assert wine_tests.outcomes(notes, code) == Counter(expected)


def test_a_line_of_the_table_stays_until_its_part_runs_again(tmp_path: Path) -> None:
    page = tmp_path / "packages.md"
    page.write_text("trước\n<!-- đo: make wine-tests -->\n<!-- hết wine -->\nsau\n", encoding="utf-8")
    count = Counter(passed=7, strange=1, skipped=2, expected=3)
    ran = [Ran("domain", 2, count, 60.4), Ran("ui-s", 1, Counter(failed=1), 5.0)]
    wine_table.write(ran, datetime(2026, 11, 29, tzinfo=UTC), page)
    wine_table.write([Ran("ui-s", 1, Counter(passed=4), 6.0)], datetime(2026, 12, 1, tzinfo=UTC), page)
    lines = page.read_text(encoding="utf-8").splitlines()
    assert "| `domain` | 2 | 13 | 8 | 2 | 3 | 0 | 60 | 29/11/2026 |" in lines
    assert [line for line in lines if line.startswith("| `ui-s`")] == [
        "| `ui-s` | 1 | 4 | 4 | 0 | 0 | 0 | 6 | 01/12/2026 |"
    ]
    assert (lines[0], lines[-1]) == ("trước", "sau")


def test_a_test_may_fail_by_itself_with_all_its_parameters_or_with_its_file() -> None:
    named = outcomes.named_failures("# why\na.py::one[x]\tone\na.py::two\ttwo\nb.py\tthe file\n")
    assert outcomes.reason_for("a.py::one[x]", named) == "one"
    assert outcomes.reason_for("a.py::one[y]", named) is None
    assert outcomes.reason_for("a.py::two[y]", named) == "two"
    assert outcomes.reason_for("b.py::any", named) == "the file"
    with pytest.raises(ValueError, match=r"no reason: a\.py"):
        outcomes.named_failures("a.py\t \n")


def test_what_may_fail_under_wine_is_there_and_has_a_reason() -> None:
    for name in outcomes.named_failures(NAMED.read_text("utf-8")):
        file, _, test = name.partition("::")
        assert f"def {test.partition('[')[0]}" in (ROOT / file).read_text("utf-8"), name
