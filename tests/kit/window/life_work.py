"""Days at a counter of a commune: what comes to it, what becomes of each dossier, what the clerk was told of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from PySide6.QtCore import Qt

from desk_app.domain.dossiers.steps import Status
from tests.kit.window.clerk import KEY, Clerk
from tests.ui.hand import Hand

COPY, OLD_BOOK, EXTRACT = "2.000815", "2.000908", "2.000635"
BIRTH, MARRIAGE, DEATH, SINGLE = "1.001193", "1.000894", "1.000656", "1.004873"
DISABILITY, REFUSAL, LINKED_BIRTH = "1.001653", "2.001016", "2.000986"
WORDS = {
    COPY: "ban sao tu ban chinh",
    OLD_BOOK: "ban sao tu so goc",
    EXTRACT: "trich luc",
    BIRTH: "dang ky khai sinh",
    MARRIAGE: "dang ky ket hon",
    DEATH: "khai tu",
    SINGLE: "xac nhan tinh trang hon nhan",
    DISABILITY: "khuyet tat",
    REFUSAL: "tu choi nhan di san",
    LINKED_BIRTH: "lien thong khai sinh",
}
NINE = tuple(WORDS)[:9]
_NAMES = ("An", "Bình", "Cúc", "Dung", "Giang", "Hoa", "Kim", "Lan", "Mai", "Nga", "Oanh", "Phúc", "Quế", "Sen", "Thu")


@dataclass(kw_only=True)
class Told:
    """One dossier as the clerk was told of it: its steps in their order, where it stands, what was paid."""

    procedure: str
    name: str
    status: Status = Status.RECEIVED
    steps: list[str] = field(default_factory=list)
    paid: int = 0
    linked: bool = False


class LifeOfTheDesk:
    """The clerk's hands over several days; every deed is keys or a scan."""

    def __init__(self, hand: Hand) -> None:
        self.hand, self.clerk = hand, Clerk(hand)
        self.told: dict[str, Told] = {}
        self._people = 0

    @property
    def services(self):
        return self.hand.program.view._tools.services

    def next_day(self, moment: datetime) -> None:
        """The same window on another day, as after a night with the PC on."""
        self.hand.program._clock.moment = moment
        self.hand.press(KEY.Key_F3)
        self.hand.press(KEY.Key_F5)

    # --- receiving -------------------------------------------------------------------------------------------------

    def card(self) -> tuple[str, str]:
        """A card of a woman who does not exist, and her name; another one each time."""
        self._people += 1
        at = self._people
        name = f"Trần Thị Thử {_NAMES[at % 15]} {_NAMES[(at // 15 + 3) % 15]}"
        year = 60 + at % 30
        return f"0011{year}{at:06}||{name}|1501{1900 + year}|Nữ|Thôn 1, xã Thử Nghiệm, thành phố Hà Nội|01062022", name

    def receive(self, procedure: str, *, at_once: bool = False, phone: str = "") -> str:
        """A citizen with a card and a wish; printed, or (`at_once`) recorded with its result in hand."""
        hand, clerk = self.hand, self.clerk
        card, name = self.card()
        hand.press(KEY.Key_F2)
        hand.scan(card)
        if phone:
            hand.program.view.reception.form.applicant.phone.setFocus()
            clerk.type(phone)
        clerk.choose_procedure(WORDS[procedure], procedure)
        if procedure == COPY:
            clerk.put("reception.document.1.pages", "4")
        if procedure in (DEATH, DISABILITY, OLD_BOOK, SINGLE):
            clerk.put("reception.fee", "0")
        if procedure == LINKED_BIRTH:
            clerk.put("reception.field.child.full_name", "Trần Thử Nghiệm Bé")
            clerk.put("reception.field.child.born_on", "1/11/2026")
        code = self._saved(KEY.Key_F10 if at_once else KEY.Key_F9)
        for each in self._members(code):
            self.told[each.code] = Told(procedure=each.procedure, name=name, linked=procedure == LINKED_BIRTH)
            if at_once:
                self._moved(each.code, "hand-over", Status.RETURNED)
        return code

    def _saved(self, key: Qt.Key) -> str:
        """The code of what is saved; what is asked about is meant."""
        assert not self.hand.program.view.reception.saved_code
        for _ in range(3):
            self.hand.press(key)
            if self.hand.program.view.reception.saved_code:
                return self.hand.program.view.reception.saved_code
        raise AssertionError(self.hand.text("status.message"))

    def _members(self, code: str):
        """The dossiers of one reception: itself, or all that are linked with it."""
        kept = self.services.detail(code).dossier
        codes = [part.code for part in kept.linked.parts] if kept.linked is not None else [code]
        return [self.services.detail(each).dossier for each in codes]

    # --- what becomes of it ----------------------------------------------------------------------------------------

    def open(self, code: str) -> None:
        """The slip is scanned."""
        self.hand.scan(code)
        assert self.hand.text("dossier.code") == code

    def step(self, code: str, action: str, status: Status, *answers: tuple[str, str], reason: str = "") -> None:
        """A step by its number key; `answers` by input, typed over what is offered there."""
        hand = self.hand
        page = hand.program.view.late.built("dossier")
        if page is None or not page.isVisible() or page.code != code:
            self.open(code)
        if hand.program.view.dossier._steps.chosen_action not in ("", action):
            hand.press(KEY.Key_Escape)
        if not hand.program.view.dossier._steps.chosen_action:
            hand.press(self._number_of(action))
            hand.until(lambda: hand.program.view.dossier._steps.chosen_action == action)
        if reason:
            self.clerk.at("dossier.step.reason")
            self.clerk.type(reason)
        for place, text in answers:
            self.clerk.put(f"dossier.step.{place}", text)
            hand.press(KEY.Key_Return)
        for _ in range(3):
            if not hand.program.view.dossier._steps.chosen_action:
                break
            hand.press(KEY.Key_Return, ctrl=True)
        self._moved(code, action, status)
        assert self.services.detail(code).dossier.status is status, hand.text("status.message")

    def offered(self, code: str) -> set[str]:
        """The steps that the page offers for this dossier now."""
        self.open(code)
        place = "dossier.step."
        names = [each.accessibleIdentifier() for each in self.hand.program.view.dossier._steps._numbered]
        return {name.removeprefix(place) for name in names}

    def pay(self, code: str) -> None:
        """The fee in cash: Ctrl+B, Enter."""
        self.open(code)
        owed = self.services.money.outlook(code).standing.rest
        assert owed > 0
        self.hand.press(KEY.Key_B, ctrl=True)
        self.hand.press(KEY.Key_Return)
        self.told[code].paid += owed

    def _number_of(self, action: str) -> Qt.Key:
        name = self.hand.widget(f"dossier.step.{action}").text().split()[-1]
        return {"-": KEY.Key_Minus, "=": KEY.Key_Equal}.get(name) or Qt.Key(KEY.Key_0 + int(name))

    def _moved(self, code: str, action: str, status: Status) -> None:
        self.told[code].steps.append(action)
        self.told[code].status = status
