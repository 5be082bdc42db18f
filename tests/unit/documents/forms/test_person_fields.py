import pytest

from desk_app.documents.forms.form_check import check
from desk_app.documents.forms.form_files import read_form
from desk_app.documents.forms.questions import is_asked

HEAD = """
title = "Đơn thử"
in_force_from = "2026-01-01"
[citation]
number = "Thử 1"
[[field]]
key = "relation"
label = "Quan hệ"
section = "Đơn"
ask = true
[[field]]
key = "mother"
kind = "person"
label = "Người mẹ"
facts = ["full_name", "id_number", "born_on", "sex", "ethnicity", "residence"]
unless_numbered = ["ethnicity", "residence"]
when = "relation!=Mẹ đẻ"
hint = "Quét thẻ của người mẹ"
"""
LAYOUT = """{relation} {mother.full_name} {mother.born_on} {mother.sex} {mother.ethnicity}
{mother.residence} {mother.id_paper}
"""


def make(root, head=HEAD, layout=LAYOUT):
    folder = root / "don" / "v1"
    folder.mkdir(parents=True)
    (root / "_lists").mkdir()
    (root / "_lists" / "dan-toc.txt").write_text("Kinh\nTày\n", "utf-8")
    (folder / "form.toml").write_text(head, "utf-8")
    (folder / "layout.txt").write_text(layout, "utf-8")
    return folder


def asked(form, values):
    return [field.key for field in form.fields if is_asked(field, values)]


def test_a_person_is_asked_fact_by_fact_in_the_order_of_the_form(tmp_path):
    form = read_form(make(tmp_path))
    assert [field.key for field in form.fields] == [
        "relation",
        *(f"mother.{name}" for name in ("full_name", "id_number", "born_on", "sex", "ethnicity", "residence")),
    ]
    by_key = {field.key: field for field in form.fields}
    assert {field.section for field in form.fields} == {"Đơn", "Người mẹ"}
    assert by_key["mother.born_on"].kind == "date"
    assert by_key["mother.residence"].kind == "long"
    assert by_key["mother.ethnicity"].choices == ("Kinh", "Tày")
    assert by_key["mother.full_name"].hint == "Quét thẻ của người mẹ"
    assert check([tmp_path]) == []


def test_what_is_asked_of_a_paper_waits_for_its_number(tmp_path):
    facts = '"residence", "id_kind", "id_issued_on"]'
    form = read_form(make(tmp_path, HEAD.replace('"residence"]', facts)))
    assert "mother.id_kind" not in asked(form, {})
    assert {"mother.id_kind", "mother.id_issued_on"} <= set(asked(form, {"mother.id_number": "123456789"}))
    numbered = {"mother.id_number": "001190000001", "mother.personal_number": "001190000001"}
    assert "mother.id_kind" not in asked(form, numbered)
    assert check([tmp_path]) == []


@pytest.mark.parametrize("number", ["", "123456789", "C1234567"])
def test_whoever_has_no_number_of_twelve_digits_is_asked_everything(tmp_path, number):
    form = read_form(make(tmp_path))
    values = {"mother.id_number": number}
    assert {"mother.ethnicity", "mother.residence"} <= set(asked(form, values))


def test_whoever_has_a_number_of_twelve_digits_is_not_asked_what_the_law_does_not_ask(tmp_path):
    form = read_form(make(tmp_path))
    values = {"mother.id_number": "001190000001", "mother.personal_number": "001190000001"}
    assert asked(form, values) == [
        "relation",
        *(f"mother.{name}" for name in ("full_name", "id_number", "born_on", "sex")),
    ]


def test_a_condition_of_the_person_holds_for_each_fact(tmp_path):
    form = read_form(make(tmp_path))
    assert asked(form, {"relation": "Mẹ đẻ"}) == ["relation"]


def test_a_fact_with_an_entry_of_its_own_is_asked_by_that(tmp_path):
    own = HEAD + '[[field]]\nkey = "mother.residence"\nlabel = "Nơi ở"\nsection = "Người mẹ"\nask = true\n'
    form = read_form(make(tmp_path, own))
    labels = [field.label for field in form.fields if field.key == "mother.residence"]
    assert labels == ["Nơi ở"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (HEAD.replace('"full_name", ', '"shoe_size", '), "shoe_size"),
        (HEAD.replace('facts = ["full_name", "id_number", "born_on", "sex", "ethnicity", "residence"]', ""), "facts"),
        (HEAD.replace('key = "mother"', 'key = "mother.her"'), "dấu chấm"),
    ],
)
def test_a_person_that_cannot_be_asked_is_told(tmp_path, wrong, said):
    make(tmp_path, wrong)
    assert any(said in problem.problem for problem in check([tmp_path]))
