"""What a message tells a person to do exists: every command with its options, every key, every button it names."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import re
from functools import cache
from pathlib import Path

import desk_app
from desk_app.cli import parser as desk_words
from desk_app.district.cli import parser as district_words
from desk_app.errors import DeskError

COMMAND = re.compile(r"(desk-app|desk-district)((?: [a-z][a-z-]+)*)")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
KEY = re.compile(r"\b(?:F\d{1,2}|Ctrl\+[A-Z0-9])\b")
QUOTED = re.compile(r"«([^«»{}]+)»")
GONE = ("Thiết lập",)
OF_DISTRICT = ("DatabaseDownError",)  # said by the district's own commands


@cache
def sources() -> dict[Path, str]:
    return {path: path.read_text("utf-8") for path in Path(desk_app.__file__).parent.rglob("*.py")}


@cache
def every_error() -> list[type[DeskError]]:
    for module in pkgutil.walk_packages(desk_app.__path__, "desk_app."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found: dict[str, type[DeskError]] = {}
    left = list(DeskError.__subclasses__())
    while left:
        one = left.pop()
        left += one.__subclasses__()
        if one.__module__.startswith("desk_app."):
            found[one.__name__] = one
    return list(found.values())


@cache
def sayings() -> dict[str, str]:
    """Messages and remedies by class, and every other Vietnamese sentence of the program that names a command."""
    told = {error.__name__: f"{error.message} {error.remedy}" for error in every_error()}
    sentence = re.compile(r'"((?:[^"\\\n]|\\.)*desk-(?:app|district) [^"\n]*)"')
    for path, text in sources().items():
        for n, found in enumerate(sentence.findall(text)):
            told[f"{path.name}:{n}"] = found
    return told


@cache
def parsers() -> dict[str, argparse.ArgumentParser]:
    return {"desk-app": desk_words.build(), "desk-district": district_words.build()}


def under(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def options(parser: argparse.ArgumentParser) -> set[str]:
    mine = {name for action in parser._actions for name in action.option_strings}
    return mine.union(*(options(child) for child in under(parser).values())) if under(parser) else mine


def missing_command(program: str, words: list[str]) -> str:
    """The first word that is no command there; "" when all are. What follows a command may be plain Vietnamese."""
    parser = parsers()[program]
    if words and words[0] not in under(parser):
        return words[0]
    for word in words:
        children = under(parser)
        if word not in children:
            return word if children else ""
        parser = children[word]
    return ""


def test_every_command_and_option_named_exists() -> None:
    assert len(sayings()) > 250
    known = set().union(*(options(parser) for parser in parsers().values()))
    for where, text in sayings().items():
        for program, words in COMMAND.findall(text):
            assert missing_command(program, words.split()) == "", f"{where}: {text}"
        for option in OPTION.findall(text):
            assert option in known, f"{where}: {text}"


def screen_texts() -> str:
    return "\n".join(text for path, text in sources().items() if "errors" not in path.parts)


def printed_texts() -> str:
    here = [*Path("forms").rglob("layout.txt"), *Path("forms").rglob("form.toml")]
    return "\n".join(file.read_text("utf-8") for file in here)


def test_every_key_button_and_screen_named_exists() -> None:
    shown, printed = screen_texts(), printed_texts()
    for error in every_error():
        text = f"{error.message} {error.remedy}"
        where = f"{error.__name__}: {text}"
        for key in KEY.findall(text):
            name = f"Key_{key}" if key.startswith("F") else key
            assert name in shown or key in shown, where
        for quoted in QUOTED.findall(text):
            assert quoted in shown.replace(f"«{quoted}»", "") or quoted in printed or "…" in quoted, where
        for gone in GONE:
            assert gone not in text, where


def test_a_command_that_is_not_there_is_noticed() -> None:
    assert missing_command("desk-app", ["undo"]) == "undo"
    assert missing_command("desk-app", ["forms", "check"]) == ""
    assert missing_command("desk-district", ["users", "nobody"]) == "nobody"


ENGLISH = re.compile(r"\b(fail(ed|ure)?|error|passphrase|keyring|server|token|folder|offline|online)\b", re.IGNORECASE)
OF_THE_DATA = re.compile(r"\b(vault\.json|head\.json|desk\.db|settings\.json)\b")


def test_a_clerk_reads_no_option_no_english_and_no_file_of_the_data() -> None:
    """Words of the terminal stay in the terminal: what the window may show is in `tr` or in an error of a desk."""
    shown = {
        f"{path.name}: {text}"
        for path, source in sources().items()
        if "ui" in path.parts
        for text in re.findall(r'self\.tr\(\s*"([^"]*)"', source)
    }
    for error in every_error():
        if "cli" not in error.__module__ and ".district" not in error.__module__ and error.__name__ not in OF_DISTRICT:
            shown |= {f"{error.__name__}: {error.message}", f"{error.__name__}: {error.remedy}"}
    jargon = re.compile(f"{ENGLISH.pattern}|{OF_THE_DATA.pattern}|{OPTION.pattern}", re.IGNORECASE)
    found = [text for text in shown if jargon.search(re.sub(r"\{\w+\}", "", text.partition(": ")[2]))]
    assert found == []
    assert len(shown) > 300
