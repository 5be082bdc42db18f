"""Rounds over lines that break, to districts that are busy, have new keys, or are not there at all."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from desk_app.district.storage import devices
from desk_app.errors import (
    ChangedCertificateError,
    DistrictBusyError,
    DistrictRefusedError,
    LineLostError,
    NoDistrictError,
    UpgradeNeededError,
)
from desk_app.protocol.batch import message, message_of, unseal
from desk_app.protocol.keys import DistrictCard, Keys
from desk_app.protocol.messages import FrameKind, FrameReader, Held, Hello, Receipt
from desk_app.store.journal import logs
from desk_app.store.peers import sync_state
from desk_app.sync.membership.renewal import vouched_for
from desk_app.sync.rounds import outgoing
from desk_app.sync.rounds.plan import Send
from tests.kit.desk import days
from tests.kit.district import ledgers
from tests.kit.district.serving import Served, served
from tests.kit.district.writers import Root
from tests.kit.wire.communes import Commune, Office
from tests.kit.wire.proxy import Cut, Proxy
from tests.kit.wire.servers import Conversation, serving


def at_the_district(served) -> ledgers.Books:
    return ledgers.desks_work_at(served.district.storage)


@contextmanager
def answering(office: Office, operational: Keys, told: Callable[[Hello], Receipt | bytes]):
    """A district of which only the receipts are real."""

    def answer(talk: Conversation) -> None:
        while body := talk.request():
            frame = next(iter(FrameReader(operational.kid).feed(body)))
            sender, me = office.member.keys.public, operational.kid
            hello = message_of(FrameKind.HELLO, unseal(frame, operational), Hello, sender=sender, me=me)
            said = told(hello)
            talk.answer(said if isinstance(said, bytes) else message(FrameKind.RECEIPT, said, operational, sender))

    with serving(answer) as talks:
        yield talks


# --- cuts ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("how", "after"), [("rst", 1), ("fin", 300), ("rst", 900), ("fin", 2500)])
def test_an_upload_that_is_cut_goes_on_in_the_same_round(commune: Commune, how, after: int, monkeypatch) -> None:
    monkeypatch.setattr(outgoing, "WHOLE", 4000)
    served = commune.district()
    office = commune.office(served)
    office.sync()
    office.receive(30)
    with Proxy(("127.0.0.1", served.port)) as proxy:
        proxy.cut_next(Cut(way="up", after=after, how=how))
        outcome = office.sync(url=f"http://127.0.0.1:{proxy.port}")
        assert proxy.cuts == 1
    assert (outcome.code, outcome.waiting, outcome.confirmed) == ("done", 0, 30)
    assert at_the_district(served) == office.own


@pytest.mark.parametrize(("how", "after"), [("rst", 1), ("fin", 300), ("rst", 900), ("fin", 2000)])
def test_an_answer_that_is_cut_keeps_what_came_whole(commune: Commune, how, after: int, monkeypatch) -> None:
    monkeypatch.setattr(outgoing, "WHOLE", 4000)
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    one.receive(30)
    one.sync()
    with Proxy(("127.0.0.1", served.port)) as proxy:
        proxy.cut_next(Cut(way="down", after=after, how=how))
        outcome = two.sync(url=f"http://127.0.0.1:{proxy.port}")
        assert proxy.cuts == 1
    assert outcome.code == "done"
    assert two.books == one.books


def test_a_line_that_never_holds_is_given_up_and_what_arrived_is_not_sent_again(commune: Commune, monkeypatch) -> None:
    monkeypatch.setattr(outgoing, "WHOLE", 4000)
    served = commune.district()
    office = commune.office(served)
    office.sync()
    office.receive(36)
    with (
        Proxy(("127.0.0.1", served.port), plan=lambda n: Cut(way="up", after=100 if n else 3000, how="fin")) as proxy,
        pytest.raises(LineLostError),
    ):
        office.sync(url=f"http://127.0.0.1:{proxy.port}")
    state = sync_state.get(office.desk.db)
    assert (state.last_outcome, state.ended_cleanly) == ("LineLostError", False)
    arrived = sum(len(bodies) for bodies in at_the_district(served).values())
    assert 0 < arrived < 36
    outcome = office.sync()
    assert outcome.sent == 36 - arrived
    assert at_the_district(served) == office.own


def test_a_cut_costs_about_the_frame_it_fell_into(commune: Commune, monkeypatch) -> None:
    monkeypatch.setattr(outgoing, "WHOLE", 8000)  # a day in small
    served = commune.district()
    office = commune.office(served)
    office.sync()
    days.work(office.desk, dossiers=80, events=370)
    whole = outgoing.parcel(office.desk.db, office.member, _own_sends(office), most=1 << 30, raw=outgoing.WHOLE)
    with Proxy(("127.0.0.1", served.port), bytes_a_second=100_000) as proxy:
        proxy.cut_next(Cut(way="up", after=2 * whole.size // 3, how="fin"))
        outcome = office.sync(url=f"http://127.0.0.1:{proxy.port}")
        proxy.settle()
        heads = 3 * (220 + 280)  # three requests: HTTP's heads and the questions
        assert proxy.up - whole.size <= 2 * max(map(len, whole.frames)) + heads
    assert (outcome.waiting, outcome.exchanges) == (0, 3)


def _own_sends(office: Office):
    return [Send(one.log, one.confirmed, is_relay=False) for one in logs.standings(office.desk.db) if one.own]


# --- whoever answers ----------------------------------------------------------------------


def test_a_portal_changes_nothing(commune: Commune) -> None:
    served = commune.district()
    office = commune.office(served)
    office.sync()
    office.receive(3)

    def portal(talk: Conversation) -> None:
        while talk.request() or True:
            talk.answer(b"<html>log in</html>", headers="Content-Type: text/html\r\n")

    with serving(portal) as talks, pytest.raises(NoDistrictError):
        office.sync(url=talks.url)
    assert (office.confirmed, office.waiting) == (0, 3)
    assert office.sync().confirmed == 3


def test_a_district_that_confirms_too_much_is_not_believed(commune: Commune) -> None:
    """A signed receipt names the hash of what it confirms; a number alone confirms nothing."""
    served = commune.district()
    office = commune.office(served)
    office.receive(2)

    def told(hello: Hello) -> Receipt:
        return Receipt(nonce=hello.nonce, logs={log: Held(seq, b"\0" * 8) for log, (seq, _) in hello.logs.items()})

    with answering(office, served.root.operational, told) as talks, pytest.raises(DistrictRefusedError):
        office.sync(url=talks.url)
    assert office.confirmed == 0
    assert office.sync().waiting == 0


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("BUSY", DistrictBusyError),
        ("STORAGE", DistrictBusyError),
        ("UPGRADE", UpgradeNeededError),
        ("BAD_COUNT", DistrictRefusedError),
    ],
)
def test_a_refusal_without_logs_is_not_taken_for_an_empty_district(commune: Commune, code: str, error) -> None:
    served = commune.district()
    office = commune.office(served)
    office.receive(2)
    office.sync()

    def told(hello: Hello) -> Receipt:
        return Receipt(nonce=hello.nonce, code=code, retry=77, min_app="9.9")

    with answering(office, served.root.operational, told) as talks, pytest.raises(error) as raised:
        office.sync(url=talks.url)
    assert office.confirmed == 2
    if error is DistrictBusyError:
        assert raised.value.facts["retry"] == 77


def test_a_district_that_takes_nothing_is_told_and_not_asked_for_ever(commune: Commune) -> None:
    served = commune.district()
    office = commune.office(served)
    office.receive(2)

    def told(hello: Hello) -> Receipt:
        return Receipt(nonce=hello.nonce, code="NOT_OWNER")

    with answering(office, served.root.operational, told) as talks, pytest.raises(DistrictRefusedError):
        office.sync(url=talks.url)
    assert sum(len(talk.requests) for talk in talks) <= 3
    assert office.confirmed == 0


def test_a_district_without_our_dictionary_is_sent_plain_lines(commune: Commune) -> None:
    served = commune.district()
    office = commune.office(served)
    office.receive(2)
    seen: list[int] = []

    def told(hello: Hello) -> Receipt:
        seen.append(1)
        return Receipt(nonce=hello.nonce, code="UNKNOWN_DICT", logs={b"d" * 16: Held(0, b"")})

    with answering(office, served.root.operational, told) as talks, pytest.raises(DistrictRefusedError):
        office.sync(url=talks.url)
    sizes = [len(request) for talk in talks for request in talk.requests]
    assert sizes[-1] > 2 * sizes[0] + 300  # the last one carries the lines as they are
    assert len(seen) <= 5


# --- new keys -----------------------------------------------------------------------------


def test_new_keys_of_the_district_are_taken_over_when_the_root_certified_them(commune: Commune) -> None:
    served = commune.district()
    office = commune.office(served)
    office.receive(2)
    office.sync()
    old = served.root.operational
    served.root.operational = Keys.new()
    again = commune.district()
    with again.district.storage.writing() as session:
        known = devices.get(session, office.member.keys.kid)
    assert known is not None
    outcome = office.sync(url=again.url)
    assert outcome.code in {"done", "partly"}
    card = sync_state.get(office.desk.db).card
    assert card
    assert old.kid != served.root.operational.kid


def test_a_stranger_s_keys_are_not_taken_over(commune: Commune) -> None:
    served = commune.district()
    office = commune.office(served)
    office.receive(2)
    commune.root = Root()
    stranger = commune.district(commune.folder / "stranger.db")
    with pytest.raises(NoDistrictError):
        office.sync(url=stranger.url)
    assert sync_state.get(office.desk.db).card == ""
    assert office.confirmed == 0


def at_a_new_certificate(commune: Commune, folder: Path) -> tuple[Office, Served]:
    """A desk that pinned one certificate, and its district serving another one."""
    (folder / "old").mkdir()
    (folder / "new").mkdir()
    place = commune.folder / "district.db"
    with served(place, commune.root, tls_folder=folder / "old") as running:
        office = commune.office(running)
        office.receive(2)
        office.sync()
    again = commune.stack.enter_context(served(place, commune.root, tls_folder=folder / "new"))
    return office, again


def test_a_new_certificate_that_the_district_signed_for_is_taken_over(commune: Commune, tmp_path: Path) -> None:
    office, again = at_a_new_certificate(commune, tmp_path)
    office.receive(1)
    assert office.sync(url=again.url).confirmed == 1
    kept = msgspec.json.decode(sync_state.get(office.desk.db).card, type=DistrictCard)
    assert kept.tls == commune.root.tls
    assert kept.url == office.member.district.url


def test_a_new_certificate_that_nobody_signed_for_gets_nothing_and_is_told_apart(
    commune: Commune, tmp_path: Path
) -> None:
    commune.root.signs_tls = False
    office, again = at_a_new_certificate(commune, tmp_path)
    office.receive(1)
    with pytest.raises(ChangedCertificateError):
        office.sync(url=again.url)
    assert (office.waiting, sync_state.get(office.desk.db).card) == (1, "")


def test_a_stranger_who_shows_the_district_s_card_under_a_certificate_of_its_own_is_not_believed(
    commune: Commune, tmp_path: Path
) -> None:
    office, _ = at_a_new_certificate(commune, tmp_path)
    card = msgspec.structs.replace(commune.root.card, tls="-----BEGIN CERTIFICATE-----\nanother")
    assert vouched_for(office.member, msgspec.json.encode(card)) is None
    assert vouched_for(office.member, msgspec.json.encode(commune.root.card)) is not None
    assert vouched_for(office.member, msgspec.json.encode(Root().card)) is None


def test_a_district_that_lost_work_does_not_let_it_count_as_confirmed(commune: Commune) -> None:
    """Also where the round then gets no further: until it is there again, it waits."""
    served = commune.district()
    office = commune.office(served)
    office.receive(5)
    office.sync()
    (own,) = [one for one in logs.standings(office.desk.db) if one.own and one.seq]
    second = logs.hash_at(office.desk.db, own.log, 2)
    assert second

    def told(hello: Hello) -> Receipt:
        return Receipt(nonce=hello.nonce, code="BUSY", logs={own.log: Held(2, second[:8])})

    with answering(office, served.root.operational, told) as talks, pytest.raises(DistrictBusyError):
        office.sync(url=talks.url)
    assert (office.confirmed, office.waiting) == (2, 3)
    assert office.sync().waiting == 0
