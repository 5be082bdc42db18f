"""HTML put together of elements; whatever is text is escaped, nothing else can become markup."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

_VOID = {"input", "link", "meta", "br", "img", "hr"}


class Markup(str):
    """Text that is HTML already; only `element` and `page` make it."""

    __slots__ = ()


def element(name: str, /, *children: object, **attributes: str | int | None) -> Markup:
    """An element. Children are text, numbers, elements or iterables of them; None is left out.

    Attributes: `class_` for class, `_` for -, True without a value, None and False left out.
    """
    told = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Markup(f"<{name}{told}>")
    return Markup(f"<{name}{told}>{joined(children)}</{name}>")


def joined(children: Iterable[object]) -> Markup:
    """Children one after another."""
    return Markup("".join(map(_child, children)))


def _child(child: object) -> str:
    if child is None:
        return ""
    if isinstance(child, Markup):
        return child
    if isinstance(child, str | int):
        return escape(str(child))
    if isinstance(child, Iterable):
        return joined(child)
    raise TypeError(f"no markup can be made of {type(child).__name__}")


def _attribute(key: str, value: str | int | None) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
