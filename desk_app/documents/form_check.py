"""Says every mistake of the forms in a folder, by file and line, so that an office can make its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desk_app.documents import conditions, fonts
from desk_app.documents.blocks import (
    Barcode,
    Blank,
    Block,
    Columns,
    CopyMark,
    Line,
    Qr,
    Span,
    Table,
    TickBox,
    When,
    Words,
)
from desk_app.documents.form_files import form_folders, read_head, read_list, read_text
from desk_app.documents.form_records import FormField, FormHead
from desk_app.documents.layout_text import read_layout
from desk_app.documents.value_keys import ROW_KEYS, is_known
from desk_app.errors import DamagedFormError


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: the file, its line from 1, and a Vietnamese sentence."""

    file: str
    line: int
    problem: str


def check(folders: Iterable[Path]) -> list[Problem]:
    """All mistakes of all forms in these folders; empty when an office may print with them."""
    roots = [folder for folder in folders if folder.is_dir()]
    found: list[Problem] = []
    for root in roots:
        for folder in form_folders(root):
            found += _form_problems(folder, roots)
    return found


def _form_problems(folder: Path, roots: Sequence[Path]) -> Iterator[Problem]:
    toml, layout = folder / "form.toml", folder / "layout.txt"
    try:
        head, text = read_head(toml), read_text(layout)
    except DamagedFormError as error:
        yield Problem(str(error.facts["file"]), int(str(error.facts["line"])), str(error.facts["why"]))
        return
    source = read_text(toml).splitlines()
    for key, problem in _head_problems(head, [folder.parent.parent, *roots]):
        yield Problem(str(toml), _line_with(source, key), problem)
    blocks, mistakes = read_layout(text)
    for mistake in mistakes:
        yield Problem(str(layout), mistake.line, mistake.problem)
    for number, line in enumerate(text.splitlines(), 1):
        missing = fonts.missing_characters(line)
        if missing:
            yield Problem(str(layout), number, f"phông chữ không có ký tự {missing}")
    used: set[str] = set()
    for number, key in _keys(blocks, row=False):
        used.add(key)
        if not is_known(key, head.field):
            yield Problem(str(layout), number, f"không có mục nào mang khóa «{key}»")
    for key in _row_keys(blocks):
        if key[1] not in ROW_KEYS and not is_known(key[1], head.field):
            yield Problem(str(layout), key[0], f"dòng của bảng không có ô «{key[1]}»")
    if head.copy_marks and not any(isinstance(block, CopyMark) for block in _flat(blocks)):
        yield Problem(str(layout), 1, "mẫu có nhiều liên nhưng không có {copy-mark}")
    steering = {key for field in head.field for when in _conditions_of(field) for key in conditions.keys_of(when)}
    for field in head.field:
        if not _is_used(field, used | steering):
            yield Problem(str(toml), _line_with(source, field.key), f"mục «{field.key}» không in ở đâu trong layout.txt")


def _is_used(field: FormField, used: set[str]) -> bool:
    if field.same_as or any(key == field.key or key.startswith(f"{field.key}.") for key in used):
        return True
    # facts of an identity paper print together
    role, _, fact = field.key.partition(".")
    return fact in ("id_number", "id_kind", "id_issued_on", "id_issued_by") and f"{role}.id_paper" in used


def _head_problems(head: FormHead, roots: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """(what to look for in the file, sentence) of every mistake in form.toml."""
    for name, day in (("in_force_from", head.in_force_from), ("in_force_to", head.in_force_to)):
        if (day or name == "in_force_from") and not _is_day(day):
            yield name, f"{name} phải là ngày dạng năm-tháng-ngày, ví dụ 2026-01-31"
    if _is_day(head.in_force_to) and head.in_force_to < head.in_force_from:
        yield "in_force_to", "ngày hết hiệu lực sớm hơn ngày có hiệu lực"
    seen: set[str] = set()
    for field in head.field:
        if field.key in seen:
            yield field.key, f"khóa «{field.key}» khai hai lần"
        seen.add(field.key)
        if not conditions.is_key(field.key):
            yield field.key, f"khóa «{field.key}» chỉ được gồm chữ thường không dấu, chữ số, gạch dưới và dấu chấm"
        if field.ask and not field.section:
            yield field.key, f"mục «{field.key}» được hỏi nên cần section"
        choices = read_list(field.choices_from, roots) if field.choices_from else field.choices
        if choices is None:
            yield field.key, f"không có danh sách _lists/{field.choices_from}.txt"
        elif field.kind == "choice" and not choices:
            yield field.key, f"mục «{field.key}» là lựa chọn nhưng không có choices"
        elif field.kind == "choice":
            given = [field.default, *(suggestion.value for suggestion in field.suggestions), *field.same_as]
            for value in given:
                if value and value not in choices:
                    yield field.key, f"mục «{field.key}»: «{value}» không có trong choices"
        for condition in _conditions_of(field):
            if not conditions.is_well_formed(condition):
                yield field.key, f"điều kiện «{condition}» không đúng cách viết"
            elif not all(is_known(key, head.field) for key in conditions.keys_of(condition)):
                yield field.key, f"điều kiện «{condition}» hỏi một mục không có"
        for source in field.sources:
            if not is_known(source, head.field):
                yield field.key, f"mục «{field.key}»: nguồn «{source}» không có"


def _conditions_of(field: FormField) -> list[str]:
    return [when for when in (field.when, *(suggestion.when for suggestion in field.suggestions)) if when]


def _flat(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Columns):
            for cell in block.cells:
                yield from _flat(cell)
        elif isinstance(block, When):
            yield from _flat(block.blocks)
            yield from _flat(block.otherwise)


def _keys(blocks: Sequence[Block], *, row: bool) -> Iterator[tuple[int, str]]:
    """(line, key) of every value the layout asks for; with `row` those of repeated rows, else all others."""
    for block in _flat(blocks):
        if isinstance(block, Table):
            body = list(block.body)
            repeated = [body.pop()] if block.rows else []
            if block.rows and not row:
                yield block.header[0].number if block.header else 0, block.rows
            for cells in repeated if row else [block.header, *body]:
                for cell in cells:
                    yield from _span_keys(cell.spans, cell.number)
        elif row:
            continue
        elif isinstance(block, Line):
            yield from _span_keys(block.spans, block.number)
        elif isinstance(block, When):
            yield from ((block.number, key) for key in conditions.keys_of(block.condition))
        elif isinstance(block, Barcode | Qr):
            yield block.number, block.key


def _row_keys(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    return _keys(blocks, row=True)


def _span_keys(spans: Sequence[Span], number: int) -> Iterator[tuple[int, str]]:
    for span in spans:
        if isinstance(span, Blank):
            yield number, span.key
        elif isinstance(span, TickBox):
            yield from ((number, key) for key in conditions.keys_of(span.condition))
        else:
            assert isinstance(span, Words)


def _line_with(lines: Sequence[str], text: str) -> int:
    return next((number for number, line in enumerate(lines, 1) if text in line), 1)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10
