"""What a dossier costs: TT 226/2016/TT-BTC for certified copies, and rules in general."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from desk_app.domain.procedures.procedure import (
    Document,
    Fee,
    FeeKind,
    FeeRule,
    FeeStanding,
    LimitUnit,
    Procedure,
    TimeLimit,
    fee_of,
    fee_stated,
)
from desk_app.errors import BadFactError

CERTIFIED = FeeRule(
    kind=FeeKind.PER_PAGE, name="Chứng thực bản sao", amount=2_000, first_pages=2, further=1_000, cap=200_000
)
documents = st.lists(
    st.builds(Document, name=st.sampled_from(["Bằng", "Học bạ"]), pages=st.integers(1, 400), copies=st.integers(1, 20)),
    max_size=5,
).map(tuple)


def procedure(*rules: FeeRule) -> Procedure:
    limit = TimeLimit(unit=LimitUnit.SAME_DAY)
    return Procedure(code="2.000815", name="Chứng thực", version="1", limit=limit, fees=rules)


@pytest.mark.parametrize(
    ("pages", "copies", "total"),
    [
        (1, 1, 2_000),
        (2, 1, 4_000),
        (3, 1, 5_000),
        (3, 2, 10_000),
        (198, 1, 200_000),
        (199, 1, 200_000),
        (500, 3, 600_000),
    ],
)
def test_a_certified_copy_costs_by_its_pages_up_to_the_cap(pages: int, copies: int, total: int) -> None:
    fee = fee_of(procedure(CERTIFIED), documents=(Document(name="Học bạ", pages=pages, copies=copies),))
    assert fee.total == total
    assert fee.lines[0].name == "Học bạ"
    assert f"{pages} trang × {copies} bản" in fee.lines[0].how


@given(documents=documents, copies=st.integers(0, 20))
def test_the_total_is_the_sum_of_its_lines(documents: tuple[Document, ...], copies: int) -> None:
    rules = (CERTIFIED, FeeRule(kind=FeeKind.FIXED, name="Lệ phí", amount=50_000), FeeRule(kind=FeeKind.FREE))
    per_copy = FeeRule(kind=FeeKind.PER_COPY, name="Trích lục", amount=8_000)
    fee = fee_of(procedure(*rules, per_copy), documents=documents, copies=copies)
    one_by_one = sum(fee_of(procedure(CERTIFIED), documents=(document,)).total for document in documents)
    assert fee.total == sum(line.amount for line in fee.lines) == one_by_one + 50_000 + 8_000 * copies
    assert not fee.decided_by_clerk


@given(pages=st.integers(1, 400), copies=st.integers(1, 20))
def test_more_pages_or_copies_never_cost_less_and_no_copy_more_than_the_cap(pages: int, copies: int) -> None:
    def total(pages: int, copies: int) -> int:
        return fee_of(procedure(CERTIFIED), documents=(Document(name="", pages=pages, copies=copies),)).total

    assert total(pages, copies) <= total(pages + 1, copies)
    assert total(pages, copies) < total(pages, copies + 1)
    assert total(pages, copies) <= copies * 200_000


def test_a_fee_nobody_could_read_is_left_to_the_clerk() -> None:
    fee = fee_of(procedure(FeeRule(kind=FeeKind.UNKNOWN, text="Theo quy định của HĐND")))
    assert (fee.total, fee.decided_by_clerk) == (0, True)


@pytest.mark.parametrize(("pages", "copies"), [(0, 1), (1, 0), (-1, 1)])
def test_a_document_without_pages_or_copies_is_refused(pages: int, copies: int) -> None:
    with pytest.raises(BadFactError):
        fee_of(procedure(CERTIFIED), documents=(Document(name="", pages=pages, copies=copies),))


def test_fewer_than_no_copies_are_refused() -> None:
    with pytest.raises(BadFactError) as refusal:
        fee_of(procedure(FeeRule(kind=FeeKind.PER_COPY, amount=8_000)), copies=-1)
    assert refusal.value.facts["field"] == "copies"


UNREAD = FeeRule(kind=FeeKind.UNKNOWN, text="Theo quy định của HĐND")
FREE = FeeRule(kind=FeeKind.FREE, text="Không thu")
PER_COPY = FeeRule(kind=FeeKind.PER_COPY, amount=8_000)


@pytest.mark.parametrize(
    ("rules", "copies", "standing", "known", "told"),
    [
        ((FREE,), 0, FeeStanding.FREE, 0, "Không thu phí"),
        ((FREE, PER_COPY), 0, FeeStanding.FREE, 0, "Không thu phí"),
        ((FREE, PER_COPY), 2, FeeStanding.SUM, 16_000, "16.000 đ"),
        ((PER_COPY,), 0, FeeStanding.UNKNOWN, None, "Chưa xác định"),
        ((CERTIFIED,), 0, FeeStanding.UNKNOWN, None, "Chưa xác định"),
        ((), 0, FeeStanding.UNKNOWN, None, "Chưa xác định"),
        ((UNREAD,), 0, FeeStanding.UNKNOWN, None, "Chưa xác định"),
        ((UNREAD, FREE), 0, FeeStanding.UNKNOWN, None, "Chưa xác định"),
        ((UNREAD, PER_COPY), 2, FeeStanding.PART, None, "16.000 đ và khoản chưa xác định"),
    ],
)
def test_unknown_is_unknown_and_free_is_free_and_a_sum_is_a_sum(
    rules: tuple[FeeRule, ...], copies: int, standing: FeeStanding, known: int | None, told: str
) -> None:
    fee = fee_of(procedure(*rules), copies=copies)
    assert (fee.standing, fee.known_total, fee.told()) == (standing, known, told)


def test_nothing_to_pay_that_nobody_has_confirmed_is_unknown() -> None:
    unsure = replace(procedure(FREE), unsure=("components", "fees"))
    assert fee_of(unsure).standing is FeeStanding.UNKNOWN


@pytest.mark.parametrize(
    ("written", "standing"),
    [
        (b"{}", FeeStanding.FREE),  # its papers said "Không thu phí"
        (b'{"decided_by_clerk":true}', FeeStanding.UNKNOWN),  # its papers had a blank
        (b'{"decided_by_clerk":true,"total":5000}', FeeStanding.SUM),
        (b'{"exemption":"h\xe1\xbb\x99 ngh\xc3\xa8o"}', FeeStanding.FREE),
    ],
)
def test_a_fee_that_version_0_2_0_wrote_says_what_its_papers_said(written: bytes, standing: FeeStanding) -> None:
    assert msgspec.json.decode(written, type=Fee).standing is standing


@pytest.mark.parametrize(
    ("said", "standing", "known"),
    [("0", FeeStanding.FREE, 0), ("15000", FeeStanding.SUM, 15_000), ("", FeeStanding.UNKNOWN, None)],
)
def test_a_correction_says_a_sum_or_that_nothing_is_paid_or_that_nobody_knows(
    said: str, standing: FeeStanding, known: int | None
) -> None:
    fee = fee_stated(said)
    assert fee is not None
    assert (fee.standing, fee.known_total) == (standing, known)
    assert fee_stated("nhiều") is None
