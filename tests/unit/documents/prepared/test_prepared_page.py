"""The page to prepare at home: one file that reaches nowhere, small, with the form's own questions."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest
from msgspec.structs import replace

from desk_app.documents.prepared import prepared_page
from desk_app.documents.prepared.prepared_form import asked_at_home, number_of
from desk_app.errors import NothingToPrepareError, PreparedByHandError
from tests.kit.paper import home_answers


@cache
def the_page() -> str:
    return prepared_page.page([home_answers.birth()])


def data(page: str) -> dict:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_page_may_load_nothing_and_connect_to_nobody() -> None:
    rules = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', the_page())
    assert rules
    assert rules[1].startswith("default-src &#x27;none&#x27;; script-src &#x27;sha256-")
    assert "unsafe" not in rules[1]
    assert rules[1].count("sha256-") == 2
    bare = re.sub(r"(?s)<script>.*?</script>", "", the_page())
    assert not re.search(r"\b(src|href)=|@import|url\(|https?:", bare)
    assert not re.search(r"XMLHttpRequest|\bfetch\(|WebSocket|sendBeacon|EventSource|\bimport\(", own_script())


def own_script() -> str:
    return "\n".join(prepared_page._file(name) for name in ("codec.js", "page.js"))


def test_an_old_browser_can_read_the_script() -> None:
    """ES5: no arrow functions, templates, let, const, classes or default values."""
    without_texts = re.sub(r"'(?:[^'\\\n]|\\.)*'|//[^\n]*|/\*.*?\*/", "''", own_script(), flags=re.DOTALL)
    assert not re.search(r"=>|`|\b(let|const|class|async|await|of)\s+\w+\s*[=({\[]|\?\.|\?\?|\.\.\.", without_texts)


def test_the_page_is_small() -> None:
    assert len(the_page().encode()) < 170_000
    assert (
        len(prepared_page.page(home_answers.library().newest(home_answers.ON)[:0] or [home_answers.birth()] * 3))
        < 220_000
    )


def test_the_page_asks_what_the_form_asks_and_of_whom_comes() -> None:
    (form,) = data(the_page())["forms"]
    assert form["number"] == number_of(home_answers.birth())
    assert [each["key"] for each in form["questions"]] == [each.key for each in asked_at_home(home_answers.birth())]
    by_key = {each["key"]: each for each in form["questions"]}
    assert by_key["mother.ethnicity"]["when"] == "!mother.personal_number"
    assert by_key["father.full_name"]["may_be_unknown"]
    assert "may_be_unknown" not in by_key["child.full_name"]
    assert data(the_page())["lists"]["dan-toc"][0] == "Kinh"
    assert "office.committee" not in json.dumps(form)
    assert not any("Quét thẻ" in each.get("hint", "") for each in form["questions"])


def test_words_of_a_form_cannot_end_the_script() -> None:
    form = home_answers.birth()
    fields = (replace(form.fields[0], label="</script><script>alert(1)</script>"), *form.fields[1:])
    page = prepared_page.page([replace(form, head=replace(form.head, field=fields, title="<b>&"))])
    assert page.count("</script>") == 2
    assert data(page)["forms"][0]["questions"][6]["label"].startswith("</script>")
    assert "<title>&lt;b&gt;&amp; ·" in page


def test_a_form_to_be_written_by_hand_and_one_that_asks_nothing_have_no_page() -> None:
    form = home_answers.birth()
    with pytest.raises(PreparedByHandError):
        prepared_page.page([replace(form, head=replace(form.head, by_hand="Điều 1"))])
    with pytest.raises(NothingToPrepareError):
        prepared_page.page([home_answers.library().in_force("giay-tiep-nhan", home_answers.ON)])


def test_every_declaration_in_force_has_a_page() -> None:
    newest = {form.id for form in home_answers.library().newest(home_answers.ON)}
    forms = [form for form in home_answers.declarations() if form.id in newest]
    assert len(data(prepared_page.page(forms))["forms"]) == len(forms) > 25
