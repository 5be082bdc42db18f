"""Whatever kills the program, at most the field being typed is lost, and nothing is doubled."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit.desk.lives import killed_again_and_again, needs_signals


@needs_signals
def test_a_kill_at_any_moment_loses_at_most_the_field_being_typed(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    kills, found = killed_again_and_again("window.typist", tmp_path, pytestconfig, option="--draft-kills")
    assert found["fields"] >= kills
    if kills >= 100:  # so many must have met every kind of moment
        assert found["dossiers"] > 5
        assert found["pages"] > 5
