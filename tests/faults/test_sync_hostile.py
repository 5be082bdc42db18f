"""Whoever answers on the line: only the pinned district's word for the question asked changes anything on the desk."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Event

import msgspec
import pytest

from desk_app.errors import DeskError, DistrictBusyError, LineLostError, NoDistrictError, OfflineError
from desk_app.protocol.batch import message, seal, unseal
from desk_app.protocol.keys import KID, SIGNATURE, Keys
from desk_app.protocol.messages import FrameKind, FrameReader, Held, Hello, Receipt
from desk_app.store.journal import logs
from desk_app.store.journal.check import check
from desk_app.store.peers import devices, sync_state
from desk_app.sync.line import district_client
from desk_app.sync.membership import identity
from tests.kit.desk import counters
from tests.kit.desk.counters import Counter
from tests.kit.district.ledgers import check_union, desks_work_at, of_desk, own_of_desk
from tests.kit.district.serving import Served, served
from tests.kit.district.writers import MORNING, Root, Writer, register
from tests.kit.wire import hostile
from tests.kit.wire.hostile import Answer, Asked, Host, response
from tests.kit.wire.poisons import (
    Poison,
    a_hole_nobody_ordered,
    a_lamport_beyond_all,
    a_line_without_its_keys,
    a_notice_in_the_districts_name,
    a_number_beyond_all,
    bomb,
    bytes_of_no_letters,
    no_json,
    the_desks_own_log,
)

EVENTS = 15


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    root = Root()
    with served(tmp_path_factory.mktemp("district") / "district.db", root) as running:
        root.url = running.url
        yield running


@pytest.fixture(scope="module")
def keys() -> Keys:
    return Keys.new()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, district: Served, keys: Keys) -> Counter:
    """A desk that has synchronised once and written more since: its next question is a bold one."""
    counter = counters.made(tmp_path_factory.mktemp("desk"))
    certificate = register(district.district, district.root, keys.public)
    counters.enrol(counter, district.root.card, certificate, keys)
    counters.work(counter, events=5)
    counters.round_of(counter, url=district.url)
    counters.work(counter, events=EVENTS, seed=2)
    return counter


@pytest.fixture
def counter(made: Counter, district: Served, tmp_path: Path) -> Counter:
    return made.copied(tmp_path / "desk")


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk whose minutes are tenths of a second."""
    for name, seconds in (("PATIENCE_S", 0.3), ("STALL_S", 0.6), ("SLOW_S", 0.6), ("MOST_S", 1.5)):
        monkeypatch.setattr(district_client, name, seconds)


def assert_refused(counter: Counter, answer: Answer, *errors: type[DeskError]) -> Host:
    """A round with this host fails as one of `errors`, and the desk is as it was but for having tried."""
    before = seen(counter)
    with Host(answer) as host:
        with pytest.raises(errors or (NoDistrictError,)):
            counters.round_of(counter, url=host.url)
        assert host.asked
    assert seen(counter) == before
    return host


def seen(counter: Counter) -> object:
    """What a false answer must not change."""
    with counter.database() as db:
        state = sync_state.get(db)
        assert check(db).ok
        return (
            of_desk(db),
            logs.standings(db),
            logs.counts(db),
            state.clock_offset,
            state.last_success_at,
            state.min_app,
        )


def assert_goes_on(counter: Counter, district: Served) -> None:
    """The next round with the district itself brings everything home."""
    counters.round_of(counter, url=district.url)
    with counter.database() as db:
        check_union(desks_work_at(district.district.storage), own_of_desk(db))
        assert logs.waiting(db).events == 0
    district.forget_work()


ANYBODY: dict[str, Answer] = {
    "a portal": hostile.portal,
    "a portal that says it is frames": hostile.portal_that_claims_frames,
    "a portal by 511": hostile.sign_in_needed,
    "a portal that is packed": hostile.squeezed_portal,
    "nothing at all": hostile.nothing,
    "the desk's own frames": hostile.echo,
    "noise": hostile.noise,
    "a broken gateway": hostile.broken_gateway,
}


@pytest.mark.parametrize("answer", ANYBODY.values(), ids=ANYBODY.keys())
def test_whoever_is_not_the_district_changes_nothing(counter, district, answer):
    assert_refused(counter, answer)
    assert_goes_on(counter, district)


def test_another_protocol_than_http_is_not_the_district(counter, district):
    assert_refused(counter, hostile.not_http, NoDistrictError, LineLostError)
    assert_goes_on(counter, district)


def test_a_redirection_is_never_followed(counter, district):
    with Host(hostile.portal) as elsewhere:
        assert_refused(counter, hostile.moved_to(elsewhere.url))
        assert elsewhere.asked == []
    assert_goes_on(counter, district)


def test_somebody_who_hangs_up_each_time_is_a_lost_line(counter, district):
    assert_refused(counter, hostile.hung_up, LineLostError, OfflineError)
    assert_goes_on(counter, district)


def test_a_byte_at_a_time_is_not_listened_to_for_ever(counter, district, hasty):
    """Even when they are the first bytes of a real answer."""
    honest = answered(district, counter)
    assert_refused(counter, hostile.drip(honest[:100], every=0.05), NoDistrictError, LineLostError)
    assert_goes_on(counter, district)


def test_an_answer_without_end_is_cut_off(counter, district, hasty):
    whole_frames = (
        hostile.flood(b"\0" * 65536),
        hostile.flood(b"CX\x01\x02" + (1 << 19).to_bytes(4, "big") + b"\0" * 4096),
    )
    for answer in whole_frames:
        host = assert_refused(counter, answer, NoDistrictError, LineLostError)
        assert host.sent < 64 << 20
    assert_goes_on(counter, district)


# --- recordings and forgeries -------------------------------------------------------------


def answered(district: Served, counter: Counter) -> bytes:
    """What the district really answers to a question of this desk; the desk does not hear it."""
    heard: list[bytes] = []

    def answer(asked: Asked) -> Iterable[bytes]:
        heard.append(district.district.reply(asked.body).body)
        yield b""

    with Host(answer) as host, pytest.raises(DeskError):
        counters.round_of(counter, url=host.url)
    return heard[0]


def test_a_recorded_answer_to_an_earlier_question_is_nobody(counter, district):
    """It is the district's, for this desk, and true when it was given."""
    honest = answered(district, counter)
    assert_refused(counter, hostile.always(response(honest)[response(honest).index(b"\r\n\r\n") + 4 :]))
    assert_goes_on(counter, district)


def test_an_answer_that_is_short_of_its_end_counts_as_far_as_its_frames_are_whole(counter, district):
    def answer(asked: Asked) -> Iterable[bytes]:
        told = district.district.reply(asked.body).body
        yield response(told, length=len(told) + 50)

    with Host(answer) as host:
        counters.round_of(counter, url=host.url)
    with counter.database() as db:
        assert logs.waiting(db).events == 0
    assert_goes_on(counter, district)


def question(asked: Asked, district: Keys) -> tuple[bytes, Hello]:
    """Who asks what; only the district can read it."""
    frame = next(iter(FrameReader().feed(asked.body)))
    plain = unseal(frame, district)
    return plain[:KID], msgspec.msgpack.decode(plain[KID + SIGNATURE :], type=Hello)


def everything_is_here(hello: Hello) -> Receipt:
    """The lie: whatever you have, we have it."""
    held = {log: Held(seq, head, head) for log, (seq, head) in hello.logs.items()}
    return Receipt(nonce=hello.nonce, code="OK", at=MORNING + 10**12, logs=held, min_app="99.0")


Forger = Callable[[Keys, Keys, Hello], bytes]


def by_a_stranger(_: Keys, me: Keys, hello: Hello) -> bytes:
    stranger = Keys.new()
    return message(FrameKind.RECEIPT, everything_is_here(hello), stranger, me.public)


def in_the_districts_name(district: Keys, me: Keys, hello: Hello) -> bytes:
    told = msgspec.msgpack.encode(everything_is_here(hello))
    return seal(FrameKind.RECEIPT, me.public, district.kid + secrets.token_bytes(SIGNATURE) + told)


def by_the_desk_itself(_: Keys, me: Keys, hello: Hello) -> bytes:
    return message(FrameKind.RECEIPT, everything_is_here(hello), me, me.public)


def for_another_desk(district: Keys, me: Keys, hello: Hello) -> bytes:
    """Signed by the district, but for somebody else: sealed again for this desk by whoever carries it."""
    other = Keys.new()
    whole = message(FrameKind.RECEIPT, everything_is_here(hello), district, other.public)
    return seal(FrameKind.RECEIPT, me.public, unseal(next(iter(FrameReader().feed(whole))), other))


def of_another_kind(district: Keys, me: Keys, hello: Hello) -> bytes:
    """The district's signature under something else it said."""
    told = msgspec.msgpack.encode(everything_is_here(hello))
    whole = message(FrameKind.ENROLLED, everything_is_here(hello), district, me.public)
    plain = unseal(next(iter(FrameReader().feed(whole))), me)
    return seal(FrameKind.RECEIPT, me.public, plain[: KID + SIGNATURE] + told)


def with_another_nonce(district: Keys, me: Keys, hello: Hello) -> bytes:
    lie = msgspec.structs.replace(everything_is_here(hello), nonce=secrets.token_bytes(12))
    return message(FrameKind.RECEIPT, lie, district, me.public)


@pytest.mark.parametrize(
    "forger",
    [by_a_stranger, in_the_districts_name, by_the_desk_itself, for_another_desk, of_another_kind, with_another_nonce],
)
def test_a_receipt_that_the_district_did_not_sign_for_this_question_is_nobody(counter, district, keys, forger: Forger):
    def answer(asked: Asked) -> Iterable[bytes]:
        if not asked.body:
            yield from hostile.portal(asked)  # the desk asks once whether the district has new keys
            return
        _, hello = question(asked, district.root.operational)
        yield response(forger(district.root.operational, keys, hello))

    assert_refused(counter, answer)
    assert_goes_on(counter, district)


def test_the_lie_works_once_the_district_signs_it(counter, district, keys):
    """What the forgeries above would have done; else they prove nothing."""

    def answer(asked: Asked) -> Iterable[bytes]:
        _, hello = question(asked, district.root.operational)
        yield response(message(FrameKind.RECEIPT, everything_is_here(hello), district.root.operational, keys.public))

    with Host(answer) as host:
        counters.round_of(counter, url=host.url)
    with counter.database() as db:
        assert logs.waiting(db).events == 0


def test_a_busy_district_without_a_word_about_logs_takes_nothing_back(counter, district, keys):
    def answer(asked: Asked) -> Iterable[bytes]:
        _, hello = question(asked, district.root.operational)
        busy = Receipt(nonce=hello.nonce, code="BUSY", at=MORNING, retry=30)
        yield response(message(FrameKind.RECEIPT, busy, district.root.operational, keys.public), status="503 Busy")

    with Host(answer) as host, pytest.raises(DistrictBusyError):
        counters.round_of(counter, url=host.url)
    with counter.database() as db:
        assert logs.counts(db).confirmed_events == 5
    assert_goes_on(counter, district)


# --- a colleague who has gone bad ---------------------------------------------------------


@pytest.fixture
def colleague(district: Served) -> Writer:
    writer = Writer(district.root.operational.public)
    register(district.district, district.root, writer.keys.public, desk=2)
    return writer


@pytest.mark.parametrize(
    "poison",
    [
        bomb,
        bytes_of_no_letters,
        no_json,
        a_line_without_its_keys,
        a_lamport_beyond_all,
        a_notice_in_the_districts_name,
        a_hole_nobody_ordered,
        a_number_beyond_all,
        the_desks_own_log,
    ],
)
def test_what_a_bad_colleague_signs_never_stops_the_desk(counter, district, colleague, poison: Poison):
    """Behind an honest receipt, with the colleague's certificate: what cannot be taken is passed over and told."""
    counters.round_of(counter, url=district.url)  # brings the colleague's certificate
    counters.work(counter, events=3, seed=9)
    with counter.database() as db:
        member = identity.load(db, counter.data)
        frame = poison(colleague, db, member)
        before = own_of_desk(db)

    def answer(asked: Asked) -> Iterable[bytes]:
        yield response(district.district.reply(asked.body).body + frame)

    with Host(answer) as host:
        outcome = counters.round_of(counter, url=host.url)
    assert outcome.confirmed == 3
    with counter.database() as db:
        assert own_of_desk(db) == before
        own = devices.get(db, member.keys.kid)
        assert own is not None
        assert not own.is_revoked
        assert check(db).ok
        assert logs.waiting(db).events == 0
    assert_goes_on(counter, district)


def test_rubbish_behind_a_good_receipt_takes_nothing_away(counter, district):
    def answer(asked: Asked) -> Iterable[bytes]:
        yield response(district.district.reply(asked.body).body + hostile.PORTAL)

    with Host(answer) as host:
        try:
            counters.round_of(counter, url=host.url, stop=Event())
        except DeskError as error:
            assert isinstance(error, LineLostError | NoDistrictError)  # noqa: PT017 - either is true
    assert_goes_on(counter, district)


def test_two_answers_to_a_question_asked_twice_are_one(counter, district, hasty):
    """The first comes late and with rubbish behind it, when the second is already on its way."""

    def answer(asked: Asked) -> Iterable[bytes]:
        told = district.district.reply(asked.body).body
        is_first = len(host.asked) == 1
        time.sleep(1.8 if is_first else 0.6)
        yield response(told + hostile.PORTAL * is_first)

    with Host(answer) as host:
        counters.round_of(counter, url=host.url)
        assert len(host.asked) >= 2
    assert_goes_on(counter, district)
