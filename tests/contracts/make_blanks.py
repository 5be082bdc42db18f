"""Writes tests/contracts/golden/people/blanks.txt: behind which words each fact of each form stands.

`python -m tests.contracts.make_blanks`, after the words of a form changed. Look at the difference against the official
text: the matrix test holds every paper to it.
"""

from __future__ import annotations

from pathlib import Path

from tests.kit.paper import papers
from tests.kit.paper.blanks import PlacedBlank, blanks_of

PLACE = Path(__file__).parent / "golden" / "people" / "blanks.txt"
_SIGN = " » "


def main() -> None:
    lines = []
    for form in papers.library().all():
        found = [f"{'? ' if each.is_conditional else ''}{each.before}{_SIGN}{each.key}" for each in blanks_of(form)]
        if form.owed is None and found:
            lines += [f"# {form.id} {form.version}", *found]
    PLACE.write_text("\n".join(lines) + "\n", "utf-8")


def kept() -> dict[tuple[str, str], list[PlacedBlank]]:
    """The blanks of each form (id, version) as the file has them."""
    found: dict[tuple[str, str], list[PlacedBlank]] = {}
    for line in PLACE.read_text("utf-8").splitlines():
        if line.startswith("# "):
            _, name, version = line.split()
            blanks = found.setdefault((name, version), [])
        else:
            before, _, key = line.removeprefix("? ").rpartition(_SIGN)
            blanks.append(PlacedBlank(before, key, line.startswith("? ")))
    return found


if __name__ == "__main__":
    main()
