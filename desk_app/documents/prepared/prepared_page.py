"""One HTML file that asks what forms ask and shows the answers as QR codes: no network, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from html import escape
from typing import Any

from desk_app import places
from desk_app.documents.forms.form_records import Form, FormField
from desk_app.documents.layout import fonts
from desk_app.documents.prepared import dictionaries
from desk_app.documents.prepared.prepared_form import asked_at_home, is_declaration, number_of
from desk_app.errors import NothingToPrepareError, PreparedByHandError

_SCRIPTS = ("fflate.js", "qrcode.js", "codec.js", "page.js")
_TITLE = "Khai trước ở nhà"
_MAY_BE_UNKNOWN = frozenset({"mother", "father", "spouse", "wife", "husband"})
"""Of whom a declaration may say that nobody knows them; every other person is the matter itself."""


def page(forms: Sequence[Form]) -> str:
    """The page for these forms, in their order. Raises `PreparedByHandError`, `NothingToPrepareError`."""
    for form in forms:
        if form.head.by_hand:
            raise PreparedByHandError(form=form.title, why=form.head.by_hand)
        if not is_declaration(form):
            raise NothingToPrepareError(form=form.title)
    title = forms[0].title if len(forms) == 1 else _TITLE
    script, style = _script(), _file("page.css")
    return "\n".join(
        (
            '<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{escape(rules())}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">\n<meta name="format-detection" content="telephone=no">',
            f"<title>{escape(title)} · Bàn Một Cửa</title>\n<style>{style}</style>\n</head>\n<body>",
            "<noscript><p>Trang này cần bật JavaScript trong trình duyệt.</p></noscript>",
            '<div id="live" class="sr" role="status" aria-live="polite"></div>',
            '<main id="body"></main>\n<div id="paper"></div>',
            f'<script type="application/json" id="data">{_data(forms)}</script>',
            f"<script>{script}</script>\n</body>\n</html>\n",
        )
    )


@cache
def rules() -> str:
    """The content security policy of every such page: its own script and style, pictures it made, no connection."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_digest(_script())}'",
            f"style-src '{_digest(_file('page.css'))}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


@cache
def _script() -> str:
    return "\n".join(_file(name) for name in _SCRIPTS)


@cache
def _file(name: str) -> str:
    return (places.resources() / "prepared" / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _data(forms: Sequence[Form]) -> str:
    """What the page knows, as JSON that no browser takes for the end of a script."""
    lists: dict[str, Sequence[str]] = {}
    told = {
        "forms": [_form(form, lists) for form in forms],
        "lists": lists,
        "dictionary": {"version": dictionaries.NEWEST, "words": dictionaries.words(dictionaries.NEWEST).decode()},
        "letters": _letters(),
    }
    told["of"] = hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _form(form: Form, lists: dict[str, Sequence[str]]) -> dict[str, Any]:
    note = " ".join(part for part in (form.head.signing, _source(form)) if part)
    questions = [_question(field, lists) for field in asked_at_home(form)]
    return {"id": form.id, "number": number_of(form), "title": form.title, "note": note, "questions": questions}


def _source(form: Form) -> str:
    return f"Theo {form.head.citation.number}." if form.head.citation.number else ""


def _question(field: FormField, lists: dict[str, Sequence[str]]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "key": field.key,
        "label": field.label,
        "kind": field.kind,
        "section": field.section,
        "when": field.when,
        "hint": _hint(field.hint),
        "may_be_unknown": field.key == f"{field.role}.full_name" and field.role in _MAY_BE_UNKNOWN,
        "default": field.default,
        "free": field.free,
        "required": field.required,
        "sources": [source for source in field.sources if not source.startswith(("office.", "dossier."))],
        "suggestions": [{"when": each.when, "value": each.value} for each in field.suggestions],
        "same_as": field.same_as,
    }
    if field.choices_from:
        lists[field.choices_from] = field.choices
        told["list"] = field.choices_from
    elif field.choices:
        told["choices"] = field.choices
    return {name: value for name, value in told.items() if value}


def _hint(text: str) -> str:
    """The hint without what only a counter can do: nobody scans a card at home."""
    parts = [part.strip() for part in text.split(";") if not part.strip().startswith("Quét thẻ")]
    return "; ".join(parts)[:1].upper() + "; ".join(parts)[1:]


@cache
def _letters() -> tuple[tuple[int, int], ...]:
    """The characters that papers show, from and to, so that the page refuses at once what the desk would."""
    found: list[tuple[int, int]] = []
    for code in range(32, 0x10000):
        if not fonts.missing_letters(chr(code)):
            if found and found[-1][1] == code - 1:
                found[-1] = (found[-1][0], code)
            else:
                found.append((code, code))
    return tuple(found)
