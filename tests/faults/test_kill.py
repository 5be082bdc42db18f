"""The promise of the counter: whatever kills the program, every printed code is in the journal, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit.desk.lives import killed_again_and_again, needs_signals


@needs_signals
def test_no_printed_paper_ever_lacks_its_dossier(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    kills, found = killed_again_and_again(
        "desk.dying_counter", tmp_path, pytestconfig, option="--kills", ledger=tmp_path / "ledger"
    )
    assert found["recorded"] > kills / 2
    if kills >= 200:  # so many must have met every moment: between commit and paper, between paper and its note
        assert found["not_printed"] > 0
        assert found["not_noted"] > 0
