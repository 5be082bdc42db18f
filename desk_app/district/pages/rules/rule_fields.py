"""The fields of the forms of service days and holds: each keeps what was typed and is marked where it is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desk_app.district.pages.layout import PageFrame, token_field, told_wrong
from desk_app.district.pages.markup import Markup, element
from desk_app.errors import DeskError

PATH = "/rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRule:
    """What stands in the fields, and the error of which form ("day", "hold", "change", "" for none). `change` is the id
    of the hold that is being changed.
    """

    fields: Mapping[str, str]
    form: str = ""
    change: str = ""
    error: DeskError | None = None

    def of(self, which: str) -> Mapping[str, str]:
        return self.fields if which == self.form else {}

    def wrong(self, which: str) -> str:
        """The field of which the error speaks."""
        if self.error is None or which != self.form:
            return ""
        return str(self.error.facts.get("field", "scope"))


def form(frame: PageFrame, action: str, fields: Sequence[Markup], text: str) -> Markup:
    return element(
        "form",
        token_field(frame),
        element("div", fields, class_="fields"),
        element("p"),
        element("button", text, type="submit", class_="main"),
        method="post",
        action=action,
    )


def text_field(
    name: str, text: str, said: Mapping[str, str], wrong: str, *, kind: str = "text", is_needed: bool = False
) -> Markup:
    facts: dict[str, str | int | None] = {"name": name, "type": kind, "value": said.get(name, ""), "maxlength": 400}
    return element("label", text, element("input", required=is_needed, **facts, **told_wrong(is_wrong=name == wrong)))


def choice(name: str, text: str, entries: Sequence[tuple[str, str]], said: Mapping[str, str], wrong: str) -> Markup:
    options = [element("option", told, value=value, selected=value == said.get(name)) for value, told in entries]
    return element("label", text, element("select", options, name=name, **told_wrong(is_wrong=name == wrong)))


def scope_choice(units: Sequence[tuple[str, str]], said: Mapping[str, str], wrong: str) -> Markup:
    entries = [("*", "Tất cả các xã"), *((code, f"{name} ({code})") for code, name in units)]
    return choice("scope", "Nơi áp dụng", entries, said, wrong)


def box(name: str, said: Mapping[str, str]) -> Markup:
    return element("input", type="checkbox", name=name, value="1", checked=bool(said.get(name)))


def for_whom(scope: str, names: Mapping[str, str]) -> str:
    return "Tất cả các xã" if scope == "*" else names.get(scope, scope)
