"""What a desk believes and takes in of an answer, and what it passes over."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desk_app.domain.dossiers.events import Founded, OfficeChanged, Recorded
from desk_app.domain.history import moved
from desk_app.domain.messages.message_events import MessageSent
from desk_app.domain.notices import Announced, HoldsSet, Notice
from desk_app.protocol import packing
from desk_app.protocol.batch import batch_frame, message, seal, sign_batch
from desk_app.protocol.event_body import body_of, first_hash
from desk_app.protocol.keys import Certificate, Keys, certificate_of, certify
from desk_app.protocol.messages import FrameKind, Held, Receipt, Refused
from desk_app.protocol.packing import Chain
from desk_app.services.desk.desk import Desk
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import forks, journal, logs, set_aside
from desk_app.store.peers import devices
from desk_app.store.projections import office_facts
from desk_app.sync.line.exchange_request import Questions
from desk_app.sync.membership.identity import Member
from desk_app.sync.rounds.incoming import Incoming
from tests.kit.desk import days
from tests.kit.district.desk_words import reception, say
from tests.kit.district.writers import MORNING, Root, Writer

NOW = MORNING


@dataclass
class Talk:
    """A desk that has asked, and everything a district or a forger could say to it."""

    desk: Desk
    root: Root
    member: Member
    questions: Questions = field(default_factory=Questions)
    heeded: list[Notice] = field(default_factory=list)
    nonce: bytes = b""

    def ask(self) -> None:
        self.nonce, _ = self.questions.ask(self.desk.db, self.member, at=NOW, app="1", pull=0, offers={})

    def receipt(self, *, by: Keys | None = None, to: Keys | None = None, **told: object) -> bytes:
        said = Receipt(**{"nonce": self.nonce, "at": NOW, **told})  # type: ignore[arg-type]
        return message(FrameKind.RECEIPT, said, by or self.root.operational, (to or self.member.keys).public)

    def incoming(self) -> Incoming:
        return Incoming(
            self.desk.db,
            self.member,
            questions=self.questions,
            effects=lambda _, event: self.heeded.append(event.payload),  # type: ignore[arg-type]
            now=lambda: NOW,
        )

    def hear(self, *frames: bytes) -> Incoming:
        """The answer after a true receipt."""
        incoming = self.incoming()
        assert incoming.feed(self.receipt() + b"".join(frames))
        return incoming

    def colleague(self, *, certify_with: Keys | None = None, unit: str = days.UNIT) -> Writer:
        """Another desk of the commune, or of another one, certified here."""
        writer = Writer(self.member.keys.public)
        told = Certificate(keys=writer.keys.public.dump(), role="desk", unit=unit, desk=2)
        signed = certify(told, certify_with or self.root.operational)
        with unit_of_work(self.desk.db):
            devices.put(self.desk.db, writer.keys.kid, signed, unit, 2, "Quầy 2")
        return writer

    def notice(self, keys: Keys, notice: Notice, log: bytes) -> bytes:
        """A frame of one notice, in a log of its own."""
        event = Recorded(
            log=log.hex(), seq=1, dossier="", kind="announced", lamport=1, at=NOW, clock_offset=0, author="x",
            seen={}, payload=notice,
        )  # fmt: skip
        batch = sign_batch(keys, log, first=1, before=first_hash(log), bodies=[body_of(event, notice)])
        return batch_frame(batch, self.member.keys.public)

    def held(self, log: bytes) -> int:
        standing = logs.standing(self.desk.db, log)
        return standing.seq if standing else 0


@pytest.fixture
def talk(desk_templates: dict[int, Path], tmp_path: Path) -> Iterator[Talk]:
    shutil.copytree(desk_templates[1], tmp_path / "desk")
    root, keys = Root(), Keys.new()
    card = root.card
    member = Member(
        keys=keys,
        certificate=certificate_of(root.certified(keys.public), root.operational.public),
        district=card,
        district_keys=card.operational(),
        root=root.keys.public,
    )
    with days.opened(tmp_path / "desk") as desk:
        made = Talk(desk, root, member)
        made.ask()
        yield made


# --- receipts -----------------------------------------------------------------------------


def test_a_receipt_of_the_district_for_our_question_is_believed(talk: Talk) -> None:
    incoming = talk.incoming()
    frame = talk.receipt()
    assert not incoming.feed(frame[:-1])
    assert incoming.receipt is None
    assert incoming.feed(frame[-1:])
    assert incoming.receipt is not None
    assert incoming.heard_at == NOW


def test_no_other_receipt_is_believed(talk: Talk) -> None:
    stranger = Keys.new()
    forged = {
        "signed by the root, which signs no receipts": talk.receipt(by=talk.root.keys),
        "signed by a stranger": talk.receipt(by=stranger),
        "signed by ourselves": talk.receipt(by=talk.member.keys),
        "for another desk": talk.receipt(to=stranger),
        "of another question": talk.receipt(nonce=secrets.token_bytes(12)),
        "another kind of frame": message(
            FrameKind.HELLO, Receipt(nonce=talk.nonce), talk.root.operational, talk.member.keys.public
        ),
        "no record at all": seal(FrameKind.RECEIPT, talk.member.keys.public, b"x" * 200),
        "too short": seal(FrameKind.RECEIPT, talk.member.keys.public, b""),
        "a log with a short name": talk.receipt(logs={b"short": Held(1, b"h" * 8)}),
        "a number that is none": talk.receipt(logs={b"l" * 16: Held(2**60, b"h" * 8)}),
        "a negative number": talk.receipt(logs={b"l" * 16: Held(-1, b"h" * 8)}),
        "events before any receipt": talk.colleague().hello(),
        "html": b"<html><body>log in</body></html>",
        "a frame of another version": b"CX\x02" + talk.receipt()[3:],
        "a bit turned": talk.receipt()[:-1] + b"\0",
    }
    believed = [what for what, answer in forged.items() if is_believed(talk.incoming(), answer)]
    assert believed == []


def is_believed(incoming: Incoming, answer: bytes) -> bool:
    try:
        incoming.feed(answer)
    except Refused:
        return incoming.receipt is not None
    return True


def test_a_receipt_cannot_be_heard_twice(talk: Talk) -> None:
    old = talk.receipt()
    talk.questions.asked.clear()
    talk.ask()
    with pytest.raises(Refused):
        talk.incoming().feed(old)


# --- events -------------------------------------------------------------------------------


def test_a_colleagues_events_are_taken_in_with_their_checkpoint(talk: Talk) -> None:
    writer = talk.colleague()
    writer.write(120)
    incoming = talk.hear(writer.frame(1, 70), writer.frame(71, 120))
    assert (incoming.received, dict(incoming.passed_over)) == (120, {})
    assert [seq for seq, _ in logs.checkpoints(talk.desk.db, writer.log, after=0)] == [70, 120]
    standing = logs.standing(talk.desk.db, writer.log)
    assert standing is not None
    assert (standing.seq, standing.author) == (120, writer.keys.kid)


def test_a_desk_of_another_commune_sets_nothing_here_though_the_district_certified_it(talk: Talk) -> None:
    for unit, value in (("H61.99", '"Xã khác"'), (days.UNIT, '"Xã nhà"')):
        writer = talk.colleague(unit=unit)
        say(writer, "", OfficeChanged(values={"commune": value}))
        talk.hear(writer.frame(1, 1))
        found = {key: said for one in office_facts.in_order(talk.desk.db) for key, said in one.items()}
        assert found.get("commune") == (value if unit == days.UNIT else None)


def test_what_only_the_district_may_say_is_noted_where_a_desk_says_it(talk: Talk) -> None:
    writer = talk.colleague()
    say(writer, "a" * 16, reception())
    for word in (MessageSent(message="m" * 16), Founded(reception="f" * 64)):
        say(writer, "a" * 16, word)
    say(writer, "", HoldsSet(holds=()))
    talk.hear(writer.frame(1, 4))
    assert [(one.reason, one.seq) for one in set_aside.all(talk.desk.db)] == [("not-theirs", n) for n in (2, 3, 4)]
    assert journal.dossier(talk.desk.db, "a" * 16).contacts == ()
    assert [event.seq for event in journal.history(talk.desk.db, "a" * 16)] == [1]
    assert talk.heeded == []


def test_the_same_frames_twice_change_nothing(talk: Talk) -> None:
    writer = talk.colleague()
    writer.write(9)
    talk.hear(writer.frame(1, 9))
    again = talk.hear(writer.frame(1, 9), writer.frame(3, 5))
    assert (again.received, dict(again.passed_over)) == (0, {})


def test_a_torn_tail_is_not_missed_and_the_rest_comes_next_time(talk: Talk) -> None:
    writer = talk.colleague()
    writer.write(20)
    talk.hear(writer.frame(1, 10), writer.frame(11, 20)[:-1])
    assert talk.held(writer.log) == 10
    talk.hear(writer.frame(11, 20))
    assert talk.held(writer.log) == 20


def test_frames_of_one_stream_may_lean_on_one_another(talk: Talk) -> None:
    writer, chain = talk.colleague(), Chain()
    writer.write(60)
    assert talk.hear(writer.frame(1, 30, chain=chain), writer.frame(31, 60, chain=chain)).received == 60


def test_bad_frames_are_passed_over_and_stop_no_others(talk: Talk) -> None:
    good, bad, unknown = talk.colleague(), talk.colleague(), Writer(talk.member.keys.public)
    for writer in (good, bad, unknown):
        writer.write(10)
    me = talk.member.keys.public
    liar = Keys.new()
    signed_by_another = sign_batch(liar, bad.log, first=1, before=first_hash(bad.log), bodies=bad.bodies)
    posing = type(signed_by_another)(
        author=bad.keys.kid, signature=signed_by_another.signature, log=bad.log, first=1,
        prev8=signed_by_another.prev8, bodies=signed_by_another.bodies,
    )  # fmt: skip
    incoming = talk.hear(
        unknown.frame(1, 10),
        batch_frame(posing, me),
        bad.frame(5, 10),
        seal(FrameKind.EVENTS, me, b"\0" * 200),
        seal(FrameKind.BLOB, me, b"?"),
        good.frame(1, 10),
    )
    assert talk.held(good.log) == 10
    assert talk.held(bad.log) == talk.held(unknown.log) == 0
    assert set(incoming.passed_over) == {"UNKNOWN_DEVICE", "BAD_SIGNATURE", "GAP", "BAD_COUNT"}


def test_a_bomb_is_not_unpacked(talk: Talk) -> None:
    writer, me = talk.colleague(), talk.member.keys.public
    writer.write(1)
    bomb = bytes([packing.PLAIN]) + packing._compressed(b"\0" * (64 << 20), None, 3)
    plain = writer.keys.kid + b"s" * 64 + writer.log + (1).to_bytes(4, "big") + (1).to_bytes(2, "big") + b"p" * 8
    incoming = talk.hear(seal(FrameKind.EVENTS, me, plain + bomb), writer.frame(1, 1))
    assert incoming.passed_over["TOO_LARGE"] == 1
    assert talk.held(writer.log) == 1


def test_nobody_writes_into_the_log_that_is_being_written_here(talk: Talk) -> None:
    with unit_of_work(talk.desk.db):
        name = journal.own_log(talk.desk.db).name
    body = talk.colleague()
    body.write(1)
    batch = sign_batch(talk.member.keys, name, first=1, before=first_hash(name), bodies=body.bodies)
    incoming = talk.hear(batch_frame(batch, talk.member.keys.public))
    assert incoming.passed_over["NOT_OWNER"] == 1
    assert talk.held(name) == 0


def test_nobody_goes_on_writing_another_s_log(talk: Talk) -> None:
    one, other = talk.colleague(), talk.colleague()
    one.write(2)
    talk.hear(one.frame(1, 2))
    thief = Writer(one.district, keys=other.keys, log=one.log, bodies=one.bodies)
    thief.write(1)
    assert talk.hear(thief.frame(3, 3)).passed_over["NOT_OWNER"] == 1
    assert talk.held(one.log) == 2


def test_what_another_copy_of_a_log_has_is_set_aside_once_if_its_writer_signed_it(talk: Talk) -> None:
    one = talk.colleague()
    one.write(4)
    talk.hear(one.frame(1, 3))
    twin = Writer(one.district, keys=one.keys, log=one.log, bodies=one.bodies[:1])
    twin.bodies += [body.replace(b"thu", b"xa") for body in one.bodies[1:4]]
    forged = Writer(one.district, keys=Keys.new(), log=one.log, bodies=twin.bodies[:1] + one.bodies[2:3])
    for _ in range(2):
        talk.hear(forged.frame(1, 2), twin.frame(4, 4), twin.frame(2, 3), twin.frame(4, 4))
    lines = talk.desk.db.all("SELECT seq, body FROM orphan WHERE settled = 0 ORDER BY seq")
    assert lines == [(seq, twin.bodies[seq - 1].decode()) for seq in (2, 3, 4)]
    assert talk.held(one.log) == 3


def test_a_log_of_moved_events_goes_on_with_the_writer_whom_the_district_has(talk: Talk) -> None:
    one, other = talk.colleague(), talk.colleague()
    one.write(3)
    name = moved.log_of(one.bodies[0])
    first = Writer(one.district, keys=one.keys, log=name, bodies=one.bodies[:2])
    second = Writer(one.district, keys=other.keys, log=name, bodies=one.bodies)
    talk.hear(first.frame(1, 2))
    assert talk.hear(second.frame(1, 3)).passed_over == {}
    standing = logs.standing(talk.desk.db, name)
    assert standing is not None
    assert (standing.seq, standing.author, standing.own) == (3, other.keys.kid, logs.OTHERS)
    assert [seq for seq, _ in logs.checkpoints(talk.desk.db, name, after=0)] == [3]


def test_a_log_parted_from_whole_goes_on_with_the_writer_whom_the_district_has(talk: Talk) -> None:
    """Twins begin one log and are given keys of their own; a stick brought the copy that the district does not have."""
    one, twin = talk.colleague(), talk.colleague()
    one.write(2)
    second = Writer(one.district, keys=twin.keys, log=one.log)
    second.write(3)
    talk.hear(one.frame(1, 2))
    assert talk.hear(second.frame(1, 3)).passed_over == {"NOT_OWNER": 1}
    with unit_of_work(talk.desk.db):
        forks.fork(talk.desk.db, one.log, 0)
    assert talk.hear(second.frame(1, 3)).passed_over == {}
    standing = logs.standing(talk.desk.db, one.log)
    assert standing is not None
    assert (standing.seq, standing.author, standing.own) == (3, twin.keys.kid, logs.OTHERS)
    assert [line for (line,) in talk.desk.db.all("SELECT body FROM orphan")] == [body.decode() for body in one.bodies]


def test_a_history_that_differs_from_ours_is_not_taken_in(talk: Talk) -> None:
    one = talk.colleague()
    one.write(3)
    talk.hear(one.frame(1, 3))
    twin = Writer(one.district, keys=one.keys, log=one.log)
    twin.bodies = [one.bodies[0], one.bodies[0], one.bodies[1], one.bodies[2]]
    assert talk.hear(twin.frame(4, 4)).passed_over["FORK"] == 1
    assert talk.hear(twin.frame(2, 4)).passed_over["FORK"] == 1
    assert talk.held(one.log) == 3


def test_an_event_that_cannot_be_read_is_set_aside(talk: Talk) -> None:
    writer = talk.colleague()
    writer.bodies = [b"this is no event"]
    assert talk.hear(writer.frame(1, 1)).passed_over["BAD_EVENT"] == 1
    assert [one.reason for one in set_aside.all(talk.desk.db)] == ["bad-event"]
    writer.bodies = [b"\xff\xfe"]
    assert talk.hear(writer.frame(1, 1)).passed_over["BAD_EVENT"] == 1


def test_a_hole_that_nobody_ordered_is_not_taken_in(talk: Talk) -> None:
    writer = talk.colleague()
    writer.write(2)
    heads = [b"#" + secrets.token_hex(32).encode()]
    writer.bodies[1:] = heads
    assert talk.hear(writer.frame(1, 2)).passed_over["UNNAMED_HOLE"] == 1


# --- notices ------------------------------------------------------------------------------


def test_notices_of_the_district_are_heeded_once(talk: Talk) -> None:
    words = Announced(title="Nghỉ lễ", text="Nghỉ từ thứ hai.")
    frame = talk.notice(talk.root.operational, words, b"d" * 16)
    talk.hear(frame)
    talk.hear(frame)
    assert talk.heeded == [words]


def test_notices_of_anybody_else_are_no_notices(talk: Talk) -> None:
    writer = talk.colleague()
    incoming = talk.hear(talk.notice(writer.keys, Announced(title="Tin giả", text="."), writer.log))
    assert incoming.received == 1
    assert talk.heeded == []


def test_a_certificate_counts_only_from_the_one_who_may_give_it(talk: Talk) -> None:
    desk_by_root = talk.colleague(certify_with=talk.root.keys)
    desk_by_desk = talk.colleague(certify_with=talk.member.keys)
    for writer in (desk_by_root, desk_by_desk):
        writer.write(1)
        assert talk.hear(writer.frame(1, 1)).passed_over["UNKNOWN_DEVICE"] == 1


def test_notices_signed_with_earlier_keys_of_the_district_are_heeded(talk: Talk) -> None:
    before = Keys.new()
    told = Certificate(keys=before.public.dump(), role="district")
    with unit_of_work(talk.desk.db):
        devices.put(talk.desk.db, before.kid, certify(told, talk.root.keys), "", 0, "")
    talk.hear(talk.notice(before, Announced(title="Trước", text="."), b"e" * 16))
    assert [one.title for one in talk.heeded] == ["Trước"]
    desk_of_then = talk.colleague(certify_with=before)
    desk_of_then.write(2)
    assert talk.hear(desk_of_then.frame(1, 2)).received == 2


def test_a_desk_cannot_make_itself_the_district(talk: Talk) -> None:
    writer = talk.colleague()
    told = Certificate(keys=writer.keys.public.dump(), role="district")
    with unit_of_work(talk.desk.db):
        devices.put(talk.desk.db, writer.keys.kid, certify(told, talk.root.operational), "", 0, "")
    incoming = talk.hear(talk.notice(writer.keys, Announced(title="Tin giả", text="."), writer.log))
    assert (incoming.received, talk.heeded) == (0, [])
