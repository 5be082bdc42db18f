"""Freeing a dossier that was received already from its fee, by a rule and with the paper that proves it."""

from __future__ import annotations

from desk_app.domain.dossiers import dossier
from desk_app.domain.dossiers.changes import fee_text
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.fact_paths import FEE
from desk_app.domain.payments.exemption import ExemptionClaim
from desk_app.domain.permissions import Permission
from desk_app.domain.procedures.fee_exemption import Exemption
from desk_app.domain.procedures.procedure import fee_of
from desk_app.errors import UnknownProcedureError
from desk_app.services.accounts import session
from desk_app.services.catalogue import procedure_versions
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import reckoned
from desk_app.services.payments import fee_law
from desk_app.services.payments.standing import received_on
from desk_app.store.queries import dossiers
from desk_app.store.reference import catalogue


def rules(desk: Desk, procedure: str) -> tuple[Exemption, ...]:
    """Who is exempt from fees of a procedure today, as its version in force says; of "" the rules that ship.

    A procedure that is not known here has none.
    """
    if not procedure:
        return fee_law.exemptions()
    on = desk.today().isoformat()
    try:
        return fee_law.exemptions_for(catalogue.in_force(desk.db, procedure, on), on)
    except UnknownProcedureError:
        return ()


def exempt(desk: Desk, code: str, claim: ExemptionClaim, *, reason: str = "") -> Dossier:
    """Free a dossier that is in the journal already, by the rules under which it was received; what was paid stays,
    and is to be given back.

    Raises as `fee_law.free`, and `UnknownDossierError`.
    """
    with session.deed(desk, Permission.CORRECT) as done:
        kept = dossiers.by_code(desk.db, code)
        procedure = procedure_versions.procedure_of(desk, kept)
        base = fee_of(procedure, documents=kept.documents, copies=reckoned.copies_of(kept.fields))
        if base.known_total is None and kept.fee.known_total is not None:
            base = kept.fee  # the clerk had said what no rule reckons
        fee = fee_law.free(base, claim, procedure, received_on(kept))
        why = reason or f"Miễn phí, lệ phí: {claim.who or fee.exemption}"
        event, seen = dossier.correct(kept, {FEE: fee_text(fee)}, reason=why, fee=fee)
        return done.advance(kept, event, seen)
