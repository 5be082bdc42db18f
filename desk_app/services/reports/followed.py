"""The register of dossiers ("Sổ theo dõi hồ sơ", Mẫu 07 of TT 03/2025/TT-VPCP): a line for each dossier received."""

from __future__ import annotations

from datetime import date

from desk_app.domain.calendar.moments import shown_day
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.steps import Action
from desk_app.domain.handling import results
from desk_app.domain.outgoing.course import counted
from desk_app.domain.report import Cell, Column
from desk_app.services.desk.desk import Desk
from desk_app.services.reports.kind import ReportKind
from desk_app.store.journal import journal
from desk_app.store.queries import dossiers, registers

_HOW = {"post": "Qua bưu chính công ích", "home": "Tại nhà"}
_COUNTER = "Tại Bộ phận Một cửa"


def _rows(desk: Desk, first: date, last: date) -> list[dict[str, Cell]]:
    found = dossiers.rows(desk.db, [row.id for row in registers.received_between(desk.db, first, last)])
    return [
        {"n": number, "procedure": row.procedure_name, **_line(journal.dossier(desk.db, row.dossier))}
        for number, row in enumerate(found, 1)
    ]


def _line(kept: Dossier) -> dict[str, Cell]:
    steps = [*counted(kept)]
    forwarded = next((turn.at for turn, step in steps if step.action == Action.FORWARD), 0)
    returned = [step for _, step in steps if step.action == Action.RETURN]
    handed = returned[-1].handed if returned else kept.return_by
    organisation = next((one.name for one in kept.organisations.values() if one.name), "")
    return {
        "code": kept.code,
        "sets": kept.sets,
        "applicant": "; ".join(name for name in (kept.applicant.full_name, organisation) if name),
        "contact": "; ".join(text for text in (kept.applicant.residence, kept.applicant.phone) if text),
        "office": f"UBND {kept.office.commune}" if kept.office.commune else kept.office.name,
        "received": kept.received_at,
        "due": kept.due_at,
        "forwarded": forwarded,
        "ready": results.ready_at(kept),
        "returned": kept.returned_at,
        "how": _HOW.get(handed, _COUNTER),
        "remark": _remark(kept),
    }


def _remark(kept: Dossier) -> str:
    """Where it stands unless the result has left; and of results annulled since, on which days they had left."""
    left = results.hand_outs(kept)[: -1 if kept.returned_at else None]
    days = ", ".join(shown_day(at) for at in left) if results.annulled_on(kept) else ""
    annulled = f"Đã hủy kết quả trả ngày {days}" if days else ""
    return "; ".join(filter(None, (annulled, "" if kept.returned_at else kept.status.label)))


FOLLOWED = ReportKind(
    name="register",
    title="Sổ theo dõi hồ sơ",
    form="so-theo-doi",
    columns=(
        Column(key="n", title="TT", kind="count"),
        Column(key="code", title="Mã hồ sơ"),
        Column(key="procedure", title="Tên thủ tục hành chính"),
        Column(key="sets", title="Số lượng hồ sơ (bộ)", kind="count"),
        Column(key="applicant", title="Tên cá nhân, tổ chức"),
        Column(key="contact", title="Địa chỉ, số điện thoại"),
        Column(key="office", title="Cơ quan chủ trì giải quyết"),
        Column(key="received", title="Nhận hồ sơ", kind="day"),
        Column(key="due", title="Hẹn trả kết quả", kind="day"),
        Column(key="forwarded", title="Chuyển hồ sơ đến cơ quan giải quyết", kind="day"),
        Column(key="ready", title="Nhận kết quả từ cơ quan giải quyết", kind="day"),
        Column(key="returned", title="Ngày trả kết quả", kind="day"),
        Column(key="how", title="Phương thức nhận kết quả"),
        Column(key="remark", title="Ghi chú"),
    ),
    rows=_rows,
)
