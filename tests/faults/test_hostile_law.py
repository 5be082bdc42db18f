"""Files of law that a stranger wrote: far too deep, too long, too large. Each is refused in a sentence, none hangs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from desk_app.documents.forms.form_files import head_of, read_text
from desk_app.domain.bounded_text import MOST_BYTES, json_of, toml_of
from desk_app.domain.calendar.day_file import days_in
from desk_app.domain.office_table import FileFault
from desk_app.domain.people import identity_card
from desk_app.domain.people.places.unit_files import changes_in
from desk_app.domain.people.units import Units
from desk_app.domain.procedures.procedure_text import procedure_of
from desk_app.errors import CatalogueFileError, DamagedFormError, UnreadableCardError
from desk_app.services.catalogue.national_catalogue import read_national
from desk_app.services.catalogue.national_rows import MOST_UNREAD, UnreadableCatalogueError

pytestmark = pytest.mark.usefixtures("ends_by_itself")

TOML = {
    "deep arrays": "a = " + "[" * 100_000,
    "deep closed arrays": "a = " + "[" * 5_000 + "]" * 5_000,
    "deep tables": "a = " + "{b = " * 5_000 + "1" + "}" * 5_000,
    "digits": "a = " + "9" * 1_000_000,
    "digits with strokes": "a = " + "1_" * 100_000 + "1",
    "hexadecimal": "a = 0x" + "f" * 1_000_000,
    "a number no day has": "a = 9" + "9" * 300,
    "an exponent": "a = 1e" + "9" * 400_000,
    "dots": ".".join("a" * 200_000) + " = 1",
    "dots of a table": "[" + ".".join("a" * 100_000) + "]",
    "quoted dots": ".".join(['"a"'] * 100_000) + " = 1",
    "dots within a table": "a = {" + ".".join("a" * 100_000) + " = 1}",
    "a day no calendar has": "a = 2027-13-45",
    "an hour no clock has": "a = 2027-01-01T00:00:00+99:99",
    "an open string": 'a = "' + "x" * 1_000_000,
    "open long strings": 'a = """' + '"" ' * 300_000,
    "only quotes": '"' * 1_000_000,
    "only apostrophes": "'" * 1_000_000,
    "only strokes": "\\" * 1_000_000,
    "only brackets": "[" * 1_000_000,
    "a bracket in every line": "[\n" * 500_000,
    "far too long": "#" * (MOST_BYTES + 1),
    "NUL": "a = \0",
}
JSON = {
    "deep arrays": "[" * 100_000,
    "deep objects": '{"a":' * 100_000,
    "digits": '{"changes": [' + "9" * 1_000_000 + "]}",
    "negative digits": '{"changes": [-' + "9" * 5_000 + "]}",
    "no number": '{"changes": [NaN]}',
    "no end": '{"changes": [Infinity]}',
    "an open string": '{"' + "x" * 1_000_000,
    "only quotes": "{" + '"' * 1_000_000,
    "far too long": '{"a": "' + "x" * MOST_BYTES + '"}',
}


@pytest.mark.parametrize("name", TOML)
def test_toml_beyond_all_measure_is_refused_in_a_sentence(name):
    with pytest.raises(FileFault):
        toml_of(TOML[name])


@pytest.mark.parametrize("name", JSON)
def test_json_beyond_all_measure_is_refused_in_a_sentence(name):
    with pytest.raises(FileFault):
        json_of(JSON[name])


def test_what_an_office_writes_is_read_as_before():
    text = 'a = "[[[[{{{{ 99999999999999999999999 a.a.a.a.a.a.a.a.a.a.a"  # [[[[\n'
    text += "b = [[1.5, 2.25], [3]]\n\n[[day]]\nc.d = 1\n"
    assert toml_of(text)["day"] == [{"c": {"d": 1}}]
    assert json_of('{"a": "[[[ \\" 99999999999999999999999", "b": [1.5, {"c": null}]}')["b"][1] == {"c": None}


@pytest.mark.parametrize("name", TOML)
@pytest.mark.parametrize("reader", ["days", "procedure", "form"])
def test_every_reader_of_toml_passes_the_sentence_on(name, reader, tmp_path):
    readers: dict[str, tuple[Callable[[], object], type[Exception]]] = {
        "days": (lambda: days_in(TOML[name].encode(), file="2027.toml"), FileFault),
        "procedure": (lambda: procedure_of(TOML[name], file="1.001193.toml", source="office"), CatalogueFileError),
        "form": (lambda: head_of(read_text(tmp_path / "form.toml"), "form.toml"), DamagedFormError),
    }
    (tmp_path / "form.toml").write_text(TOML[name], "utf-8")
    read, refusal = readers[reader]
    with pytest.raises(refusal) as told:
        read()
    assert len(str(told.value)) < 300


@pytest.mark.parametrize("name", JSON)
def test_units_in_json_beyond_all_measure_are_refused(name):
    text = JSON[name] if JSON[name].startswith("{") else '{"changes": ' + JSON[name]
    with pytest.raises(FileFault):
        changes_in(text.encode(), file="units.json", known=lambda _: Units.from_json({}, on="2027-01-01"))


@pytest.mark.parametrize(
    "table",
    [
        "date,kind,name\n" + '2027-01-01,off,"' + "x" * 1_000_000,
        "date,kind,name\n" + "2027-01-01,off," + "x" * 1_000_000,
        "date,kind,name\n" + "," * 1_000_000,
        "date,kind\n" + "٣٣٣٣-٠١-٠١,off\n",
        "date,kind\n" + "9" * 1_000_000 + ",off\n",
        "date,kind\n0000-00-00,off\n",
        "code,to,in_force_from\n" + "٠٠٠٠١,x,2027-01-01",
        "\n" * 1_000_000,
        "a" * 2_000_000,
    ],
    ids=["open", "long cell", "cells", "other digits", "digits", "no day", "other code", "blank", "one word"],
)
def test_tables_beyond_all_measure_are_refused_in_a_sentence(table):
    with pytest.raises(FileFault) as told:
        days_in(table.encode(), file="days.csv")
    assert len(str(told.value)) < 300


def test_a_row_of_the_national_list_may_be_hostile_and_the_others_are_read(tmp_path: Path):
    good = json.dumps({"code": "1.001193", "name": "Đăng ký", "state": "UPDATED"})
    bad = [
        "[" * 100_000,
        '{"code": ' + "9" * 100_000 + "}",
        '{"code": NaN}',
        '{"code": "1.0',
        b"\xff".decode("latin-1"),
    ]
    (tmp_path / "catalogue.jsonl").write_text("\n".join([*bad, good, "[]", "null", "1"]), "utf-8")
    read = read_national(tmp_path)
    assert [each.code for each in read.procedures] == ["1.001193"]
    assert len([each for each in read.not_understood if each.row.startswith("catalogue")]) == len(bad) + 3


def test_a_list_of_which_hardly_anything_can_be_read_is_not_called_normal(tmp_path: Path):
    good = json.dumps({"code": "1.001193", "name": "Đăng ký", "state": "UPDATED"})
    (tmp_path / "catalogue.jsonl").write_text("\n".join([good, *["{"] * 65_539]), "utf-8")
    with pytest.raises(UnreadableCatalogueError):
        read_national(tmp_path)
    (tmp_path / "catalogue.jsonl").write_text("\n".join([good, *["{"] * MOST_UNREAD]), "utf-8")
    assert len(read_national(tmp_path).procedures) == 1


def test_a_limit_of_a_thousand_years_is_no_limit(tmp_path: Path):
    text = f'code = "1.001193"\nname = "x"\nversion = "1"\n[limit]\nunit = "day"\namount = {10**17}\n'
    with pytest.raises(CatalogueFileError):
        procedure_of(text, file="1.001193.toml", source="office")


@pytest.mark.parametrize("letters", [101, 1_000, 5_000, 1_000_000])
def test_a_name_that_no_card_can_hold_is_refused_at_the_scan(letters):
    with pytest.raises(UnreadableCardError) as told:
        identity_card.read(f"001099000001||{'A' * letters}|01011990|Nam|Hà Nội|01012022")
    assert "dài hơn" in str(told.value)
