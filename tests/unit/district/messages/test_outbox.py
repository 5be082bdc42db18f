"""A message goes out once, whatever arrives twice, is rebuilt, restored or cut off; the desks see what became of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desk_app import foreign_folder
from desk_app.district.admin import status as district_status
from desk_app.district.messages import outbox
from desk_app.district.storage import dossiers as stored
from desk_app.domain.messages import occasion
from desk_app.domain.messages.kinds import Sending
from desk_app.domain.messages.message_events import MessageSent
from desk_app.domain.worklists.lists import standing_of
from desk_app.errors import BadFactError
from desk_app.services.desk import office_settings
from desk_app.services.dossiers import queries, steps, taking_back
from desk_app.services.messages import calling
from desk_app.services.reports import reports
from desk_app.services.sync import status
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import journal
from desk_app.store.journal.rebuild import rebuild
from desk_app.store.queries import dossiers
from tests.kit.wire.communes import Commune, Office


@pytest.fixture
def trio(commune: Commune):
    """A district and two desks of one unit whose office sends messages of results that are ready."""
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    office_settings.change_all(one.desk, {"message_ready": "on", "message_consent": "off"})
    return served.district, one, two


def to_and_fro(*offices: Office) -> None:
    for _ in range(2):
        for office in offices:
            office.sync()


def states(office: Office, code: str) -> list[Sending]:
    return [each.sending for each in occasion.messages(dossiers.by_code(office.desk.db, code))]


def ready(office: Office) -> str:
    (code,) = office.receive()
    steps.step(office.desk, code, "ready")
    return code


def laid(folder: Path) -> list[dict[str, str]]:
    return [json.loads(file.read_text()) for file in sorted(folder.glob("*.json"))]


def test_a_message_is_laid_once_and_both_desks_see_it_sent(trio, tmp_path: Path) -> None:
    district, one, two = trio
    code = ready(one)
    to_and_fro(one, two)
    assert states(two, code) == [Sending.WAITING]
    (sent,) = outbox.hand_over(district, tmp_path)
    (told,) = laid(tmp_path)
    assert told["id"] == sent.message.id
    assert told["phone"] == "0912000111"
    assert "Nguyễn" not in json.dumps(told, ensure_ascii=False)
    assert outbox.hand_over(district, tmp_path) == []
    to_and_fro(one, two)
    for office in (one, two):
        assert states(office, code) == [Sending.SENT]
        assert any("Cấp trên đã gửi tin nhắn" in line.text for line in queries.detail(office.desk, code).history)
        assert calling.call_list(office.desk) == []
    assert outbox.hand_over(district, tmp_path) == []
    assert len(laid(tmp_path)) == 1


def test_a_rebuilt_district_sends_nothing_again(trio, tmp_path: Path) -> None:
    district, one, two = trio
    ready(one)
    to_and_fro(one, two)
    outbox.hand_over(district, tmp_path)
    with district.storage.writing() as session:
        stored.forget_all(session)
    district.projection.catch_up()
    assert outbox.waiting(district) == []
    assert outbox.hand_over(district, tmp_path) == []


def test_what_two_desks_tell_of_one_result_goes_out_once(trio, tmp_path: Path) -> None:
    district, one, two = trio
    (code,) = one.receive()
    to_and_fro(one, two)
    steps.step(one.desk, code, "ready")
    steps.step(two.desk, code, "ready")
    to_and_fro(one, two)
    assert len(outbox.hand_over(district, tmp_path)) == 1
    assert len(laid(tmp_path)) == 1


@pytest.mark.parametrize("when", ["before the answer", "after the answer"])
def test_a_power_cut_leaves_nothing_unsent_and_nothing_twice(
    trio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    district, one, two = trio
    ready(one)
    to_and_fro(one, two)

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "_answer" if when == "before the answer" else "_release", cut)
        with pytest.raises(KeyboardInterrupt):
            outbox.hand_over(district, tmp_path)
    assert laid(tmp_path) == []
    outbox.hand_over(district, tmp_path)
    assert len(laid(tmp_path)) == 1
    assert foreign_folder.listed(tmp_path, suffix=outbox.WAITING) == []
    outbox.hand_over(district, tmp_path)
    assert len(laid(tmp_path)) == 1


def test_a_step_taken_back_before_it_was_sent_sends_nothing(trio, tmp_path: Path) -> None:
    district, one, two = trio
    code = ready(one)
    taking_back.take_back(one.desk, code, reason="Nhầm hồ sơ")
    to_and_fro(one, two)
    assert outbox.hand_over(district, tmp_path) == []


def test_what_did_not_arrive_is_called_by_telephone(trio, tmp_path: Path) -> None:
    district, one, two = trio
    code = ready(one)
    to_and_fro(one, two)
    (sent,) = outbox.hand_over(district, tmp_path)
    outbox.not_reached(district, sent.message.id, "số không liên lạc được")
    to_and_fro(one, two)
    assert states(two, code) == [Sending.FAILED]
    (line,) = calling.call_list(one.desk)
    assert line.code == code
    made = reports.report(one.desk, "calls", one.desk.today(), one.desk.today())
    assert [row["phone"] for row in made.rows] == ["0912000111"]
    assert calling.call_list(two.desk) == []  # the papers lie at desk one, who calls
    with pytest.raises(BadFactError):
        outbox.not_reached(district, "0" * 16, "không có")


def test_an_answer_that_a_desk_writes_itself_counts_for_nothing_at_desk_and_district(trio, tmp_path: Path) -> None:
    district, one, two = trio
    code = ready(one)
    kept = dossiers.by_code(one.desk.db, code)
    (message,) = occasion.messages(kept)
    with unit_of_work(one.desk.db):
        journal.append(one.desk.db, MessageSent(message=message.id), dossier=kept.id, at=1, author="ai đó")
    to_and_fro(one, two)
    for office in (one, two):
        assert states(office, code) == [Sending.WAITING]
        rebuild(office.desk.db)
        assert standing_of(dossiers.by_code(office.desk.db, code)).untold == "ready"
    (line,) = status.lines_set_aside(two.desk)
    assert (line.reason, line.code) == ("not-theirs", code)
    with district.storage.reading() as session:
        (noted,) = district_status.unreadable(session)
    assert noted.reason == "not-theirs"
    assert len(outbox.hand_over(district, tmp_path)) == 1
    to_and_fro(one, two)
    assert states(one, code) == states(two, code) == [Sending.SENT]


def test_desk_and_district_find_the_dossier_in_the_same_lists(trio) -> None:
    district, one, two = trio
    codes = [ready(one), *two.receive(2)]
    steps.step(two.desk, codes[1], "request-completion", reason="Thiếu giấy")
    to_and_fro(one, two)
    district.projection.catch_up()
    with district.storage.reading() as session:
        for code in codes:
            (key,) = stored.by_code(session, code)
            there = outbox.kept(session, key, district.identity.card.certificate)
            for office in (one, two):
                assert standing_of(there) == standing_of(dossiers.by_code(office.desk.db, code))
