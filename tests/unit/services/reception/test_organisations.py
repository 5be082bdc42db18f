"""An organisation as a role of its own: received, printed, remembered, found, corrected; old events as before."""

from __future__ import annotations

from datetime import datetime

import msgspec
from msgspec.structs import replace

from desk_app.cli.dossiers import receiving
from desk_app.district.search import terms
from desk_app.documents.values import values_of
from desk_app.domain.calendar.moments import VIETNAM
from desk_app.domain.dossiers import dossier
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import Received
from desk_app.domain.organisations.organisation import Organisation
from desk_app.services.catalogue import procedure_versions
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import queries, steps
from desk_app.services.reception import cards, reception
from desk_app.store.journal import check
from tests.kit.desk.desks import TestClock
from tests.unit.services.dossiers.test_corrections import text_on
from tests.unit.services.reception.test_remarks import WOMAN, drafted

COPY, DEATH = "2.000815", "1.000656"
SAID = {
    "organisation.name": "Hợp tác xã Nông nghiệp Thử",
    "organisation.number": "0101234567-001",
    "organisation.address": "Thôn 1, xã Thử Nghiệm",
}


def received(desk: Desk, said: dict[str, str] = SAID, procedure: str = COPY) -> Dossier:
    return reception.receive(desk, replace(drafted(procedure, {"applicant": WOMAN}), fields=dict(said))).dossier


def test_it_stands_in_the_event_by_role_and_its_head_is_who_came(desk: Desk) -> None:
    kept = received(desk)
    assert kept.organisations == {
        "organisation": Organisation(
            name="Hợp tác xã Nông nghiệp Thử",
            number="0101234567-001",
            address="Thôn 1, xã Thử Nghiệm",
            head=WOMAN.full_name,
        )
    }
    assert not any(key.startswith("organisation") for key in kept.fields)
    assert (
        values_of(kept, procedure_versions.procedure_of(desk, kept))["organisation.name"] == SAID["organisation.name"]
    )


def test_nobody_is_asked_for_whom_they_come_unless_the_clerk_or_the_relation_says_so(desk: Desk) -> None:
    def asked(**fields: str) -> list[str]:
        draft = replace(drafted(DEATH, {"applicant": WOMAN}), fields=fields)
        return [each.key for each in reception.outlook(desk, draft).questions if each.role == "organisation"]

    assert asked(relation="Con") == []
    assert asked(relation="Đại diện cơ quan, tổ chức") == ["organisation.number", "organisation.name"]
    assert asked(**{"organisation.number": ""}) == ["organisation.number", "organisation.name"]


def test_the_slips_name_it_and_say_nothing_of_it_where_there_is_none(desk: Desk, clock: TestClock) -> None:
    clock.moment = datetime(2026, 11, 30, 9, 0, tzinfo=VIETNAM)  # the slips of that day have a place for it
    for what in ("slip", "giay-tiep-nhan-80"):
        assert "Hợp tác xã Nông nghiệp Thử" in text_on(desk, received(desk).code, what)
        alone = text_on(desk, received(desk, {}).code, what)
        assert not any(words in alone for words in ("Nộp cho tổ chức", "Của:", "0101234567"))


def test_it_is_known_again_by_its_number_newest_facts_first_and_is_no_person(desk: Desk) -> None:
    received(desk, SAID | {"organisation.head": "Lê Văn Mẫu"})
    received(desk, {"organisation.name": "HTX Thử", "organisation.number": "0101 234 567 001"})
    known = cards.known_organisation(desk, "0101234567001")
    assert known is not None
    assert (known.name, known.address) == ("HTX Thử", "Thôn 1, xã Thử Nghiệm")
    assert cards.known_organisation(desk, "0101234567") is None
    assert cards.known_person(desk, "0101234567001") is None
    assert cards.find_people(desk, "0101234567001") == []


def test_the_terminal_takes_what_is_known_of_the_number_and_keeps_what_is_said(desk: Desk) -> None:
    received(desk)
    said = [("organisation.number", "0101234567 001"), ("organisation.name", "HTX Mới"), ("full_name", "Lê Văn Mẫu")]
    draft, _ = receiving.draft_of(desk, COPY, "", said)
    assert draft.fields["organisation.name"] == "HTX Mới"
    assert draft.fields["organisation.address"] == "Thôn 1, xã Thử Nghiệm"


def test_a_household_business_under_its_owners_number_hides_nobody(desk: Desk) -> None:
    received(desk, {"organisation.name": "Quán Thử", "organisation.number": WOMAN.id_number})
    known = cards.known_person(desk, WOMAN.id_number)
    assert known is not None
    assert known.full_name == WOMAN.full_name
    assert cards.known_organisation(desk, WOMAN.id_number) == Organisation(
        name="Quán Thử", number=WOMAN.id_number, head=WOMAN.full_name
    )


def test_it_is_found_by_name_and_number_at_the_desk_and_the_district(desk: Desk) -> None:
    kept = received(desk)
    for text in ("hop tac xa nong nghiep", "0101234567", "4567-001"):
        assert [row.code for row in queries.find(desk, text)] == [kept.code], text
    held = terms.of_dossier("U1", kept)
    assert set(terms.asked_end(terms.ORGANISATION, "4567001")) <= held
    assert {terms.of_organisation(each) for each in terms.asked_name(["nong", "nghiep"], [])} <= held
    assert not set(terms.asked_end(terms.PAPER, "4567001")) <= held
    assert check.check(desk.db).ok


def test_a_correction_changes_it_and_adds_one_that_was_left_out(desk: Desk) -> None:
    code = received(desk, {}).code
    offered = {each.path: each for each in steps.correctable(desk, code)}
    assert offered["organisations.organisation.name"].whose == "Tổ chức"
    kept = steps.correct(desk, code, {"organisations.organisation.name": "  Công ty Thử "})
    kept = steps.correct(desk, code, {"organisations.organisation.number": "0109876543"})
    assert kept.organisations == {"organisation": Organisation(name="Công ty Thử", number="0109876543")}
    known = cards.known_organisation(desk, "0109876543")
    assert known is not None
    assert known.name == "Công ty Thử"
    assert "Công ty Thử" in queries.detail(desk, code).history[-2].text


def test_an_event_that_said_it_in_answers_reads_as_the_same_dossier(desk: Desk) -> None:
    founding = received(desk).founding
    assert founding is not None
    assert isinstance(founding.payload, Received)
    told = msgspec.to_builtins(founding.payload)
    told["fields"] = SAID | {"organisation.head": WOMAN.full_name}
    del told["organisations"]
    before = replace(founding, payload=msgspec.convert(told, Received))
    assert dossier.fold([before]).organisations == received(desk).organisations
