"""The money of a day: by desk and way, the counted drawer, and that every list adds up to what the journal says."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from desk_app.domain.payments.money_events import Paid, PaidBack
from desk_app.errors import DeskError, MissingFactError
from desk_app.services.desk.desk import Desk
from desk_app.services.payments import collecting, day_money
from desk_app.services.reception import cards, reception
from desk_app.services.reports import reports
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import journal, logs, rebuild
from desk_app.store.queries import day_events
from tests.kit.desk.desks import CARD, TestClock, open_copy


def received(desk: Desk, fee: int = 10_000) -> str:
    people = {"applicant": cards.scan(desk, CARD).person}
    draft = replace(reception.new_draft("1.004873"), people=people, fee_total=fee)
    return reception.receive(desk, draft).dossier.code


@pytest.fixture
def colleague(template: Path, tmp_path: Path, clock: TestClock):
    (tmp_path / "other").mkdir()
    with open_copy(template, tmp_path / "other", clock) as opened:
        opened.settings = replace(opened.settings, desk=2)
        yield opened


def bring(source: Desk, to: Desk) -> None:
    for one in logs.standings(source.db):
        if one.own:
            told = logs.bodies(source.db, one.log, after=0, limit_bytes=1 << 30)
            with unit_of_work(to.db):
                journal.absorb(to.db, one.log, [(seq, body) for seq, body, _ in told])


def test_each_desk_counts_its_own_drawer_and_the_commune_adds_them_up(desk: Desk, colleague: Desk) -> None:
    first, second = received(desk), received(colleague, 7000)
    collecting.collect(desk, first, amount=8000)
    collecting.collect(desk, first, amount=2000, way="transfer")
    collecting.collect(colleague, second)
    day_money.count_cash(colleague, {5000: 1, 2000: 1})
    bring(colleague, desk)
    day = day_money.day_money(desk, desk.today())
    assert [(each.desk, each.cash, each.total) for each in day.desks] == [(1, 8000, 10_000), (2, 7000, 7000)]
    assert day.total == 17_000
    assert day.lines == [
        "Đã thu trong ngày (quầy này): 10.000 đ: tiền mặt 8.000 đ, chuyển khoản 2.000 đ",
        "Quỹ tiền mặt: Tiền mặt đã thu 8.000 đ, chưa đếm quỹ",
        "Quầy 2: 7.000 đ: tiền mặt 7.000 đ. Tiền mặt khớp: 7.000 đ",
        "Cả bộ phận: 17.000 đ",
    ]


def test_a_drawer_that_does_not_balance_says_by_how_much_and_why(desk: Desk) -> None:
    collecting.collect(desk, received(desk))
    with pytest.raises(MissingFactError, match=r"thiếu 2\.000 đ"):
        day_money.count_cash(desk, {5000: 1, 2000: 1, 1000: 1})
    counted = day_money.count_cash(desk, {5000: 1, 2000: 1, 1000: 1}, reason="Trả thừa tiền lẻ")
    assert (counted.difference, counted.needs_count) == (-2000, False)
    ours = day_money.day_money(desk, desk.today()).ours
    assert ours.balance == "Tiền mặt thiếu 2.000 đ so với 10.000 đ đã thu (lý do: Trả thừa tiền lẻ)"
    day_money.count_cash(desk, {10_000: 1, 1000: 5}, opening=5000)
    assert day_money.day_money(desk, desk.today()).ours.balance == "Tiền mặt khớp: 10.000 đ"
    assert day_money.last_opening(desk) == 5000


def test_money_that_moves_after_the_count_asks_for_another(desk: Desk, clock: TestClock) -> None:
    collecting.collect(desk, received(desk))
    day_money.count_cash(desk, {10_000: 1})
    collecting.collect(desk, received(desk))
    ours = day_money.day_money(desk, desk.today()).ours
    assert (ours.needs_count, ours.difference) == (True, -10_000)
    assert "đã thu hoặc trả thêm sau khi đếm" in ours.balance
    clock.moment += timedelta(days=1)
    assert day_money.day_money(desk, desk.today()).ours.count is None


def test_what_is_not_collected_is_told_with_the_day(desk: Desk) -> None:
    unpaid, over = received(desk), received(desk, 5000)
    collecting.collect(desk, over)
    collecting.collect(desk, received(desk))
    assert day_money.day_money(desk, desk.today()).unsettled == ((unpaid, 10_000),)
    assert day_money.day_money(desk, desk.today()).lines[-1].endswith("1 hồ sơ chưa thu đủ phí, còn 10.000 đ")


def test_counts_are_made_again_with_the_rows(desk: Desk) -> None:
    collecting.collect(desk, received(desk))
    day_money.count_cash(desk, {10_000: 1})
    before = day_money.day_money(desk, desk.today())
    rebuild.rebuild(desk.db)
    assert day_money.day_money(desk, desk.today()) == before


_DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["receive", "collect", "back", "mistake", "bring", "night"]),
        st.integers(0, 1),
        st.integers(0, 9),
        st.integers(1, 30_000),
        st.sampled_from(["cash", "transfer", "online", "post"]),
    ),
    min_size=3,
    max_size=14,
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=_DEEDS)
def test_lists_of_days_add_up_to_paid_less_given_back_in_the_journal(
    template: Path, tmp_path_factory: pytest.TempPathFactory, deeds: list[tuple[str, int, int, int, str]]
) -> None:
    """Two desks work as they like; whatever came over is in every list, sum and recount alike."""
    folder, clock = tmp_path_factory.mktemp("money"), TestClock()
    start = clock.moment.date()
    for name in ("one", "two"):
        (folder / name).mkdir()
    with open_copy(template, folder / "one", clock) as one, open_copy(template, folder / "two", clock) as two:
        two.settings = replace(two.settings, desk=2)
        codes: list[list[str]] = [[], []]
        for what, which, number, amount, way in deeds:
            desk, own = (one, two)[which], codes[which]
            if what == "receive" or not own:
                own.append(received(desk, amount))
            elif what == "bring":
                bring(two, one)
            elif what == "night":
                clock.moment += timedelta(days=1)
            else:
                _move(desk, own[number % len(own)], what, amount, way)
        bring(two, one)
        assert_adds_up(one, start, clock)


def _move(desk: Desk, code: str, what: str, amount: int, way: str) -> None:
    """A deed that the rules may refuse: what is refused leaves nothing behind."""
    with suppress(DeskError):
        if what == "collect":
            collecting.collect(desk, code, amount=amount, way=way)
        elif what == "back":
            collecting.give_back(desk, code, amount=amount, way=way, reason="Thừa")
        else:
            collecting.give_back(desk, code, reason="Ghi nhầm", is_mistake=True)


def assert_adds_up(desk: Desk, start: date, clock: TestClock) -> None:
    recount: Counter[tuple[int, str]] = Counter()
    for event, _ in day_events.events_since(desk.db, 0):
        payload = event.payload
        if isinstance(payload, Paid | PaidBack):
            sign = 1 if isinstance(payload, Paid) else -1
            recount[payload.desk, payload.way] += sign * payload.amount
    summed: Counter[tuple[int, str]] = Counter()
    day = start
    while day <= clock.moment.date():
        for each in day_money.day_money(desk, day).desks:
            for way, amount in each.ways.items():
                summed[each.desk, way] += amount
        day += timedelta(days=1)
    listed = reports.report(desk, "day-money", start, clock.moment.date())
    assert {key: amount for key, amount in summed.items() if amount} == {
        key: amount for key, amount in recount.items() if amount
    }
    assert listed.totals["amount"] == sum(recount.values())
    before = desk.db.all("SELECT * FROM payment ORDER BY dossier, place")
    rebuild.rebuild(desk.db)
    assert desk.db.all("SELECT * FROM payment ORDER BY dossier, place") == before
