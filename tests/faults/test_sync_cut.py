"""The line dies after any byte, in any way: the district holds a beginning of the desk's log, and one round ends it.

`--cut-every 1` tries every byte, as before a release; by default a stride of them, beginning elsewhere each day.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Literal

import pytest

from desk_app.sync.line import district_client
from desk_app.sync.rounds import outgoing
from tests.kit.district.ledgers import Books, check_once
from tests.kit.wire.lines import Bench, bench
from tests.kit.wire.proxy import Cut, How, Way

Session = Literal["pushed", "pulled"]
_EXPENSIVE = 7
"""A silence costs seconds where a reset costs none, and TLS costs a handshake: so many times fewer of these."""


@pytest.fixture(scope="module", autouse=True)
def small_frames() -> Iterator[None]:
    """Several frames in so short a session, so that a cut also falls between them."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("WHOLE", "SMALL"):
            patch.setattr(outgoing, name, 2500)
        yield


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with bench(tmp_path_factory.mktemp("plain")) as made:
        made.pushed(None)
        yield made


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with bench(tmp_path_factory.mktemp("secure"), with_tls=True) as made:
        made.pushed(None)
        yield made


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk that soon asks again, so that silences can be tried by the hundred."""
    for name, seconds in (("PATIENCE_S", 0.1), ("STALL_S", 0.3), ("MOST_S", 3.0)):
        monkeypatch.setattr(district_client, name, seconds)


def tried(lines: Bench, session: Session, way: Way, how: How, *, stride: int) -> dict[str, int]:
    """Cut after every `stride`-th byte of one way of a session; what it took."""
    whole: Callable[[Cut | None], tuple[Books, Books]] = getattr(lines, session)
    before = lines.proxy.up, lines.proxy.down
    whole(None)
    lines.proxy.settle()
    length = lines.proxy.up - before[0] if way == "up" else lines.proxy.down - before[1]
    offsets = range(1 + time.localtime().tm_yday % stride, length + 1, stride)
    cuts, rounds, failures = lines.proxy.cuts, lines.rounds, lines.failures
    for number, after in enumerate(offsets):
        ours, theirs = whole(Cut(way=way, after=after, how=how, pause=0.004 * (number % 3 == 0)))
        _check(ours, theirs, session=session)
    made = {
        "bytes": length,
        "tried": len(offsets),
        "cut": lines.proxy.cuts - cuts,
        "rounds": lines.rounds - rounds,
        "failed": lines.failures - failures,
    }
    print(f"{session} {way} {how}: {made}")
    return made


def _check(ours: Books, theirs: Books, *, session: Session) -> None:
    if session == "pushed":
        assert {log: theirs.get(log) for log in ours} == ours
    else:
        assert ours == theirs
    check_once(theirs)


@pytest.mark.parametrize("how", ["rst", "fin"])
@pytest.mark.parametrize("way", ["up", "down"])
@pytest.mark.parametrize("session", ["pushed", "pulled"])
def test_a_line_cut_after_any_byte_loses_and_doubles_nothing(plain, pytestconfig, session, way, how):
    stride = pytestconfig.getoption("cut_every")
    made = tried(plain, session, way, how, stride=stride if how == "rst" else stride * 3)
    assert made["cut"] >= made["tried"] * 0.95  # the last bytes of a session may not be reached again
    assert made["rounds"] <= made["tried"] + made["failed"]


@pytest.mark.parametrize("way", ["up", "down"])
@pytest.mark.parametrize("session", ["pushed", "pulled"])
def test_a_line_that_falls_silent_after_any_byte_is_given_up_and_asked_again(plain, pytestconfig, hasty, session, way):
    made = tried(plain, session, way, "stall", stride=pytestconfig.getoption("cut_every") * _EXPENSIVE)
    assert made["cut"] >= made["tried"] * 0.9


@pytest.mark.parametrize("way", ["up", "down"])
@pytest.mark.parametrize("session", ["pushed", "pulled"])
def test_a_line_under_tls_cut_after_any_byte_loses_and_doubles_nothing(secure, pytestconfig, session, way):
    made = tried(secure, session, way, "rst", stride=pytestconfig.getoption("cut_every") * _EXPENSIVE)
    assert made["cut"] >= made["tried"] * 0.9
