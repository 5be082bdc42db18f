"""What is new in this version, told once after an update; which version was told last stands in the desk's settings."""

from __future__ import annotations

import tomllib
from functools import cache

from msgspec import Struct

from desk_app import __version__, places


class VersionNews(Struct, frozen=True, kw_only=True):
    """One version and its lines for a clerk."""

    version: str
    lines: tuple[str, ...]


@cache
def every() -> tuple[VersionNews, ...]:
    """All that the program carries, the newest first."""
    content = tomllib.loads((places.resources() / "news" / "news.toml").read_text("utf-8"))
    made = [VersionNews(version=each["version"], lines=tuple(each["lines"])) for each in content["version"]]
    return tuple(sorted(made, key=lambda each: numbers(each.version), reverse=True))


def since(seen: str, now: str = __version__) -> tuple[VersionNews, ...]:
    """The news of versions after `seen` up to `now`; of a desk that never noted one, those of `now` alone."""
    until = numbers(now)
    if not seen:
        return tuple(each for each in every() if numbers(each.version) == until)
    return tuple(each for each in every() if numbers(seen) < numbers(each.version) <= until)


def unseen(seen: str) -> tuple[VersionNews, ...]:
    """What a desk that was told of `seen` last has not been told yet; nothing where a newer program was here."""
    return () if seen and numbers(seen) >= numbers(__version__) else since(seen)


def in_words(news: tuple[VersionNews, ...]) -> str:
    """Markdown for the page «Có gì mới»."""
    parts = ["# Có gì mới"]
    for each in news:
        parts += [f"## Bản {each.version}", "\n".join(f"- {line}" for line in each.lines)]
    return "\n\n".join(parts) + "\n"


def numbers(version: str) -> tuple[int, ...]:
    """ "0.10.2" as numbers, so that it comes after "0.9"."""
    return tuple(int(part) for part in version.split(".") if part.isdecimal())
