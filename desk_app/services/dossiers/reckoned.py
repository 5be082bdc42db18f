"""What follows from a correction: another procedure brings its papers, limit and fee; other pages make another fee."""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.domain.dossiers import changes
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.fact_paths import COMPONENTS, COPIES, DOCUMENTS, DUE, FEE, PROCEDURE
from desk_app.domain.procedures.procedure import Fee, Procedure, fee_of
from desk_app.errors import MissingFactError
from desk_app.services.catalogue import procedure_versions
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import due_proposals
from desk_app.services.reception import due_and_fee
from desk_app.services.reception.draft import default_ticks
from desk_app.store.reference import catalogue


def with_consequences(desk: Desk, kept: Dossier, wished: Mapping[str, str]) -> tuple[dict[str, str], Fee | None]:
    """The changes with those that the rules make of them, and the fee's lines where it is reckoned anew.

    What the clerk says too is the clerk's. Raises `MissingFactError` where the catalogue knows no limit and the
    clerk said no due date.
    """
    whole = dict(wished)
    procedure = _procedure_after(desk, kept, wished)
    if procedure is not None:
        _follow_procedure(desk, kept, procedure, whole)
    fee = _fee_after(desk, kept, procedure, whole)
    if fee is not None:
        whole[FEE] = changes.fee_text(fee)
    return whole, fee


def _procedure_after(desk: Desk, kept: Dossier, wished: Mapping[str, str]) -> Procedure | None:
    """The other procedure; None where it stays."""
    chosen = changes.procedure_of(wished.get(PROCEDURE, ""))
    if chosen is None or (chosen.code, chosen.version) == (kept.procedure, kept.procedure_version):
        return None
    return catalogue.by_version(desk.db, chosen.code, chosen.version)


def _follow_procedure(desk: Desk, kept: Dossier, procedure: Procedure, whole: dict[str, str]) -> None:
    whole.setdefault(COMPONENTS, changes.text_of(default_ticks(procedure)))
    if kept.documents and not procedure.document_list:
        whole.setdefault(DOCUMENTS, changes.text_of(()))
    if DUE not in whole and kept.due_at:
        day = due_proposals.for_procedure(desk, kept, procedure)
        if not day:
            raise MissingFactError(field="due", label="Ngày hẹn trả của thủ tục mới")
        whole[DUE] = str(due_and_fee.hand_out_on(desk, day))


def _fee_after(desk: Desk, kept: Dossier, procedure: Procedure | None, whole: Mapping[str, str]) -> Fee | None:
    """The fee by the rules, where what it hangs on changed; None where it stays, or where the clerk said it."""
    hangs_on = procedure is not None or DOCUMENTS in whole or COPIES in whole
    if not hangs_on or FEE in whole:
        return None
    before = procedure_versions.procedure_of(desk, kept)
    was_reckoned = kept.fee.total == fee_of(before, documents=kept.documents, copies=copies_of(kept.fields)).total
    if procedure is None and not was_reckoned:
        return None  # the clerk had set it
    documents = changes.documents_of(whole.get(DOCUMENTS, ""))
    fee = fee_of(
        procedure or before,
        documents=kept.documents if documents is None else documents,
        copies=copies_of({**kept.fields, "copies": whole.get(COPIES, kept.fields.get("copies", ""))}),
    )
    return None if fee == kept.fee else fee


def copies_of(fields: Mapping[str, str]) -> int:
    """How many copies a dossier asks for, of its answers."""
    text = fields.get("copies", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _MOST_DIGITS else 0


_MOST_DIGITS = 6
