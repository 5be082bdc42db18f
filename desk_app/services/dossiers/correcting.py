"""Setting something of a dossier right: what is asked about before, and the one event that says it."""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.domain.dossiers import dossier
from desk_app.domain.dossiers.changes import check_change, value_at
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.fact_paths import FEE
from desk_app.domain.mistakes.mistake import Mistake
from desk_app.domain.permissions import Permission
from desk_app.domain.text import nfc
from desk_app.errors import DeskError, MissingFactError
from desk_app.services.accounts import session
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import corrections, later_mistakes, reckoned
from desk_app.store.queries import dossiers


class NothingChangedError(DeskError):
    message = "Giá trị vừa nhập giống giá trị đang có."
    remedy = "Sửa ít nhất một mục rồi lưu."


def mistakes_of_correction(desk: Desk, code: str, changes: Mapping[str, str]) -> tuple[Mistake, ...]:
    """The classic mistakes that these changes bring into the dossier, which were not in it before; records nothing.

    Raises for the changes what `correct` raises.
    """
    kept = dossiers.by_code(desk.db, code)
    return later_mistakes.of_correction(desk, kept, _tidied(desk, kept, changes))


def correct(
    desk: Desk, code: str, changes: Mapping[str, str], *, reason: str = "", needs_reason: bool = False
) -> Dossier:
    """Set things right, by path ("people.applicant.phone", "fields.purpose", "fee.total", "due_at", "procedure" …).

    What is given as it already stands is left out, so that it takes no other desk's change away unseen. Another
    procedure brings its papers, limit and fee, other pages their fee (`reckoned`). `needs_reason` asks for a reason
    also where the rules do not. Raises `UnknownDossierError`, `BadFactError` (also for a
    mistake that cannot be), `MissingFactError`, `UnprintableTextError`, `NothingChangedError`.
    """
    reason = nfc(reason)
    with session.deed(desk, Permission.CORRECT) as done:
        kept = dossiers.by_code(desk.db, code)
        tidy = _tidied(desk, kept, changes)
        later_mistakes.refuse(desk, kept, later_mistakes.of_correction(desk, kept, tidy))
        if tidy and all(value == value_at(kept, path) for path, value in tidy.items()):
            raise NothingChangedError
        if needs_reason and not reason:
            raise MissingFactError(field="reason", label="Lý do đính chính")
        whole, fee = reckoned.with_consequences(desk, kept, tidy)
        told = {
            path: value
            for path, value in whole.items()
            if value != value_at(kept, path) or (fee is not None and path == FEE)
        }
        event, seen = dossier.correct(kept, told, reason=reason, fee=fee)
        return done.advance(kept, event, seen)


def _tidied(desk: Desk, kept: Dossier, changes: Mapping[str, str]) -> dict[str, str]:
    tidy = corrections.tidied(desk, kept, changes)
    for path, value in tidy.items():
        check_change(kept, path, value)
    return tidy
