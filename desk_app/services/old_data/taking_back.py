"""Taking an import back, whole: what it brought counts no longer on any desk; what was received since stays."""

from __future__ import annotations

from msgspec import Struct

from desk_app.domain.dossiers.events import OldRecordsTakenBack
from desk_app.domain.permissions import Permission
from desk_app.errors import DeskError
from desk_app.services.accounts import session
from desk_app.services.desk.desk import Desk, apart
from desk_app.store.queries import old_records
from desk_app.store.queries.old_records import OldImport


class UnknownImportError(DeskError):
    message = "Không có lần nhập nào mang mã vừa nêu, hoặc mã chưa đủ để biết là lần nào."
    remedy = "Xem lại danh sách các lần nhập rồi chọn một lần."


class TakenBackBeforeError(DeskError):
    message = "Lần nhập này đã được rút lại rồi."
    remedy = "Không cần làm gì thêm."


class TakenBack(Struct, frozen=True, kw_only=True):
    """The import that counts no longer, and how many of its people stand in dossiers received since, which stay."""

    taken: OldImport
    used_since: int


def take_back(desk: Desk, import_id: str) -> TakenBack:
    """Take back the import of this id, or of the only id that begins so; opens its own connection, for a job's thread.

    Raises `UnknownImportError`, `TakenBackBeforeError`, `DeedNotAllowedError`.
    """
    with apart(desk) as own:
        found = [one for one in old_records.imports(own.db) if import_id and one.id.startswith(import_id.lower())]
        if len(found) != 1:
            raise UnknownImportError
        (taken,) = found
        if taken.taken_back_at:
            raise TakenBackBeforeError
        used = old_records.used_since(own.db, taken.id)
        with session.deed(own, Permission.IMPORT) as done:
            done.record(OldRecordsTakenBack(import_id=taken.id), dossier="")
    return TakenBack(taken=taken, used_since=used)
