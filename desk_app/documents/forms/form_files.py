"""Reads a form from its folder forms/<id>/<version>/ (form.toml, layout.txt) and shared lists from forms/_lists/."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from desk_app import foreign_folder, typed_values
from desk_app.documents.forms.form_bounds import over_bounds
from desk_app.documents.forms.form_records import Form, FormField, FormHead
from desk_app.documents.forms.person_fields import taken_apart
from desk_app.documents.layout.blocks import Block
from desk_app.documents.layout.layout_text import LayoutProblem, read_layout
from desk_app.domain.bounded_text import toml_of
from desk_app.domain.office_table import FileFault
from desk_app.errors import DamagedFormError, FileOverLimitError, LinkRefusedError, NotAFileError, SlowPlaceError

_KEPT = 256
"""So many files are not read into records again while their text is the same: more than ship and an office adds."""


def form_folders(root: Path) -> list[Path]:
    """The folders <id>/<version> of a forms folder, in order; names that begin with "_" are no forms."""
    found = [file.parent for file in root.glob("*/*/form.toml")]
    return sorted(folder for folder in found if not folder.parent.name.startswith("_"))


def read_form(folder: Path, *, lists: Sequence[Path] = ()) -> Form:
    """One form; `lists` are forms folders whose _lists/<name>.txt `choices_from` may name.

    Raises `DamagedFormError` with the first mistake, by file and line.
    """
    toml, layout = folder / "form.toml", folder / "layout.txt"
    return form_of(
        folder.parent.name,
        folder.name,
        *texts_of(toml, layout),
        lists=[folder.parent.parent, *lists],
        toml=str(toml),
        layout=str(layout),
        folder=str(folder),
    )


def texts_of(toml: Path, layout: Path) -> tuple[str, str]:
    """Both texts of a form. Of a head that is wrong its mistake is told, also where the layout is not there at all.

    Raises `DamagedFormError`.
    """
    source = read_text(toml)
    try:
        return source, read_text(layout)
    except DamagedFormError:
        head_of(source, str(toml))
        raise


def form_of(
    form_id: str,
    version: str,
    source: str,
    text: str,
    *,
    lists: Sequence[Path],
    toml: str = "form.toml",
    layout: str = "layout.txt",
    folder: str = "",
) -> Form:
    """The form of two texts, which `toml` and `layout` name where one is wrong. Raises as `read_form`."""
    for part, line, why in _over_bounds(source, text):
        raise DamagedFormError(file=toml if part == "head" else layout, line=line, why=why)
    head, asked = _read(source, toml)
    blocks, problems = _layout_of(text)
    if problems:
        raise DamagedFormError(file=layout, line=problems[0].line, why=problems[0].problem)
    fields = tuple(_with_choices(field, lists, toml) if field.choices_from else field for field in asked)
    return Form(
        id=form_id,
        version=version,
        head=msgspec.structs.replace(head, field=fields),
        layout=blocks,
        folder=folder,
    )


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, with or without a byte order mark. Raises `DamagedFormError`."""
    try:
        return foreign_folder.text(path)
    except FileNotFoundError as error:
        raise DamagedFormError(file=str(path), line=1, why="không có tệp này") from error
    except (LinkRefusedError, NotAFileError, FileOverLimitError, SlowPlaceError) as error:
        raise DamagedFormError(file=str(path), line=1, why=str(error).rstrip(".")) from error
    except (OSError, UnicodeDecodeError) as error:
        raise DamagedFormError(file=str(path), line=1, why="tệp không đọc được, cần lưu dạng UTF-8") from error


def read_head(path: Path) -> FormHead:
    """What a form.toml on the disk says. Raises as `head_of`."""
    return head_of(read_text(path), str(path))


def head_of(source: str, name: str) -> FormHead:
    """What a form.toml says; `name` is its file. Raises `DamagedFormError` with the line, or the wrong key."""
    return _read(source, name)[0]


def _read(source: str, name: str) -> tuple[FormHead, tuple[FormField, ...]]:
    """What a form.toml says, and its fields with every person taken apart. Raises as `head_of`."""
    try:
        return _head_of(source)
    except FileFault as fault:
        line, _, why = str(fault).rpartition(": ")
        raise DamagedFormError(file=name, line=int(line.removeprefix("dòng ") or 1), why=why) from fault
    except msgspec.DecodeError as error:
        raise DamagedFormError(file=name, line=_line_of(str(error)), why=_in_vietnamese(str(error))) from error


@lru_cache(_KEPT)
def _head_of(text: str) -> tuple[FormHead, tuple[FormField, ...]]:
    """Raises `FileFault` and `msgspec.DecodeError`, each time anew."""
    head = typed_values.converted(toml_of(text), FormHead)
    return head, taken_apart(head.field)


@lru_cache(_KEPT)
def _over_bounds(source: str, text: str) -> tuple[tuple[str, int, str], ...]:
    return tuple(over_bounds(source, text))


@lru_cache(_KEPT)
def _layout_of(text: str) -> tuple[tuple[Block, ...], tuple[LayoutProblem, ...]]:
    blocks, problems = read_layout(text)
    return blocks, tuple(problems)


@lru_cache(_KEPT)
def _lines_of(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def read_list(name: str, roots: Sequence[Path]) -> tuple[str, ...] | None:
    """The lines of _lists/<name>.txt of the last folder that has it; None when none has."""
    for root in reversed(roots):
        path = root / "_lists" / f"{name}.txt"
        if path.is_file():
            return _lines_of(read_text(path))
    return None


def _with_choices(field: FormField, roots: Sequence[Path], toml: str) -> FormField:
    choices = read_list(field.choices_from, roots)
    if choices is None:
        raise DamagedFormError(file=toml, line=1, why=f"không có danh sách _lists/{field.choices_from}.txt")
    return msgspec.structs.replace(field, choices=choices)


def _line_of(message: str) -> int:
    """The reader says "… (at line 3, column 7)"; a wrong key has no line: 1."""
    _, _, rest = message.partition("at line ")
    digits = rest[: len(rest) - len(rest.lstrip("0123456789"))]
    return int(digits or 1)


_SAID = (
    ("missing required field", "thiếu mục bắt buộc"),
    ("contains unknown field", "có mục không dùng được"),
    ("Invalid enum value", "giá trị không nằm trong danh sách cho phép"),
    ("Expected", "giá trị sai kiểu, cần"),
    ("Object ", ""),
)


def _in_vietnamese(message: str) -> str:
    for theirs, ours in _SAID:
        message = message.replace(theirs, ours)
    return message.strip()
