"""To whom and how a result leaves, and what each way needs. Pure."""

from __future__ import annotations

from enum import StrEnum

from desk_app.domain.dossiers.events import StepTaken
from desk_app.domain.dossiers.steps import Action
from desk_app.errors import BadFactError, MissingFactError


class WayOut(StrEnum):
    """How a result left; the texts stand in events for ever (`StepTaken.handed`)."""

    COUNTER = "counter"
    AUTHORISED = "authorised"
    POST = "post"
    HOME = "home"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    WayOut.COUNTER: "Người nộp nhận tại quầy",
    WayOut.AUTHORISED: "Người được ủy quyền nhận",
    WayOut.POST: "Gửi bưu chính",
    WayOut.HOME: "Trả tại nhà",
}
HANDS_OUT = (Action.RETURN, Action.HAND_OVER)


def usual_way(return_by: str) -> WayOut:
    """How the result leaves if nobody says otherwise, after what was agreed at reception."""
    return WayOut(return_by) if return_by in (WayOut.POST, WayOut.HOME) else WayOut.COUNTER


def check(step: StepTaken) -> None:
    """Refuse a way that lacks what it needs. Raises `BadFactError`, `MissingFactError`."""
    handed = step.handed
    if handed and step.action not in HANDS_OUT:
        raise BadFactError(field="handed", label="Cách trả", why="bước này không trả kết quả")
    if handed and handed not in set(WayOut):
        raise BadFactError(field="handed", label="Cách trả", why=f"chọn một trong {', '.join(WayOut)}")
    if step.item_code and handed != WayOut.POST:
        raise BadFactError(field="item_code", label="Mã bưu gửi", why="chỉ dùng khi gửi bưu chính")
    if step.paper_of_authority and handed != WayOut.AUTHORISED:
        raise BadFactError(
            field="paper_of_authority", label="Giấy ủy quyền", why="chỉ dùng khi trả người được ủy quyền"
        )
    if handed == WayOut.POST and not step.item_code.strip():
        raise MissingFactError(field="item_code", label="Mã bưu gửi")
    if handed == WayOut.AUTHORISED:
        if step.collector is None:
            raise MissingFactError(field="collector.full_name", label="Họ tên người nhận kết quả")
        if not step.paper_of_authority.strip():
            raise MissingFactError(field="paper_of_authority", label="Giấy ủy quyền")
    if handed == WayOut.HOME and not step.cause:
        raise MissingFactError(field="cause", label="Trả tại nhà cho ai")
