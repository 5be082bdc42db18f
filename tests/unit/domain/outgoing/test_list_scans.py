"""The barcode of a list names the list, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from desk_app.domain.dossiers import numbering
from desk_app.domain.outgoing.list_scans import barcode, list_of

LIST = "0123456789abcdef"


@pytest.mark.parametrize("said", ["{}", " {}\r", "MC|{}"])
def test_a_barcode_leads_back_to_its_list_however_a_scanner_types_it(said: str) -> None:
    for text in (barcode(LIST), barcode(LIST).lower()):
        assert list_of(said.format(text)) == LIST


@pytest.mark.parametrize("text", ["", "DS", f"DS{LIST}0", f"DS{LIST[:-1]}", "DS" + "-" * 16, "H26.99-261120-0001"])
def test_any_other_text_is_no_list(text: str) -> None:
    assert list_of(text) == ""


def test_no_code_of_a_dossier_is_taken_for_a_list() -> None:
    assert list_of(numbering.payload("H26.99.31-261120-0001")) == ""
