"""What should reach the citizen is queued with the deed it tells of, where the office and the citizen want it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from desk_app.domain.messages import occasion
from desk_app.domain.messages.kinds import About, Sending
from desk_app.services.desk import office_settings
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import queries, taking_back
from desk_app.services.dossiers import steps as dossier_steps
from desk_app.services.messages import calling
from desk_app.services.reception import cards, reception
from desk_app.store.journal import journal
from desk_app.store.queries import dossiers
from tests.kit.desk.desks import CARD

SINGLE, PHONE = "1.004873", "0912 345 678"
EVERY = {f"message_{about}": "on" for about in ("received", "completion", "late", "ready")}


def received(desk: Desk, phone: str = PHONE, messages: str = "yes") -> str:
    person = replace(cards.scan(desk, CARD).person, phone=phone)
    draft = replace(reception.new_draft(SINGLE), people={"applicant": person}, messages=messages)
    return reception.receive(desk, draft).dossier.code


def queued(desk: Desk, code: str) -> list[occasion.Message]:
    return list(occasion.messages(dossiers.by_code(desk.db, code)))


def test_nothing_is_queued_until_the_office_says_so(desk: Desk) -> None:
    code = received(desk)
    dossier_steps.step(desk, code, "ready")
    assert queued(desk, code) == []


def test_each_occasion_is_queued_once_with_no_more_of_a_person_than_the_number(desk: Desk) -> None:
    office_settings.change_all(desk, EVERY)
    code = received(desk)
    dossier_steps.step(desk, code, "request-completion", reason="Thiếu giấy chứng sinh")
    dossier_steps.step(desk, code, "complete", due_on="30/12/2026")
    dossier_steps.step(desk, code, "apologise", reason="Mất điện", due_on="31/12/2026")
    dossier_steps.step(desk, code, "ready")
    found = queued(desk, code)
    assert [each.about for each in found] == ["received", "completion", "late", "ready"]
    assert len({each.id for each in found}) == 4
    kept = dossiers.by_code(desk.db, code)
    for each in found:
        assert each.phone == "0912345678"
        assert code in each.text
        assert "{" not in each.text
        for secret in (kept.applicant.full_name, kept.applicant.id_number, "chứng sinh"):
            assert secret not in each.text
    assert "31/12/2026" in found[2].text


@pytest.mark.parametrize(
    ("phone", "messages", "consent", "is_queued"),
    [
        (PHONE, "yes", "on", True),
        (PHONE, "no", "on", False),
        (PHONE, "", "on", False),
        (PHONE, "", "off", True),
        (PHONE, "no", "off", False),
        ("024 3825 1234", "yes", "on", False),
        ("", "yes", "on", False),
        ("+84 912 345 678", "yes", "on", True),
    ],
)
def test_only_who_agreed_and_has_a_mobile_is_sent_one(desk: Desk, phone, messages, consent, is_queued) -> None:
    office_settings.change_all(desk, {"message_ready": "on", "message_consent": consent})
    code = received(desk, phone, messages)
    dossier_steps.step(desk, code, "ready")
    assert bool(queued(desk, code)) is is_queued


def test_who_declines_later_is_sent_nothing_more(desk: Desk) -> None:
    office_settings.change_all(desk, EVERY)
    code = received(desk)
    calling.contact(desk, code, "declines")
    dossier_steps.step(desk, code, "ready")
    assert [each.about for each in queued(desk, code)] == ["received"]


def test_a_step_taken_back_takes_its_message_with_it_and_the_next_has_an_id_of_its_own(desk: Desk) -> None:
    office_settings.change_all(desk, {"message_ready": "on"})
    code = received(desk)
    dossier_steps.step(desk, code, "ready")
    taking_back.take_back(desk, code, reason="Nhầm hồ sơ")
    (first,) = queued(desk, code)
    assert first.sending is Sending.VOID
    dossier_steps.step(desk, code, "ready")
    first, second = queued(desk, code)
    assert (first.sending, second.sending) == (Sending.VOID, Sending.WAITING)
    assert first.id != second.id


def test_the_office_says_it_in_its_own_words_and_the_journal_names_them(desk: Desk) -> None:
    office_settings.change_all(desk, {"message_ready": "on", "message_ready_text": "Hồ sơ {code} xong rồi, mời đến."})
    code = received(desk)
    dossier_steps.step(desk, code, "ready")
    (one,) = queued(desk, code)
    assert one.text == f"Hồ sơ {code} xong rồi, mời đến."
    office_settings.change_all(desk, {"message_ready_text": ""})
    other = received(desk)
    dossier_steps.step(desk, other, "ready")
    (two,) = queued(desk, other)
    assert one.template != two.template == "ready/2026-11"


def test_a_text_with_a_blank_that_nobody_fills_is_refused(desk: Desk) -> None:
    assert office_settings.problems(desk, {"message_ready_text": "Chào {name}"}).keys() == {"message_ready_text"}
    assert office_settings.problems(desk, {"message_ready_text": "Chào } {"}).keys() == {"message_ready_text"}


def test_the_history_tells_of_messages_and_calls_and_a_rebuild_makes_the_same(desk: Desk) -> None:
    office_settings.change_all(desk, {"message_ready": "on"})
    code = received(desk)
    dossier_steps.step(desk, code, "ready")
    calling.contact(desk, code, "not-reached", note="máy bận")
    texts = [line.text for line in queries.detail(desk, code).history]
    assert "Đồng ý nhận tin nhắn" in texts
    assert any(text.startswith("Xếp tin nhắn (đã có kết quả) tới số 0912345678") for text in texts)
    assert "Chưa báo được (đã có kết quả): máy bận" in texts


def test_two_desks_that_tell_of_one_occasion_give_one_id(desk: Desk) -> None:
    office_settings.change_all(desk, {"message_ready": "on"})
    code = received(desk)
    kept = dossiers.by_code(desk.db, code)
    here = occasion.message_id(kept, About.READY)
    dossier_steps.step(desk, code, "ready")
    assert queued(desk, code)[0].id == here
    assert journal.dossier(desk.db, kept.id).contacts


def test_who_agrees_after_the_reception_is_sent_what_waits(desk: Desk) -> None:
    office_settings.change_all(desk, EVERY)
    code = received(desk, messages="")
    assert queued(desk, code) == []
    calling.contact(desk, code, "agrees")
    assert [each.about for each in queued(desk, code)] == ["received"]
    calling.contact(desk, code, "agrees")
    assert len(queued(desk, code)) == 1
