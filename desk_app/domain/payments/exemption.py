"""Who pays no fee, by which law, shown by which paper; the rules are data, each dossier keeps what was chosen. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from desk_app.domain.procedures.procedure import Citation, Fee, FeeKind, FeeLine, Procedure
from desk_app.errors import BadFactError, MissingFactError

OTHER = "other"
"""What is chosen where the law frees somebody whom no rule here names: the clerk says who and by which law."""


class Exemption(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One rule: `who` pays nothing of `procedures`, by `citation`, shown by `proof`. Days are ISO, "" for no end.

    `fees` are parts of the names of the fees that it frees, none for all of them. `verified` speaks of who and law,
    `proof_verified` of the paper: a local text may name another one, the clerk types what was shown.
    """

    id: str
    who: str
    proof: str
    citation: Citation
    procedures: tuple[str, ...]
    fees: tuple[str, ...] = ()
    in_force_from: str = ""
    in_force_to: str = ""
    verified: bool = False
    proof_verified: bool = False
    note: str = ""

    def holds(self, procedure: str, on: str) -> bool:
        """Whether it frees from fees of the procedure on the day (ISO)."""
        is_in_force = self.in_force_from <= on and (not self.in_force_to or on <= self.in_force_to)
        return is_in_force and procedure in self.procedures

    def frees(self, fee_name: str) -> bool:
        return not self.fees or any(part.lower() in fee_name.lower() for part in self.fees)


def offered(rules: Iterable[Exemption], procedure: str, on: str) -> tuple[Exemption, ...]:
    """The rules that can be chosen for a dossier of this procedure received on this day."""
    return tuple(rule for rule in rules if rule.holds(procedure, on))


class ExemptionClaim(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a clerk chose: a rule by id, or `OTHER` with `who` and `law`; `proof` is the paper that was shown."""

    id: str
    proof: str = ""
    who: str = ""
    law: str = ""


def exempted(
    fee: Fee,
    claim: ExemptionClaim,
    rules: Iterable[Exemption],
    *,
    procedure: Procedure,
    on: str,
    stated: int | None = None,
) -> Fee:
    """The fee without what the rule frees; who, law and proof stand in it, and how much was not asked.

    `fee` is what the procedure's rules reckon, `stated` the sum that a person says is left to pay all the same.
    Raises `BadFactError` for a rule that does not hold, `MissingFactError` without the paper that proves it.
    """
    rule = _rule_of(claim, rules, procedure=procedure.code, on=on)
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


def _rule_of(claim: ExemptionClaim, rules: Iterable[Exemption], *, procedure: str, on: str) -> Exemption:
    if claim.id == OTHER:
        who, law = (" ".join(text.split()) for text in (claim.who, claim.law))
        if not who:
            raise MissingFactError(field="exemption_who", label="Người được miễn thuộc diện nào")
        if not law:
            raise MissingFactError(field="exemption_law", label="Văn bản quy định việc miễn")
        return Exemption(id=OTHER, who=who, proof="", citation=Citation(number=law), procedures=(procedure,))
    found = next((rule for rule in offered(rules, procedure, on) if rule.id == claim.id), None)
    if found is None:
        raise BadFactError(field="exemption", label="Diện được miễn", why="không áp dụng cho thủ tục này vào ngày này")
    return found
