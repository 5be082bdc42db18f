"""The card in which a service day is set: what it is, when, for which procedures, by which decision."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from desk_app.domain.calendar.typed_day import DaySense
from desk_app.domain.service_days.service_day import ServiceDay, ServiceDayKind, weekday_name
from desk_app.ui.look.theme import Look
from desk_app.ui.service_days.procedures_input import ProceduresInput
from desk_app.ui.service_days.rule_card import RuleCard
from desk_app.ui.widgets.buttons import button, named
from desk_app.ui.widgets.date_field import DateField, ReadDay
from desk_app.ui.widgets.fields import ChoiceInput, Labelled, TextInput
from desk_app.ui.widgets.labels import label

_WEEK = range(1, 8)


class ServiceDayCard(RuleCard):
    """`save_wanted`, `end_wanted`, `new_wanted`; `shown` is the day in the card, None for a new one."""

    save_wanted = Signal()
    end_wanted = Signal()
    new_wanted = Signal()

    def __init__(self, look: Look, read_day: ReadDay, *, refusal: str) -> None:
        super().__init__(self.tr("Đặt ngày phục vụ"))
        self.shown: ServiceDay | None = None
        kinds = tuple((kind.value, kind.label) for kind in ServiceDayKind)
        self.kind = ChoiceInput("service_days.kind", self.tr("Loại ngày"), kinds)
        self.name = TextInput("service_days.name", self.tr("Tên cơ quan gọi"))
        self.starts = TextInput("service_days.starts", self.tr("Từ giờ"), self.tr("để trống: cả ngày"))
        self.ends = TextInput("service_days.ends", self.tr("Đến giờ"), self.tr("vd. 18:00"))
        self.number = TextInput("service_days.number", self.tr("Số văn bản"), self.tr("vd. 12/QĐ-UBND"))
        self.by = TextInput("service_days.by", self.tr("Cơ quan ban hành"))
        self.decided_on = self._day("decided_on", self.tr("Ngày ký"), read_day)
        self.since = self._day("in_force_from", self.tr("Áp dụng từ ngày"), read_day)
        self.to = self._day("in_force_to", self.tr("Đến hết ngày"), read_day)
        self.procedures = ProceduresInput("service_days")
        self._weekdays = {day: self._weekday(day) for day in _WEEK}
        self.at_once = QCheckBox(self.tr("Mọi kết quả của ngày này trả ngay trong ngày"))
        named(self.at_once, "service_days.at_once", self.at_once.text())
        self.on_make_up = QCheckBox(self.tr("Giữ cả vào ngày đi làm bù"))
        named(self.on_make_up, "service_days.on_make_up", self.on_make_up.text())
        self._held = {
            "kind": Labelled(self.tr("Loại ngày"), self.kind, required=True),
            "name": Labelled(self.tr("Tên cơ quan gọi"), self.name),
            "starts": Labelled(self.tr("Từ giờ"), self.starts),
            "ends": Labelled(self.tr("Đến giờ"), self.ends),
            "number": Labelled(self.tr("Số văn bản"), self.number, required=True),
            "decided_on": Labelled(self.tr("Ngày ký"), self.decided_on, required=True),
            "by": Labelled(self.tr("Cơ quan ban hành"), self.by),
            "in_force_from": Labelled(self.tr("Áp dụng từ ngày"), self.since, required=True),
            "in_force_to": Labelled(self.tr("Đến hết ngày"), self.to),
        }
        self._note = label(role="warn", wraps=True)
        self._note.setAccessibleIdentifier("service_days.note")
        self.column.addWidget(self._note)
        self._grid(("kind", "name"))
        self.column.addWidget(self._week_row())
        self._grid(("starts", "ends"))
        self.column.addWidget(self.procedures)
        self._grid(("number", "decided_on", "by"))
        self._grid(("in_force_from", "in_force_to"))
        for box in (self.at_once, self.on_make_up):
            self.column.addWidget(box)
        self._buttons(look, refusal)
        self.put(None)

    def _day(self, name: str, text: str, read_day: ReadDay) -> DateField:
        return DateField(f"service_days.{name}", text, DaySense.ANY, read_day)

    def _weekday(self, day: int) -> QCheckBox:
        text = weekday_name(day)
        made = QCheckBox(text[:1].upper() + text[1:])
        named(made, f"service_days.weekday.{day}", made.text())
        return made

    def _week_row(self) -> QWidget:
        held = QWidget()
        held.setProperty("ground", "clear")
        grid = QGridLayout(held)
        grid.setContentsMargins(0, 0, 0, 0)
        for at, box in enumerate(self._weekdays.values()):
            grid.addWidget(box, at // 4, at % 4)
        grid.addWidget(label(self.tr("(không chọn: mọi ngày làm việc)"), "faint"), 1, 3)
        return held

    def _grid(self, names: tuple[str, ...]) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        for name in names:
            row.addWidget(self._held[name], 1)
        self.column.addLayout(row)

    def _buttons(self, look: Look, refusal: str) -> None:
        save = button(
            look,
            self.tr("Lưu ngày phục vụ"),
            "service_days.save",
            self.save_wanted.emit,
            kind="primary",
            icon="check",
            key="Ctrl+S",
        )
        self.end = button(look, self.tr("Ngừng áp dụng"), "service_days.end", self.end_wanted.emit, icon="x")
        new = button(look, self.tr("Ngày mới"), "service_days.new", self.new_wanted.emit, icon="plus")
        row = QHBoxLayout()
        for made in (save, self.end, new):
            made.setEnabled(not refusal)
            row.addWidget(made)
        row.addStretch()
        self.column.addLayout(row)
        if refusal:
            self.column.addWidget(label(refusal, "warn", wraps=True))

    def put(self, day: ServiceDay | None, *, can_end: bool = False) -> None:
        """Show a day, or a blank one."""
        self.shown = day
        said = day or ServiceDay(id="", kind=ServiceDayKind.NO_WRITING)
        self._note.setText(said.note)
        self._note.setVisible(bool(said.note))
        self.kind.put(said.kind.value)
        for field, text in (
            (self.name, said.name),
            (self.starts, said.starts),
            (self.ends, said.ends),
            (self.number, said.number),
            (self.by, said.by),
        ):
            field.put(text)
        for date, iso in (
            (self.decided_on, said.decided_on),
            (self.since, said.in_force_from),
            (self.to, said.in_force_to),
        ):
            date.put_iso(iso)
        for number, box in self._weekdays.items():
            box.setChecked(number in said.weekdays)
        self.procedures.put(said.procedures)
        self.at_once.setChecked(said.at_once)
        self.on_make_up.setChecked(said.on_make_up)
        self.end.setVisible(can_end)
        self.be_content()

    def day(self) -> ServiceDay:
        """What the card says; its id is "" for a new one."""
        for date in (self.decided_on, self.since, self.to):
            date.judge()
        base = self.shown or ServiceDay(id="", kind=ServiceDayKind.NO_WRITING)
        number = self.number.value().strip()
        return replace(
            base,
            kind=ServiceDayKind(self.kind.value()),
            name=self.name.value(),
            weekdays=tuple(number for number, box in self._weekdays.items() if box.isChecked()),
            starts=_hour(self.starts.value()),
            ends=_hour(self.ends.value()),
            procedures=self.procedures.value(),
            number=number,
            decided_on=self.decided_on.iso(),
            by=self.by.value(),
            in_force_from=self.since.iso(),
            in_force_to=self.to.iso(),
            at_once=self.at_once.isChecked(),
            on_make_up=self.on_make_up.isChecked(),
            verified=bool(number),
            note="",
        )

    def complain(self, name: str, why: str) -> QWidget | None:
        return self._weekdays[1] if name == "weekdays" else super().complain(name, why)


def _hour(typed: str) -> str:
    """ "7h30", "7:30", "17" → "07:30", "17:00"; another text as it is, so that saving refuses it."""
    text = typed.strip().lower().replace("h", ":").replace("g", ":").replace(".", ":").rstrip(":")
    hours, _, minutes = text.partition(":")
    if hours.isdecimal() and (not minutes or minutes.isdecimal()):
        return f"{int(hours):02d}:{int(minutes or 0):02d}"
    return typed.strip()
