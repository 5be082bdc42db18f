from __future__ import annotations

import msgspec
import pytest

from desk_app.district.admin import status
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.failures import BadBlocksError, BadUnitError, DeskTakenError, NumbersOverlapError
from desk_app.district.intake import enrolment, enrolment_slots
from desk_app.domain.dossiers.numbering import Block
from desk_app.errors import BadFactError
from desk_app.protocol.keys import DistrictCard, Keys, certificate_of, code_key, mac, six_digits, slot_of
from desk_app.protocol.messages import Code, Enrolled, Receipt, Refused
from tests.kit.district import offices
from tests.kit.district.offices import COMMUNE, UNIT, Clock, Device


def ask(here: DistrictOffice, request: bytes) -> bytes:
    return enrolment.answer(here.district.storage, here.district.identity, request, at=here.district.clock())


def desks(here: DistrictOffice) -> list[status.DeskState]:
    with here.district.storage.reading() as session:
        return status.desks(session)


def refused(here: DistrictOffice, device: Device, code: str, **told: bytes) -> bool:
    answer = device.told(ask(here, device.asks(code, **told)))
    if isinstance(answer, Receipt):
        assert answer.code == Code.BAD_CODE
        assert answer.nonce == device.nonce
    return isinstance(answer, Receipt)


def test_a_code_makes_a_device_a_desk_and_both_see_the_same_digits(here: DistrictOffice) -> None:
    device = Device(here.district.identity.card)
    code = offices.code_for(here, blocks="0001-0500,0900-0999")
    answer = device.told(ask(here, device.asks(code, host="QUẦY\x07 1")))
    assert isinstance(answer, Enrolled)
    root, both = device.card.root, device.keys.public.dump()
    assert answer.mac == mac(code_key(code), b"enrolled", root, both, device.nonce, answer.certificate)
    certificate = certificate_of(answer.certificate, device.district)
    assert (certificate.unit, certificate.name, certificate.desk) == (UNIT, COMMUNE, 1)
    assert certificate.blocks == ((1, 500), (900, 999))
    assert certificate.keys == both
    assert msgspec.msgpack.decode(answer.card, type=DistrictCard) == here.district.identity.card
    (desk,) = desks(here)
    assert desk.digits == six_digits(root, both, device.nonce)
    assert desk.host == "QUẦY 1"
    assert desk.kid == device.keys.kid.hex()


def test_a_certified_desk_may_send_at_once(here: DistrictOffice) -> None:
    device = offices.enrolled(here)
    device.receives(1)
    answer = here.district.reply(device.request())
    assert device.receipt(answer.body).logs[device.log].seq == 1


def test_a_lost_answer_is_given_again_to_the_same_keys_only(here: DistrictOffice) -> None:
    device, code = Device(here.district.identity.card), offices.code_for(here)
    first = device.told(ask(here, device.asks(code)))
    again = device.told(ask(here, device.asks(code)))
    assert isinstance(first, Enrolled)
    assert isinstance(again, Enrolled)
    assert first.certificate == again.certificate
    assert refused(here, Device(here.district.identity.card), code)
    (desk,) = desks(here)
    assert desk.digits == six_digits(device.card.root, device.keys.public.dump(), device.nonce)


def test_a_used_code_says_nothing_to_another_desk_that_is_certified(here: DistrictOffice) -> None:
    first, code = Device(here.district.identity.card), offices.code_for(here)
    ask(here, first.asks(code))
    assert refused(here, offices.enrolled(here, 2), code)


def test_of_two_codes_for_one_desk_only_one_can_be_used(here: DistrictOffice) -> None:
    """A restored district may hold a code that was replaced since."""
    old = offices.code_for(here)
    with here.district.storage.reading() as session:
        kept = enrolment_slots.get(session, slot_of(old))
    assert kept is not None
    offices.enrolled(here)
    with here.district.storage.writing() as session:
        enrolment_slots.put(session, slot_of(old), kept)
    assert refused(here, Device(here.district.identity.card), old)


def test_a_wrong_code_opens_nothing(here: DistrictOffice) -> None:
    offices.code_for(here)
    assert refused(here, Device(here.district.identity.card), "AAAAA-AAAAA-AAAAA-AAAAA")
    assert desks(here) == []


def test_a_desk_that_was_shown_another_root_is_refused(here: DistrictOffice) -> None:
    code = offices.code_for(here)
    assert refused(here, Device(here.district.identity.card), code, root=Keys.new().public.dump())


def test_five_wrong_proofs_close_the_slot(here: DistrictOffice) -> None:
    code = offices.code_for(here)
    for _ in range(enrolment_slots.MOST_TRIES):
        assert refused(here, Device(here.district.identity.card), code, root=bytes(64))
    assert refused(here, Device(here.district.identity.card), code)


def test_a_code_lasts_three_days_by_the_districts_clock(here: DistrictOffice, clock: Clock) -> None:
    code = offices.code_for(here)
    clock.at += enrolment_slots.LASTS
    with here.district.storage.reading() as session:
        slot = enrolment_slots.get(session, slot_of(code))
    assert slot is not None
    assert slot.is_open(clock.at)
    clock.at += 1
    assert refused(here, Device(here.district.identity.card), code)


def test_a_request_that_its_keys_did_not_sign_is_refused(here: DistrictOffice) -> None:
    from desk_app.protocol.batch import message
    from desk_app.protocol.messages import Enrol, FrameKind

    code, thief, owner = offices.code_for(here), Keys.new(), Keys.new()
    both = owner.public.dump()
    nonce = bytes(12)
    proof = mac(code_key(code), b"enrol", here.district.identity.card.root, both, nonce)
    asked = Enrol(slot=slot_of(code), nonce=nonce, keys=both, mac=proof)
    with pytest.raises(Refused, match="BAD_SIGNATURE"):
        ask(here, message(FrameKind.ENROL, asked, thief, here.district.identity.keys.public))


@pytest.mark.parametrize("request_", [b"", b"<html>", b"CX", bytes(5000)])
def test_what_is_no_request_is_refused_without_an_answer(here: DistrictOffice, request_: bytes) -> None:
    with pytest.raises(Refused):
        ask(here, request_)


def test_colleagues_come_along_and_learn_of_each_other(here: DistrictOffice) -> None:
    first = offices.enrolled(here, 1)
    second = Device(here.district.identity.card)
    answer = second.told(ask(here, second.asks(offices.code_for(here, 2))))
    assert isinstance(answer, Enrolled)
    (colleague,) = answer.colleagues
    assert certificate_of(colleague, second.district).keys == first.keys.public.dump()
    told = here.district.reply(first.request(pull=1 << 16))
    assert {event.kind for event in first.events(told.body)} == {"certified"}
    assert len(first.events(told.body)) == 2


def test_a_revoked_desk_gets_its_certificate_never_again(here: DistrictOffice) -> None:
    device, code = Device(here.district.identity.card), offices.code_for(here)
    ask(here, device.asks(code))
    with here.district.storage.writing() as session:
        session.run("UPDATE device SET status = 'revoked'")
    assert refused(here, device, code)


# --- making places ------------------------------------------------------------------------


def test_a_desk_that_is_at_work_is_not_given_away(here: DistrictOffice) -> None:
    offices.enrolled(here)
    with pytest.raises(DeskTakenError):
        offices.code_for(here)


def test_two_desks_never_share_numbers(here: DistrictOffice) -> None:
    offices.enrolled(here, 1)
    with pytest.raises(NumbersOverlapError):
        offices.code_for(here, 2, blocks="1999-3000")
    offices.code_for(here, 2, blocks="2000-3000")


def test_the_numbers_of_another_unit_do_not_matter(here: DistrictOffice) -> None:
    offices.enrolled(here, 1)
    code = offices.code_for(here, 1, unit="H26.17")
    with here.district.storage.reading() as session:
        slot = enrolment_slots.get(session, slot_of(code))
    assert slot is not None
    assert (slot.unit, slot.desk) == ("H26.17", 1)


def test_a_new_code_for_a_desk_closes_the_old_one(here: DistrictOffice) -> None:
    old = offices.code_for(here)
    new = offices.code_for(here)
    assert refused(here, Device(here.district.identity.card), old)
    assert not refused(here, Device(here.district.identity.card), new)


def test_units_and_numbers_are_looked_at(here: DistrictOffice) -> None:
    for unit in ("", "h26", "H26/99", "H26.99.1.1.1.1.1.1"):
        with pytest.raises(BadUnitError):
            offices.code_for(here, unit=unit)
    for desk in (0, 11, 100):
        with pytest.raises(BadFactError):
            offices.code_for(here, desk)


@pytest.mark.parametrize("text", ["1", "0-5", "5-1", "8500-9000", "9500-10100", "8000-10000", "a-b", "1-2;3-4"])
def test_blocks_nobody_may_give_are_refused(text: str) -> None:
    with pytest.raises(BadBlocksError):
        enrolment_slots.blocks_of(text)


def test_blocks_are_read_as_people_write_them() -> None:
    assert enrolment_slots.blocks_of(" 0001-1999, 8000-8499 ") == (Block(1, 1999), Block(8000, 8499))
    assert enrolment_slots.blocks_of("10000-11999") == (Block(10_000, 11_999),)
    assert enrolment_slots.blocks_of("") == ()
