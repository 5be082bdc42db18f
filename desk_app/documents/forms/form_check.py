"""Says every mistake of the forms in a folder, by file and line, so that an office can make its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from desk_app.documents.forms import conditions
from desk_app.documents.forms.captions import unused
from desk_app.documents.forms.form_bounds import over_bounds
from desk_app.documents.forms.form_files import form_folders, head_of, read_list, texts_of
from desk_app.documents.forms.form_keys import asked_of_rows, asked_of_values, has_copy_mark
from desk_app.documents.forms.form_records import FormField, FormHead
from desk_app.documents.forms.person_fields import PERSON, fact_problems, taken_apart
from desk_app.documents.forms.questions import KEY_IN_TEXT
from desk_app.documents.forms.value_keys import ROW_KEYS, is_known
from desk_app.documents.layout import fonts
from desk_app.documents.layout.layout_text import read_layout
from desk_app.domain.dossiers.fact_paths import death_key, fact_name
from desk_app.errors import DamagedFormError

_CODE = re.compile(r"\d\.\d{6}", re.ASCII)
"""A procedure's code in the national data base."""
_OF_ID_PAPER = ("id_number", "id_kind", "id_issued_on", "id_issued_by")


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: the file, its line from 1, and a Vietnamese sentence."""

    file: str
    line: int
    problem: str


def check(folders: Iterable[Path], *, lists: Iterable[Path] = ()) -> list[Problem]:
    """All mistakes of all forms in these folders; empty when an office may print with them.

    `lists` are further folders whose shared lists the forms may name.
    """
    roots = [folder for folder in folders if folder.is_dir()]
    known = [*lists, *roots]
    return [problem for root in roots for folder in form_folders(root) for problem in _form_problems(folder, known)]


def _form_problems(folder: Path, roots: Sequence[Path]) -> Iterator[Problem]:
    toml, layout = folder / "form.toml", folder / "layout.txt"
    try:
        source, text = texts_of(toml, layout)
    except DamagedFormError as error:
        yield Problem(str(error.facts["file"]), int(str(error.facts["line"])), str(error.facts["why"]))
        return
    yield from text_problems(source, text, [folder.parent.parent, *roots], toml=str(toml), layout=str(layout))


def text_problems(
    source: str, text: str, lists: Sequence[Path], *, toml: str = "form.toml", layout: str = "layout.txt"
) -> Iterator[Problem]:
    """The mistakes of a form given as two texts, which `toml` and `layout` name; `lists` are forms folders."""
    if found := [*over_bounds(source, text)]:
        yield from (Problem(toml if part == "head" else layout, line, why) for part, line, why in found)
        return
    try:
        head = head_of(source, toml)
    except DamagedFormError as error:
        yield Problem(toml, int(str(error.facts["line"])), str(error.facts["why"]))
        return
    persons = [(field.key, problem) for field in head.field if field.kind == PERSON for problem in fact_problems(field)]
    head = replace(head, field=taken_apart(head.field))
    told = [
        *persons,
        *_date_problems(head),
        *_procedure_problems(head),
        *_field_problems(head, lists),
        *_caption_problems(head, text),
        *_unprinted(head, text),
    ]
    for key, problem in told:
        yield Problem(toml, _line_with(source, key), problem)
    for line, problem in sorted(_layout_problems(head, text)):
        yield Problem(layout, line, problem)


def _layout_problems(head: FormHead, text: str) -> Iterator[tuple[int, str]]:
    blocks, mistakes = read_layout(text)
    row_keys = {*ROW_KEYS, *(column for table in head.table for column in table.columns)}
    yield from ((mistake.line, mistake.problem) for mistake in mistakes)
    for number, line in enumerate(text.splitlines(), 1):
        missing = fonts.missing_letters(line)
        if missing:
            yield number, f"phông chữ không có ký tự {''.join(missing)}"
    for number, key in asked_of_values(blocks):
        if not is_known(key, head.field, head.table):
            yield number, f"không có mục nào mang khóa «{key}»"
    for number, key in asked_of_rows(blocks):
        if key not in row_keys and not is_known(key, head.field, head.table):
            yield number, f"dòng của bảng không có ô «{key}»"
    if head.copy_marks and not has_copy_mark(blocks):
        yield 1, "mẫu có nhiều liên nhưng không có {copy-mark}"


def _unprinted(head: FormHead, text: str) -> Iterator[tuple[str, str]]:
    """Fields that nothing on the paper and no condition uses."""
    used = {key for _, key in asked_of_values(read_layout(text)[0])}
    used |= {key for field in head.field for when in _conditions_of(field) for key in conditions.keys_of(when)}
    for field in head.field:
        printed = any(key == field.key or key.startswith(f"{field.key}.") for key in used)
        on_id_paper = fact_name(field.key) in _OF_ID_PAPER and used & {
            f"{field.role}.id_paper",
            f"{field.role}.identity",
        }
        as_personal = fact_name(field.key) == "id_number" and f"{field.role}.personal_number" in used
        of_death = any(field.key == death_key(key.partition(".")[0]) for key in used if key.endswith(".residence"))
        if not (printed or on_id_paper or as_personal or of_death or field.same_as):
            yield field.key, f"mục «{field.key}» không in ở đâu trong layout.txt"


def _date_problems(head: FormHead) -> Iterator[tuple[str, str]]:
    """(what to look for in the file, sentence), as of all below."""
    for name, day in (("in_force_from", head.in_force_from), ("in_force_to", head.in_force_to or "9999-12-31")):
        if not _is_day(day):
            yield name, f"{name} phải là ngày dạng năm-tháng-ngày, ví dụ 2026-01-31"
    if head.law_ends is not None and not (_is_day(head.law_ends.on) and head.law_ends.by.strip()):
        yield "law_ends", "law_ends cần on là ngày dạng năm-tháng-ngày, và by là văn bản thay thế"
    if _is_day(head.in_force_to) and head.in_force_to < head.in_force_from:
        yield "in_force_to", "ngày hết hiệu lực sớm hơn ngày có hiệu lực"


def _caption_problems(head: FormHead, text: str) -> Iterator[tuple[str, str]]:
    blocks, _ = read_layout(text)
    seen: set[str] = set()
    for caption in head.caption:
        if caption.language in seen:
            yield caption.language, f"tiếng «{caption.language}» khai hai lần"
        seen.add(caption.language)
        for said in unused(caption, blocks):
            yield said, f"không dòng nào của layout.txt có chữ «{said}»"
        for said, words in caption.words.items():
            missing = fonts.missing_letters(words)
            if missing:
                yield said, f"phông chữ không có ký tự {''.join(missing)}"


def _procedure_problems(head: FormHead) -> Iterator[tuple[str, str]]:
    for code in head.procedures:
        if not _CODE.fullmatch(code):
            yield code, f"«{code}» không phải mã thủ tục; mã có dạng 1.004859"


def _field_problems(head: FormHead, lists: Sequence[Path]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for field in head.field:
        key = field.key
        if key in seen:
            yield key, f"khóa «{key}» khai hai lần"
        seen.add(key)
        if not conditions.is_key(key):
            yield key, f"khóa «{key}» chỉ được gồm chữ thường không dấu, chữ số, gạch dưới và dấu chấm"
        if field.ask and not field.section:
            yield key, f"mục «{key}» được hỏi nên cần section"
        yield from ((key, problem) for problem in _choice_problems(field, lists))
        for condition in _conditions_of(field):
            if not conditions.is_well_formed(condition):
                yield key, f"điều kiện «{condition}» không đúng cách viết"
            elif not all(is_known(asked, head.field, head.table) for asked in conditions.keys_of(condition)):
                yield key, f"điều kiện «{condition}» hỏi một mục không có"
        known = {each.key for each in head.field}
        yield from ((key, f"mục «{key}» mang theo «{other}» không có") for other in set(field.carries) - known)
        for source in (*field.sources, *(key for each in field.suggestions for key in KEY_IN_TEXT.findall(each.value))):
            if not is_known(source, head.field, head.table):
                yield key, f"mục «{key}»: nguồn «{source}» không có"


def _choice_problems(field: FormField, lists: Sequence[Path]) -> Iterator[str]:
    choices = read_list(field.choices_from, lists) if field.choices_from else field.choices
    if choices is None:
        yield f"không có danh sách _lists/{field.choices_from}.txt"
    elif field.kind == "choice" and not choices:
        yield f"mục «{field.key}» là lựa chọn nhưng không có choices"
    elif field.kind == "choice":
        for value in (field.default, *(suggestion.value for suggestion in field.suggestions), *field.same_as):
            if value and value not in choices:
                yield f"mục «{field.key}»: «{value}» không có trong choices"


def _conditions_of(field: FormField) -> list[str]:
    return [when for when in (field.when, *(suggestion.when for suggestion in field.suggestions)) if when]


def _line_with(source: str, text: str) -> int:
    return next((number for number, line in enumerate(source.splitlines(), 1) if text in line), 1)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2026-01-31")
