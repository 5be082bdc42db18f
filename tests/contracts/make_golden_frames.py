"""Writes frames of this version into tests/contracts/golden/cx1/, once: what was released must stay readable for ever.

`python -m tests.contracts.make_golden_frames`, before a release that changed how frames are made. Never writes over
what is there. The keys beside the frames belong to nobody.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec

from desk_app import __version__, places
from desk_app.domain.custody.custody_events import GivenToDesk, TakenAtDesk
from desk_app.domain.dossiers.changes import text_of
from desk_app.domain.dossiers.dossier_state import STEP
from desk_app.domain.dossiers.events import (
    KIND_OF,
    Attached,
    ConflictSettled,
    Corrected,
    FormVersion,
    Founded,
    HandedIn,
    Office,
    OfficeChanged,
    OldRecordsBrought,
    OldRecordsTakenBack,
    Payload,
    ProcedureChosen,
    Received,
    Recorded,
    Stamp,
    StepTaken,
    StepTakenBack,
)
from desk_app.domain.dossiers.fact_paths import COMPONENTS, DOCUMENTS, DUE, FEE, PROCEDURE, SETS
from desk_app.domain.linked.group import LinkedGroup, LinkedPart
from desk_app.domain.messages.message_events import Contacted, MessageQueued, MessageSent
from desk_app.domain.notices import NOTICES, Announced, Certified, DayChange, DaysChanged, Notice, Redacted, Revoked
from desk_app.domain.organisations.organisation import Organisation
from desk_app.domain.payments.money_events import PAID, FeeReceipt, Paid, PaidBack, Receipted
from desk_app.domain.people.person import Person
from desk_app.domain.procedures.procedure import Document, Fee, FeeLine
from desk_app.protocol import batch
from desk_app.protocol.batch import Blob, blob_frame, message, sign_batch
from desk_app.protocol.event_body import body_of, first_hash, hole, next_hash
from desk_app.protocol.keys import Certificate, DistrictCard, Keys, certify, code_key, mac, slot_of
from desk_app.protocol.messages import Enrol, Enrolled, FrameKind, Held, Hello, Receipt, encoded
from desk_app.protocol.packing import PLAIN, Chain
from tests.kit.desk import days

PLACE = Path(__file__).parent / "golden" / "cx1"
CODE = "7K3QD-0M9XW-V2T8R-HC5YB"
AT = 1_795_134_600_000
_UNIT = days.UNIT


def main() -> int:
    folder = PLACE / __version__
    if folder.exists():
        print(f"{folder} is there already, and stays", file=sys.stderr)
        return 1
    folder.mkdir(parents=True)
    for name, data in _Maker().files().items():
        (folder / name).write_bytes(data)
    print(folder)
    return 0


class _Maker:
    """Everything of one made-up district and one desk."""

    def __init__(self) -> None:
        self.root, self.district, self.desk = Keys.new(), Keys.new(), Keys.new()
        self.log, self.districts_log = bytes(range(16)), bytes(range(16, 32))
        self.lines = [*_a_day(), *self._odd_lines()]
        self.file = "Bản chụp giấy tờ của người không có thật.".encode() * 40
        self.expected: dict[str, Any] = {"log": self.log.hex(), "code": CODE}

    def files(self) -> dict[str, bytes]:
        made = {
            "events-plain.cx": self._events(PLAIN),
            "events.cx": self._events(batch.NEWEST),
            "request.cx": self._request(),
            "answer.cx": self._answer(),
            "enrol.cx": self._enrol(),
            "enrolled.cx": self._enrolled(),
        }
        self.expected["dictionaries"] = {
            file.name: hashlib.sha256(file.read_bytes()).hexdigest()
            for file in sorted((places.resources() / "sync").glob("*.zdict"))
        }
        keys = {"root": self.root, "district": self.district, "desk": self.desk}
        return {
            **made,
            "bodies.txt": b"".join(line + b"\n" for line in self.lines),
            "keys.json": _json({name: pair.dump().hex() for name, pair in keys.items()}),
            "expected.json": _json(self.expected),
        }

    def _odd_lines(self) -> list[bytes]:
        """What a day does not bring: a settled conflict, a file, a kind of the future, an erased body."""
        settled = ConflictSettled(path="note", value="Giữ cả hai giấy")
        attached = Attached(sha="0" * 64, size=1700, type="image/jpeg", name="ban-chup.jpg", component="")
        lines = [_line(settled, seen={"note": ((3, "00010203"), (4, "10111213"))}), _line(attached)]
        lines += [_line(payload, seen={path: ((5, "00010203"),)}) for path, payload in _set_right()]
        lines += [_line(_owed()), _line(OfficeChanged(values={"hours.hand_out": '"16:00:00"'}), dossier="")]
        lines.append(_line(ConflictSettled(path=FEE, value="18000", fee=Fee(total=18_000))))
        lines.append(_line(Founded(reception="0" * 64)))
        lines += [_line(each, seen={STEP: ((5, "00010203"),)}) for each in _told()]
        lines += [_line(each, dossier="") for each in _of_before()] + [_line(_prepared())]
        lines += [_line(payload, seen=seen) for payload, seen in _money()]
        lines += [_line(each) for each in (_linked(), *_between_desks())]
        lines.append(b'{"d":"aaaaaaaaaaaaaaaa","k":"weighed","l":99,"s":7,"t":1795134600000,"u":"C","v":{"grams":12}}')
        return [*lines, hole(hashlib.sha256(b"erased").digest())]

    def _events(self, packing: int) -> bytes:
        signed = sign_batch(self.desk, self.log, first=1, before=first_hash(self.log), bodies=self.lines)
        return batch.batch_frame(signed, self.district.public, packing=packing)

    def _request(self) -> bytes:
        """A question, then the log in three frames that build on each other, then a piece of a file."""
        hello = Hello(
            nonce=b"nonce-of-12b",
            logs={self.districts_log: (2, b"12345678")},
            pull=65536,
            app=__version__,
            clock=AT,
            offers={hashlib.sha256(self.file).digest(): len(self.file)},
            caps=("x",),
        )
        self.expected["hello"] = plain(hello)
        parts, chain, head, first = [message(FrameKind.HELLO, hello, self.desk, self.district.public)], Chain(), None, 1
        for place in range(0, len(self.lines), 9):
            lines = self.lines[place : place + 9]
            signed = sign_batch(self.desk, self.log, first=first, before=head or first_hash(self.log), bodies=lines)
            parts.append(batch.batch_frame(signed, self.district.public, chain=chain))
            head, first = batch.chain(head or first_hash(self.log), lines)[-1], first + len(lines)
        assert head
        self.expected["head"] = head.hex()
        piece = Blob(hashlib.sha256(self.file).digest(), len(self.file), 100, self.file[100:600])
        self.expected["blob"] = {"sha": piece.sha.hex(), "size": piece.size, "offset": 100, "data": piece.data.decode()}
        return b"".join([*parts, blob_frame(piece, self.district.public)])

    def _answer(self) -> bytes:
        """A receipt, then what the district says to everybody."""
        receipt = Receipt(
            nonce=b"nonce-of-12b",
            code="GAP",
            at=AT + 5000,
            district=(self.districts_log,),
            logs={self.log: Held(7, b"head-of7", b"your-seq", 3)},
            safe={self.log: 5},
            blobs={hashlib.sha256(self.file).digest(): 600},
            retry=30,
            min_app="0.1",
        )
        self.expected["receipt"] = plain(receipt)
        certificate = base64.b64encode(self._certificate()).decode()
        notices: list[Notice] = [
            Certified(certificate=certificate),
            Revoked(device=self.desk.kid.hex(), reason="mất máy"),
            Announced(title="Nghỉ Tết", text="Từ ngày 05/02 đến hết ngày 13/02.", until="2027-02-13"),
            DaysChanged(days=(DayChange(date="2027-02-08", kind="off", name="Tết"),), citation="Thông báo thử"),
            Redacted(log=self.log.hex(), seq=4, hash="0" * 64, before="1" * 64, reason="nhầm người"),
        ]
        lines = [_line(notice, dossier="", lamport=number) for number, notice in enumerate(notices, 1)]
        self.expected["notices"] = [line.decode() for line in lines]
        signed = sign_batch(
            self.district, self.districts_log, first=1, before=first_hash(self.districts_log), bodies=lines
        )
        told = message(FrameKind.RECEIPT, receipt, self.district, self.desk.public)
        return told + batch.batch_frame(signed, self.desk.public, chain=Chain())

    def _certificate(self) -> bytes:
        told = Certificate(
            keys=self.desk.public.dump(),
            role="desk",
            unit=_UNIT,
            desk=2,
            name="Quầy 2",
            blocks=((2000, 3999),),
            from_at=AT,
        )
        return certify(told, self.district)

    def _card(self) -> DistrictCard:
        told = Certificate(keys=self.district.public.dump(), role="district", name="UBND thử", from_at=AT)
        return DistrictCard(
            url="https://cap-tren.example:8443",
            root=self.root.public.dump(),
            certificate=certify(told, self.root),
            tls="",
            name="UBND thử",
        )

    def _enrol(self) -> bytes:
        keys, nonce = self.desk.public.dump(), b"nonce-enrol1"
        proof = mac(code_key(CODE), b"enrol", self.root.public.dump(), keys, nonce)
        asked = Enrol(slot=slot_of(CODE), nonce=nonce, keys=keys, mac=proof, host="QUAY-2")
        self.expected["enrol"] = plain(asked)
        return message(FrameKind.ENROL, asked, self.desk, self.district.public)

    def _enrolled(self) -> bytes:
        certificate, keys = self._certificate(), self.desk.public.dump()
        proof = mac(code_key(CODE), b"enrolled", self.root.public.dump(), keys, b"nonce-enrol1", certificate)
        told = Enrolled(certificate=certificate, card=encoded(self._card()), mac=proof, colleagues=(certificate,))
        self.expected["enrolled"] = plain(told)
        return message(FrameKind.ENROLLED, told, self.district, self.desk.public)


def _a_day() -> list[bytes]:
    """A small day at the counter, as its journal holds it."""
    with tempfile.TemporaryDirectory() as folder, days.opened(days.make_desk(Path(folder))) as desk:
        days.work(desk, dossiers=5, events=22)
        return [body.encode() for (body,) in desk.db.all("SELECT body FROM event ORDER BY seq")]


def _set_right() -> list[tuple[str, Payload]]:
    """What 0.3.0 brought, each with what it cites: weighty corrections, a fee reckoned anew, a step taken back."""
    forms = (FormVersion(form="giay-tiep-nhan", version="tt-03-2025"),)
    original = Document(name="Bằng tốt nghiệp", pages=4, copies=3)
    changes = {
        COMPONENTS: text_of((HandedIn(component="giay-to", name="Giấy tờ tùy thân", originals=1),)),
        DOCUMENTS: text_of((original,)),
        PROCEDURE: text_of(ProcedureChosen(code="2.000815", version="2026-07", forms=forms)),
        DUE: str(AT),
        SETS: "2",
        FEE: "18000",
    }
    fee = Fee(total=18_000, lines=(FeeLine(name="Bằng tốt nghiệp", amount=18_000, how="4 trang × 3 bản"),))
    return [
        (DUE, Corrected(changes=changes, reason="Chọn nhầm thủ tục", fee=fee)),
        (STEP, StepTakenBack(reason="Nhầm hồ sơ", due_at=AT)),
    ]


def _owed() -> StepTaken:
    """What 0.4.0 brought: a step that owes a paper, with its office, number and answers."""
    return StepTaken(
        action="refuse",
        reason="Không thuộc thẩm quyền",
        papers=(FormVersion(form="phieu-tu-choi", version="tt-03-2025"),),
        office=Office(
            name="Trung tâm Phục vụ hành chính công xã Thử Nghiệm",
            commune="xã Thử Nghiệm",
            address="Số 1, thôn Thử Nghiệm",
            phone="0110 000 001",
        ),
        number="15/PTC",
        fields={"still_missing": "Giấy chứng sinh"},
    )


def _prepared() -> Received:
    """What 0.4.0 brought: who was helped to file elsewhere, prepared at home, for an organisation."""
    return Received(
        code="H26.99-261120-0099",
        procedure="1.001193",
        procedure_version="2026-07",
        people={"applicant": Person(full_name="Nguyễn Thị Thử Nghiệm"), "child": Person(full_name="Lê Thử Nghiệm An")},
        received_at=AT,
        office=Office(name="Trung tâm Phục vụ hành chính công xã Thử Nghiệm", commune="xã Thử Nghiệm"),
        fields={"birth_place": "Trạm y tế xã Thử Nghiệm"},
        channel="helped",
        organisations={"organisation": Organisation(name="Trại trẻ Thử", number="0101234567", head="Lê Văn Mẫu")},
        prepared=("birth_place", "child.full_name"),
    )


def _linked() -> Received:
    """What 0.5.0 brought: a dossier received with others as one."""
    parts = tuple(
        LinkedPart(id=letter * 16, code=f"H26.99-261120-{number:04d}", procedure=code, version="2026-07", title=title)
        for letter, number, code, title in (
            ("d", 101, "1.001193", "Đăng ký khai sinh"),
            ("e", 102, "1.004222", "Đăng ký thường trú"),
        )
    )
    group = LinkedGroup(
        group="d" * 16, bundle="khai-sinh", version="2026-11", title="Liên thông khai sinh", due_at=AT, parts=parts
    )
    return msgspec.structs.replace(_prepared(), code="H26.99-261120-0101", linked=group)


def _between_desks() -> list[Payload]:
    """What 0.5.0 brought: the papers go from one desk to another."""
    given = GivenToDesk(giver=1, to=2, papers=("Giấy chứng sinh",), note="Người nộp đợi ở quầy 2")
    return [given, TakenAtDesk(desk=2)]


def _of_before() -> list[Payload]:
    """What 0.4.0 brought: records of the time before the program, and an import that is taken back."""
    row = ("2", "Nguyễn Thị Thử Nghiệm", "1956")
    columns = ("line", "full_name", "born_on")
    brought = OldRecordsBrought(
        import_id="c" * 16, what="people", source="so-cu.xlsx", total=1, columns=columns, rows=(row,)
    )
    return [brought, OldRecordsTakenBack(import_id="c" * 16)]


def _money() -> list[tuple[Payload, dict[str, tuple[Stamp, ...]]]]:
    """What 0.5.0 brought: money taken, its receipt named later, given back; a fee from which somebody is exempt."""
    cited: dict[str, tuple[Stamp, ...]] = {PAID: ((50, "00010203"),)}
    receipt = FeeReceipt(template="EBL01", series="26TAA", number=12)
    paper = FeeReceipt(kind="paper", template="01BLP2-001", series="AA-22T", number=345, book="d" * 16)
    freed = Fee(
        exemption="người thuộc hộ nghèo",
        exemption_id="ho-tich-ho-ngheo",
        exemption_law="60/2014/QH13",
        exemption_proof="Giấy xác nhận hộ nghèo số 00",
        exempted=8000,
    )
    return [
        (Paid(amount=8000, way="cash", note="Đưa tờ 10.000", desk=2), {}),
        (Paid(amount=16_000, way="transfer", receipt=paper, desk=2), {}),
        (Receipted(receipt=receipt, reason="Biên lai lập sau"), cited),
        (PaidBack(amount=3000, way="cash", reason="Thu thừa một bản", desk=2), cited),
        (PaidBack(amount=8000, way="cash", reason="Ghi nhầm hồ sơ", is_mistake=True, receipt=receipt, desk=2), cited),
        (Corrected(changes={FEE: "0"}, reason="Được miễn", fee=freed), {}),
    ]


def _told() -> list[Payload]:
    """What 0.5.0 brought: a message to the citizen, what became of it, and who telephoned."""
    text = "Hồ sơ H26.99-261120-0001 đã có kết quả."
    return [
        MessageQueued(id="0123456789abcdef", about="ready", phone="0110 000 001", text=text, template="ready/2026-11"),
        MessageSent(message="0123456789abcdef", failed="số không liên lạc được"),
        Contacted(about="ready", outcome="not-reached", note="máy bận"),
    ]


def _line(
    payload: Payload | Notice, *, dossier: str = "aaaaaaaaaaaaaaaa", lamport: int = 50, seen: Any = None
) -> bytes:
    event = Recorded(
        log="",
        seq=0,
        dossier=dossier,
        kind=KIND_OF.get(type(payload), "") or next(kind for kind, shape in NOTICES.items() if shape is type(payload)),
        lamport=lamport,
        at=AT,
        clock_offset=3600,
        author="Cấp trên" if not dossier else "Cán bộ thử",
        actor="bbbbbbbbbbbbbbbb" if dossier else "",
        seen=seen or {},
        payload=payload,
    )
    return body_of(event, payload)


def plain(record: msgspec.Struct) -> Any:
    """The record as JSON can say it: bytes in hex."""
    return json.loads(msgspec.json.encode(_hex(msgspec.structs.asdict(record))))


def _hex(value: Any) -> Any:
    match value:
        case bytes():
            return value.hex()
        case dict():
            return {_hex(key): _hex(item) for key, item in value.items()}
        case list() | tuple():
            return [_hex(item) for item in value]
        case msgspec.Struct():
            return [_hex(item) for item in msgspec.structs.astuple(value)]
        case _:
            return value


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def chained(log: bytes, lines: list[bytes]) -> bytes:
    """The head of a log of these lines, reckoned without the program on trial but for its hash."""
    head = first_hash(log)
    for line in lines:
        head = bytes.fromhex(line[1:].decode()) if line.startswith(b"#") else next_hash(head, line)
    return head


if __name__ == "__main__":
    sys.exit(main())
