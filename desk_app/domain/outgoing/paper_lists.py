"""The lists of many dossiers that the office hands on with them: which there are, and what a row says. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from desk_app.domain.calendar.moments import shown_day, shown_moment
from desk_app.domain.dossiers.dossier_state import Dossier
from desk_app.domain.dossiers.events import Recorded, StepTaken
from desk_app.domain.dossiers.steps import Action, Status
from desk_app.domain.outgoing.course import counted, course
from desk_app.domain.outgoing.list_events import PaperListRow

HAND_OVER, RESULTS, TO_SIGN, VISITS = "hand-over", "results", "to-sign", "visits"
DESKS = "desks"
"""The list with which dossiers go to another desk of the commune: making it hands them over."""


class ListKind(Struct, frozen=True, kw_only=True):
    """`label` as people call it, `form` that prints it, `book` behind its number, `receiver` what its receiver is.

    `offered` are the statuses of dossiers that may stand on it.
    """

    name: str
    label: str
    form: str
    book: str
    receiver: str
    offered: frozenset[Status]


KINDS: Mapping[str, ListKind] = {
    kind.name: kind
    for kind in (
        ListKind(
            name=HAND_OVER,
            label="Biên bản giao nhận hồ sơ",
            form="danh-sach-ban-giao",
            book="BG",
            receiver="Bên nhận",
            offered=frozenset(status for status in Status if status.is_open),
        ),
        ListKind(
            name=TO_SIGN,
            label="Danh sách hồ sơ trình ký",
            form="danh-sach-trinh-ky",
            book="TK",
            receiver="Lãnh đạo ký",
            offered=frozenset({Status.RECEIVED, Status.PROCESSING, Status.AWAITING_SIGNATURE}),
        ),
        ListKind(
            name=RESULTS,
            label="Phiếu bàn giao kết quả",
            form="phieu-ban-giao-ket-qua",
            book="BGKQ",
            receiver="Bên nhận",
            offered=frozenset({Status.RESULT_READY, Status.REFUSED}),
        ),
        ListKind(
            name=VISITS,
            label="Danh sách trả kết quả tại nhà",
            form="danh-sach-tra-tai-nha",
            book="TN",
            receiver="Người đi trả",
            offered=frozenset({Status.RESULT_READY}),
        ),
        ListKind(
            name=DESKS,
            label="Chuyển sang quầy khác",
            form="danh-sach-ban-giao",
            book="BG",
            receiver="Quầy nhận",
            offered=frozenset(status for status in Status if status.is_open),
        ),
    )
}


def receiver_of(dossier: Dossier) -> str:
    """Who has the dossier now, as its last forwarding or submitting named them; "" for the desk itself."""
    for _, step in reversed([*counted(dossier)]):
        if step.action in (Action.FORWARD, Action.SUBMIT):
            return step.to
        if step.action in (Action.SIGNED, Action.READY, Action.RETURN):
            return ""
    return ""


def row_of(dossier: Dossier, procedure: str) -> PaperListRow:
    """The row of a dossier as it is now; `procedure` is what its procedure is called."""
    turn, step = next(((turn, step) for turn, step in reversed([*counted(dossier)])), (None, None))
    until = step.until if step is not None else 0
    said = {
        "procedure": procedure,
        "received": shown_day(dossier.received_at),
        "due": shown_moment(dossier.due_at),
        "until": shown_moment(until),
        "sets": f"{dossier.sets:02d}",
        "holder": _holder(dossier, turn),
        "fee": "X" if dossier.fee.known_total else "",
        "by_post": "X" if dossier.return_by == "post" else "",
        "remark": dossier.status.label,
    }
    return PaperListRow(
        dossier=dossier.id,
        code=dossier.code,
        version=dossier.version,
        said={key: text for key, text in said.items() if text},
    )


def cells(number: int, row: PaperListRow, then: Dossier | None) -> dict[str, str]:
    """What the row prints; `then` is the dossier as it was, None where it was erased since."""
    person = then.applicant if then is not None else None
    return {
        "n": str(number),
        "code": row.code,
        **row.said,
        "applicant": person.full_name if person else "",
        "residence": person.residence if person else "",
        "phone": person.phone if person else "",
        "result": then.result if then is not None else "",
    }


def known_then(events: Iterable[Recorded], version: tuple[int, str]) -> list[Recorded]:
    """Those of a dossier's events that a list of that time knew."""
    return [event for event in events if event.stamp <= version]


def _holder(dossier: Dossier, last: Recorded | None) -> str:
    held = course(dossier, last) if last is not None and isinstance(last.payload, StepTaken) else ()
    return held[-1].holder if held else ""
