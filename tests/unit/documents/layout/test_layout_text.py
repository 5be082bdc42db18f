import pytest

from desk_app.documents.layout.blocks import Columns, Gap, Table, TextLine, UnderRule, When
from desk_app.documents.layout.layout_text import read_layout


def blocks(text):
    found, problems = read_layout(text)
    assert problems == []
    return found


def test_lines_are_told_apart_by_their_first_mark():
    found = blocks("# T\n## S\n^ C\n> R\n~ N\n  I\nP")
    assert [block.kind for block in found] == ["title", "subtitle", "centre", "right", "note", "text", "text"]
    assert [block.indent for block in found] == [False] * 5 + [True, False]
    assert [block.number for block in found] == [1, 2, 3, 4, 5, 6, 7]


def test_remarks_are_left_out_and_empty_lines_are_half_a_line():
    assert blocks("// remark\n\nText")[0] == Gap(0.5)


def test_a_backslash_continues_a_paragraph():
    (line,) = blocks("Một \\\n  hai")
    assert line.spans[0].text == "Một hai"


def test_the_national_heading_is_two_lines_and_a_rule():
    first, second, rule = blocks("{national-heading}")
    assert first.spans[0].text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert second.spans[0].text == "Độc lập - Tự do - Hạnh phúc"
    assert rule == UnderRule(whole=True)


def test_columns_are_read_cell_by_cell():
    (found,) = blocks("{columns 4 5 size=9}\nA | **B**\n | C\n-- | ---\n{end}")
    assert isinstance(found, Columns)
    assert (found.weights, found.size) == ((4.0, 5.0), 9.0)
    assert [type(block) for block in found.cells[0]] == [TextLine, Gap, UnderRule]
    assert found.cells[1][2] == UnderRule(whole=True)


def test_a_table_takes_widths_from_its_dashes_and_sides_from_its_colons():
    (found,) = blocks(
        "{table components at-least=2}\n| TT | Tên | Số |\n|:--:|------|---:|\n| {n} | {name} | {copies} |"
    )
    assert isinstance(found, Table)
    assert (found.weights, found.aligns) == ((4.0, 6.0, 4.0), ("c", "l", "r"))
    assert (found.rows, found.at_least, len(found.body)) == ("components", 2, 1)


def test_a_table_without_rows_stands_as_written():
    (found,) = blocks("| Bên nữ | Bên nam |\n|---|---|\n| {bride} | {groom} |\n| a | b |")
    assert (found.rows, len(found.body)) == ("", 2)


def test_when_holds_blocks_for_both_answers():
    (found,) = blocks("{when documents}\nA\n{else}\nB\n{end}")
    assert isinstance(found, When)
    assert (len(found.blocks), len(found.otherwise)) == (1, 1)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("A\n**mở", 2, "không đóng lại"),
        ("{when x}\nA", 2, "thiếu {end}"),
        ("A\n{end}", 2, "không có phần mở đầu"),
        ("{columns 1 1}\na | b | c\n{end}", 2, "3 cột"),
        ("{columns 1 1}\na", 1, "không có {end}"),
        ("{columns a}\n{end}", 1, "bề rộng"),
        ("| a | b |\n|---|---|", 1, "bảng cần"),
        ("| a | b |\n|---|---|\n| c |", 3, "1 ô"),
        ("{when A b}\n{end}", 1, "điều kiện"),
        ("A {b", 1, "không có cặp"),
        ("{table components size=x}\n| a |\n|---|\n| b |", 1, "cỡ chữ"),
    ],
)
def test_a_mistake_is_told_by_its_line(text, line, said):
    _, problems = read_layout(text)
    assert [(problem.line, said in problem.problem) for problem in problems] == [(line, True)]
