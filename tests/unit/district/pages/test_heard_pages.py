"""Every page of the district can be walked with the keys and heard: names, headings, landmarks, fields with errors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from desk_app.district import pages
from desk_app.district.admin import users
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.transport import http_app
from tests.kit.district import offices
from tests.kit.district.asgi import Browser, Page
from tests.kit.district.offices import Device

SECRET = "một mật khẩu dài"
_VOID = {"input", "link", "meta", "br", "img", "hr"}
_FIELDS = {"input", "select", "textarea"}


class _Part:
    """An element with what stands in it."""

    def __init__(self, tag: str, attributes: dict[str, str | None], above: _Part | None) -> None:
        self.tag, self.attributes, self.above = tag, attributes, above
        self.inside: list[_Part | str] = []

    def every(self) -> Iterator[_Part]:
        yield self
        for each in self.inside:
            if isinstance(each, _Part):
                yield from each.every()

    def all(self, *tags: str) -> list[_Part]:
        return [each for each in self.every() if each.tag in tags]

    @property
    def words(self) -> str:
        found = [each if isinstance(each, str) else "" if each.tag in _FIELDS else each.words for each in self.inside]
        return " ".join("".join(found).split())

    @property
    def name(self) -> str:
        """What a screen reader calls it."""
        if label := self.attributes.get("aria-label"):
            return label
        if self.tag in _FIELDS:
            above = self.above
            while above is not None and above.tag != "label":
                above = above.above
            return above.words if above else ""
        return self.words

    @property
    def is_shown(self) -> bool:
        return self.attributes.get("type") != "hidden"


class _Reader(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.top = self._at = _Part("", {}, None)
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = _Part(tag, dict(attrs), self._at)
        self._at.inside.append(made)
        if tag not in _VOID:
            self._at = made

    def handle_endtag(self, tag: str) -> None:
        assert self._at.tag == tag and self._at.above is not None
        self._at = self._at.above

    def handle_data(self, data: str) -> None:
        self._at.inside.append(data)


def read(page: Page) -> _Part:
    return _Reader(page.text).top


@pytest.fixture
def browser(here: DistrictOffice) -> Browser:
    with here.district.storage.writing() as session:
        users.add(session, "lan", SECRET, at=1)
    return Browser(http_app.build(here.district, pages=pages.routes(here.district, folder=here.folder)))


@pytest.fixture
def inside(here: DistrictOffice, browser: Browser) -> Browser:
    """Signed in, at a district in which every table has rows and every list a second page."""
    desk = offices.enrolled(here)
    for number in range(1, 60):
        desk.receives(number)
    desk.bodies.append(b"{x")
    here.district.reply(desk.request())
    other = Device(desk.card, keys=desk.keys, log=desk.log)
    for number in (98, 99):
        other.receives(number)
        here.district.reply(other.request())
    here.district.projection.catch_up()
    offices.code_for(here, 2)
    assert browser.post("/sign-in", name="lan", password=SECRET).status == 303
    return browser


def check(page: Page, *, has_side: bool) -> None:
    top = read(page)
    (html,), (title,), (first,) = top.all("html"), top.all("title"), top.all("h1")
    assert html.attributes["lang"] == "vi"
    assert title.words.startswith(first.words) or not has_side
    (main,) = top.all("main")
    levels = [int(each.tag[1]) for each in main.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in pairwise(levels))
    named = [each.attributes["id"] for each in top.every() if "id" in each.attributes]
    assert len(named) == len(set(named))
    landmarks = [each.name for each in top.all("nav")]
    assert all(landmarks) and len(landmarks) == len(set(landmarks))
    controls = [each for each in top.all("a", "button", *_FIELDS) if each.is_shown]
    assert all(each.name for each in controls), [each.tag for each in controls if not each.name]
    assert all(each.name for each in top.all("th"))
    for each in top.every():
        assert int(each.attributes.get("tabindex") or 0) <= 0, "the order of the page is the order of the keys"
        assert each.attributes.get("aria-describedby") in [*named, None]
    for each in top.all("table"):
        (head,) = each.all("thead")
        assert each.name and each.attributes.get("aria-label")
        assert all(cell.attributes.get("scope") == "col" for cell in head.all("th"))
        assert each.above and each.above.attributes.get("tabindex") == "0", "a wide table is scrolled with the keys"
    buttons = [each.name for each in main.all("button")]
    assert len(buttons) == len(set(buttons)), "two buttons of one name cannot be told apart"
    if has_side:
        skip = controls[0]
        assert skip.attributes["href"] == f"#{main.attributes['id']}" and main.attributes["tabindex"] == "-1"
        here = [each for each in top.all("a") if each.attributes.get("aria-current") == "page"]
        assert len(here) == 1


def test_every_page_can_be_heard_and_walked(inside: Browser, browser: Browser) -> None:
    for page in pages.PAGES:
        check(inside.get(page.path), has_side=True)
    check(inside.get("/dossiers", text="nguyen", page="1"), has_side=True)
    check(inside.get("/dossiers", text="zzz"), has_side=True)
    assert "lô" in read(inside.get("/quarantine")).all("main")[0].words
    assert read(inside.get("/dossiers")).all("nav")[-1].all("a"), "there is a second page"


def test_the_door_can_be_heard_and_its_error_stands_at_its_fields(browser: Browser) -> None:
    check(browser.get("/sign-in"), has_side=False)
    page = browser.post("/sign-in", name="lan", password="sai")
    check(page, has_side=False)
    assert wrong_fields(page) == ["name", "password"]
    assert wrong_fields(browser.get("/sign-in", changed="1")) == []


def wrong_fields(page: Page) -> list[str]:
    """The fields that an error speaks of; each is tied to the very words."""
    top = read(page)
    found = [each for each in top.all(*_FIELDS) if each.attributes.get("aria-invalid") == "true"]
    words = {each.attributes["id"]: each for each in top.every() if "id" in each.attributes}
    assert all(words[each.attributes["aria-describedby"]].attributes["role"] == "alert" for each in found)
    assert sum("autofocus" in each.attributes for each in top.all(*_FIELDS)) <= 1
    return [str(each.attributes["name"]) for each in found]


def token(page: Page) -> str:
    found = re.search(r'name="token" value="([0-9a-f]{64})"', page.text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"old": SECRET, "new": "Mật khẩu mới 1!", "again": "khác"}, "again"),
        ({"old": "sai", "new": "Mật khẩu mới 1!", "again": "Mật khẩu mới 1!"}, "old"),
        ({"old": SECRET, "new": "yếu", "again": "yếu"}, "new"),
    ],
)
def test_a_refused_password_is_told_at_its_field(inside: Browser, typed: dict[str, str], field: str) -> None:
    page = inside.post("/password", token=token(inside.get("/password")), **typed)
    check(page, has_side=True)
    assert wrong_fields(page) == [field]


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"title": " "}, "title"), ({"text": " "}, "text"), ({"until": "mai"}, "until"), ({"scope": "H1"}, "scope")],
)
def test_a_refused_announcement_keeps_what_was_typed(inside: Browser, typed: dict[str, str], field: str) -> None:
    told = {"title": "Họp <giao> ban", "text": "dòng 1\ndòng 2", "scope": "*", "until": ""} | typed
    page = inside.post("/announcements", token=token(inside.get("/announcements")), **told)
    check(page, has_side=True)
    assert page.status == 400
    assert wrong_fields(page) == [field]
    top = read(page)
    (text,) = top.all("textarea")
    if field != "text":
        assert "".join(each for each in text.inside if isinstance(each, str)) == told["text"]
    if field != "title":
        assert [each.attributes["value"] for each in top.all("input") if each.attributes.get("name") == "title"] == [
            told["title"]
        ]
