"""The cards of one dossier's page: facts in two columns, papers handed in, history. All read-only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desk_app.domain import channels
from desk_app.domain.calendar import dates
from desk_app.domain.calendar.moments import shown_moment
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.handling.ways_back import WAYS_BACK
from desk_app.domain.organisations.organisation import LABELS, Organisation
from desk_app.domain.people.person import Person
from desk_app.services.dossiers.history import HistoryEntry
from desk_app.ui.kit.card import PageCard
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.labels import Picture, label

Fact = tuple[str, str]
_ICONS = {
    "received": "inbox",
    "printed": "printer",
    "corrected": "file-text",
    "step": "arrow-right",
    "step_taken_back": "arrow-left",
    "settled": "check",
    "paid": "check",
    "paid_back": "arrow-left",
    "receipted": "file-text",
}


def tr(text: str) -> str:
    return QCoreApplication.translate("FactCards", text)


def facts_card(title: str, facts: Iterable[Fact]) -> PageCard:
    """Name and value pairs, two in a row; those without a value are left out."""
    made = PageCard(title)
    grid = QGridLayout()
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(8)
    row = place = 0
    for name, value in facts:
        if not value:
            continue
        wide = len(value) > 46
        if wide and place:
            row, place = row + 1, 0
        grid.addWidget(_fact(name, value), row, place, 1, 2 if wide else 1)
        row, place = (row + 1, 0) if wide or place else (row, 1)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    made.column.addLayout(grid)
    return made


def _fact(name: str, value: str) -> QWidget:
    made = QWidget()
    made.setProperty("ground", "clear")
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    column.addWidget(label(name, "label"))
    shown = label(value, wraps=True)
    shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    column.addWidget(shown)
    column.addStretch()  # a neighbour of two lines leaves room below, not between name and value
    return made


def person_facts(person: Person) -> list[Fact]:
    """What is known of a person, in the order of the papers."""
    return [
        (tr("Họ và tên"), person.full_name),
        (tr("Số căn cước, giấy tờ"), person.id_number),
        (tr("Số hộ chiếu"), person.document_number),
        (tr("Nước cấp"), person.issuing_country),
        (tr("Ngày sinh"), dates.shown(person.born_on)),
        (tr("Giới tính"), person.sex),
        (tr("Số điện thoại"), person.phone),
        (tr("Dân tộc"), person.ethnicity),
        (tr("Quốc tịch"), person.nationality),
        (tr("Ngày cấp"), dates.shown(person.id_issued_on)),
        (tr("Nơi thường trú"), person.residence),
    ]


def organisation_facts(organisation: Organisation) -> list[Fact]:
    """What is known of an organisation, under the names that corrections offer."""
    return [(name, getattr(organisation, fact)) for fact, name in LABELS.items()]


def dossier_facts(dossier: Dossier, received_by: str) -> list[Fact]:
    """When, how long, how much, by whom."""
    return [
        (tr("Tiếp nhận lúc"), moment(dossier.received_at)),
        (tr("Hẹn trả"), moment(dossier.due_at) if dossier.due_at else tr("Trả ngay")),
        (tr("Đã trả lúc"), moment(dossier.returned_at)),
        (tr("Phí, lệ phí"), dossier.fee.told()),
        (tr("Nhận kết quả"), WAYS_BACK.get(dossier.return_by, dossier.return_by)),
        (tr("Cách nộp"), channels.told(dossier.channel)),
        (tr("Số bộ hồ sơ"), str(dossier.sets)),
        (tr("Người tiếp nhận"), received_by),
        (tr("Ghi chú"), dossier.note),
    ]


def papers_handed_in(dossier: Dossier) -> PageCard:
    """Components, or the originals to certify."""
    if dossier.documents:
        made = PageCard(tr("Giấy tờ cần chứng thực"))
        lines = [tr("%s: %d trang, %d bản") % (each.name, each.pages, each.copies) for each in dossier.documents]
    else:
        made = PageCard(tr("Thành phần hồ sơ"))
        lines = [each.name for each in dossier.components] or [tr("Không có giấy tờ nào được ghi nhận")]
    for line in lines:
        made.column.addWidget(label(line, wraps=True))
    return made


def history_card(look: Look, history: Sequence[HistoryEntry]) -> PageCard:
    """Every event, the newest first."""
    made = PageCard(tr("Lịch sử"))
    made.setAccessibleIdentifier("dossier.history")
    for line in reversed(history):
        row = QHBoxLayout()
        row.setSpacing(11)
        icon = Picture(look, _ICONS.get(line.kind, "info"), "link", 15, ground="accent_soft", box=28)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(label(line.text, wraps=True))
        when: QLabel = label(tr("%s, %s") % (f"{line.at:%H:%M %d/%m/%Y}", line.who), "faint")
        texts.addWidget(when)
        row.addLayout(texts, 1)
        made.column.addLayout(row)
    return made


def moment(at_ms: int) -> str:
    """UTC ms → "16:30 25/11/2026" in Vietnam; "" for never."""
    return shown_moment(at_ms)
