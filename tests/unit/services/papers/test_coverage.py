"""Where each blank of a declaration gets its value, for people who do not exist."""

from datetime import date

import pytest

from desk_app import places
from desk_app.documents.forms.form_files import read_form
from desk_app.services.papers.coverage import coverage, table
from desk_app.services.papers.form_library import covered
from tests.kit.paper.home_answers import library

TODAY = date(2026, 11, 28)
HEAD = """
title = "Đơn thử"
in_force_from = "2026-01-01"
[citation]
number = "Thử 1"
[[field]]
key = "relation"
label = "Là"
section = "Đơn"
kind = "choice"
choices = ["Mẹ đẻ", "Bà ngoại"]
same_as = { "Mẹ đẻ" = "mother" }
default = "Mẹ đẻ"
ask = true
[[field]]
key = "father"
kind = "person"
label = "Người cha"
facts = ["full_name", "id_number", "ethnicity", "residence"]
unless_numbered = ["residence"]
[[field]]
key = "marriage_number"
label = "Số"
section = "Kết hôn"
family = true
ask = true
[[field]]
key = "reason"
label = "Lý do"
section = "Đơn"
ask = true
[[field]]
key = "details"
label = "Nói rõ"
section = "Đơn"
ask = true
when = "relation=Bà ngoại"
"""
LAYOUT = """{office.address} {dossier.received_at.day} {applicant.full_name.upper} {applicant.born_on.words}
{relation} {father.full_name} {father.id_paper} {father.ethnicity} {father.residence}
{marriage_number} {reason} {details}
"""


@pytest.fixture
def sources(tmp_path):
    folder = tmp_path / "don" / "v1"
    folder.mkdir(parents=True)
    (tmp_path / "_lists").mkdir()
    (tmp_path / "_lists" / "dan-toc.txt").write_text("Kinh\nTày\n", "utf-8")
    (folder / "form.toml").write_text(HEAD, "utf-8")
    (folder / "layout.txt").write_text(LAYOUT, "utf-8")

    def of(case):
        return {blank.key: blank.source for blank in coverage(read_form(folder), case, today=TODAY).blanks}

    return of


def test_with_cards_alone_what_no_card_carries_is_typed(sources):
    assert sources("cards") == {
        "office.address": "office",
        "dossier.received_at": "rule",
        "applicant.full_name": "card",
        "applicant.born_on": "card",
        "relation": "rule",
        "father.full_name": "card",
        "father.id_paper": "card",
        "father.ethnicity": "typed",
        "father.residence": "card",
        "marriage_number": "typed",
        "reason": "typed",
    }


def test_a_family_known_already_brings_what_no_card_carries(sources):
    found = sources("family")
    assert {key for key, source in found.items() if source == "typed"} == {"reason"}
    assert found["father.ethnicity"] == found["marriage_number"] == found["applicant.full_name"] == "memory"


def test_what_was_prepared_at_home_leaves_nothing_to_type(sources):
    found = sources("prepared")
    assert "typed" not in found.values()
    assert found["applicant.full_name"] == "card"
    assert found["father.full_name"] == found["marriage_number"] == found["reason"] == "prepared"


def test_over_the_declarations_of_the_nine_procedures_at_least_95_of_100_blanks_come_from_home():
    nine = {path.stem for path in (places.resources() / "catalogue").glob("*.toml")}
    found = [
        one
        for one in covered([places.forms()], (), today=TODAY)
        if one.case == "prepared" and nine & set(library().exact(one.form, one.version).head.procedures)
    ]
    assert len(found) >= 7
    assert sum(one.untyped for one in found) / len(found) >= 0.95


def test_a_blank_that_is_not_asked_in_the_case_is_none(sources):
    assert "details" not in sources("cards")


def test_every_declaration_in_force_is_covered_for_each_case_and_has_a_row():
    found = covered([places.forms()], (), today=TODAY)
    assert {one.case for one in found} == {"cards", "family", "prepared"}
    assert all(one.blanks for one in found)
    assert sum(line.startswith("| ") for line in table(found)) == len(found) + 1
    assert all(0 < one.untyped <= 1 for one in found)


def test_the_table_in_docs_is_what_the_command_writes_today():
    kept = (places.program_root() / "docs" / "coverage.md").read_text("utf-8")
    assert kept == "\n".join(table(covered([places.forms()], (), today=TODAY))) + "\n"
