"""Who may do what: the permissions that deeds name, the roles that grant them. Pure."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum


class Permission(StrEnum):
    """What a deed needs; `label` ends the sentence "… không được …"."""

    RECEIVE = "receive"
    STEP = "step"
    CORRECT = "correct"
    SETTLE = "settle"
    PRINT = "print"
    COLLECT = "collect"
    ATTACH = "attach"
    EXCHANGE = "exchange"
    LAW = "law"
    OFFICE = "office"
    ENROL = "enrol"
    IMPORT = "import"

    @property
    def label(self) -> str:
        return _LABELS[self]


class Role(StrEnum):
    """A kind of work at the commune; one person may do several."""

    RECEPTION = "reception"
    PROCESSING = "processing"
    LEADER = "leader"
    ADMIN = "admin"


_LABELS = {
    Permission.RECEIVE: "tiếp nhận hồ sơ",
    Permission.STEP: "ghi bước xử lý",
    Permission.CORRECT: "đính chính hồ sơ",
    Permission.SETTLE: "chọn giữa hai giá trị của một mục",
    Permission.PRINT: "in giấy tờ",
    Permission.COLLECT: "thu, trả lại phí, lệ phí và đếm quỹ",
    Permission.ATTACH: "đính kèm tệp vào hồ sơ",
    Permission.EXCHANGE: "xử lý việc gửi nhận với cấp trên",
    Permission.LAW: "nhập dữ liệu luật",
    Permission.OFFICE: "đổi thiết lập của quầy",
    Permission.ENROL: "ghép quầy với cấp trên",
    Permission.IMPORT: "nhập hay rút lại dữ liệu cũ",
}
_OF_DOSSIERS = frozenset({Permission.STEP, Permission.SETTLE, Permission.PRINT, Permission.ATTACH})
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.RECEPTION: _OF_DOSSIERS | {Permission.RECEIVE, Permission.CORRECT, Permission.EXCHANGE, Permission.COLLECT},
    Role.PROCESSING: _OF_DOSSIERS,
    Role.LEADER: _OF_DOSSIERS | {Permission.CORRECT},
    Role.ADMIN: frozenset(
        {Permission.EXCHANGE, Permission.LAW, Permission.OFFICE, Permission.ENROL, Permission.IMPORT}
    ),
}
EVERY_ROLE: tuple[Role, ...] = tuple(Role)
"""What the one account of a desk has where nobody set up others: a person who runs the counter alone does it all."""


def may(roles: Collection[Role], permission: Permission) -> bool:
    """Whether one of these roles grants it."""
    return any(permission in GRANTS[role] for role in roles)
