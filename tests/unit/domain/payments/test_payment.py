"""Where the money of a dossier stands, from its events."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from desk_app.domain.dossiers.events import KIND_OF, Payload, Recorded
from desk_app.domain.payments.money_events import PAID, FeeReceipt, Paid, PaidBack, Receipted
from desk_app.domain.payments.payment import MoneyStanding, Way, lines_of, payments_of

RECEIPT = FeeReceipt(template="EBL01", series="26TAA", number=12)


def happened(number: int, payload: Payload, of: int = 0) -> Recorded:
    return Recorded(
        log="00010203" * 4,
        seq=number,
        dossier="a" * 16,
        kind=KIND_OF[type(payload)],
        lamport=number,
        at=1000 * number,
        clock_offset=0,
        author="Cán bộ thử",
        seen={PAID: ((of, "00010203"),)} if of else {},
        payload=payload,
    )


def test_money_given_back_lessens_its_payment_and_names_its_receipt():
    events = [
        happened(1, Paid(amount=16_000, way="cash", desk=1)),
        happened(2, Receipted(receipt=RECEIPT), of=1),
        happened(3, PaidBack(amount=6000, way="cash", reason="Thu thừa", desk=1), of=1),
        happened(4, PaidBack(amount=10_000, way="transfer", reason="Rút hồ sơ", desk=2), of=1),
    ]
    (payment,) = payments_of(events)
    assert (payment.left, payment.line.receipt) == (0, RECEIPT)
    taken, first, second = lines_of(events)
    assert (taken.amount, first.amount, second.amount) == (16_000, -6000, -10_000)
    assert [line.of for line in (first, second)] == [RECEIPT, RECEIPT]
    assert [line.is_whole for line in (first, second)] == [False, True]


def test_what_is_left_is_said_to_the_dong():
    assert MoneyStanding(owed=8000, collected=0).told == "Chưa thu 8.000 đ"
    assert MoneyStanding(owed=8000, collected=7999).told == "Còn phải thu 1 đ"
    assert MoneyStanding(owed=8000, collected=5000).told == "Còn phải thu 3.000 đ"
    assert MoneyStanding(owed=8000, collected=10_000).told == "Phải trả lại 2.000 đ"
    assert MoneyStanding(owed=8000, collected=8000).told == "Đã thu đủ 8.000 đ"
    assert MoneyStanding(owed=0, collected=0).told == "Không phải thu"
    assert MoneyStanding(owed=None, collected=8000).told == "Chưa xác định mức phí, đã thu 8.000 đ"


@st.composite
def histories(draw: st.DrawFn) -> list[Recorded]:
    events: list[Recorded] = []
    for number in range(1, draw(st.integers(1, 12)) + 1):
        taken = [event.lamport for event in events if isinstance(event.payload, Paid)]
        amount, way = draw(st.integers(-5, 500_000)), draw(st.sampled_from([*Way, "later"]))
        kind = draw(st.sampled_from("pbr"))
        of = draw(st.sampled_from(taken)) if taken else 0
        if kind == "p":
            events.append(happened(number, Paid(amount=amount, way=way, desk=1)))
        elif kind == "b":
            events.append(happened(number, PaidBack(amount=amount, way=way, reason="x", desk=1), of=of))
        else:
            events.append(happened(number, Receipted(receipt=RECEIPT), of=of))
    return events


@given(histories())
def test_lines_add_up_to_what_was_paid_less_what_came_back(events):
    paid = sum(e.payload.amount for e in events if isinstance(e.payload, Paid) and e.payload.amount > 0)
    back = sum(e.payload.amount for e in events if isinstance(e.payload, PaidBack) and e.payload.amount > 0)
    assert sum(line.amount for line in lines_of(events)) == paid - back


def test_a_payment_is_told_with_its_receipt_and_what_came_back_of_it():
    paid = Paid(amount=16_000, way="cash", desk=1, receipt=RECEIPT)
    back = PaidBack(amount=6000, way="cash", reason="Thu thừa", desk=1)
    assert payments_of([happened(1, paid)])[0].told == "16.000 đ, tiền mặt, biên lai EBL01 26TAA số 12"
    (payment,) = payments_of([happened(1, paid), happened(2, back, of=1)])
    assert payment.told == "16.000 đ, tiền mặt, biên lai EBL01 26TAA số 12, đã trả lại 6.000 đ"


def test_a_payment_that_never_was_leaves_its_receipt_free_unless_the_receipt_was_voided():
    paid = Paid(amount=16_000, way="cash", desk=1, receipt=RECEIPT)
    slip = PaidBack(amount=16_000, way="cash", reason="nhầm", is_mistake=True, desk=1)
    voided = PaidBack(amount=16_000, way="cash", reason="nhầm", is_mistake=True, receipt=RECEIPT, desk=1)
    given = PaidBack(amount=16_000, way="cash", reason="rút", desk=1)
    found = [lines_of([happened(1, paid), happened(2, back, of=1)]) for back in (slip, voided, given)]
    assert [taken.receipt for taken, _ in found] == [None, RECEIPT, RECEIPT]
    assert [back.of for _, back in found] == [RECEIPT] * 3
    assert [back.is_mistake for _, back in found] == [True, True, False]


def test_an_amount_that_is_none_and_a_payment_nobody_knows_change_nothing():
    one, none = Paid(amount=1, way="cash"), Paid(amount=0, way="cash")
    nothing, back = (PaidBack(amount=amount, way="cash", reason="x") for amount in (0, 1))
    lines = lines_of([happened(1, none), happened(2, one), happened(3, nothing, of=2), happened(4, back)])
    assert [(line.amount, line.is_whole) for line in lines] == [(1, False), (-1, False)]
    assert lines_of([happened(1, one), happened(2, Receipted(receipt=RECEIPT), of=9)])[0].receipt is None
    whole = lines_of([happened(1, one), happened(2, back, of=1)])
    assert [line.is_whole for line in whole] == [False, True]
    assert [each.given_back for each in payments_of([happened(1, one), happened(2, nothing, of=1)])] == [0]
    assert [each.given_back for each in payments_of([happened(1, one), happened(2, back, of=1)])] == [1]


def test_a_payment_is_given_back_as_a_whole_when_no_dong_of_it_is_left():
    paid = Paid(amount=3, way="cash")
    events = [happened(1, paid), *(happened(n, PaidBack(amount=1, way="cash", reason="x"), of=1) for n in (2, 3, 4))]
    assert [line.is_whole for line in lines_of(events)] == [False, False, False, True]


def test_money_given_back_is_of_the_first_payment_that_it_names():
    first, second = (happened(n, Paid(amount=5, way="cash")) for n in (1, 2))
    back = replace(happened(3, PaidBack(amount=5, way="cash", reason="x")), seen={PAID: (first.stamp, second.stamp)})
    assert [each.given_back for each in payments_of([first, second, back])] == [5, 0]
