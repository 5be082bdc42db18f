"""Who pays no fee: the rule that holds, the paper that proves it, what stays to be paid."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from desk_app.domain.payments.exemption import OTHER, ExemptionClaim, exempted, offered
from desk_app.domain.procedures import fee_exemption
from desk_app.domain.procedures.citation import Citation
from desk_app.domain.procedures.fee_exemption import Exemption
from desk_app.domain.procedures.procedure import (
    Fee,
    FeeKind,
    FeeLine,
    FeeRule,
    LimitUnit,
    Procedure,
    TimeLimit,
)
from desk_app.errors import BadFactError, MissingFactError

RULE = Exemption(
    id="poor",
    who="người thuộc hộ nghèo",
    proof="Giấy xác nhận hộ nghèo",
    citation=Citation(number="60/2014/QH13"),
    procedures=("1.000656",),
    fees=("Lệ phí",),
    in_force_from="2016-01-01",
    in_force_to="2027-02-28",
)
LINES = (FeeLine(name="Lệ phí đăng ký", amount=8000), FeeLine(name="Phí bản sao", amount=16_000))
FEE = Fee(total=24_000, lines=LINES)


DEATH = Procedure(code="1.000656", name="Khai tử", version="1", limit=TimeLimit(unit=LimitUnit.SAME_DAY))


def freed(claim: ExemptionClaim, fee: Fee = FEE, on: str = "2026-11-29", *unread: str) -> Fee:
    rules = tuple(FeeRule(kind=FeeKind.UNKNOWN, name=name) for name in unread)
    return exempted(fee, claim, [RULE], procedure=replace(DEATH, fees=rules), on=on)


def test_a_rule_frees_from_the_fees_it_names():
    fee = freed(ExemptionClaim(id="poor", proof=" Sổ  số 12 "))
    assert (fee.total, fee.exempted, fee.lines) == (16_000, 8000, LINES[1:])
    assert (fee.exemption, fee.exemption_law, fee.exemption_proof) == (RULE.who, "60/2014/QH13", "Sổ số 12")


def test_a_fee_of_one_kind_is_free_as_a_whole():
    fee = freed(ExemptionClaim(id="poor", proof="Sổ"), Fee(total=8000, lines=LINES[:1]))
    assert fee.known_total == 0
    assert fee.told() == "Miễn (người thuộc hộ nghèo)"


def test_a_fee_that_no_rule_reckons_is_free_where_the_exemption_names_it_and_open_where_not():
    claim, copies = ExemptionClaim(id="poor", proof="Sổ"), Fee(total=16_000, lines=LINES[1:], open=True)
    assert freed(claim, copies, "2026-11-29", "Lệ phí khai tử").known_total == 16_000
    assert freed(claim, copies, "2026-11-29", "Phí đo đạc").known_total is None


def test_a_rule_holds_on_its_days_and_for_its_procedures():
    assert offered(DEATH, [RULE], "2026-11-29") == (RULE,)
    for first_or_last in ("2016-01-01", "2027-02-28"):
        assert offered(DEATH, [RULE], first_or_last) == (RULE,)
    for procedure, on in (("1.001193", "2026-11-29"), ("1.000656", "2027-03-01"), ("1.000656", "2015-12-31")):
        assert offered(replace(DEATH, code=procedure), [RULE], on) == ()
    with pytest.raises(BadFactError):
        freed(ExemptionClaim(id="poor", proof="Sổ"), on="2027-03-01")


def test_nobody_is_free_without_the_paper_that_proves_it():
    with pytest.raises(MissingFactError, match="hộ nghèo"):
        freed(ExemptionClaim(id="poor"))


def test_a_clerk_names_what_no_rule_names():
    fee = freed(ExemptionClaim(id=OTHER, who="trẻ mồ côi", law="NQ 01/2026/NQ-HĐND", proof="Quyết định 5"))
    assert (fee.total, fee.exempted, fee.exemption_law) == (0, 24_000, "NQ 01/2026/NQ-HĐND")
    for claim in (ExemptionClaim(id=OTHER, who="x", proof="y"), ExemptionClaim(id=OTHER, law="x", proof="y")):
        with pytest.raises(MissingFactError):
            freed(claim)


def test_a_version_of_a_procedure_says_a_rule_otherwise_adds_one_or_ends_it():
    other = replace(RULE, proof="Xác nhận của thôn", procedures=())
    more = replace(other, id="orphan", who="trẻ mồ côi", fees=())
    over = replace(other, in_force_to="2026-01-01")
    assert offered(replace(DEATH, exemptions=(other, more)), [RULE], "2026-11-29") == (other, more)
    assert offered(replace(DEATH, exemptions=(over,)), [RULE], "2026-11-29") == ()
    fee = exempted(
        FEE,
        ExemptionClaim(id="orphan", proof="x"),
        [RULE],
        procedure=replace(DEATH, exemptions=(more,)),
        on="2026-11-29",
    )
    assert (fee.total, fee.exemption_id) == (0, "orphan")


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"who": " "}, "exemptions[0].who"),
        ({"proof": ""}, "exemptions[0].proof"),
        ({"citation": Citation(number="")}, "exemptions[0].citation.number"),
        ({"procedures": ("1.000656",)}, "exemptions[0].procedures"),
        ({"in_force_to": "2015-01-01"}, "exemptions[0].in_force_to"),
    ],
)
def test_what_a_file_says_wrongly_of_an_exemption_is_named(wrong, key):
    rule = replace(replace(RULE, procedures=()), **wrong)
    assert [place for place, _ in fee_exemption.mistakes((rule,))] == [key]
    assert ("exemptions", "mã «poor» có 2 lần") in fee_exemption.mistakes((rule, rule))


@pytest.mark.parametrize(
    ("unread", "stated", "total", "exempted_sum", "by_clerk"),
    [
        ((), None, 16_000, 8000, False),
        (("Phí đo đạc",), None, 16_000, 8000, True),
        (("Phí đo đạc",), 5000, 5000, 19_000, True),
        ((), 5000, 5000, 19_000, True),
        ((), 0, 0, 24_000, True),
        ((), 30_000, 30_000, 0, True),
    ],
)
def test_a_sum_that_a_person_says_is_paid_in_place_of_what_the_rules_reckon(
    unread: tuple[str, ...], stated: int | None, total: int, exempted_sum: int, *, by_clerk: bool
) -> None:
    rules = tuple(FeeRule(kind=FeeKind.UNKNOWN, name=name) for name in unread)
    claim, procedure = ExemptionClaim(id="poor", proof="Sổ"), replace(DEATH, fees=rules)
    fee = exempted(FEE, claim, [RULE], procedure=procedure, on="2026-11-29", stated=stated)
    assert (fee.total, fee.exempted, fee.decided_by_clerk) == (total, exempted_sum, by_clerk)
    assert sum(line.amount for line in fee.lines) == total
    assert all(line.amount for line in fee.lines)
