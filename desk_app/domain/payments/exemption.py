"""Who pays no fee, by which law, shown by which paper; the rules are data, each dossier keeps what was chosen. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from desk_app.domain.procedures.citation import Citation
from desk_app.domain.procedures.fee_exemption import Exemption
from desk_app.domain.procedures.procedure import Fee, FeeKind, FeeLine, Procedure
from desk_app.errors import BadFactError, MissingFactError

OTHER = "other"
"""What is chosen where the law frees somebody whom no rule here names: the clerk says who and by which law."""


def rules_of(procedure: Procedure, general: Iterable[Exemption]) -> tuple[Exemption, ...]:
    """The rules of this version of a procedure: the general ones that name it, but for those that it says otherwise
    under the same id, then those that it says itself.
    """
    own = {rule.id: rule for rule in procedure.exemptions}
    kept = [rule for rule in general if procedure.code in rule.procedures and rule.id not in own]
    return (*kept, *own.values())


def offered(procedure: Procedure, general: Iterable[Exemption], on: str) -> tuple[Exemption, ...]:
    """The rules that can be chosen for a dossier of this version of the procedure received on this day (ISO)."""
    return tuple(rule for rule in rules_of(procedure, general) if rule.is_in_force(on))


class ExemptionClaim(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a clerk chose: a rule by id, or `OTHER` with `who` and `law`; `proof` is the paper that was shown."""

    id: str
    proof: str = ""
    who: str = ""
    law: str = ""


def exempted(
    fee: Fee,
    claim: ExemptionClaim,
    general: Iterable[Exemption],
    *,
    procedure: Procedure,
    on: str,
    stated: int | None = None,
) -> Fee:
    """The fee without what the rule frees; who, law and proof stand in it, and how much was not asked.

    `fee` is what the procedure's rules reckon, `stated` the sum that a person says is left to pay all the same.
    Raises `BadFactError` for a rule that does not hold, `MissingFactError` without the paper that proves it.
    """
    rule = _rule_of(claim, general, procedure=procedure, on=on)
    proof = " ".join(claim.proof.split())
    if not proof:
        raise MissingFactError(field="exemption_proof", label=f"Giấy tờ chứng minh được miễn ({rule.who})")
    lines = tuple(line for line in fee.lines if not rule.frees(line.name))
    total = sum(line.amount for line in lines)
    is_open = any(each.kind is FeeKind.UNKNOWN and not rule.frees(each.name) for each in procedure.fees)
    if stated is not None:
        lines = (FeeLine(name="Phí, lệ phí", amount=stated),) if stated else ()
        total, is_open = stated, False
    return Fee(
        total=total,
        lines=lines,
        decided_by_clerk=is_open or stated is not None,
        open=is_open and bool(total),
        exemption="" if is_open and not total else rule.who,
        exemption_id=rule.id,
        exemption_law=rule.citation.number,
        exemption_proof=proof,
        exempted=max(fee.total - total, 0),
    )


def _rule_of(claim: ExemptionClaim, general: Iterable[Exemption], *, procedure: Procedure, on: str) -> Exemption:
    if claim.id == OTHER:
        who, law = (" ".join(text.split()) for text in (claim.who, claim.law))
        if not who:
            raise MissingFactError(field="exemption_who", label="Người được miễn thuộc diện nào")
        if not law:
            raise MissingFactError(field="exemption_law", label="Văn bản quy định việc miễn")
        return Exemption(id=OTHER, who=who, proof="", citation=Citation(number=law))
    found = next((rule for rule in offered(procedure, general, on) if rule.id == claim.id), None)
    if found is None:
        raise BadFactError(field="exemption", label="Diện được miễn", why="không áp dụng cho thủ tục này vào ngày này")
    return found
