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
from desk_app.domain.dossiers.dossier_state import STEP
from desk_app.domain.dossiers.events import (
    KIND_OF,
    Attached,
    ConflictSettled,
    Founded,
    OfficeChanged,
    Payload,
    Recorded,
)
from desk_app.domain.dossiers.fact_paths import FEE
from desk_app.domain.notices import NOTICES, Announced, Certified, DayChange, DaysChanged, Notice, Redacted, Revoked
from desk_app.domain.procedures.procedure import Fee
from desk_app.protocol import batch
from desk_app.protocol.batch import Blob, blob_frame, message, sign_batch
from desk_app.protocol.event_body import body_of, first_hash, hole, next_hash
from desk_app.protocol.keys import Certificate, DistrictCard, Keys, certify, code_key, mac, slot_of
from desk_app.protocol.messages import Enrol, Enrolled, FrameKind, Held, Hello, Receipt, encoded
from desk_app.protocol.packing import PLAIN, Chain
from tests.contracts import golden_events, golden_rules
from tests.contracts.golden_events import AT
from tests.kit.desk import days

PLACE = Path(__file__).parent / "golden" / "cx1"
CODE = "7K3QD-0M9XW-V2T8R-HC5YB"
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
        lines += [_line(payload, seen={path: ((5, "00010203"),)}) for path, payload in golden_events.set_right()]
        lines += [
            _line(golden_events.owed()),
            _line(OfficeChanged(values={"hours.hand_out": '"16:00:00"'}), dossier=""),
        ]
        lines.append(_line(ConflictSettled(path=FEE, value="18000", fee=Fee(total=18_000))))
        lines.append(_line(Founded(reception="0" * 64)))
        lines += [_line(each, seen={STEP: ((5, "00010203"),)}) for each in golden_events.told()]
        lines += [_line(each, dossier="") for each in golden_events.of_before()] + [_line(golden_events.prepared())]
        lines += [_line(payload, seen=seen) for payload, seen in golden_events.money()]
        lines += [_line(each, dossier="") for each in golden_events.listed()]
        lines += [_line(each) for each in (golden_events.linked(), *golden_events.between_desks())]
        lines += [_line(each) for each in golden_events.of_a_whole_life()]
        lines.append(_line(golden_rules.under_rules()))
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
            *golden_rules.of_district(),
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
