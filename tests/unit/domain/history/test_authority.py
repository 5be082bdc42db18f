"""Who may write which kind: what only the district may say is nothing in a desk's log."""

from __future__ import annotations

import pytest

from desk_app.domain.dossiers.events import KINDS, Recorded
from desk_app.domain.history import authority
from desk_app.domain.notices import NOTICES

OF_DISTRICT = "d" * 32
OF_DESK = "a" * 32


def said(kind: str, log: str) -> Recorded:
    return Recorded(
        log=log, seq=1, dossier="", kind=kind, lamport=1, at=1, clock_offset=0, author="", seen={}, payload=None
    )


@pytest.mark.parametrize("kind", [*KINDS, *NOTICES])
def test_a_kind_is_everybodys_or_the_districts_alone(kind: str) -> None:
    is_reserved = kind in {"founded", "message_sent"} or kind in NOTICES
    assert authority.counts(said(kind, OF_DISTRICT), OF_DISTRICT.__eq__)
    assert authority.counts(said(kind, OF_DESK), OF_DISTRICT.__eq__) is not is_reserved
