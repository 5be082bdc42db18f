"""The manual, the sheet of keys and the news: what a clerk reads without asking anybody."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pypdfium2
import pytest

import desk_app
from desk_app import __version__, places
from desk_app.documents.layout.key_sheet import TallSheetError, key_sheet
from desk_app.services.desk.desk import Desk
from desk_app.services.help import key_paper, manual, news
from tests.kit.source_tree import sources

UI = Path(desk_app.__file__).parent / "ui"


def screens() -> set[str]:
    """Every screen that is registered, by its name, and every door page's own page of the manual."""
    found: set[str] = set()
    for _, tree in sources(UI, naming="ScreenKind|help_page"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ScreenKind":
                found.add(node.args[0].value)  # type: ignore[attr-defined]
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "help_page":
                found.add(node.value.value)  # type: ignore[attr-defined]
    return found


def test_every_registered_screen_has_its_page() -> None:
    named = {each.name for each in manual.pages()}
    assert len(screens()) > 12
    assert screens() - named == set()


def test_every_page_has_a_title_steps_and_a_picture_that_is_there() -> None:
    for page in manual.pages():
        assert page.title, page.name
        pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page.text)
        assert pictures == [f"pictures/{page.name}.png"]
        assert (manual.folder() / pictures[0]).stat().st_size < 60_000
        assert 60 < len(page.text.split()) < 400, page.name


def test_the_pictures_are_small_together_and_none_is_left_over() -> None:
    pictures = list((manual.folder() / "pictures").glob("*.png"))
    assert {each.stem for each in pictures} == {each.name for each in manual.pages()}
    assert sum(each.stat().st_size for each in pictures) < 600_000


@pytest.mark.parametrize(
    ("words", "first"), [("danh sach", "dossiers"), ("Mã khôi phục", "recovery"), ("bai tap", "training")]
)
def test_words_are_found_with_and_without_marks(words: str, first: str) -> None:
    assert manual.found(words)[0].name == first


def test_what_no_page_says_is_not_found() -> None:
    assert manual.found("trực thăng") == ()
    assert len(manual.found("")) == len(manual.pages())


def test_a_screen_without_a_page_gets_the_one_where_a_day_begins() -> None:
    assert manual.page("nowhere").name == "dossiers"


GROUPS = [("Đi tới trang", [("F2", "Tiếp nhận"), ("F3", "Hồ sơ")]), ("Làm việc", [("Ctrl+E", "Đính chính hồ sơ")])]


def test_the_sheet_of_keys_is_one_page_with_every_key(desk: Desk) -> None:
    paper = key_paper.key_paper(desk, GROUPS)
    with pypdfium2.PdfDocument(paper.pdf) as document:
        assert len(document) == 1 and [round(side) for side in document[0].get_size()] == [595, 842]
        text = document[0].get_textpage().get_text_bounded()
    assert all(word in text for _, keys in GROUPS for pair in keys for word in pair)
    assert paper.sheet == "A4"


def test_many_keys_are_set_smaller_and_too_many_refused() -> None:
    many = [("Phím", [(f"Ctrl+{n}", f"việc thứ {n} của bàn phím") for n in range(50)])]
    assert key_sheet("Phím", many).marks
    with pytest.raises(TallSheetError):
        key_sheet("Phím", [("Phím", [(f"Ctrl+{n}", "việc") for n in range(400)])])


def test_this_version_has_news_and_every_version_says_something() -> None:
    assert __version__ in {each.version for each in news.every()}
    assert all(each.lines for each in news.every())


@pytest.mark.parametrize(
    ("seen", "now", "versions"),
    [
        ("0.4.0", "0.5.0", ["0.5.0"]),
        ("", "0.4.0", ["0.4.0"]),
        ("0.5.0", "0.5.0", []),
        ("0.9.0", "0.5.0", []),
        ("0.3.0", "0.5.0", ["0.5.0", "0.4.0"]),
        ("0.3.0", "0.4.0", ["0.4.0"]),
    ],
)
def test_news_are_those_after_the_version_seen(seen: str, now: str, versions: list[str]) -> None:
    assert [each.version for each in news.since(seen, now)] == versions


def test_a_later_version_of_two_digits_comes_later() -> None:
    assert news.numbers("0.10.0") > news.numbers("0.9.3")


def test_a_new_desk_is_told_no_news(desk: Desk) -> None:
    assert desk.settings.version_seen == __version__
    assert news.unseen(desk.settings.version_seen) == ()


def test_the_news_are_markdown_with_a_heading_for_each_version() -> None:
    text = news.in_words(news.every())
    assert text.count("## Bản") == len(news.every())
    assert (places.resources() / "news" / "news.toml").is_file()
