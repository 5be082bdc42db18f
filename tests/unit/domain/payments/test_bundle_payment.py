"""The text of a transfer for several dossiers: it fits, every bank passes it, it leads back to the first of them."""

from __future__ import annotations

import pytest

from desk_app.domain.dossiers.numbering import payload
from desk_app.domain.payments.bundle_payment import leading_code, whole_note
from desk_app.domain.payments.vietqr import MOST_NOTE, transfer_note

CODES = ("H26.99-261120-0001", "H56.21.08-261122-0012", "HN-261122-10034")


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("parts", [2, 3, 8])
def test_a_note_fits_says_how_many_and_leads_back(code: str, parts: int) -> None:
    note = whole_note(code, parts)
    assert len(note) <= MOST_NOTE
    assert note == transfer_note(note)  # nothing that a bank would change
    assert note.endswith(f"LT{parts}")
    assert leading_code(note) == payload(code)


def test_a_note_leads_back_whatever_a_bank_makes_of_its_punctuation() -> None:
    note = whole_note(CODES[0], 3)
    for said in (note.lower(), note.replace(".", " ").replace("-", " "), note.replace(".", "").replace(" ", "")):
        assert leading_code(said) == payload(CODES[0])


@pytest.mark.parametrize("text", ["", "LT3", "H26.99-261120-0001", "H26.99-261120-0001 LT1", "Nguyễn Văn LT3"])
def test_any_other_text_names_no_whole(text: str) -> None:
    assert leading_code(text) == ""
