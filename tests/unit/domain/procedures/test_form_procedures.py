"""The line that names a form's procedures is put in, changed and taken out; every other word stays as it was."""

from __future__ import annotations

import tomllib

import pytest

from desk_app.domain.procedures.form_procedures import procedures_in, with_procedures

HEADS = (
    '# Bản thảo\ntitle = "ĐƠN"\nin_force_from = "2026-11-28"\n\n[citation]\nnumber = "1"\n',
    'title = "ĐƠN"\nprocedures = [\n  "9.9",\n]  # cũ\nsize = 13\n\n[[field]]\nkey = "a"\n',
    'in_force_from = "2026-11-28"\n',
    'size = 13\n[citation]\ntitle = "không phải tên mẫu"\n',
)


@pytest.mark.parametrize("head", HEADS)
def test_procedures_are_put_in_and_taken_out_and_nothing_else_changes(head: str) -> None:
    bound = with_procedures(head, ["1.001193", "2.000635"])
    assert procedures_in(bound) == ("1.001193", "2.000635")
    others = {key: value for key, value in tomllib.loads(head).items() if key != "procedures"}
    told = tomllib.loads(bound)
    assert told.pop("procedures") == ["1.001193", "2.000635"]
    assert told == others
    none = with_procedures(bound, [])
    assert tomllib.loads(none) == others
    assert procedures_in(none) == ()


def test_a_text_that_is_no_toml_names_none() -> None:
    assert procedures_in("procedures = [") == ()
    assert procedures_in('procedures = "1.1"') == ()
