"""Files from outside are measured before they are read: what is refused is named with its line."""

from __future__ import annotations

import pytest

from desk_app.domain.bounded_text import _MOST_DOTS, MOST_BYTES, json_of, strange_key, toml_of
from desk_app.domain.office_table import FileFault
from desk_app.domain.procedures.procedure import Procedure

DEEP = 33


def test_what_is_within_the_bounds_is_read() -> None:
    assert toml_of('a.b.c = 1\n[d]\ne = "x"\n') == {"a": {"b": {"c": 1}}, "d": {"e": "x"}}
    assert json_of('{"a": [1, {"b": "[[[["}]}') == {"a": [1, {"b": "[[[["}]}
    assert json_of("[" * 32 + "]" * 32) is not None


@pytest.mark.parametrize("before", [0, 1, 2, 5])
def test_a_key_of_too_many_dots_is_named_with_its_line(before: int) -> None:
    text = "".join(f"k{n} = {n}\n" for n in range(before)) + ".".join("abcdefghij") + " = 1\n"
    with pytest.raises(FileFault, match=rf"dòng {before + 1}: khóa có quá nhiều cấp"):
        toml_of(text)


def test_lines_inside_a_string_and_after_several_marks_of_one_line_are_counted() -> None:
    text = 'a = """\nmột\nhai\n"""\nb = [1, 2, {c = 3}]\n' + ".".join("abcdefghij") + " = 1\n"
    with pytest.raises(FileFault, match="dòng 6: "):
        toml_of(text)


@pytest.mark.parametrize("read", [toml_of, json_of])
def test_what_nests_too_deep_is_named_with_its_line(read: object) -> None:
    deep = "[" * DEEP + "]" * DEEP
    text = f"a = 1\nb = {deep}\n" if read is toml_of else f"\n{deep}"
    with pytest.raises(FileFault, match="dòng 2: lồng nhau quá 32 tầng"):
        read(text)  # type: ignore[operator]


def test_keys_of_eight_dots_are_read_and_dots_at_the_very_beginning_count() -> None:
    assert toml_of(".".join("abcdefghi"[: _MOST_DOTS + 1]) + " = 1\n")
    with pytest.raises(FileFault, match="quá nhiều cấp"):
        toml_of("." * (_MOST_DOTS + 1))


def test_what_was_closed_counts_no_more_and_never_twice() -> None:
    with pytest.raises(FileFault, match="lồng nhau"):
        json_of("[" + "[]," * 5 + "[" * (DEEP - 1) + "]" * DEEP)
    assert json_of("[" + "[]," * 40 + "1]")
    with pytest.raises(FileFault, match="không đúng cú pháp"):
        json_of("]" + "[" * (DEEP - 1) + "]" * (DEEP - 1))


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        ({"code": "1", "limit": {"unit": "day", "amont": 3}}, "limit.amont"),
        ({"fees": [{"kind": "x"}, {"knd": "x"}]}, "fees[1].knd"),
        ({"limit": "ba ngày", "fees": ["x"]}, ""),  # not a record: the types refuse it
        ({"code": {"a": 1}}, ""),
        ({"cod": "1"}, "cod"),
    ],
)
def test_a_key_that_no_record_has_is_named_with_the_way_to_it(raw: dict[str, object], place: str) -> None:
    assert strange_key(raw, Procedure) == place


def test_brackets_that_close_more_than_they_open_save_no_depth() -> None:
    with pytest.raises(FileFault, match="lồng nhau"):
        json_of("]" * 5 + "[" * DEEP)


def test_a_number_of_many_digits_and_a_text_too_long_are_refused() -> None:
    with pytest.raises(FileFault, match="dòng 2: có số dài quá 18 chữ số"):
        json_of("[1,\n" + "9" * 19 + "]")
    assert json_of("[" + "9" * 18 + "]") == [int("9" * 18)]
    with pytest.raises(FileFault, match="dài quá 8 MB"):
        json_of(" " * (MOST_BYTES + 1))
    assert json_of("1".ljust(MOST_BYTES)) == 1


def test_a_fault_of_the_grammar_is_told_by_its_line_and_where_asked_by_its_column() -> None:
    with pytest.raises(FileFault, match="dòng 2: không đúng cú pháp JSON"):
        json_of("{\n}}")
    with pytest.raises(FileFault, match="dòng 2, cột 5: không đúng cú pháp TOML"):
        toml_of("a = 1\nb = \n", tells_column=True)
    with pytest.raises(FileFault, match="không dùng được"):
        json_of("[NaN]")
