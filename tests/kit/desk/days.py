"""A day at a counter, made through the program's own services: 300 dossiers in 1,481 events, in the order of the day.

Receptions of several procedures with their forms, prints, steps, corrections. The same seed gives the same people and
deeds; ids of dossiers and logs are the program's own random ones, as they are in life.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from msgspec.structs import replace

from desk_app.domain.calendar.moments import VIETNAM
from desk_app.domain.dossiers.events import CardRead
from desk_app.domain.dossiers.steps import ACTIONS, Status
from desk_app.domain.people.person import Person
from desk_app.domain.procedures.procedure import Document
from desk_app.services.desk.desk import Desk, open_desk
from desk_app.services.dossiers import steps
from desk_app.services.papers import papers
from desk_app.services.reception import reception
from desk_app.services.reception.draft import Draft
from desk_app.services.setup import setup
from desk_app.store.queries import dossiers
from tests.kit.desk import townspeople
from tests.kit.desk.desks import PASSPHRASE, TestClock
from tests.kit.desk.townspeople import COMMUNE, PROVINCE

UNIT = "H61.37"
DOSSIERS, EVENTS = 300, 1481
MORNING = datetime(2026, 11, 20, 7, 30, tzinfo=VIETNAM)
_LENGTH = timedelta(hours=8, minutes=30)
_SHARES = {
    "2.000815": 42, "1.004873": 14, "2.000635": 14, "1.001193": 11, "1.000656": 6,
    "1.000894": 5, "2.000908": 4, "2.001016": 3, "1.001653": 1,
}  # fmt: skip
_CARD_FIELDS = ("id_number", "full_name", "born_on", "sex", "residence", "id_issued_on")
_FOLLOWING = {
    Status.RECEIVED: (("forward", 1.0),),
    Status.PROCESSING: (("ready", 0.8), ("request-completion", 0.12), ("refuse", 0.08)),
    Status.AWAITING_COMPLETION: (("complete", 0.6), ("", 0.4)),
    Status.RESULT_READY: (("return", 0.8), ("", 0.2)),
}


def make_desk(folder: Path, *, desk: int = 1) -> Path:
    """An empty desk of the trials' commune."""
    data = folder / f"desk{desk}"
    setup.init(
        data,
        unit=UNIT,
        commune=COMMUNE,
        province=PROVINCE,
        superior=f"UBND {PROVINCE}",
        desk=desk,
        clerk="H'Mai Thử Byă",
        passphrase=PASSPHRASE,
        clock=TestClock(MORNING),
    )
    return data


@contextmanager
def opened(data: Path, clock: TestClock | None = None) -> Iterator[Desk]:
    with open_desk(data, passphrase=PASSPHRASE, clock=clock or TestClock(MORNING)) as desk:
        yield desk


def work(desk: Desk, *, dossiers: int = DOSSIERS, events: int = EVENTS, seed: int = 1) -> None:
    """Do the day's work: exactly so many receptions and events."""
    _Day(desk, Random(seed), wanted=dossiers).run(events)


class _Day:
    """Deeds by the moment they fall due; each may lead to others."""

    def __init__(self, desk: Desk, draw: Random, *, wanted: int) -> None:
        self._desk = desk
        self._draw = draw
        self._clock = TestClock(MORNING)
        self._ahead: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = 0
        self._done = 0
        self._codes: list[str] = []
        self._gap = _LENGTH / wanted
        for number in range(wanted):
            self._later(self._gap * number + self._gap * draw.random() - (self._clock() - MORNING), self._receive)

    def run(self, events: int) -> None:
        clock, self._desk.clock = self._desk.clock, self._clock
        receptions_left = len(self._ahead)
        while self._ahead and self._done < events - receptions_left:
            self._clock.moment, _, deed = heapq.heappop(self._ahead)
            receptions_left -= deed == self._receive
            deed()
        for at, _, deed in sorted(self._ahead):
            if deed == self._receive:
                self._clock.moment = at
                deed()
        while self._done < events:
            self._correct(self._draw.choice(self._codes))
        self._desk.clock = clock

    def _later(self, wait: timedelta, deed: Callable[[], None]) -> None:
        self._order += 1
        heapq.heappush(self._ahead, (self._clock() + wait, self._order, deed))

    def _minutes(self, first: int, last: int) -> timedelta:
        return timedelta(minutes=self._draw.randint(first, last), seconds=self._draw.randrange(60))

    def _receive(self) -> None:
        receipt = reception.receive(self._desk, self._draft())
        code = receipt.dossier.code
        self._codes.append(code)
        self._done += 1
        self._later(timedelta(seconds=self._draw.randint(8, 40)), lambda: self._print(code, receipt.papers))
        self._later(self._minutes(5, 50), lambda: self._step(code))
        if self._draw.random() < 0.2:
            self._later(self._minutes(1, 200), lambda: self._correct(code))

    def _print(self, code: str, owed: tuple[str, ...]) -> None:
        papers.printed(self._desk, code, owed, printer="HP LaserJet M211")
        self._done += 1

    def _step(self, code: str) -> None:
        kept = dossiers.by_code(self._desk.db, code)
        actions, chances = zip(*_FOLLOWING.get(kept.status, (("", 1.0),)), strict=True)
        (action,) = self._draw.choices(actions, chances)
        if not action:
            return
        rule, draw = ACTIONS[action], self._draw
        due_on = (self._clock() + timedelta(days=3)).date().isoformat() if rule.needs_due else ""
        proxy = townspeople.person(draw) if action == "return" and draw.random() < 0.15 else None
        steps.step(
            self._desk,
            code,
            action,
            reason=townspeople.remark(draw) if rule.needs_reason or draw.random() < 0.1 else "",
            due_on=due_on,
            result="Đủ điều kiện, đã ký" if action == "ready" else "",
            collector=proxy and Person(full_name=proxy.full_name, id_number=proxy.id_number),
        )
        self._done += 1
        self._later(self._minutes(10, 150), lambda: self._step(code))

    def _correct(self, code: str) -> None:
        path = self._draw.choice(("people.applicant.phone", "people.applicant.residence", "note"))
        value = {
            "people.applicant.phone": townspeople.phone,
            "people.applicant.residence": townspeople.residence,
            "note": townspeople.remark,
        }[path](self._draw)
        steps.correct(self._desk, code, {path: value}, reason="Ghi nhầm khi nhận")
        self._done += 1

    def _draft(self) -> Draft:
        draw = self._draw
        (code,) = draw.choices(list(_SHARES), list(_SHARES.values()))
        applicant = townspeople.person(draw)
        draft = replace(
            reception.new_draft(code),
            people={"applicant": applicant},
            card=CardRead(kind="cccd", fields=_CARD_FIELDS) if draw.random() < 0.8 else None,
            note=townspeople.remark(draw) if draw.random() < 0.3 else "",
            return_by="post" if draw.random() < 0.1 else "counter",
            due_at=int((self._clock() + timedelta(days=5)).timestamp() * 1000),
        )
        match code:
            case "2.000815" | "2.000908":
                wanted = tuple(
                    Document(name=townspeople.paper(draw), pages=draw.randint(1, 12), copies=draw.randint(1, 6))
                    for _ in range(draw.choice((1, 1, 1, 2, 3)))
                )
                return replace(draft, documents=wanted, due_at=0)
            case "1.001193":
                return replace(draft, fields=_birth(draw))
            case "1.004873":
                return replace(draft, fields=_unmarried(draw))
            case "2.000635":
                return replace(draft, copies=draw.randint(1, 5))
            case _:
                return draft


def _birth(draw: Random) -> dict[str, str]:
    other = townspeople.person(draw, sex="Nam")
    return {
        "relation": "Mẹ đẻ",
        "father.full_name": other.full_name,
        "father.id_number": other.id_number,
        "father.born_on": other.born_on,
        "father.residence": other.residence,
        "father.ethnicity": other.ethnicity,
        "child.full_name": townspeople.name(draw),
        "child.born_on": townspeople.born_on(draw, 2026, 2026).isoformat()[:5] + "10-0" + str(draw.randint(1, 9)),
        "child.sex": draw.choice(("Nam", "Nữ")),
        "child.ethnicity": other.ethnicity,
        "birth_place": f"Trạm Y tế {COMMUNE}, {PROVINCE}",
        "hometown": townspeople.residence(draw),
        "marriage_number": f"{draw.randint(1, 90)}/{draw.randint(2012, 2026)}",
        "marriage_on": townspeople.born_on(draw, 2012, 2025).isoformat(),
        "marriage_place": f"UBND {COMMUNE}",
    }


def _unmarried(draw: Random) -> dict[str, str]:
    return {
        "relation": "Bản thân",
        "marital_status": "Hiện tại chưa đăng ký kết hôn với ai",
        "purpose": draw.choice(("Mua bán, chuyển nhượng nhà đất", "Vay vốn ngân hàng")),
        "purpose_details": f"Cùng {townspeople.name(draw)}, {townspeople.residence(draw)}",
    }
