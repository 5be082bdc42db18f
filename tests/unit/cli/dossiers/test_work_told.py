"""What JSON says of the work on a dossier, as its events make it; a citizen's word about messages from the terminal."""

from __future__ import annotations

import pytest

from desk_app.cli.dossiers import receiving
from desk_app.cli.dossiers.work_told import work_told
from desk_app.domain.calendar.moments import milliseconds
from desk_app.errors import BadFactError
from desk_app.services.desk import office_settings
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import steps
from desk_app.services.payments import collecting
from desk_app.services.reception import reception
from desk_app.store.queries import dossiers
from tests.kit.desk.desks import CARD

SINGLE = "1.004873"


def test_every_fact_of_the_work_is_told(desk: Desk) -> None:
    office_settings.change_all(desk, {"message_ready": "on"})
    said = [("phone", "0912345678"), ("messages", "yes"), ("fee_total", "8000")]
    draft, _ = receiving.draft_of(desk, SINGLE, CARD, said)
    code = reception.receive(desk, draft).dossier.code
    collecting.collect(desk, code, amount=8000, way="cash")
    steps.step(desk, code, "forward", to="Bà Thử")
    now = milliseconds(desk.now())
    told = work_told(dossiers.by_code(desk.db, code), now)
    assert told["handling"]["holder"] == "Bà Thử"
    assert told["handling"]["until"] and told["handling"]["since"]
    assert (told["suspension"], told["late"]) == (None, False)
    assert (told["payments"]["owed_vnd"], told["payments"]["rest_vnd"]) == (8000, 0)
    assert [line["way"] for line in told["payments"]["lines"]] == ["cash"]
    assert told["custody"]["desk"] == 1
    steps.step(desk, code, "ready")
    steps.step(desk, code, "return")
    steps.step(desk, code, "annul", reason="Sai tên", details={"outcome": "end"})
    kept = dossiers.by_code(desk.db, code)
    told = work_told(kept, now)
    assert told["messages"]["wanted"] is True
    assert [(one["about"], one["sending"]) for one in told["messages"]["queued"]] == [("ready", "waiting")]
    assert len(told["handling"]["hand_outs"]) == len(told["handling"]["annulled_at"]) == 1


def test_outgoing_numbers_stay_also_of_steps_taken_back(desk: Desk) -> None:
    draft, _ = receiving.draft_of(desk, SINGLE, CARD, [("messages", "no")])
    code = reception.receive(desk, draft).dossier.code
    steps.step(desk, code, "request-completion", reason="Thiếu", number="05/HDHS")
    (number,) = work_told(dossiers.by_code(desk.db, code), 0)["outgoing_numbers"]
    assert (number["number"], number["action"], number["taken_back"]) == ("05/HDHS", "request-completion", False)
    assert work_told(dossiers.by_code(desk.db, code), 0)["messages"]["wanted"] is False


def test_another_word_about_messages_is_refused(desk: Desk) -> None:
    with pytest.raises(BadFactError, match="Nhận tin nhắn"):
        receiving.draft_of(desk, SINGLE, CARD, [("messages", "maybe")])
