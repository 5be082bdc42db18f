"""A pytest plugin for the tests under Wine: notes each test as it ends, and expects what is named to fail to fail.

OUTCOMES names the file of lines "began<tab>TEST", "passed|failed|skipped|expected|strange<tab>TEST": after a crash it
still tells how far the tests came. NAMED_FAILURES names not_under_wine.txt.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def named_failures(text: str) -> dict[str, str]:
    """Test or file → the reason why it may fail under Wine; a line without a reason is refused."""
    lines = [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if wrong := [line[0] for line in lines if len(line) != 2 or not line[1].strip()]:
        raise ValueError(f"no reason: {', '.join(wrong)}")
    return dict(lines)


def reason_for(test: str, named: dict[str, str]) -> str | None:
    """The reason given for the test itself, for all its parameters, or for its file."""
    for name in (test, test.partition("[")[0], test.partition("::")[0]):
        if name in named:
            return named[name]
    return None


def pytest_configure(config: pytest.Config) -> None:
    """A file that is named as a whole is not even imported; pytest takes one that it is given in any case."""
    named = _named()
    config.args[:] = [path for path in config.args if path not in named]


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The same for a file that lies in a folder that is given."""
    return True if collection_path.relative_to(config.rootpath).as_posix() in _named() else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    named = _named()
    for item in items:
        if (reason := reason_for(item.nodeid, named)) is not None:
            item.add_marker(pytest.mark.xfail(reason=reason, strict=False))


def pytest_runtest_logstart(nodeid: str) -> None:
    _note("began", nodeid)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """`strange`: passed although it is named; `expected`: failed as named."""
    named = hasattr(report, "wasxfail")
    if report.failed:
        _note("failed", report.nodeid)
        _tell(report.nodeid, report.longreprtext)
    elif report.skipped:
        _note("expected" if named else "skipped", report.nodeid)
    elif report.when == "call":
        _note("strange" if named else "passed", report.nodeid)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    if report.failed:
        _note("failed", report.nodeid)
        _tell(report.nodeid, report.longreprtext)


def _named() -> dict[str, str]:
    return named_failures(Path(os.environ["NAMED_FAILURES"]).read_text("utf-8"))


def _tell(test: str, why: str) -> None:
    """At once, beside the notes: a part that dies never comes to pytest's own account."""
    with Path(f"{os.environ['OUTCOMES']}.txt").open("a", encoding="utf-8") as told:
        told.write(f"\n=== {test}\n{why}\n")


def _note(outcome: str, test: str) -> None:
    with Path(os.environ["OUTCOMES"]).open("a", encoding="utf-8", newline="\n") as notes:
        notes.write(f"{outcome}\t{test}\n")
