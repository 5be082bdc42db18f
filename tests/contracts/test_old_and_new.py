"""A desk of an earlier version and a district of this one, and the other way round, over the bytes that went then.

What the earlier versions sent was kept when they were released (golden/cx1). What version 0.2.0 could read is written
down in `reader_0_2_0`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from desk_app.district.district import District
from desk_app.district.intake import enrolment, enrolment_slots
from desk_app.district.intake.enrolment_slots import EnrolmentSlot
from desk_app.district.own_log.writer import EVERYBODY, Word
from desk_app.district.storage import logs as district_logs
from desk_app.domain.dossiers.events import Recorded
from desk_app.domain.notices import Redacted
from desk_app.protocol import batch as batches
from desk_app.protocol.batch import batch_of, message, sign_batch, unseal
from desk_app.protocol.event_body import columns_of, event_of, first_hash, is_hole, next_hash
from desk_app.protocol.keys import (
    KID,
    SIGNATURE,
    DistrictCard,
    Keys,
    PublicKeys,
    certificate_of,
    code_key,
    slot_of,
)
from desk_app.protocol.messages import Enrol, FrameKind, FrameReader, Hello, encoded
from desk_app.protocol.packing import Chain
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import journal, logs
from desk_app.sync.line import exchange_request
from desk_app.sync.line.exchange_request import Questions
from desk_app.sync.membership.identity import Member
from desk_app.sync.rounds.incoming import Incoming
from tests.contracts import make_golden_frames, reader_0_2_0
from tests.contracts.make_golden_frames import AT, CODE, chained
from tests.kit.desk import books, days
from tests.kit.district.writers import Root, district_at, register

NONCE = b"nonce-of-12b"


@pytest.fixture
def root(keys: dict[str, Keys]) -> Root:
    return Root(keys=keys["root"], operational=keys["district"])


@pytest.fixture
def district(tmp_path: Path, root: Root) -> Iterator[District]:
    """A district of this version with the keys of the one that the old frames were sealed for."""
    with district_at(tmp_path / "district.db", root) as made:
        yield made


def opened(frame: bytes | Any, by: Keys, shape: type[Any]) -> Any:
    """What 0.2.0 makes of a signed message: the record behind the sender and the signature."""
    return msgspec.msgpack.decode(unseal(frame, by)[KID + SIGNATURE :], type=shape)


# --- an old desk, a district of today -----------------------------------------------------


def test_a_district_keeps_an_old_desks_request_and_answers_so_that_0_2_0_understands(
    district: District, root: Root, keys: dict[str, Keys], expected: dict[str, Any], lines: list[bytes], folder: Path
) -> None:
    register(district, root, keys["desk"].public, unit=days.UNIT, desk=2)
    log = bytes.fromhex(expected["log"])
    for seq, line in enumerate(lines, 1):
        if is_hole(line):  # the district had this event erased before the desk sent its log
            erased = Redacted(
                log=log.hex(), seq=seq, hash=line[1:].decode(), before=chained(log, lines[: seq - 1]).hex()
            )
            district.write(EVERYBODY, [Word(payload=erased)])
    request = (folder / "request.cx").read_bytes()
    for _ in range(2):  # a line that breaks makes the desk ask again
        answer = district.reply(request)
        first, *others = FrameReader(keys["desk"].public.kid).feed(answer.body)
        assert first.kind == FrameKind.RECEIPT
        receipt: reader_0_2_0.Receipt = opened(first, keys["desk"], reader_0_2_0.Receipt)
        # Everything was taken but the piece of a file: it begins at byte 100, and nothing of the file is here yet.
        assert (receipt.nonce, receipt.code, list(receipt.blobs.values())) == (NONCE, "GAP", [0])
        assert receipt.logs[log].seq == len(lines)
        assert receipt.logs[log].head == bytes.fromhex(expected["head"])[:8]
    with district.storage.reading() as session:
        kept = [body for frame in district_logs.frames_after(session, log, 0) for body in frame.bodies()]
        assert kept == lines
        receptions = sum(not is_hole(line) and columns_of(line)[1] == "received" for line in lines)
        assert receipt.logs[log].receptions == receptions > 0
    stream, told = Chain(), dict[bytes, list[bytes]]()
    for frame in others:
        batch = batch_of(unseal(frame, keys["desk"]), chain=stream)
        told.setdefault(batch.log, []).extend(batch.bodies)
    assert told.pop(log) == lines, "the desk said that it holds nothing of its own log"
    (notices,) = told.values()
    assert {type(reader_0_2_0.read(body)[1]) for body in notices} == {reader_0_2_0.Certified, reader_0_2_0.Redacted}


def test_a_district_certifies_a_desk_that_asks_as_it_asked_then(
    district: District, root: Root, keys: dict[str, Keys], folder: Path
) -> None:
    slot = EnrolmentSlot(key=code_key(CODE), unit=days.UNIT, commune="xã Thử", desk=2, blocks=((2000, 3999),), until=AT)
    with district.storage.writing() as session:
        enrolment_slots.put(session, slot_of(CODE), slot)
    answer = enrolment.answer(district.storage, root.identity, (folder / "enrol.cx").read_bytes(), at=AT)
    (frame,) = FrameReader(keys["desk"].public.kid).feed(answer)
    enrolled: reader_0_2_0.Enrolled = opened(frame, keys["desk"], reader_0_2_0.Enrolled)
    card = msgspec.msgpack.decode(enrolled.card, type=reader_0_2_0.DistrictCard)
    assert card.root == keys["root"].public.dump()
    told = certificate_of(card.certificate, PublicKeys.load(card.root))
    certificate = msgspec.msgpack.decode(enrolled.certificate[SIGNATURE:], type=reader_0_2_0.Certificate)
    assert certificate_of(enrolled.certificate, told.public).public.kid == keys["desk"].kid
    assert (certificate.role, certificate.unit, certificate.desk) == ("desk", days.UNIT, 2)
    assert certificate.blocks == ((2000, 3999),)


# --- an old district, a desk of today -----------------------------------------------------


def test_a_desk_believes_and_takes_in_what_an_old_district_answered(
    tmp_path: Path,
    root: Root,
    keys: dict[str, Keys],
    expected: dict[str, Any],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exchange_request, "secrets", SimpleNamespace(token_bytes=lambda _: NONCE))
    (enrolled,) = FrameReader().feed((folder / "enrolled.cx").read_bytes())
    told = batches.message_of(
        FrameKind.ENROLLED,
        unseal(enrolled, keys["desk"]),
        msgspec.defstruct("Told", [("certificate", bytes), ("card", bytes)], frozen=True),
        sender=keys["district"].public,
        me=keys["desk"].public.kid,
    )
    card = msgspec.msgpack.decode(told.card, type=DistrictCard)
    member = Member(
        keys=keys["desk"],
        certificate=certificate_of(told.certificate, keys["district"].public),
        district=card,
        district_keys=card.operational(),
        root=root.keys.public,
    )
    heeded: list[Recorded] = []
    with days.opened(days.make_desk(tmp_path)) as desk:
        questions = Questions()
        questions.ask(desk.db, member, at=AT, app="1", pull=0, offers={})
        incoming = Incoming(
            desk.db, member, questions=questions, effects=lambda _, event: heeded.append(event), now=lambda: AT
        )
        assert incoming.feed((folder / "answer.cx").read_bytes())
        assert incoming.receipt is not None
        assert incoming.receipt.code == "GAP"
        assert not incoming.is_broken
        log = incoming.receipt.district[0]
        assert [body for _, body in books.bodies(desk.db, log)] == expected["notices"]
        standing = logs.standing(desk.db, log)
        assert standing is not None
        assert standing.seq == len(expected["notices"])
    assert [event.kind for event in heeded] == [columns_of(line.encode())[1] for line in expected["notices"]]


# --- a desk of today, read by 0.2.0 -------------------------------------------------------


@pytest.fixture(scope="module")
def today() -> list[bytes]:
    """A day as this version writes it, with every kind and field that it has."""
    return make_golden_frames._Maker().lines


def test_0_2_0_reads_every_line_of_today_and_keeps_what_it_does_not_know(today: list[bytes]) -> None:
    kinds: dict[str, set[bool]] = {}
    for body in today:
        line, payload = reader_0_2_0.read(body)
        if line is None:
            assert is_hole(body)
            continue
        assert (line.d, line.k, line.l, line.t, line.o, line.u) == columns_of(body)
        assert line.s == 1 or line.k == "weighed", "a higher schema would hide the event from 0.2.0"
        kinds.setdefault(line.k, set()).add(payload is not None)
    known = {kind: read for kind, read in kinds.items() if kind in reader_0_2_0.KINDS}
    assert set(known) >= {"received", "printed", "corrected", "step", "settled", "attached"}
    assert all(read == {True} for read in known.values())
    assert {kind for kind, read in kinds.items() if read == {False}} >= {"step_taken_back", "office", "weighed"}


def test_what_0_2_0_knows_of_a_line_says_to_it_what_it_says_today(today: list[bytes]) -> None:
    passed_over: set[str] = set()
    for body in today:
        line, payload = reader_0_2_0.read(body)
        if line is None or payload is None:
            continue
        now = event_of("", 1, body).payload
        said = msgspec.json.decode(line.v)
        for name in payload.__struct_fields__:
            assert plain(getattr(payload, name)) == known_part(plain(getattr(now, name)), plain(getattr(payload, name)))
        passed_over |= {f"{line.k}.{name}" for name in said if name not in payload.__struct_fields__}
    assert passed_over >= {"step.papers", "step.office", "step.number", "step.fields", "corrected.fee", "settled.fee"}


def plain(value: object) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))


def known_part(now: Any, then: Any) -> Any:
    """What stands at the same places as in `then`: fields that came later are left out, however deep."""
    if isinstance(then, dict) and isinstance(now, dict):
        return {key: known_part(now[key], value) if key in now else value for key, value in then.items()}
    if isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        return [known_part(one, other) for one, other in zip(now, then, strict=True)]
    return now


def test_the_chain_of_a_log_of_today_is_what_0_2_0_reckons(today: list[bytes]) -> None:
    """It hashes lines, never what it understood of them: an unknown field or kind changes no head."""
    log = bytes(range(16))
    head = first_hash(log)
    for body in today:
        head = next_hash(head, body)
    assert head == chained(log, today)
    assert batches.chain(first_hash(log), today)[-1] == head


def test_questions_and_answers_of_today_are_read_by_0_2_0() -> None:
    desk, root = Keys.new(), Root()
    hello = Hello(nonce=NONCE, logs={b"l" * 16: (3, b"12345678")}, pull=7, app="9", clock=AT, offers={b"s" * 32: 5})
    (frame,) = FrameReader().feed(message(FrameKind.HELLO, hello, desk, root.operational.public))
    asked = opened(frame, root.operational, reader_0_2_0.Hello)
    assert msgspec.to_builtins(asked) == msgspec.to_builtins(hello) | {"caps": (), "certificate": ""} | {
        name: value for name, value in msgspec.to_builtins(asked).items() if name in ("caps", "certificate")
    }
    enrol = Enrol(slot=b"1", nonce=NONCE, keys=desk.public.dump(), mac=b"m", host="QUAY-1")
    assert msgspec.to_builtins(msgspec.msgpack.decode(encoded(enrol), type=reader_0_2_0.Enrol)) == msgspec.to_builtins(
        enrol
    )
    card = msgspec.msgpack.decode(encoded(root.card), type=reader_0_2_0.DistrictCard)
    assert (card.url, card.root, card.certificate) == (root.card.url, root.card.root, root.card.certificate)


def test_a_frame_of_today_goes_through_the_packing_that_0_2_0_has(today: list[bytes]) -> None:
    desk, root, log = Keys.new(), Root(), bytes(range(16))
    signed = sign_batch(desk, log, first=1, before=first_hash(log), bodies=today)
    for packing in (batches.NEWEST, 0):
        sealed = batches.batch_frame(signed, root.operational.public, packing=packing)
        (frame,) = FrameReader().feed(sealed)
        assert unseal(frame, root.operational)[KID + SIGNATURE :]
        assert list(batch_of(unseal(frame, root.operational)).bodies) == today


def test_a_desk_of_today_shows_a_log_that_0_2_0_wrote(
    tmp_path: Path, expected: dict[str, Any], lines: list[bytes]
) -> None:
    log = bytes.fromhex(expected["log"])
    db = books.made(tmp_path / "desk")

    whole = [line for line in lines if not is_hole(line)]
    with unit_of_work(db):
        journal.absorb(db, log, [(seq, line.decode()) for seq, line in enumerate(whole, 1)])
    ids = {columns_of(line)[0] for line in whole if columns_of(line)[1] == "received"}
    for id_ in ids:
        assert journal.dossier(db, id_).applicant.full_name
    db.close()
