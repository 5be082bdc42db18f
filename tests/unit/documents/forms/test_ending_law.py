from datetime import date

import pytest

from desk_app import places
from desk_app.documents.forms import ending_law
from desk_app.documents.forms.form import FormLibrary, check
from tests.kit.paper import civil_status

HEAD = """
title = "Đơn thử"
in_force_from = "{start}"
{more}
[citation]
number = "Thử 1"
"""
ENDS = 'law_ends = { on = "2027-03-01", by = "Luật thử" }'


def make(root, version, start, more=ENDS):
    folder = root / "don" / version
    folder.mkdir(parents=True)
    (folder / "form.toml").write_text(HEAD.format(start=start, more=more), "utf-8")
    (folder / "layout.txt").write_text("Đơn\n", "utf-8")


def alone(root, on):
    return [form.version for form in ending_law.without_successor(FormLibrary.load([root]), date.fromisoformat(on))]


def test_a_form_without_a_successor_is_told_from_sixty_days_before_the_law_ends_and_ever_after(tmp_path):
    make(tmp_path, "a", "2025-01-01")
    assert [alone(tmp_path, on) for on in ("2026-12-30", "2026-12-31", "2027-03-01", "2028-01-01")] == [
        [],
        *[["a"]] * 3,
    ]


@pytest.mark.parametrize(
    ("start", "more", "told"),
    [
        ("2027-03-01", "", []),
        ("2027-02-01", "", []),
        ("2027-02-01", ENDS, ["a"]),
        ("2027-03-02", "", ["a"]),
        ("2024-01-01", "", ["a"]),
    ],
)
def test_a_version_that_holds_when_the_law_ends_is_the_successor(tmp_path, start, more, told):
    make(tmp_path, "a", "2025-01-01")
    make(tmp_path, "b", start, more)
    assert alone(tmp_path, "2027-01-15") == told


def test_a_law_end_without_a_day_or_a_text_is_a_mistake(tmp_path):
    make(tmp_path, "a", "2025-01-01", 'law_ends = { on = "1/3/2027", by = "Luật thử" }')
    make(tmp_path, "b", "2025-01-01", 'law_ends = { on = "2027-03-01", by = " " }')
    assert ["law_ends" in problem.problem for problem in check([tmp_path])] == [True, True]


def test_every_declaration_of_the_civil_status_waits_for_the_law_of_march_2027():
    forms = FormLibrary.load([places.forms()])
    assert ending_law.endings(forms, date(2026, 12, 30)) == []
    (said,) = ending_law.endings(forms, date(2026, 12, 31))
    assert said.startswith("14 mẫu: Luật Hộ tịch số 03/2026/QH16 thay từ 01/03/2027, chưa có mẫu mới (")
    ids = {form.id for form in ending_law.without_successor(forms, date(2027, 1, 5))}
    assert ids == set(civil_status.DECLARATIONS)
