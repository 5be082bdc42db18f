"""argparse speaks Vietnamese: every text it looks up with gettext has words, and what was typed is not said again."""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app import app
from desk_app.cli import parser as desk_words
from desk_app.district.cli import parser as district_words
from desk_app.vietnamese_parser import WORDS, VietnameseParser

VALUE = re.compile(r"%(?:\((?P<name>\w+)\))?[.\d]*[srd]")
BUILT = {"desk-app": desk_words.build(), "desk-district": district_words.build(), "ban-mot-cua": app.options()}


def looked_up() -> set[str]:
    """The constant texts that argparse of this Python hands to gettext."""
    found = set()
    for node in ast.walk(ast.parse(Path(argparse.__file__).read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "ngettext"}:
            texts = [each.value for each in node.args if isinstance(each, ast.Constant)]
            found |= {text for text in texts if isinstance(text, str)}
    return found


def every_parser(top: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield top
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for child in action.choices.values():
                yield from every_parser(child)


def test_every_text_of_argparse_has_vietnamese_words() -> None:
    texts = looked_up()
    assert len(texts) > 30
    assert {text for text in texts if text not in WORDS} == set()


@pytest.mark.parametrize("text", sorted(WORDS))
def test_the_words_take_the_values_that_argparse_gives(text: str) -> None:
    theirs, ours = ([each["name"] for each in VALUE.finditer(said)] for said in (text, WORDS[text]))
    if None in theirs:
        assert ours == theirs
    else:
        assert {*ours} <= {*theirs}


@pytest.mark.parametrize("program", BUILT)
def test_the_help_of_every_command_has_no_word_of_argparse(program: str) -> None:
    for each in every_parser(BUILT[program]):
        assert isinstance(each, VietnameseParser)
        help_text = each.format_help()
        for word in ("usage", "options:", "positional", "show this", "exit"):
            assert word not in help_text, f"{each.prog}: {word}"


@pytest.mark.parametrize("program", BUILT)
def test_only_whole_numbers_are_converted_as_the_words_say(program: str) -> None:
    for each in every_parser(BUILT[program]):
        assert {action.type for action in each._actions} <= {None, int}, each.prog


@pytest.fixture
def trial() -> VietnameseParser:
    made = VietnameseParser(prog="thu")
    made.add_argument("--name", "-n", metavar="TÊN")
    made.add_argument("--near", nargs=2)
    made.add_argument("--many", nargs="+")
    made.add_argument("--count", type=int)
    made.add_argument("--json", action="store_true")
    either = made.add_mutually_exclusive_group()
    either.add_argument("--line", action="store_true")
    either.add_argument("--stick", action="store_true")
    made.add_argument("kind", metavar="LOẠI", choices=["một", "hai"])
    return made


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "còn thiếu LOẠI"),
        ("một Mẫu", "có phần thừa sau lệnh; chữ có dấu cách phải đặt trong dấu nháy"),
        ("một --name", "--name cần một giá trị đi sau"),
        ("một -n", "--name cần một giá trị đi sau"),
        ("một --near Mẫu", "--near cần 2 giá trị đi sau"),
        ("một --many", "--many cần một giá trị đi sau"),
        ("một --count Mẫu", "--count cần một số nguyên"),
        ("một --json=Mẫu", "--json không nhận giá trị"),
        ("một --line --stick", "--stick không dùng cùng với --line"),
        ("một --n=Mẫu", "tùy chọn viết tắt có thể là --name, --near; hãy viết đủ"),
        ("Mẫu", "không có LOẠI đó"),
    ],
)
def test_a_wrong_command_is_told_in_vietnamese_without_what_was_typed(
    trial: VietnameseParser, capsys: pytest.CaptureFixture[str], line: str, said: str
) -> None:
    with pytest.raises(SystemExit) as left:
        trial.chosen(line.split())
    assert (left.value.code, capsys.readouterr().err) == (
        2,
        f"Lệnh chưa đúng: {said}.\nXem cách dùng: thu --help\n",
    )


def test_one_of_two_that_exclude_each_other_may_be_demanded(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        BUILT["desk-app"].parse_args(["settle", "H26.99-1", "phone"])
    assert "còn thiếu một trong các mục --keep --value" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["A", "B", "--to", "2"], ["--to", "2", "A", "B"], ["A", "--to", "2", "B"], ["A", "B", "--to=2"]]
)
def test_dossiers_stand_before_the_options_behind_them_or_both(words: list[str]) -> None:
    chosen = BUILT["desk-app"].parse_args(["paper-list", "make", "desks", *words])
    assert (chosen.codes, chosen.to) == (["A", "B"], "2")


def test_none_of_many_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    chosen = BUILT["desk-app"].parse_args(["paper-list", "make", "--today", "desks", "--to", "2"])
    assert (chosen.codes, chosen.today) == ([], True)
    with pytest.raises(SystemExit):
        BUILT["desk-app"].parse_args(["paper-list", "make", "--to", "2"])
    assert "còn thiếu LOẠI.\n" in capsys.readouterr().err


@pytest.mark.parametrize("program", ["desk-app", "desk-district"])
def test_an_option_before_the_command_is_told_where_it_goes(program: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        BUILT[program].chosen(["--data", "somewhere", "check"])
    assert f"tùy chọn viết sau lệnh, như: {program} LỆNH --json" in capsys.readouterr().err
