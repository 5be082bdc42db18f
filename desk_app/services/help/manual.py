"""The manual that the program carries: a page for each screen, in Markdown, in resources/manual; and its search."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec import Struct

from desk_app import places
from desk_app.domain.text import fold

_ORDER = (
    *("first_run", "recovery", "unlock", "preparing"),
    *("dossiers", "reception", "dossier", "fees", "together", "sync", "day_end"),
    *("law", "forms", "old_data", "settings", "training"),
)


class ManualPage(Struct, frozen=True, kw_only=True):
    """`name` is the screen's own name; `text` Markdown with pictures named from the folder of the manual."""

    name: str
    title: str
    text: str


def folder() -> Path:
    return places.resources() / "manual"


@cache
def pages() -> tuple[ManualPage, ...]:
    """Every page, in the order in which a new clerk meets the screens; others after them."""
    found = {file.stem: _page(file) for file in sorted(folder().glob("*.md"))}
    names = [*(name for name in _ORDER if name in found), *(name for name in found if name not in _ORDER)]
    return tuple(found[name] for name in names)


def page(name: str) -> ManualPage:
    """The page of a screen; the list of dossiers, where every day begins, for one without its own."""
    named = {each.name: each for each in pages()}
    return named.get(name, named["dossiers"])


def found(words: str) -> tuple[ManualPage, ...]:
    """The pages that hold every word, with or without marks; those that have them in the title first."""
    wanted = fold(words).split()
    fitting = [each for each in pages() if all(word in fold(each.text) for word in wanted)]
    return tuple(sorted(fitting, key=lambda each: not all(word in fold(each.title) for word in wanted)))


def _page(file: Path) -> ManualPage:
    text = file.read_text("utf-8")
    return ManualPage(name=file.stem, title=text.partition("\n")[0].removeprefix("# ").strip(), text=text)
