"""Who pays no fee, by which law, shown by which paper: one rule as data, of many procedures or of one version. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from desk_app.domain.procedures.citation import Citation


class Exemption(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One rule: `who` pays nothing of `procedures`, by `citation`, shown by `proof`. Days are ISO, "" for no end.

    In a procedure's own data `procedures` is empty: the rule is of that version.

    `fees` are parts of the names of the fees that it frees, none for all of them. `verified` speaks of who and law,
    `proof_verified` of the paper: a local text may name another one, the clerk types what was shown.
    """

    id: str
    who: str
    proof: str
    citation: Citation
    procedures: tuple[str, ...] = ()
    fees: tuple[str, ...] = ()
    in_force_from: str = ""
    in_force_to: str = ""
    verified: bool = False
    proof_verified: bool = False
    note: str = ""

    def is_in_force(self, on: str) -> bool:
        """Whether it frees anybody on the day (ISO)."""
        return self.in_force_from <= on and (not self.in_force_to or on <= self.in_force_to)

    def frees(self, fee_name: str) -> bool:
        return not self.fees or any(part.lower() in fee_name.lower() for part in self.fees)


def mistakes(rules: tuple[Exemption, ...], at: str = "exemptions") -> Iterator[tuple[str, str]]:
    """What of the rules of a procedure cannot be, as (key, why)."""
    counted = Counter(rule.id for rule in rules)
    yield from ((at, f"mã «{key}» có {times} lần") for key, times in counted.items() if times > 1)
    for number, rule in enumerate(rules):
        place = f"{at}[{number}]"
        told = {"id": rule.id, "who": rule.who, "proof": rule.proof, "citation.number": rule.citation.number}
        yield from ((f"{place}.{key}", "không được để trống") for key, text in told.items() if not text.strip())
        if rule.procedures:
            yield f"{place}.procedures", "không ghi ở đây: quy định này là của chính thủ tục"
        if rule.in_force_to and rule.in_force_to < rule.in_force_from:
            yield f"{place}.in_force_to", "phải từ ngày in_force_from trở đi"
