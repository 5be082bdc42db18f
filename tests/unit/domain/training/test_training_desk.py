"""Under which papers the word of training lies: all of a training desk, none of an office."""

from __future__ import annotations

import pytest

from desk_app.domain.training.training_desk import UNIT, WATERMARK, is_training_unit, watermark_of


@pytest.mark.parametrize("code", [f"{UNIT}-261122-0001", "tap.huan-261122-0001", " TAP.99.01-261122-0001"])
def test_a_code_of_training_lies_under_its_papers(code: str) -> None:
    assert is_training_unit(code.partition("-")[0])
    assert watermark_of(code) == WATERMARK != ""


@pytest.mark.parametrize("code", ["H26-261122-0001", "H26.TAP-261122-0001", "TAPA.99-261122-0001", ""])
def test_a_code_of_work_has_nothing_under_its_papers(code: str) -> None:
    assert not is_training_unit(code.partition("-")[0])
    assert watermark_of(code) == ""
