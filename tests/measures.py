"""How well the attacks hold the measures: each measure of docs/security.md is taken out, and its test must fail.

    python tests/measures.py [--of WORD …] [--list]

tests/faults/measures.toml says of each measure which lines of which file are replaced by which, and which tests must
fail then. The change is made in a copy of the tree, never in the tree itself. First all these tests run on the copy as
it is: what fails there already would prove nothing. A test that cannot be collected proves nothing either.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

LIST = Path("tests/faults/measures.toml")
DOCUMENT = Path("docs/security.md")
NOT_COPIED = (".*", "build", "dist", "installer", "*.egg-info")
PATIENCE_S = 900
_MEASURED = ("tests/benchmarks/", "tests/burst/", "tests/stories/")
"""What measures load or runs a real server in front; each has a quick attack beside it."""
_PASSED, _FAILED = 0, 1
"""What pytest ends with; it ends otherwise where tests could not run."""


@dataclass(frozen=True)
class Measure:
    """What of the program is taken out; `tests` name what must fail then, as pytest does."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]

    def taken_out(self, source: str) -> str:
        """The file without the measure. Raises `ValueError` where the lines do not stand there exactly once."""
        if source.count(self.old) != 1:
            raise ValueError(f"{self.name}: stands {source.count(self.old)} times in {self.file}: {self.old!r}")
        return source.replace(self.old, self.new)


def measures(tree: Path) -> list[Measure]:
    """All of them, in the order of the list."""
    told = tomllib.loads((tree / LIST).read_text(encoding="utf-8"))
    return [
        Measure(one["name"], one["file"], one["old"].strip("\n"), one["new"].strip("\n"), tuple(one["tests"]))
        for one in told["measure"]
    ]


def stale(tree: Path, listed: Sequence[Measure]) -> Iterator[str]:
    """Entries that fit the tree no longer, and files of attacks that docs/security.md names and no entry runs."""
    for one in listed:
        try:
            compile(one.taken_out((tree / one.file).read_text(encoding="utf-8")), one.file, "exec")
        except (OSError, ValueError, SyntaxError) as error:
            yield str(error)
        for test in one.tests:
            file, _, name = test.partition("::")
            if f"def {name.partition('[')[0]}(" not in (tree / file).read_text(encoding="utf-8"):
                yield f"{one.name}: no such test: {test}"
    run = {test.partition("::")[0] for one in listed for test in one.tests}
    named = set(re.findall(r"`(tests/[\w/]+\.py)`", (tree / DOCUMENT).read_text(encoding="utf-8")))
    named = {file for file in named if not file.startswith(_MEASURED)}
    yield from (f"{DOCUMENT} names {file}, and no measure is taken out of it" for file in sorted(named - run))


class DidNotRunError(Exception):
    """A test could not be collected or set up: that proves nothing of what was taken out."""


class Trial:
    """A copy of the tree in which one measure at a time is missing."""

    def __init__(self, tree: Path, scratch: Path) -> None:
        self._folder = scratch / "tree"
        # Bytecode comes along: it holds for each file that is as it was, and saves compiling the program once a trial.
        shutil.copytree(tree, self._folder, ignore=shutil.ignore_patterns(*NOT_COPIED), symlinks=True)

    def fails(self, tests: Sequence[str]) -> tuple[bool, str]:
        """Whether one of the tests fails, and the last lines of what pytest told. Raises `DidNotRunError`."""
        options = ["-q", "-x", "-p", "no:cacheprovider", "-n", "0", f"--rootdir={self._folder}"]
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *options, *tests],
            cwd=self._folder,
            env=os.environ | {"PYTHONPATH": str(self._folder), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        told = "\n".join(done.stdout.splitlines()[-30:])
        if done.returncode not in (_PASSED, _FAILED) or re.search(r"^ERROR ", told, re.MULTILINE):
            raise DidNotRunError(f"the tests did not run:\n{told}\n{done.stderr[-2000:]}")
        return done.returncode == _FAILED, told

    def fails_without(self, measure: Measure) -> tuple[bool, str]:
        path = self._folder / measure.file
        kept = path.read_text(encoding="utf-8")
        path.write_text(measure.taken_out(kept), encoding="utf-8")
        try:
            return self.fails(measure.tests)
        except subprocess.TimeoutExpired:
            return True, "never ended"
        finally:
            path.write_text(kept, encoding="utf-8")


def main() -> int:
    ask = argparse.ArgumentParser(description="Take each measure of docs/security.md out and see its test fail.")
    ask.add_argument("--of", nargs="*", default=[], metavar="WORD", help="only measures with one of these in the name")
    ask.add_argument("--list", action="store_true", help="only tell their names")
    ask.add_argument("--untried", action="store_true", help="do not run the tests on the whole program first")
    ask.add_argument("--tree", type=Path, default=Path(__file__).resolve().parent.parent, help=argparse.SUPPRESS)
    asked = ask.parse_args()
    listed = measures(asked.tree)
    chosen = [one for one in listed if not asked.of or any(word in one.name for word in asked.of)]
    for line in (wrong := list(stale(asked.tree, listed))):
        print(line)
    if asked.list or wrong or not chosen:
        print("\n".join(one.name for one in chosen))
        return int(bool(wrong) or not chosen)
    lived = []
    with tempfile.TemporaryDirectory(prefix="measures-") as scratch:
        trial = Trial(asked.tree, Path(scratch))
        if not asked.untried:
            try:
                is_broken, told = trial.fails(sorted({test for one in chosen for test in one.tests}))
            except DidNotRunError as error:
                is_broken, told = True, str(error)
            if is_broken:
                raise SystemExit(f"the tests must pass before anything is taken out:\n{told}")
        for one in chosen:
            try:
                is_seen, told = trial.fails_without(one)
            except DidNotRunError as error:
                is_seen, told = False, str(error)
            print(f"{'fails   ' if is_seen else 'SURVIVED'} {one.name}", flush=True)
            lived += [] if is_seen else [f"{one.name}\n{told}"]
    print(f"\n{len(chosen) - len(lived)} of {len(chosen)} measures have a test that fails without them")
    print("\n\n".join(lived))
    return int(bool(lived))


if __name__ == "__main__":
    sys.exit(main())
