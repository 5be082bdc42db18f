"""The commune of the pictures: two desks and a district in one process, which exchange by a stick in a folder."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from desk_app.district.admin import folder
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.admin.settings import DistrictSettings
from desk_app.district.intake import enrolment_slots
from desk_app.district.own_log import writer
from desk_app.district.own_log.writer import EVERYBODY, Word
from desk_app.district.transport import stick
from desk_app.domain.notices import Announced
from desk_app.domain.people.person import Person
from desk_app.services.desk.desk import Desk, open_desk
from desk_app.services.dossiers import queries, steps
from desk_app.services.papers import papers
from desk_app.services.reception import reception
from desk_app.services.setup import demo, setup
from desk_app.services.sync import enrolling, syncing

PHONE = "people.applicant.phone"
DISTRICT = "Trung tâm Phục vụ hành chính công thành phố Hà Nội"
_NEW = ("Nguyễn Thị Thử Nghiệm", "Trần Văn Mẫu", "Lê Thử Thị Mẫu")


@dataclass(frozen=True)
class Commune:
    """Where the first desk's data are, what opens them, and the code of the dossier that two desks corrected."""

    data: Path
    secret: Path
    disputed: str


@contextmanager
def made(place: Path, now: datetime, *, dossiers: int) -> Iterator[Commune]:
    """The first desk has `dossiers`, has sent them all but today's last three, and heard from the district."""
    secret, usb = place / "secret.txt", place / "usb"
    usb.mkdir()
    secret.write_text(secrets.token_urlsafe(), "utf-8")
    passphrase = secrets.token_urlsafe()  # of a district made for the pictures and gone after them
    at = int((now - timedelta(minutes=25)).timestamp() * 1000)
    wanted = DistrictSettings(name=DISTRICT, url="https://127.0.0.1:8443", database="")
    folder.create(place / "district", wanted, passphrase=passphrase, root_file=place / "root", clock=lambda: at)
    with folder.opened(place / "district", passphrase=passphrase, clock=lambda: at) as here:
        first = _desk(place / "first", secret, now, clerk="Trần Thử Nghiệm", dossiers=dossiers)
        second = _desk(place / "second", secret, now, clerk="Lê Thử Mẫu", dossiers=0)
        for number, desk in enumerate((first, second), 1):
            _enrol(here, desk, usb, number, at)
        _tell(here, at)
        for desk in (first, second, first):
            _exchange(here, desk, usb)
        disputed = queries.listed(first, "today", 20)[-1].code
        _dispute(first, second, disputed)
        for desk in (second, first):
            _exchange(here, desk, usb)
        for name in _NEW:
            _receive(first, name)
        for desk in (first, second):
            desk.close()
    yield Commune(place / "first", secret, disputed)


def _desk(data: Path, secret: Path, now: datetime, *, clerk: str, dossiers: int) -> Desk:
    passphrase = secret.read_text("utf-8")
    setup.init(
        data,
        unit=demo.UNIT,
        commune=demo.COMMUNE,
        province=demo.PROVINCE,
        desk=1,
        clerk=clerk,
        passphrase=passphrase,
        demo_dossiers=dossiers,
        clock=lambda: now - timedelta(minutes=30),
    )
    return open_desk(data, passphrase=passphrase, clock=lambda: now - timedelta(minutes=20))


def _enrol(here: DistrictOffice, desk: Desk, usb: Path, number: int, at: int) -> None:
    with here.district.storage.writing() as session:
        code, _ = enrolment_slots.make(session, unit=demo.UNIT, commune=demo.COMMUNE, desk=number, blocks=(), at=at)
    stick.write_card(here.district, usb)
    enrolling.ask_on_stick(desk, code, usb)
    stick.take_in(here.district, usb)
    enrolling.answer_from_stick(desk, usb)
    enrolling.confirm(desk)
    _clear(usb)


def _exchange(here: DistrictOffice, desk: Desk, usb: Path) -> None:
    syncing.export_stick(desk, usb)
    stick.take_in(here.district, usb)
    syncing.import_stick(desk, usb)
    _clear(usb)


def _clear(usb: Path) -> None:
    for file in usb.iterdir():
        file.unlink()


def _tell(here: DistrictOffice, at: int) -> None:
    said = (
        Announced(title="Mẫu tờ khai khai sinh mới", text="Dùng mẫu mới cho hồ sơ nhận từ ngày 01/12/2026."),
        Announced(
            title="Nghỉ Tết Dương lịch 2027",
            text="Các bộ phận Một cửa nghỉ thứ Sáu 01/01/2027; hạn trả đã được tính lại theo lịch mới.",
            until="2027-01-01",
        ),
    )
    with here.district.storage.writing() as session:
        for n, each in enumerate(said):
            moment = at - 3_600_000 * 26 * (len(said) - 1 - n)
            writer.append_signed(session, here.district.identity, EVERYBODY, [Word(payload=each)], at=moment)


def _dispute(first: Desk, second: Desk, code: str) -> None:
    steps.correct(first, code, {PHONE: "0110000001"}, reason="gọi lại cho người nộp")
    second.clock = lambda: first.clock() + timedelta(minutes=9)
    steps.correct(second, code, {PHONE: "0110000002"}, reason="người nhà đọc số")


def _receive(desk: Desk, name: str) -> None:
    """The last citizens of the day; one slip was not printed."""
    draft = replace(
        reception.new_draft("1.004873"),
        people={
            "applicant": Person(
                full_name=name,
                id_number=f"00119000000{1 + _NEW.index(name)}",
                born_on="1990-01-15",
                phone="0110000001",
                residence="Thôn Đông An, xã Thử Nghiệm",
            )
        },
    )
    code = reception.receive(desk, draft).dossier.code
    if name != _NEW[-1]:
        papers.printed(desk, code, ["slip"], printer="Quầy 1")
