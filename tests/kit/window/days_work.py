"""A clerk's day at the window, and what was told of it: receptions of every kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from desk_app.domain.dossiers.steps import Status
from tests.kit.desk.desks import CARD
from tests.kit.window.clerk import KEY, Clerk
from tests.kit.window.expected_day import Expected
from tests.ui.hand import Hand

MOTHER = "034195000002||Trần Thị Thử Mẹ|02031995|Nữ|Thôn 2, xã Thử Nghiệm, thành phố Hà Nội|01062022"
FATHER = "034093000003||Lê Văn Thử Cha|05051993|Nam|Thôn 2, xã Thử Nghiệm, thành phố Hà Nội|01062022"
GROOM = "001090000004||Phạm Văn Thử Rể|07071990|Nam|Thôn 3, xã Thử Nghiệm, thành phố Hà Nội|01062022"
SON = "001080000005||Hoàng Văn Thử Con|09091980|Nam|Thôn 4, xã Thử Nghiệm, thành phố Hà Nội|01062022"
HEIR = "001085000006||Đỗ Thị Thử Kế|10101985|Nữ|Thôn 5, xã Thử Nghiệm, thành phố Hà Nội|01062022"
DISABLED = "001070000007||Vũ Văn Thử Tật|11111970|Nam|Thôn 6, xã Thử Nghiệm, thành phố Hà Nội|01062022"
COPY, EXTRACT, BIRTH, MARRIAGE = "2.000815", "2.000635", "1.001193", "1.000894"
DEATH, DISABILITY, REFUSAL = "1.000656", "1.001653", "2.001016"
IMPORTED = "1.900001"
IDENTITY = "000.00.00.G15-KQ004946"
SAME_DAY = "2026-11-20"


class Day:
    """The window of one desk, opened as often as the story needs, and what was told so far by code."""

    def __init__(self, make_hand: Callable[..., Hand], folder: Path) -> None:
        self._make, self._folder = make_hand, folder
        self.data = folder / "desk"
        self.expected: dict[str, Expected] = {}
        self.crashes: list[object] = []
        self.begin()

    def begin(self) -> None:
        self.hand = self._make(None, "--passphrase-file", str(self._folder / "mật khẩu.txt"))
        self.hand.program.crash.happened.connect(self.crashes.append)
        self.hand.until_open()
        self.clerk = Clerk(self.hand.unseen())

    def end(self) -> None:
        """Close the window; its scanner takes no more keys, as in a program that has ended."""
        self.hand.program.window.close()
        application, wedge = QApplication.instance(), self.hand.program.wedge
        application.focusWindowChanged.disconnect(wedge._watch_window)
        application.focusObjectChanged.disconnect(wedge._watch_object)

    def receives(self, expected: Expected) -> str:
        code = self.clerk.save_and_print()
        self.expected[code] = expected
        return code

    def moved(self, code: str, *actions: str, to: Status, due: str = "") -> None:
        """These steps were taken of the dossier, and nothing else happened to it."""
        told = self.expected[code]
        events = (*told.events, *(f"step:{action}" for action in actions))
        self.expected[code] = replace(told, events=events, status=to, due=due or told.due)

    def took_back(self, code: str) -> None:
        """The step taken last was taken back; the history keeps both."""
        told = self.expected[code]
        self.expected[code] = replace(told, events=(*told.events, "step_taken_back"))

    def corrected(self, code: str, **changes: Any) -> None:
        """What was told of the dossier is now this."""
        told = self.expected[code]
        facts = {**told.facts, **changes.pop("facts", {})}
        self.expected[code] = replace(told, events=(*told.events, "corrected"), facts=facts, **changes)


def copies(day: Day) -> dict[str, str]:
    """Five certified copies: a new card, the same citizen, a K'Ho name, a passport, a year of birth."""
    hand, clerk = day.hand, day.clerk
    made: dict[str, str] = {}
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    clerk.at("reception.phone")
    clerk.type("0912345678")
    clerk.choose_procedure("ban sao tu ban chinh", COPY)
    clerk.at("reception.document.1.name")
    clerk.type("4x3")
    woman = {"full_name": "Nguyễn Thị Thử Nghiệm", "id_number": "001190000001", "born_on": "1990-01-15", "sex": "Nữ"}
    events = ("received", "printed")
    made["card"] = day.receives(
        Expected(
            procedure=COPY,
            facts=woman | {"phone": "0912345678"},
            documents=(("Bản chính", 4, 3),),
            fee=18_000,
            due=SAME_DAY,
            components=("ban-chinh",),
            events=events,
        )
    )
    hand.scan(CARD)
    clerk.choose_procedure("ban sao tu ban chinh", COPY)
    clerk.type("Bằng tốt nghiệp")
    clerk.enter("")
    clerk.enter("1")
    clerk.type("2")
    made["known"] = day.receives(
        Expected(
            procedure=COPY,
            facts=woman | {"phone": "0912345678"},
            documents=(("Bằng tốt nghiệp", 1, 2),),
            fee=4_000,
            due=SAME_DAY,
            components=("ban-chinh",),
            events=events,
        )
    )
    made["kho"] = typed_copy(day, "068190000123", "K'Brêl Ha Ƀrêo", "2/3/1990", "Nữ", "3", 5_000)
    made["passport"] = typed_copy(day, "TR1234567", "Sato Yuki", "5/6/1988", "Nữ", "2", 4_000, nation="Nhật Bản")
    made["year"] = typed_copy(day, "001058000321", "Trần Văn Thử Già", "1958", "Nam", "1", 2_000)
    return made


def typed_copy(day: Day, number: str, name: str, born: str, sex: str, pages: str, fee: int, *, nation: str = "") -> str:
    """A certified copy for a citizen without a card that can be read."""
    hand, clerk = day.hand, day.clerk
    hand.press(KEY.Key_F2)
    clerk.at("reception.id_number")
    clerk.enter(number)
    clerk.put("reception.full_name", name)
    clerk.put("reception.born_on", born)
    clerk.put("reception.sex", sex)
    if nation:
        clerk.put("reception.nationality", nation)
    clerk.choose_procedure("ban sao tu ban chinh", COPY)
    clerk.put("reception.document.1.pages", pages)
    day_of_birth = "-".join(part.zfill(2) for part in reversed(born.split("/")))
    return day.receives(
        Expected(
            procedure=COPY,
            facts={
                "full_name": name,
                "id_number": number,
                "born_on": day_of_birth,
                "sex": sex,
                "nationality": nation,
            },
            documents=(("Bản chính", int(pages), 1),),
            fee=fee,
            due=SAME_DAY,
            components=("ban-chinh",),
            events=("received", "printed"),
        )
    )


def family(day: Day) -> dict[str, str]:
    """A birth with both parents' cards, a marriage, a death."""
    hand, clerk = day.hand, day.clerk
    made: dict[str, str] = {}
    hand.press(KEY.Key_F2)
    hand.scan(MOTHER)
    clerk.at("reception.phone")
    clerk.type("0900000002")
    clerk.choose_procedure("dang ky khai sinh", BIRTH)
    clerk.at("reception.field.father.full_name")
    hand.scan(FATHER)
    clerk.at("reception.field.child.full_name")
    clerk.enter("Lê Thử Nghiệm An", "1/11/2026", "nam")
    clerk.enter("Trạm y tế xã Thử Nghiệm, thành phố Hà Nội", "kinh", "xã Thử Nghiệm, thành phố Hà Nội")
    clerk.enter("12/2024", "01", "20/10/2024", "UBND xã Thử Nghiệm")
    made["birth"] = day.receives(
        Expected(
            procedure=BIRTH,
            facts={"full_name": "Trần Thị Thử Mẹ", "id_number": "034195000002", "phone": "0900000002"},
            people={"mother": "Trần Thị Thử Mẹ", "father": "Lê Văn Thử Cha", "child": "Lê Thử Nghiệm An"},
            fields={"marriage_on": "2024-10-20", "marriage_number": "12/2024"},
            due=SAME_DAY,
            components=("000.00.00.G15-KQ003204", "000.00.00.G15-KQ004389", IDENTITY),
            events=("received", "printed"),
        )
    )
    groom = {"full_name": "Phạm Văn Thử Rể", "id_number": "001090000004", "born_on": "1990-07-07"}
    made["marriage"] = scanned(
        day, GROOM, "dang ky ket hon", MARRIAGE, facts=groom, components=("000.00.00.G15-KQ003229", IDENTITY)
    )
    son = {"full_name": "Hoàng Văn Thử Con", "id_number": "001080000005", "born_on": "1980-09-09"}
    made["death"] = scanned(
        day,
        SON,
        "khai tu",
        DEATH,
        facts=son,
        typed_fee="0",
        components=("000.00.00.G15-KQ003281", "000.00.00.G15-KQ004376", IDENTITY),
    )
    return made


def scanned(
    day: Day,
    card: str,
    words: str,
    procedure: str,
    *,
    facts: dict[str, str],
    components: tuple[str, ...],
    typed_fee: str = "",
    extra_copies: str = "",
    fee: int = 0,
    due: str = SAME_DAY,
) -> str:
    """A dossier of a procedure that asks little beside the applicant's card."""
    hand, clerk = day.hand, day.clerk
    hand.press(KEY.Key_F2)
    hand.scan(card)
    clerk.choose_procedure(words, procedure)
    if typed_fee:
        clerk.put("reception.fee", typed_fee)
    if extra_copies:
        clerk.put("reception.copies", extra_copies)
    return day.receives(
        Expected(
            procedure=procedure,
            facts=facts,
            fee=fee,
            due=due,
            components=tuple(sorted(components)),
            events=("received", "printed"),
        )
    )


def the_rest(day: Day) -> dict[str, str]:
    """An extract in two copies, a disability certificate, a refusal of an inheritance."""
    woman = {"full_name": "Nguyễn Thị Thử Nghiệm", "id_number": "001190000001"}
    heir = {"full_name": "Đỗ Thị Thử Kế", "id_number": "001085000006", "sex": "Nữ"}
    disabled = {"full_name": "Vũ Văn Thử Tật", "id_number": "001070000007", "sex": "Nam"}
    return {
        "extract": scanned(
            day,
            CARD,
            "trich luc",
            EXTRACT,
            facts=woman,
            extra_copies="2",
            fee=16_000,
            components=("000.00.00.G15-KQ003037", IDENTITY),
        ),
        "disability": scanned(
            day,
            DISABLED,
            "khuyet tat",
            DISABILITY,
            facts=disabled,
            due="2026-11-30",  # 24/11 is a day off since 2026
            typed_fee="0",
            components=("don-de-nghi", "giay-to-tuy-than"),
        ),
        "refusal": scanned(
            day,
            HEIR,
            "tu choi nhan di san",
            REFUSAL,
            facts=heir,
            fee=50_000,
            due="2026-11-25",
            components=("du-thao", "so-huu", "thua-ke", "giay-to-tuy-than"),
        ),
    }
