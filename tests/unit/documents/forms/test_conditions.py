import pytest

from desk_app.documents.forms.conditions import holds, is_well_formed, keys_of

VALUES = {"relation": "Mẹ đẻ", "copies": "2", "rows": ({"name": "a"},), "empty": ""}


@pytest.mark.parametrize(
    ("condition", "answer"),
    [
        ("", True),
        ("relation", True),
        ("empty", False),
        ("missing", False),
        ("!missing", True),
        ("rows", True),
        ("relation=Mẹ đẻ", True),
        ("relation=Cha đẻ|Mẹ đẻ", True),
        ("relation!=Mẹ đẻ", False),
        ("missing!=Mẹ đẻ", True),
        ("copies & copies!=0", True),
        ("copies & missing", False),
    ],
)
def test_a_condition_asks_of_values(condition, answer):
    assert holds(condition, VALUES) is answer


@pytest.mark.parametrize("condition", ["Relation", "a b", "a==b&", "=x", "&"])
def test_a_malformed_condition_is_told(condition):
    assert not is_well_formed(condition)
    with pytest.raises(ValueError, match="malformed"):
        holds(condition, {})


def test_a_condition_names_its_keys():
    assert keys_of("copies & copies!=0 & !child.sex") == ["copies", "copies", "child.sex"]
