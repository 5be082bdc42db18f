"""Who hands the dossier in: typed, read from a card, or known from an earlier dossier."""

from __future__ import annotations

from collections.abc import Callable, Collection

from msgspec.structs import replace
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from desk_app.domain.calendar import dates
from desk_app.domain.calendar.typed_day import DaySense
from desk_app.domain.messages.message_text import is_mobile
from desk_app.domain.people import paper_number, phone
from desk_app.domain.people.person import Person
from desk_app.domain.prepared import home_people
from desk_app.ui.kit.card import PageCard
from desk_app.ui.reception.people.address_offers import AddressOffers
from desk_app.ui.reception.people.message_wish import MessageWish
from desk_app.ui.widgets.date_field import DateField, ReadDay
from desk_app.ui.widgets.fields import ChoiceInput, Labelled, TextInput
from desk_app.ui.widgets.pick_list import Offer, PickList

_LOOK_UP_AFTER_MS = 150
_WHOLE = (9, 12)


class ApplicantCard(PageCard):
    """`changed` when anything of the person changed, whoever changed it; the callables look people and places up."""

    changed = Signal()

    def __init__(
        self,
        known_person: Callable[[str], Person | None],
        find_people: Callable[[str], list[Person]],
        addresses: Callable[[str], list[str]],
        read_day: ReadDay,
        source_of: Callable[[Person], str],
    ) -> None:
        super().__init__(self.tr("Người nộp hồ sơ"))
        self._known_person, self._find_people, self._source_of = known_person, find_people, source_of
        self._base = self._at_home = Person(full_name="")
        self._before_home: dict[str, str] = {}
        self.id_number = TextInput("reception.id_number", self.tr("Số căn cước"), self.tr("12 chữ số"))
        self.full_name = TextInput("reception.full_name", self.tr("Họ và tên"))
        self.born_on = DateField("reception.born_on", self.tr("Ngày sinh"), DaySense.PAST, read_day)
        self.sex = ChoiceInput("reception.sex", self.tr("Giới tính"), (("", "—"), ("Nam", "Nam"), ("Nữ", "Nữ")))
        self.phone = TextInput("reception.phone", self.tr("Số điện thoại"), self.tr("Để báo kết quả"))
        self.residence = TextInput("reception.residence", self.tr("Nơi thường trú"))
        self.nationality = TextInput("reception.nationality", self.tr("Quốc tịch"), self.tr("Ví dụ: Nhật Bản"))
        self.inputs: dict[str, QWidget] = {
            "id_number": self.id_number,
            "full_name": self.full_name,
            "born_on": self.born_on,
            "sex": self.sex,
            "phone": self.phone,
            "residence": self.residence,
        }
        self.wish = MessageWish()
        self.wish.toggled.connect(self.changed)
        self._labelled: dict[str, Labelled] = {}
        self._lay_out()
        self.addresses = AddressOffers(addresses, "reception.residence.offer")
        self.addresses.picked.connect(self.residence.put)
        self.addresses.picked.connect(self.changed)
        self.residence.changed.connect(self._residence_typed)
        self.column.addWidget(self.addresses)
        self._names = self._suggestions(self.full_name, "reception.full_name.list")
        self._numbers = self._suggestions(self.id_number, "reception.id_number.list")
        for field in (self.full_name, self.born_on, self.sex, self.phone, self.residence, self.nationality):
            field.changed.connect(self.changed)
        self.id_number.changed.connect(self._number_typed)
        self.phone.editingFinished.connect(self._judge_phone)
        self._delay = QTimer(self, singleShot=True, interval=_LOOK_UP_AFTER_MS)
        self._delay.timeout.connect(self._suggest)
        self._asking: TextInput = self.full_name
        self.full_name.changed.connect(self._name_typed)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(7)
        places = {
            "id_number": (0, 0, 1, True),
            "full_name": (0, 1, 2, True),
            "born_on": (1, 0, 1, False),
            "sex": (1, 1, 1, False),
            "phone": (1, 2, 1, False),
            "residence": (2, 0, 3, False),
        }
        for name, (row, column, span, required) in places.items():
            field = self.inputs[name]
            held = Labelled(field.accessibleName(), field, required=required and name == "full_name")
            self._labelled[name] = held
            grid.addWidget(held, row, column, 1, span)
        self._of_foreigner = Labelled(self.nationality.accessibleName(), self.nationality)
        self._of_foreigner.hide()
        self._labelled["nationality"] = self._of_foreigner
        grid.addWidget(self._of_foreigner, 3, 0)
        grid.addWidget(self.wish, 4, 0, 1, 3)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        self.column.addLayout(grid)

    @property
    def base(self) -> Person:
        """What a card or the desk's memory said, shown and not shown."""
        return self._base

    # --- the person ------------------------------------------------------------------------------------------------

    def person(self) -> Person:
        """The person as entered; what a card or the desk's memory says beside stays while the number stays."""
        number = paper_number.tidied(self.id_number.value())
        base = self._base
        if base.id_number and number != base.id_number:
            base = Person(full_name="")
        return replace(
            base,
            id_number=number,
            full_name=" ".join(self.full_name.value().split()),
            born_on=self.born_on.iso(),
            sex=self.sex.value(),
            phone=self.phone.value().strip(),
            residence=self.residence.value().strip(),
            nationality=self.nationality.value().strip() if self._asks_nationality() else base.nationality,
        )

    def put(self, person: Person, *, from_card: Collection[str] = (), to_look_at: Collection[str] = ()) -> None:
        """Show a person; fields `from_card` are tinted, those `to_look_at` warn."""
        self._base = person
        self.id_number.put(person.id_number)
        self.full_name.put(person.full_name)
        self.born_on.put_iso(person.born_on)
        self.sex.put(person.sex)
        self.phone.put(person.phone)
        self.residence.put(person.residence)
        self.addresses.ask(person.residence)
        self.nationality.put(person.nationality)
        self._ask_nationality(asked=paper_number.is_passport_number(person.id_number))
        for name, field in self.inputs.items():
            self._labelled[name].complain("")
            if isinstance(field, TextInput):
                field.show_state("look" if name in to_look_at else "scan" if name in from_card else "")
        self.changed.emit()

    def put_fact(self, name: str, value: str) -> None:
        """Change one fact, shown or not."""
        self._base = replace(self._base, **{name: value})
        field = self.inputs.get(name)
        if isinstance(field, DateField):
            field.put(dates.shown(value))
        elif isinstance(field, TextInput | ChoiceInput):
            field.put(value)
        self.changed.emit()

    def fill_from_home(self, prepared: Person) -> None:
        """Fill what is empty with what was prepared at home, marked so; nothing where somebody else stands."""
        self._at_home = prepared
        shown = self.person()
        for name, value in home_people.gaps(shown, home_people.facts_of(prepared)).items():
            self.put_fact(name, value)
            if isinstance(field := self.inputs.get(name), TextInput):
                field.show_state("home")

    @property
    def is_from_home(self) -> bool:
        """Whether the name that stands here is the one prepared at home, untouched."""
        return bool(self.full_name.property("state") == "home")

    def choose_from_home(self, name: str, *, by_home: bool) -> None:
        """Take one fact as prepared, or as it stood before."""
        if by_home:
            self._before_home[name] = getattr(self.person(), name)
        value = getattr(self._at_home, name) if by_home else self._before_home.pop(name, "")
        if value:
            self.put_fact(name, value)

    def is_empty(self) -> bool:
        return not (self.full_name.value().strip() or self.id_number.value().strip())

    def is_other(self, person: Person) -> bool:
        """Whether the person shown has another number than this one."""
        return bool(self.person().id_number) and self.person().id_number != person.id_number

    def complain(self, name: str, why: str) -> QWidget | None:
        """Say what is wrong with a field; the field, None when it is none of this card."""
        if name not in self._labelled:
            return None
        if name in {"id_number", "nationality"}:
            self._ask_nationality(asked=True)  # a passport of figures alone is known by the nationality
        self._labelled[name].complain(why)
        return self.inputs[name]

    def held(self, name: str) -> Labelled | None:
        """The input of a fact with what stands below it; None where this card has none."""
        return self._labelled.get(name)

    def ask_wish(self, *, usual: bool | None) -> None:
        """Ask whether the citizen wants messages, where the number typed takes any (`Outlook.usual_wish`)."""
        self.wish.offer(usual=usual, takes_messages=is_mobile(phone.searched(self.phone.value())))

    # --- foreigners ------------------------------------------------------------------------------------------------

    def _asks_nationality(self) -> bool:
        return "nationality" in self.inputs

    def _ask_nationality(self, *, asked: bool) -> None:
        """Show the nationality beside a passport's number; nobody with a Vietnamese card ever passes through it."""
        self._of_foreigner.setVisible(asked)
        if asked:
            self.inputs["nationality"] = self.nationality
        else:
            self.inputs.pop("nationality", None)

    # --- people known already --------------------------------------------------------------------------------------

    def _suggestions(self, field: QLineEdit, identifier: str) -> PickList:
        made = PickList(field, identifier, self.tr("Người đã biết"), picks_first=False)
        made.picked.connect(self._take_known)
        return made

    def _number_typed(self) -> None:
        number = paper_number.tidied(self.id_number.value())
        is_passport = paper_number.is_passport_number(number)
        is_whole = is_passport or (number.isdecimal() and len(number) in _WHOLE)
        if is_whole or not number:
            self._ask_nationality(asked=is_passport)
        if is_whole and not self.full_name.value().strip():
            known = self._known_person(number)
            if known is not None:
                self._take_known(known)
                return
        self._asking = self.id_number
        self._delay.start()
        self.changed.emit()

    def _judge_phone(self) -> None:
        why = phone.problem(self.phone.value().strip())
        if why or self.phone.property("state") == "error":
            self._labelled["phone"].complain(why)

    def _residence_typed(self) -> None:
        self.addresses.ask(self.residence.value())

    def _name_typed(self) -> None:
        self._asking = self.full_name
        self._delay.start()

    def _suggest(self) -> None:
        text = self._asking.value().strip()
        shown = self._names if self._asking is self.full_name else self._numbers
        least = 3 if self._asking is self.full_name else 4
        people = self._find_people(text) if len(text) >= least and self._asking.hasFocus() else []
        others = [each for each in people if each.id_number != self._base.id_number or not self._base.id_number]
        shown.offer([Offer(_told(each, self._source_of(each)), each) for each in others])

    def _take_known(self, person: object) -> None:
        if isinstance(person, Person):
            self.put(person)
            source = self._source_of(person)
            self.remark(self.tr("Đã nhập từ %s") % source if source else self.tr("Đã biết từ hồ sơ trước"), "ok")


def _told(person: Person, source: str) -> str:
    parts = (person.full_name, person.id_number, dates.shown(person.born_on), person.residence, source)
    return "  ·  ".join(part for part in parts if part)
