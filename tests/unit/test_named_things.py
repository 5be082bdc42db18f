"""Every key, button, page and field that a text of the program or of its guides names is there to be found."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.kit.source_tree import PROGRAM, ROOT, sources, text_of

GUIDES = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "resources" / "manual").glob("*.md")),
]
KEY = re.compile(r"(?<![\w+])(?:F\d{1,2}|(?:Ctrl|Alt)\+(?:Shift\+)?(?:[A-Z0-9]|Enter|Return|F\d{1,2}))(?!\w)")
QUOTED = re.compile(r"«([^«»{}%]+)»")
CAPITAL = "A-ZĐÀÁÂÃẢẠĂÈÉÊẺẼẸÌÍỈĨỊÒÓÔÕỎỌƠÙÚỦŨỤƯỲÝỶỸỴ"
NAMED = re.compile(
    r"\b(?:[Tt]rang|[Mm]àn hình|[Mm]ục|[Nn]út|[Bb]ấm(?! phím)|[Nn]hấn|[Cc]họn|ô)"
    rf" ([{CAPITAL}][^.,;:()«»<>/\n]*)"
)
WITH_KEY = re.compile(rf"([{CAPITAL}][\w ]*) \((F\d{{1,2}})\)")
NO_NAME = re.compile(r"^(?:F\d|Ctrl|Enter|Tab|Esc|USB|QR|MRZ|COM|UBND|CUPS|UTF|Wayland|A\d|Space|X$)")
LIST_OF_WORDS = re.compile(r"(?:\w+ ){15}")  # surnames and the like: no sentence
LISTED_KEYS = {"Ctrl+C"}  # the terminal's own


@dataclass(frozen=True)
class Module:
    """What one module of the program says: its texts, those handed to `tr`, and the entries of the side bar with what
    each is given.
    """

    texts: tuple[str, ...]
    shown: frozenset[str]
    entries: tuple[dict[str, object], ...]


@cache
def modules() -> dict[Path, Module]:
    """Every module of the program; its syntax tree is let go of at once."""
    return {path: _read(list(ast.walk(tree))) for path, tree in sources()}


def _read(nodes: list[ast.AST]) -> Module:
    shown: set[str] = set()
    entries = []
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            if called == "tr":
                shown |= {part.value for part in node.args if isinstance(part, ast.Constant)}
            elif called == "Entry" and isinstance(node.func, ast.Name):
                entries.append({str(each.arg): _said(each.value) for each in node.keywords})
    return Module(tuple(literals(nodes)), frozenset(shown), tuple(entries))


def _said(value: ast.expr) -> object:
    """A constant, or the text that is handed to a call."""
    if isinstance(value, ast.Call):
        value = value.args[0] if value.args else value
    return value.value if isinstance(value, ast.Constant) else None


def literals(nodes: list[ast.AST]) -> Iterator[str]:
    """The texts of a module, its docstrings left out; pieces written one behind the other are one text."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docs = {
        id(node.body[0].value)
        for node in nodes
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    left_out = docs | {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out:
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)


def every_text() -> Iterator[tuple[str, str]]:
    """(where, text) of everything a person may read: the program's texts, the guides paragraph by paragraph."""
    for path, module in modules().items():
        for text in module.texts:
            yield str(path.relative_to(ROOT)), text
    for guide in GUIDES:
        plain = re.sub(r"```.*?```", "", guide.read_text("utf-8"), flags=re.DOTALL)
        for text in plain.split("\n\n"):
            yield guide.name, text.replace("**", "").replace("`", "")


@cache
def texts() -> list[tuple[str, str]]:
    return sorted(set(every_text()))


@cache
def on_the_screen() -> set[str]:
    """Texts on the controls of the window, the words of forms, of the district's pages and of the page for home."""
    found: set[str] = set()
    for path, module in modules().items():
        if "ui" in path.parts:
            found |= module.shown
        elif "pages" in path.parts or path.parent.name == "domain":
            found |= set(module.texts)
    home = (ROOT / "resources" / "prepared" / "page.js").read_text("utf-8")
    found |= set(re.findall(r"'([^'\n]+)'", home))
    for form in (ROOT / "forms").rglob("form.toml"):
        found |= {each.get("label", "") for each in tomllib.loads(form.read_text("utf-8")).get("field", [])}
    return {text.strip() for text in found if text.strip()}


@cache
def bound_keys() -> set[str]:
    """Keys that do something: shortcuts, and function keys that a field or page takes itself."""
    found: set[str] = set()
    for path, module in modules().items():
        source = text_of(path)
        if "QShortcut(" in source:
            found |= {text.replace("Return", "Enter") for text in module.texts if KEY.fullmatch(text)}
            if 'f"Ctrl+{number}"' in source:
                found |= {f"Ctrl+{number}" for number in range(1, 10)}
        found |= set(re.findall(r"Qt\.Key\.Key_(F\d{1,2})\b", source))
        found |= {str(entry["key"]) for entry in module.entries if entry.get("key") is not None}
    return found


@cache
def printed() -> str:
    return "\n".join(file.read_text("utf-8") for file in (ROOT / "forms").rglob("layout.txt"))


def is_there(name: str) -> bool:
    """Whether a control bears this name; what follows the name in a sentence does not count."""
    words = name.strip().split(" ")
    return any(" ".join(words[:n]) in on_the_screen() for n in range(len(words), 0, -1))


def is_shown(quoted: str) -> bool:
    screen = on_the_screen()
    return (
        quoted in screen or quoted in printed() or any(f"«{quoted}»" not in text and quoted in text for text in screen)
    )


def missing(text: str) -> list[str]:
    """What a text names and nobody could find."""
    found = [key for key in KEY.findall(text) if key.replace("Return", "Enter") not in bound_keys() | LISTED_KEYS]
    found += [name for name in QUOTED.findall(text) if not ("…" in name or "vd." in text or is_shown(name))]
    names = NAMED.findall("" if LIST_OF_WORDS.match(text) else text)
    found += [name for name in names if not NO_NAME.match(name) and not is_there(name)]
    return found


def places() -> dict[str, str]:
    """The text of each entry of the side bar, and its key."""
    entries = modules()[PROGRAM / "ui" / "entries.py"].entries
    return {str(said["text"]): str(said["key"]) for said in entries}


def test_what_is_named_is_there() -> None:
    found = {(where, text): gone for where, text in texts() if (gone := missing(text))}
    assert len({where for where, _ in texts()}) > 200
    assert found == {}


def test_a_page_named_with_its_key_has_that_key() -> None:
    wrong = [
        (where, name, key)
        for where, text in texts()
        for name, key in WITH_KEY.findall(text)
        for place, its in places().items()
        if name.endswith(place) and its != key
    ]
    assert wrong == []
    assert len(places()) == 15


def test_what_is_not_there_is_noticed() -> None:
    assert missing("Bấm F13 rồi Ctrl+Q.") == ["F13", "Ctrl+Q"]
    assert missing("Chọn «Khôi phục dữ liệu».") == ["Khôi phục dữ liệu"]
    assert missing("Mở mục Thiết lập rồi làm lại.") == ["Thiết lập rồi làm lại"]
    assert missing("Mở mục Gửi nhận (F7), bấm «In lại», hoặc Ctrl+Enter.") == []
    assert len(bound_keys()) > 20
