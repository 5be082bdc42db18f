"""What became of the dossiers that one desk handed to another on one list: come, awaited, or gone another way. Pure."""

from __future__ import annotations

from enum import StrEnum

from desk_app.domain.dossiers.dossier_state import Dossier


class Standing(StrEnum):
    """Of one dossier of a list."""

    AWAITED = "awaited"
    COME = "come"
    ELSEWHERE = "elsewhere"
    ENDED = "ended"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Standing.AWAITED: "chưa nhận",
    Standing.COME: "đã nhận",
    Standing.ELSEWHERE: "không còn chuyển tới quầy nhận",
    Standing.ENDED: "đã xong",
    Standing.UNKNOWN: "quầy này chưa có dữ liệu hồ sơ",
}


def standing(kept: Dossier | None, to: int) -> Standing:
    """How a dossier stands that was listed for desk `to`; `kept` is what is known of it here, None for nothing."""
    if kept is None:
        return Standing.UNKNOWN
    if kept.holding.desk == to:
        return Standing.COME
    if not kept.status.is_open:
        return Standing.ENDED
    return Standing.AWAITED if kept.holding.way_to == to else Standing.ELSEWHERE
