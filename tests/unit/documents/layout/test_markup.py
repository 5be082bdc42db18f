import pytest

from desk_app.documents.layout.blocks import Blank, CellRow, TickBox, Words
from desk_app.documents.layout.markup import MarkupError, spans_of


def test_stars_choose_the_face():
    assert spans_of("a **b** *c* ***d***") == (
        Words("a ", "R"),
        Words("b", "B"),
        Words(" ", "R"),
        Words("c", "I"),
        Words(" ", "R"),
        Words("d", "BI"),
    )


def test_waves_strike_what_does_not_apply():
    assert spans_of("a ~~b **c**~~") == (Words("a ", "R"), Words("b ", "R", True), Words("c", "B", True))
    assert spans_of("a ~ b") == (Words("a ~ b", "R"),)


def test_a_blank_takes_the_face_around_it():
    assert spans_of("**{name}**") == (Blank("name", 1.0, 1, "leader", "B"),)


def test_a_blank_says_its_weight_and_rows():
    assert spans_of("{child.born_on:2.5:3}") == (Blank("child.born_on", 2.5, 3, "leader", "R"),)
    assert spans_of("{place::2}") == (Blank("place", 1.0, 2, "leader", "R"),)


def test_marks_before_the_key_say_what_dots_there_are():
    assert spans_of("{=a}{?b}") == (Blank("a", 1.0, 1, "if-empty", "R"), Blank("b", 1.0, 1, "none", "R"))


def test_a_bracket_with_a_condition_is_a_tick_box_and_any_other_is_text():
    assert spans_of("[copies=0] Không") == (TickBox("copies=0"), Words(" Không", "R"))
    assert spans_of("[Mẫu 01]") == (Words("[Mẫu 01]", "R"),)


def test_a_backslash_takes_a_mark_as_text():
    assert spans_of(r"2 \* 3 \{x\}") == (Words("2 * 3 {x}", "R"),)


@pytest.mark.parametrize("text", ["**mở", "*mở", "~~mở", "{mở", "đóng}", "{Sai Khóa}", "{a:b}"])
def test_what_is_not_closed_or_misspelt_is_refused(text):
    with pytest.raises(MarkupError):
        spans_of(text)


def test_decomposed_source_text_is_composed():
    assert spans_of("Ho\u0323") == (Words("Họ", "R"),)


def test_a_row_of_cells_says_its_key_and_how_many():
    assert spans_of("Số: {boxes kin.id_number 12}") == (Words("Số: ", "R"), CellRow("kin.id_number", 12, "R"))
    with pytest.raises(MarkupError, match="boxes"):
        spans_of("{boxes kin.id_number nhiều}")


def test_a_blank_may_say_when_its_value_stands():
    assert spans_of("{?a when b=1|2}") == (Blank("a", 1.0, 1, "none", "R", "b=1|2"),)
    with pytest.raises(MarkupError, match="điều kiện"):
        spans_of("{a when B}")
