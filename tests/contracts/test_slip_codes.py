"""Every slip printed today has a barcode, whatever the code of the office and however often its day changed.

A barcode that is wider than its column is left out: a scanner then finds nothing on the paper in the citizen's hand.
"""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from desk_app.documents.layout.layout import lay_out
from desk_app.documents.layout.marks import Bars
from desk_app.documents.values import values_of
from desk_app.domain.dossiers.numbering import payload
from desk_app.domain.linked.group import LinkedGroup, LinkedPart
from desk_app.domain.outgoing.slip_scans import due_mark
from desk_app.domain.papers import LINKED_SLIPS, SLIPS
from tests.kit.paper import papers
from tests.kit.paper.step_lives import OFFICE

CODES = ("H26.99-261120-0001", "H56.21.08-261122-0012", "H26.99.31-261122-10034", "000.00.12.H56-261122-0012")
DAY_MS = 86_400_000


VERSIONS = sorted(known for known in papers.library().forms if known[0] in SLIPS)
"""Also those no longer in force: a dossier received under one is handed its new slip in it."""


@pytest.mark.parametrize(("slip", "version"), VERSIONS)
@pytest.mark.parametrize("code", CODES)
def test_a_slip_with_a_new_day_still_has_its_barcode_and_is_one_page(slip: str, version: str, code: str) -> None:
    kept = papers.dossier()
    kept = replace(kept, code=code, office=OFFICE, first_due_at=kept.due_at, due_at=kept.due_at + 10 * DAY_MS)
    mark = due_mark(kept)
    parts = tuple(
        LinkedPart(id=str(n), code=code, procedure="1.001193", version="1", title="Khai sinh", mark=mark)
        for n in range(2 if slip in LINKED_SLIPS else 0)
    )
    if parts:
        kept = replace(kept, linked=LinkedGroup(group="g", bundle="b", version="1", title="Gói", parts=parts))
    form = papers.library().exact(slip, version)
    drawn = lay_out(form, values_of(kept, papers.PROCEDURE), code=code, mark="thay bản hẹn ngày 22/11/2026")
    assert len(drawn) == max(1, len(form.head.copy_marks))
    for page in drawn:
        bars = [each.text for each in page.marks if isinstance(each, Bars)]
        assert bars == [f"{payload(code)}/{mark}"] * max(1, len(parts))
        for each in page.marks:
            if isinstance(each, Bars):  # a quiet zone on both sides
                wide = max(start + length for start, length in each.runs) * each.module
                assert each.x >= 10 * each.module
                assert each.x + wide <= page.width - 10 * each.module
