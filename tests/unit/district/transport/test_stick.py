from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from desk_app.district.admin import register, status
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.admin.register import Wanted
from desk_app.district.failures import NothingToImportError
from desk_app.district.intake import enrolment_slots
from desk_app.district.storage import devices
from desk_app.district.transport import stick
from desk_app.errors import NoStickError, StickReadOnlyError
from desk_app.protocol.keys import DistrictCard, Keys, slot_of
from desk_app.protocol.messages import Code, Enrolled, FrameKind, Hello
from tests.kit.district import offices
from tests.kit.district.offices import Device


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    folder = tmp_path / "usb"
    folder.mkdir()
    return folder


@pytest.fixture
def desk(here: DistrictOffice) -> Device:
    made = offices.enrolled(here)
    for number in range(1, 4):
        made.receives(number)
    return made


def receptions(here: DistrictOffice) -> int:
    with here.district.storage.reading() as session:
        return status.totals(session).receptions


def test_a_file_is_taken_in_and_answered_beside(here: DistrictOffice, desk: Device, usb: Path) -> None:
    (usb / "H26.99-1-1-3.cx").write_bytes(desk.request(pull=1 << 16))
    (handed,) = stick.take_in(here.district, usb)
    assert (handed.code, handed.answer, handed.events, handed.is_torn) == (Code.OK, "H26.99-1-1-3.rcp.cx", 3, False)
    answer = (usb / handed.answer).read_bytes()
    assert desk.receipt(answer).logs[desk.log].seq == 3
    assert [event.kind for event in desk.events(answer)] == ["certified"]
    assert receptions(here) == 3


def test_the_same_file_again_changes_nothing_and_is_answered_again(
    here: DistrictOffice, desk: Device, usb: Path
) -> None:
    (usb / "a.cx").write_bytes(desk.request())
    stick.take_in(here.district, usb)
    (handed,) = stick.take_in(here.district, usb)
    assert (handed.code, handed.events, receptions(here)) == (Code.OK, 0, 3)


def test_a_torn_file_gives_what_is_whole_and_says_so(here: DistrictOffice, desk: Device, usb: Path) -> None:
    whole = desk.request()
    (usb / "a.cx").write_bytes(whole[:-1])
    (handed,) = stick.take_in(here.district, usb)
    assert (handed.code, handed.events, handed.is_torn) == (Code.OK, 0, True)
    assert "đứt giữa chừng" in handed.told
    assert desk.receipt((usb / "a.rcp.cx").read_bytes()).logs.get(desk.log) is None


@pytest.mark.parametrize("cut", [0, 1, 10, 40])
def test_a_file_torn_in_its_head_gives_nothing(here: DistrictOffice, desk: Device, usb: Path, cut: int) -> None:
    (usb / "a.cx").write_bytes(desk.request()[:cut])
    (handed,) = stick.take_in(here.district, usb)
    assert (handed.code, handed.answer, receptions(here)) == (Code.NO_HELLO, "", 0)
    assert not (usb / "a.rcp.cx").exists()


def test_a_file_for_somebody_else_is_told_and_the_others_are_taken(
    here: DistrictOffice, desk: Device, usb: Path
) -> None:
    (usb / "a.cx").write_bytes(desk.request())
    from desk_app.protocol.batch import message

    hello = message(FrameKind.HELLO, Hello(nonce=bytes(12)), desk.keys, Keys.new().public)
    (usb / "b.cx").write_bytes(hello)
    (usb / "c.cx").write_bytes(secrets.token_bytes(3000))
    handed = {one.file: one for one in stick.take_in(here.district, usb)}
    assert {name: one.code for name, one in handed.items()} == {
        "a.cx": Code.OK,
        "b.cx": Code.WRONG_RECIPIENT,
        "c.cx": Code.NOT_CX,
    }
    assert "không gửi cho cấp trên này" in handed["b.cx"].told
    assert receptions(here) == 3


def test_a_damaged_middle_keeps_what_came_before(here: DistrictOffice, desk: Device, usb: Path) -> None:
    (usb / "a.cx").write_bytes(desk.request() + b"rubbish" * 50)
    (handed,) = stick.take_in(here.district, usb)
    assert (handed.code, handed.events) == (Code.NOT_CX, 3)
    assert desk.receipt((usb / "a.rcp.cx").read_bytes()).logs[desk.log].seq == 3


def test_a_device_nobody_certified_is_not_answered(here: DistrictOffice, usb: Path) -> None:
    stranger = Device(here.district.identity.card)
    stranger.receives(1)
    (usb / "a.cx").write_bytes(stranger.request())
    (handed,) = stick.take_in(here.district, usb)
    assert (handed.code, handed.answer, receptions(here)) == (Code.UNKNOWN_DEVICE, "", 0)


def test_one_file_may_be_named(here: DistrictOffice, desk: Device, usb: Path) -> None:
    (usb / "a.cx").write_bytes(desk.request())
    (usb / "b.cx").write_bytes(b"")
    assert [one.file for one in stick.take_in(here.district, usb / "a.cx")] == ["a.cx"]


def test_an_empty_a_missing_and_an_answered_stick_are_told(here: DistrictOffice, usb: Path) -> None:
    with pytest.raises(NoStickError):
        stick.take_in(here.district, usb / "khong-co")
    (usb / "a.rcp.cx").write_bytes(b"")
    (usb / "x.enrolled.cx").write_bytes(b"")
    (usb / "thu.txt").write_bytes(b"")
    with pytest.raises(NothingToImportError):
        stick.take_in(here.district, usb)


def test_a_stick_that_cannot_be_written_keeps_what_was_taken(
    here: DistrictOffice, desk: Device, usb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object) -> None:
        raise StickReadOnlyError

    (usb / "a.cx").write_bytes(desk.request())
    monkeypatch.setattr(stick, "write_whole", refuses)
    with pytest.raises(StickReadOnlyError):
        stick.take_in(here.district, usb)
    assert receptions(here) == 3


def test_a_long_file_is_taken_whole(here: DistrictOffice, usb: Path) -> None:
    """Longer than a request over the line may be."""
    desk = offices.enrolled(here)
    desk.receives(1)
    body = bytearray(desk.request())
    from desk_app.protocol.batch import Blob, blob_frame

    piece = secrets.token_bytes(32 << 10)
    while len(body) < 9 << 20:
        body += blob_frame(Blob(bytes(32), 1 << 30, 0, piece), desk.district)
    desk.receives(2)
    body += desk.request(first=2)[len(desk.request(first=9)) :]
    (usb / "a.cx").write_bytes(body)
    (handed,) = stick.take_in(here.district, usb)
    assert handed.events == 2


# --- enrolment by stick -------------------------------------------------------------------


def test_a_desk_enrols_by_stick_alone(here: DistrictOffice, usb: Path) -> None:
    import msgspec

    stick.write_card(here.district, usb)
    card = msgspec.msgpack.decode((usb / stick.CARD).read_bytes(), type=DistrictCard)
    assert card == here.district.identity.card
    device, code = Device(card), offices.code_for(here)
    (usb / f"{slot_of(code).hex()}.enrol.cx").write_bytes(device.asks(code))
    (handed,) = stick.take_in(here.district, usb)
    assert (handed.code, handed.answer) == (Code.OK, f"{slot_of(code).hex()}.enrolled.cx")
    assert isinstance(device.told((usb / handed.answer).read_bytes()), Enrolled)


def test_a_wrong_code_on_a_stick_is_told(here: DistrictOffice, usb: Path) -> None:
    device = Device(here.district.identity.card)
    (usb / "00.enrol.cx").write_bytes(device.asks("AAAAA-AAAAA-AAAAA-AAAAA"))
    (usb / "01.enrol.cx").write_bytes(b"rubbish")
    handed = stick.take_in(here.district, usb)
    assert [one.code for one in handed] == [Code.BAD_CODE, Code.NOT_CX]
    assert "mã ghép sai" in handed[0].told
    with here.district.storage.reading() as session:
        assert enrolment_slots.listed(session) == []


# --- out ----------------------------------------------------------------------------------


def test_each_desk_gets_a_file_that_only_it_can_open(here: DistrictOffice, desk: Device, usb: Path) -> None:
    colleague = offices.enrolled(here, 2)
    here.district.reply(desk.request())
    made = dict(stick.hand_out(here.district, usb))
    assert made == {"cap-tren-H26.99-1.cx": 2, "cap-tren-H26.99-2.cx": 5}
    told = (usb / "cap-tren-H26.99-2.cx").read_bytes()
    assert [event.kind for event in colleague.events(told)] == ["certified"] * 2 + ["received"] * 3
    from desk_app.protocol.messages import Refused

    with pytest.raises(Refused):
        desk.events(told)


def test_a_revoked_desk_gets_no_file(here: DistrictOffice, desk: Device, usb: Path) -> None:
    with here.district.storage.writing() as session:
        devices.revoke(session, desk.keys.kid, reason="")
    assert stick.hand_out(here.district, usb) == []


def test_the_register_holds_every_dossier_and_no_formula(here: DistrictOffice, desk: Device) -> None:
    desk.receives(4, name="=HYPERLINK(1)")
    here.district.reply(desk.request())
    here.district.projection.catch_up()
    with here.district.storage.reading() as session:
        text = register.as_csv(register.every(session, Wanted())).decode("utf-8-sig")
    lines = text.split("\r\n")
    assert len(lines) == 6
    assert "'=HYPERLINK(1)" in text
    assert ",=HYPERLINK" not in text
    assert "001190012345" in text
