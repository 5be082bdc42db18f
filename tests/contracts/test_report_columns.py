"""Lists and reports as they print: no column is so narrow that a word, a code, a day or a sum breaks in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from msgspec.structs import replace

from desk_app.documents.forms.form_records import Form
from desk_app.documents.layout.blocks import Block, Table, When
from desk_app.documents.layout.layout import lay_out
from desk_app.documents.layout.marks import Leader
from tests.kit.paper import papers
from tests.kit.paper.pages import said

SO_SMALL_THAT_NOTHING_BREAKS = 3.0
WIDEST = {
    "amount": "123.456.789",
    "applicant": "Nguyễn Thị Thử Nghiệm",
    "code": "H26.99-261127-0001",
    "desk": "10",
    "due": "27/11/2026",
    "n": "100",
    "number": "0000123",
    "on": "27/11/2026",
    "phone": "0912 345 678",
    "series": "AA-26E",
    "template": "01BLP0-001",
    "tries": "10",
}
REPORTS = sorted(form.id for form in papers.library().newest("2026-12-01") if form.head.table)


def tables(blocks: Iterable[Block]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table) and block.rows:
            yield block
        elif isinstance(block, When):
            yield from tables((*block.blocks, *block.otherwise))


def words(form: Form, table: Table, row: dict[str, str]) -> list[str]:
    alone = replace(form, layout=(table,))
    return said(lay_out(alone, {table.rows: (row,)}, code="")).split()


@pytest.mark.parametrize("form_id", REPORTS)
def test_a_column_has_room_for_its_longest_word(form_id: str) -> None:
    form = papers.library().in_force(form_id, "2026-12-01")
    for table in tables(form.layout):
        columns = next(each.columns for each in form.head.table if each.key == table.rows)
        row = {column: WIDEST.get(column, "x") for column in columns}
        wanted = words(form, replace(table, size=SO_SMALL_THAT_NOTHING_BREAKS), row)
        assert len(wanted) > len(table.header)
        assert sorted(words(form, table, row)) == sorted(wanted)


def test_the_collecting_offices_tax_code_is_a_dotted_line_where_none_is_set() -> None:
    form = papers.library().in_force("bang-tong-hop-bien-lai", "2026-12-01")
    (page,) = lay_out(form, {"on": "2026-11-27"}, code="")
    assert "Mã số thuế:" in said((page,))
    assert [mark for mark in page.marks if isinstance(mark, Leader)]
    (page,) = lay_out(form, {"on": "2026-11-27", "tax_code": "0101234567"}, code="")
    assert "Mã số thuế: 0101234567" in said((page,))
