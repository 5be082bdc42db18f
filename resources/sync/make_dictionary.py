"""Makes events-1.zdict, the dictionary that batches are packed with, from days of people who do not exist.

Run by hand where the program is installed; never on real data, for a dictionary holds pieces of what it was made from.
A released number is never made again: golden frames stay readable for ever. Add events-2.zdict and raise
`NEWEST` in desk_app/protocol/packing.py.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from backports import zstd

from desk_app.domain.calendar.deadlines import VIETNAM
from desk_app.domain.dossiers.dossier import correct, take_step
from desk_app.domain.dossiers.events import CardRead, HandedIn, Printed
from desk_app.domain.people.person import Person
from desk_app.domain.procedures.procedure import Document
from desk_app.protocol.packing import what_is_packed
from desk_app.services.desk.desk import Desk, open_desk
from desk_app.services.reception import reception
from desk_app.services.reception.draft import Draft
from desk_app.services.setup import demo_people, setup
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import journal

_SIZE = 96 << 10
_DOSSIERS = 120
_PLACES = (
    ("H26.10", "xã Mẫu Một", "thành phố Hà Nội", 1),
    ("H14.31", "phường Mẫu Hai", "tỉnh Lào Cai", 2),
    ("H49.07", "xã Mẫu Ba", "tỉnh Lâm Đồng", 1),
    ("H61.22", "phường Mẫu Bốn", "tỉnh Cà Mau", 3),
    ("H33.15", "xã Mẫu Năm", "thành phố Huế", 1),
    ("H08.04", "đặc khu Mẫu Sáu", "tỉnh Bắc Ninh", 2),
)
_SHARES = {
    "2.000815": 40, "2.000908": 8, "1.001193": 14, "1.004873": 12, "2.000635": 10, "1.000656": 6, "1.000894": 4,
    "1.001653": 4, "2.001016": 2,
}  # fmt: skip
_DOCUMENTS = ("Bằng tốt nghiệp", "Giấy khai sinh", "Căn cước", "Sổ hộ khẩu", "Học bạ", "Giấy chứng nhận kết hôn")
_NOTES = (
    "Công dân bổ sung bản sao căn cước", "Hẹn trả qua bưu chính công ích", "Có giấy ủy quyền", "Bản chính mờ",
    "Người nộp đi làm ăn xa, xin nhận sớm", "Liên hệ theo số điện thoại của người nhà",
)  # fmt: skip
_REASONS = ("Thiếu giấy tờ", "Cần xác minh nơi cư trú", "Giấy tờ hết hạn", "Thông tin chưa khớp với dữ liệu dân cư")
_AFTER = ((), ("forward",), ("forward", "ready"), ("forward", "ready", "return"), ("request-completion",))


class _Clock:
    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment


def main() -> None:
    lines = [line for n, place in enumerate(_PLACES) for line in what_is_packed(list(_day(n, *place)))]
    trained = zstd.train_dict(lines, _SIZE)
    file = Path(__file__).with_name("events-1.zdict")
    file.write_bytes(trained.dict_content)
    print(f"{file.name}: {len(trained.dict_content)} bytes from {len(lines)} events")


def _day(number: int, unit: str, commune: str, province: str, desk: int) -> Iterator[bytes]:
    clock = _Clock(datetime(2026, 1 + number * 2, 12, 7, 30, tzinfo=VIETNAM))
    draw = random.Random(number)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "desk"
        setup.init(
            data,
            unit=unit,
            commune=commune,
            province=province,
            superior=f"UBND {province}",
            desk=desk,
            clerk="Cán bộ tiếp nhận",
            passphrase="mật khẩu của dữ liệu mẫu",  # noqa: S106 - protects people who do not exist
            clock=clock,
        )
        with open_desk(data, passphrase="mật khẩu của dữ liệu mẫu", clock=clock) as opened:  # noqa: S106 - as above
            people = list(demo_people.people(_DOSSIERS * 2, seed=900 + number, commune=commune))
            for place in range(_DOSSIERS):
                clock.moment += timedelta(seconds=draw.randrange(40, 160))
                _dossier(opened, draw, people[2 * place], people[2 * place + 1])
            for (body,) in opened.db.all("SELECT body FROM event ORDER BY n"):
                yield body.encode()


def _dossier(desk: Desk, draw: random.Random, person: Person, other: Person) -> None:
    procedure = draw.choices(list(_SHARES), list(_SHARES.values()))[0]
    answers = {
        question.key: _answer(question.key, question.choices, other)
        for question in reception.outlook(desk, _draft(procedure, person)).questions
        if not question.value and draw.random() < 0.8
    }
    draft = _draft(
        procedure,
        person,
        fields={key: value for key, value in answers.items() if value},
        documents=(Document(name=draw.choice(_DOCUMENTS), pages=draw.randrange(1, 9), copies=draw.randrange(1, 6)),),
        note=draw.choice(_NOTES) if draw.random() < 0.2 else "",
        ticked=_ticked(desk, procedure, draw) if draw.random() < 0.4 else None,
        return_by="post" if draw.random() < 0.1 else "counter",
        card=CardRead(kind="qr2021", fields=("full_name", "id_number", "born_on", "sex", "residence", "id_issued_on")),
    )
    kept = reception.receive(desk, draft).dossier
    at = int(desk.now().timestamp() * 1000)
    with unit_of_work(desk.db):
        papers = ("slip", *(form.form for form in kept.forms))
        journal.append(
            desk.db, Printed(papers=papers, copies=1, printer="HP-LaserJet"), dossier=kept.id, at=at, author=desk.clerk
        )
        if draw.random() < 0.15:
            change, seen = correct(kept, {"people.applicant.phone": other.phone}, reason="Công dân báo lại")
            journal.append(desk.db, change, dossier=kept.id, at=at, author=desk.clerk, seen=seen)
        for step in draw.choice(_AFTER):
            event = take_step(kept, step, reason=draw.choice(_REASONS) if step == "request-completion" else "")
            journal.append(desk.db, event, dossier=kept.id, at=at, author=desk.clerk)
            kept = journal.dossier(desk.db, kept.id)


def _draft(procedure: str, person: Person, **facts: object) -> Draft:
    return Draft(id=journal.new_dossier_id(), procedure=procedure, people={"applicant": person}, **facts)  # type: ignore[arg-type]


def _answer(key: str, choices: tuple[str, ...], other: Person) -> str:
    if choices:
        return choices[0]
    of_a_person = getattr(other, key.rpartition(".")[2], "")
    return of_a_person if isinstance(of_a_person, str) else ""


def _ticked(desk: Desk, procedure: str, draw: random.Random) -> tuple[HandedIn, ...]:
    components = reception.outlook(desk, Draft(id="x", procedure=procedure)).components
    return tuple(
        HandedIn(component=one.id, name=one.name, originals=draw.randrange(2), copies=draw.randrange(2))
        for one in components
        if draw.random() < 0.7
    )


if __name__ == "__main__":
    sys.exit(main())
