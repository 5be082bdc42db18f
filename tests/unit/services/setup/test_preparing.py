"""The first start: names to choose from, what was half typed, and the steps that make a desk ready."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from desk_app.services.desk.desk import Desk, open_desk
from desk_app.services.setup import half_typed, office_names, preparing
from desk_app.services.setup.preparing import StepState, UnknownStepError
from tests.kit.desk.desks import PASSPHRASE, TestClock
from tests.kit.machine.readers import others_get_in

TODAY = date(2026, 11, 20)


def states(desk: Desk) -> dict[str, StepState]:
    return {each.key: each.state for each in preparing.steps(desk)}


def test_provinces_and_communes_are_written_as_an_office_writes_them() -> None:
    provinces = office_names.provinces(TODAY)
    assert len(provinces) == 34 and {"tỉnh Thanh Hóa", "thành phố Hà Nội"} <= set(provinces)
    communes = office_names.communes(TODAY)
    assert len(communes) == 3321
    assert {province for _, province in communes} == set(provinces)
    assert all(name[:2] in {"xã", "ph", "đặ"} for name, _ in communes)


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("DESK_STATE", str(tmp_path / "state"))
    return tmp_path / "state" / "first-start.json"


def test_what_was_half_typed_comes_back_until_the_desk_is_made(account: Path) -> None:
    assert half_typed.kept() == {}
    half_typed.keep({"commune": "xã Đông S", "clerk": "Trần Thu Mẫu"})
    assert half_typed.kept() == {"commune": "xã Đông S", "clerk": "Trần Thu Mẫu"}
    assert not others_get_in(account)
    half_typed.forget()
    assert half_typed.kept() == {} and not account.exists()


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", json.dumps({"a": 1}).encode(), b"\xff"])
def test_a_file_that_is_not_whole_is_as_if_nothing_was_typed(account: Path, content: bytes) -> None:
    account.parent.mkdir()
    account.write_bytes(content)
    assert half_typed.kept() == {}


def test_steps_wait_until_done_and_stay_as_marked(desk: Desk, clock: TestClock) -> None:
    assert set(states(desk).values()) == {StepState.OPEN}
    preparing.mark(desk, "printer", StepState.DONE)
    preparing.mark(desk, "scanner", StepState.LATER)
    data = desk.data
    desk.close()
    with open_desk(data, passphrase=PASSPHRASE, clock=clock) as again:
        assert states(again)["printer"] is StepState.DONE
        assert states(again)["scanner"] is StepState.LATER
        preparing.mark(again, "scanner", StepState.OPEN)
        assert states(again)["scanner"] is StepState.OPEN


def test_a_step_that_does_not_exist_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownStepError):
        preparing.mark(desk, "coffee", StepState.DONE)


def test_where_backups_can_be_set_there_is_a_step_for_them() -> None:
    from desk_app.services.desk.office_settings import KINDS

    assert (preparing.BACKUP in preparing.KEYS) == (preparing.BACKUP_FOLDER in KINDS)
