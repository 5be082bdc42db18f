"""What ships as data about fees: who is exempt, until when paper receipts hold, what banks are called."""

from __future__ import annotations

import tomllib
from functools import cache

from desk_app import places, typed_values
from desk_app.domain.payments.exemption import ExemptionClaim, exempted, offered
from desk_app.domain.payments.receipt_rules import ReceiptRules
from desk_app.domain.procedures.fee_exemption import Exemption
from desk_app.domain.procedures.procedure import Fee, Procedure

_FOLDER = "payments"


@cache
def exemptions() -> tuple[Exemption, ...]:
    """The rules that ship, each for the procedures it names, in the order in which they are offered."""
    return typed_values.converted(_told("exemptions")["exemption"], tuple[Exemption, ...])


def exemptions_for(procedure: Procedure, on: str) -> tuple[Exemption, ...]:
    """Who is exempt from fees of this version of a procedure on a day (ISO): as it says itself, else as ships."""
    return offered(procedure, exemptions(), on)


def free(fee: Fee, claim: ExemptionClaim, procedure: Procedure, on: str, *, stated: int | None = None) -> Fee:
    """The fee as the claim leaves it. Raises as `domain.payments.exemption.exempted`."""
    return exempted(fee, claim, exemptions(), procedure=procedure, on=on, stated=stated)


def receipt_rules(on: str) -> ReceiptRules:
    """What holds of official receipts on the day (ISO): the latest in force, the first one before any."""
    every = _receipt_rules()
    return next((rules for rules in reversed(every) if rules.in_force_from <= on), every[0])


def bank_name(number: str) -> str:
    """What people call the bank of this number; its number where no list names it, "" for none."""
    return _banks().get(number, f"ngân hàng mã {number}") if number else ""


@cache
def _receipt_rules() -> tuple[ReceiptRules, ...]:
    every = typed_values.converted(_told("receipts")["rules"], tuple[ReceiptRules, ...])
    return tuple(sorted(every, key=lambda rules: rules.in_force_from))


@cache
def _banks() -> dict[str, str]:
    return typed_values.converted(_told("banks")["names"], dict[str, str])


def _told(name: str) -> dict[str, object]:
    return tomllib.loads((places.resources() / _FOLDER / f"{name}.toml").read_text("utf-8"))
