"""Enrolment: a code proves either end to the other, people compare digits, and nothing is sent before."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.cli.desk_commands import qr_text
from desk_app.district.intake import enrolment as at_district
from desk_app.district.transport import stick as district_stick
from desk_app.errors import (
    AddressNeededError,
    AlreadyEnrolledError,
    BadCodeError,
    DigitsNotComparedError,
    DistrictBusyError,
    EnrolmentRefusedError,
    ForeignUnitError,
    NoCardError,
    NoDistrictError,
    NotAnsweredError,
    NotEnrolledError,
    WrongDistrictError,
)
from desk_app.protocol.keys import Keys
from desk_app.protocol.messages import Code
from desk_app.services.desk.desk import Desk
from desk_app.services.reception import reception
from desk_app.services.sync import enrolling
from desk_app.services.sync import status as sync_status
from desk_app.store.database.database import unit_of_work
from desk_app.store.peers import device_key, devices, enrolment_state, sync_state
from desk_app.store.reference import settings
from desk_app.sync.membership import enrolment, identity, ticket
from tests.kit.desk.desks import TestClock, make_template, open_copy
from tests.kit.district import offices
from tests.kit.district.offices import Clock, code_for
from tests.kit.wire.enrolment_wire import CODE, Wire, digits_at


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_template(tmp_path_factory.mktemp("template"))


@pytest.fixture
def desk(template: Path, tmp_path: Path) -> Iterator[Desk]:
    with open_copy(template, tmp_path, TestClock()) as opened:
        yield opened


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A district without desks; copied, never changed."""
    place = tmp_path_factory.mktemp("made") / "district"
    with offices.office(place, Clock()):
        return place


@pytest.fixture
def here(district: Path, tmp_path: Path) -> Iterator[DistrictOffice]:
    shutil.copytree(district, tmp_path / "district")
    with offices.office(tmp_path / "district", Clock()) as opened:
        yield opened


@pytest.fixture
def wire(here: DistrictOffice, monkeypatch: pytest.MonkeyPatch) -> Wire:
    return Wire(here, monkeypatch)


# --- what the paper says ------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["01234-56789-ABCDE-FGHJK", " o1234 56789 abcde fghjk ", "0I2345-6789A-BCDEF-GHJK"])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert ticket.ticket_of(typed, url="cap-tren.vn/").url == "https://cap-tren.vn"
    assert ticket.ticket_of(typed, url="http://10.0.0.1:8443").code == CODE


@pytest.mark.parametrize("typed", ["", "0123", CODE + "X", "CX1|https://x|ABC", "CX2|https://x|ABC|" + CODE])
def test_what_is_no_code_is_refused_before_anything_is_asked(typed: str) -> None:
    with pytest.raises(BadCodeError):
        ticket.ticket_of(typed, url="https://x")


def test_the_qr_carries_address_fingerprint_and_code(here: DistrictOffice) -> None:
    text = qr_text(here, code_for(here))
    read = ticket.ticket_of(text)
    assert read.url == "https://127.0.0.1:8443"
    card = ticket.card_of(msgspec.json.encode(here.district.identity.card), read)
    assert card.root == here.district.identity.card.root
    elsewhere = ticket.ticket_of(text.replace(read.fingerprint, "A" * len(read.fingerprint)))
    with pytest.raises(WrongDistrictError):
        ticket.card_of(msgspec.json.encode(here.district.identity.card), elsewhere)


def test_a_code_alone_needs_an_address(desk: Desk) -> None:
    with pytest.raises(AddressNeededError):
        enrolling.enrol(desk, CODE)


def test_a_portals_page_is_no_district() -> None:
    for told in (b"<html>login</html>", b"", b"{}", b'{"url": 1}'):
        with pytest.raises(NoDistrictError):
            ticket.card_of(told, ticket.Ticket(code=CODE, url="https://x"))


# --- over the line ------------------------------------------------------------------------


def test_nothing_is_a_membership_before_two_people_agreed(desk: Desk, here: DistrictOffice, wire: Wire) -> None:
    code = code_for(here, 1)
    offer = enrolling.enrol(desk, code, url="https://127.0.0.1:9")
    assert offer.six_digits == digits_at(here, code)
    assert enrolling.offered(desk) == offer
    assert wire.tls == wire.card.tls  # the second request pins what the first one told
    status = sync_status.status(desk)
    assert (status.enrolled, status.six_digits) == (False, offer.six_digits)
    with pytest.raises(NotEnrolledError):
        identity.load(desk.db, desk.data)
    enrolling.confirm(desk)
    member = identity.load(desk.db, desk.data)
    assert (member.certificate.unit, member.certificate.desk) == ("H26.99", 1)
    assert (member.district.url, sync_status.status(desk).district) == ("https://127.0.0.1:9", "UBND tỉnh Thử")
    assert enrolling.offered(desk) is None
    with pytest.raises(NotEnrolledError):
        enrolling.confirm(desk)


def test_a_declined_answer_leaves_nothing_behind(desk: Desk, here: DistrictOffice, wire: Wire) -> None:
    enrolling.enrol(desk, code_for(here), url="https://x")
    before = settings.get(desk.db)
    enrolling.decline(desk)
    assert enrolling.offered(desk) is None
    assert (sync_status.status(desk).enrolled, settings.get(desk.db)) == (False, before)
    assert device_key.get(desk.data, desk.db) is None


def test_the_districts_number_and_blocks_become_the_desks(desk: Desk, here: DistrictOffice, wire: Wire) -> None:
    enrolling.enrol(desk, code_for(here, 3, blocks="5000-5099,7000-7099"), url="https://x")
    enrolling.confirm(desk)
    assert (desk.settings.desk, [(block.first, block.last) for block in desk.blocks]) == (
        3,
        [(5000, 5099), (7000, 7099)],
    )
    assert settings.get(desk.db) == desk.settings
    assert reception.outlook(desk, reception.new_draft("1.004873")).code == "H26.99-261120-5000"


def test_an_answer_that_got_lost_is_asked_for_again_with_the_same_keys(
    desk: Desk, here: DistrictOffice, wire: Wire
) -> None:
    code = code_for(here)

    def lost(_: bytes) -> bytes:
        raise ConnectionError

    wire.spoil = lost
    with pytest.raises(ConnectionError):
        enrolling.enrol(desk, code, url="https://x")
    first = enrolment_state.get(desk.db)
    wire.spoil = lambda answer: answer
    offer = enrolling.enrol(desk, code, url="https://x")
    again = enrolment_state.get(desk.db)
    assert first is not None
    assert again is not None
    assert (first.secret, first.nonce != again.nonce) == (again.secret, True)
    assert offer.six_digits == digits_at(here, code)


def test_a_code_that_was_used_wrong_or_is_old_is_refused(desk: Desk, here: DistrictOffice, wire: Wire) -> None:
    with pytest.raises(EnrolmentRefusedError):
        enrolling.enrol(desk, CODE, url="https://x")
    here.district.clock.at += 73 * 3_600_000  # type: ignore[attr-defined]
    late = code_for(here)
    here.district.clock.at += 73 * 3_600_000  # type: ignore[attr-defined]
    with pytest.raises(EnrolmentRefusedError):
        enrolling.enrol(desk, late, url="https://x")
    assert enrolling.offered(desk) is None


def test_a_code_of_another_commune_changes_nothing(desk: Desk, here: DistrictOffice, wire: Wire) -> None:
    with pytest.raises(ForeignUnitError, match=r"H26\.77"):
        enrolling.enrol(desk, code_for(here, unit="H26.77"), url="https://x")
    assert enrolling.offered(desk) is None
    assert not sync_status.status(desk).enrolled


def test_colleagues_are_known_from_the_first_moment(desk: Desk, here: DistrictOffice, wire: Wire) -> None:
    other = offices.enrolled(here, 2)
    enrolling.enrol(desk, code_for(here, 1), url="https://x")
    enrolling.confirm(desk)
    assert {device.kid for device in devices.all(desk.db)} == {other.keys.kid, sync_state.get(desk.db).kid}
    assert sync_status.status(desk).colleagues == 1


# --- who answers --------------------------------------------------------------------------


def test_whoever_stands_between_cannot_take_the_districts_place(
    desk: Desk, here: DistrictOffice, wire: Wire, tmp_path: Path
) -> None:
    """He shows a card of his own and passes the request on, or answers it himself: either way the code is missing."""
    code = code_for(here)
    (tmp_path / "other").mkdir()
    with offices.office(tmp_path / "other" / "data", Clock()) as other:
        wire.card = other.district.identity.card
        with pytest.raises(EnrolmentRefusedError):
            enrolling.enrol(desk, code, url="https://x")
        wire.here = other
        with pytest.raises(EnrolmentRefusedError):
            enrolling.enrol(desk, code, url="https://x")
    assert enrolling.offered(desk) is None


def test_an_answer_is_believed_only_whole_and_from_the_keys_the_card_proves(
    desk: Desk, here: DistrictOffice, wire: Wire
) -> None:
    code = code_for(here)
    said = ticket.ticket_of(code, url="https://x")
    pending = enrolment.asked(said, wire.card, before=None)
    district = here.district
    answer = at_district.answer(district.storage, district.identity, enrolment.request_of(pending), at=0)
    assert enrolment.answered(pending, answer).digits
    for length in range(0, len(answer), 37):
        with pytest.raises((NoDistrictError, WrongDistrictError)):
            enrolment.answered(pending, answer[:length])
    for place in range(20, len(answer), 97):
        spoilt = bytearray(answer)
        spoilt[place] ^= 1
        with pytest.raises(WrongDistrictError):
            enrolment.answered(pending, bytes(spoilt))
    stranger = msgspec.structs.replace(pending, secret=Keys.new().dump())
    with pytest.raises(WrongDistrictError):
        enrolment.answered(stranger, answer)


def test_a_certificate_the_code_does_not_vouch_for_is_no_answer(here: DistrictOffice, wire: Wire) -> None:
    """The district's own keys signed it, but for whoever guessed another code."""
    pending = enrolment.asked(ticket.ticket_of(code_for(here), url="https://x"), wire.card, before=None)
    district = here.district
    answer = at_district.answer(district.storage, district.identity, enrolment.request_of(pending), at=0)
    other = msgspec.structs.replace(pending, code=CODE)
    with pytest.raises(WrongDistrictError):
        enrolment.answered(other, answer)


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        (Code.STORAGE.value.encode(), DistrictBusyError),
        (Code.BUSY.value.encode(), DistrictBusyError),
        (Code.TOO_LARGE.value.encode(), EnrolmentRefusedError),
        (b"<html>portal</html>", NoDistrictError),
        (b"", NoDistrictError),
    ],
)
def test_every_other_answer_has_its_own_words(
    here: DistrictOffice, wire: Wire, told: bytes, refusal: type[Exception]
) -> None:
    pending = enrolment.asked(ticket.ticket_of(CODE, url="https://x"), wire.card, before=None)
    with pytest.raises(refusal):
        enrolment.answered(pending, told)


# --- a second time ------------------------------------------------------------------------


def test_a_code_given_twice_before_anybody_agreed_offers_the_same_again(
    desk: Desk, here: DistrictOffice, wire: Wire
) -> None:
    code = code_for(here)
    first = enrolling.enrol(desk, code, url="https://x")
    again = enrolling.enrol(desk, code, url="https://x")
    assert (again.district, again.desk, again.numbers) == (first.district, first.desk, first.numbers)
    assert enrolling.offered(desk) == again
    assert digits_at(here, code) == again.six_digits
    enrolling.confirm(desk)
    assert sync_state.get(desk.db).digits_confirmed


def test_a_desk_is_enrolled_once_until_the_district_sends_it_away(desk: Desk, here: DistrictOffice, wire: Wire) -> None:
    enrolling.enrol(desk, code_for(here), url="https://x")
    enrolling.confirm(desk)
    kid = sync_state.get(desk.db).kid
    with pytest.raises(AlreadyEnrolledError):
        enrolling.enrol(desk, code_for(here, 2), url="https://x")
    with unit_of_work(desk.db):
        sync_state.change(desk.db, last_outcome="RevokedError", last_detail="đã thu hồi")
    enrolling.enrol(desk, code_for(here, 4), url="https://x")
    assert identity.load(desk.db, desk.data).keys.kid == kid  # until it is confirmed, the old membership stands
    enrolling.confirm(desk)
    assert identity.load(desk.db, desk.data).keys.kid != kid
    assert sync_status.status(desk).last_outcome == ""


def test_a_desk_put_on_another_machine_without_its_keys_can_be_enrolled_again(
    desk: Desk, here: DistrictOffice, wire: Wire
) -> None:
    enrolling.enrol(desk, code_for(here), url="https://x")
    enrolling.confirm(desk)
    desk.db.execute("DELETE FROM secret")
    with pytest.raises(NotEnrolledError):
        identity.load(desk.db, desk.data)
    enrolling.enrol(desk, code_for(here, 2), url="https://x")
    enrolling.confirm(desk)
    assert identity.load(desk.db, desk.data).certificate.desk == 2


def test_keys_kept_when_the_power_went_are_no_membership(desk: Desk, here: DistrictOffice, wire: Wire) -> None:
    enrolling.enrol(desk, code_for(here), url="https://x")
    enrolling.confirm(desk)
    with unit_of_work(desk.db):
        device_key.put(desk.data, desk.db, Keys.new().dump())
    with pytest.raises(NotEnrolledError):
        identity.load(desk.db, desk.data)


def test_unconfirmed_digits_stop_everything(desk: Desk, here: DistrictOffice, wire: Wire) -> None:
    enrolling.enrol(desk, code_for(here), url="https://x")
    enrolling.confirm(desk)
    with unit_of_work(desk.db):
        sync_state.change(desk.db, digits_confirmed=False)
    with pytest.raises(DigitsNotComparedError):
        identity.load(desk.db, desk.data)


# --- by stick -----------------------------------------------------------------------------


def test_a_stick_without_the_districts_card_or_without_its_answer_is_told(
    desk: Desk, here: DistrictOffice, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with pytest.raises(NoCardError):
        enrolling.ask_on_stick(desk, code_for(here), stick)
    with pytest.raises(NotEnrolledError):
        enrolling.answer_from_stick(desk, stick)
    district_stick.write_card(here.district, stick)
    enrolling.ask_on_stick(desk, code_for(here), stick)
    with pytest.raises(NotAnsweredError):
        enrolling.answer_from_stick(desk, stick)


def test_another_districts_card_on_the_stick_is_not_taken_with_a_qr(
    desk: Desk, here: DistrictOffice, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    text = qr_text(here, code_for(here))
    (tmp_path / "other").mkdir()
    with offices.office(tmp_path / "other" / "data", Clock()) as other:
        district_stick.write_card(other.district, stick)
    with pytest.raises(WrongDistrictError):
        enrolling.ask_on_stick(desk, text, stick)


def test_a_used_code_is_told_by_the_stick_too(desk: Desk, here: DistrictOffice, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    code = code_for(here)
    at_district.answer(
        here.district.storage,
        here.district.identity,
        offices.Device(here.district.identity.card).asks(code),
        at=here.district.clock(),
    )
    district_stick.write_card(here.district, stick)
    enrolling.ask_on_stick(desk, code, stick)
    district_stick.take_in(here.district, stick)
    with pytest.raises(EnrolmentRefusedError):
        enrolling.answer_from_stick(desk, stick)
