"""A clerk's whole day through the real window, by keys alone; what the journal holds at night is what was told."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desk_app.domain.dossiers.steps import Status
from desk_app.services.desk.desk import Desk, open_desk
from desk_app.store.journal import journal
from tests.kit.desk.desks import CARD, PASSPHRASE, TestClock
from tests.kit.window.clerk import KEY, Clerk
from tests.kit.window.expected_day import Expected, differences, kinds
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
        self.clerk = Clerk(self.hand)

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
    clerk.at("reception.field.mother.ethnicity")
    clerk.enter("kinh")
    clerk.at("reception.field.father.full_name")
    hand.scan(FATHER)
    clerk.at("reception.field.father.ethnicity")
    clerk.enter("kinh")
    clerk.at("reception.field.child.full_name")
    clerk.enter("Lê Thử Nghiệm An", "1/11/2026", "nam")
    clerk.enter("Trạm y tế xã Thử Nghiệm, thành phố Hà Nội", "xã Thử Nghiệm, thành phố Hà Nội")
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


def national(folder: Path, row: tuple[str, str]) -> Path:
    """A national list of one procedure."""
    folder.mkdir()
    code, name = row
    line = {
        "code": code,
        "name": name,
        "categories": ["Hộ tịch"],
        "departments": ["Ủy ban nhân dân cấp xã"],
        "departmentPromulgate": "Bộ Tư pháp",
        "formalityTargetType": ["Công dân Việt Nam"],
        "state": "ACTIVE",
        "type": "STANDARD",
    }
    (folder / "catalogue.jsonl").write_text(json.dumps(line, ensure_ascii=False) + "\n", "utf-8")
    (folder / "details.jsonl").write_text("", "utf-8")
    return folder


def takes_law_in(day: Day) -> None:
    """F12, the folder typed, Ctrl+Enter to look and once more to take it in."""
    hand, clerk = day.hand, day.clerk
    folder = national(day.data.parent / "national", (IMPORTED, "Thủ tục nhập từ danh mục"))
    hand.press(KEY.Key_F12)
    clerk.at("law.path")
    clerk.type(str(folder))
    hand.press(KEY.Key_Return, ctrl=True)
    hand.until(lambda: "Chưa ghi gì" in hand.text("law.summary"))
    hand.press(KEY.Key_Return, ctrl=True)
    hand.until(lambda: "Đã nhập dữ liệu luật" in hand.text("status.message"))


def interrupted(day: Day) -> str:
    """A page half typed when the window closes; the list of procedures grows meanwhile; the page is offered again."""
    hand, clerk = day.hand, day.clerk
    hand.press(KEY.Key_F2)
    clerk.enter("001088000888")
    clerk.put("reception.full_name", "Bùi Thị Thử Dở")
    clerk.reach("reception.born_on")
    clerk.type("3/4/19")
    day.end()
    day.begin()
    hand, clerk = day.hand, day.clerk
    hand.until(lambda: "Bùi Thị Thử Dở" in hand.text("status.message"))
    takes_law_in(day)
    hand.press(KEY.Key_F2)
    assert (hand.text("reception.full_name"), hand.text("reception.born_on")) == ("Bùi Thị Thử Dở", "3/4/19")
    clerk.put("reception.born_on", "3/4/1988")
    clerk.choose_procedure("nhap tu danh muc", IMPORTED)
    clerk.put("reception.due_on", "4/12/2026")
    clerk.put("reception.fee", "15.000")
    return day.receives(
        Expected(
            procedure=IMPORTED,
            facts={"full_name": "Bùi Thị Thử Dở", "id_number": "001088000888", "born_on": "1988-04-03"},
            fee=15_000,
            due="2026-12-04",
            components=(),
            events=("received", "printed"),
        )
    )


def bad_scans(day: Day) -> None:
    """A card that lost half of itself and a code of somebody else leave nothing on the page and nothing recorded."""
    hand = day.hand
    hand.press(KEY.Key_F2)
    for scan in (CARD[:40], "https://example.vn/san-pham/893850500", "8938505001234"):
        hand.scan(scan)
        hand.wait(1_700)
        assert hand.text("reception.full_name") == ""
        assert hand.text("reception.id_number") == ""
    hand.press(KEY.Key_Escape)


def mangled_letters(day: Day) -> dict[str, str]:
    """Cards whose letters a scanner lost: the name the desk knows stays, an unknown one is marked and asked about."""
    hand, clerk = day.hand, day.clerk
    made: dict[str, str] = {}
    hand.press(KEY.Key_F2)
    hand.scan(MOTHER.replace("Trần Thị Thử Mẹ", "Trn Th Th M"))
    assert hand.text("reception.full_name") == "Trần Thị Thử Mẹ"
    assert hand.widget("reception.full_name").property("state") == "look"
    made["known name"] = certified(day, {"full_name": "Trần Thị Thử Mẹ", "phone": "0900000002"})
    hand.press(KEY.Key_F2)
    hand.scan("001077000008||Nguyn Vn Th Mt|01021977|Nam|Thôn 7, xã Thử Nghiệm, thành phố Hà Nội|01062022")
    assert hand.widget("reception.full_name").property("state") == "look"
    clerk.choose_procedure("ban sao tu ban chinh", COPY)
    clerk.put("reception.document.1.pages", "1")
    hand.press(KEY.Key_F9)
    assert hand.program.view.reception.saved_code == ""
    assert "bị mất chữ" in hand.text("status.message")
    clerk.at("reception.full_name")
    clerk.put("reception.full_name", "Nguyễn Văn Thử Mất")
    made["typed name"] = certified(day, {"full_name": "Nguyễn Văn Thử Mất", "id_number": "001077000008"})
    return made


def certified(day: Day, facts: dict[str, str]) -> str:
    """One certified copy of one page, for who stands on the page."""
    day.clerk.choose_procedure("ban sao tu ban chinh", COPY)
    day.clerk.put("reception.document.1.pages", "1")
    return day.receives(
        Expected(
            procedure=COPY,
            facts=facts,
            documents=(("Bản chính", 1, 1),),
            fee=2_000,
            due=SAME_DAY,
            components=("ban-chinh",),
            events=("received", "printed"),
        )
    )


def steps(day: Day, made: dict[str, str]) -> None:
    """Forwarded, completed with a new due date, ready, returned; one taken wrongly and taken back."""
    clerk = day.clerk
    clerk.find("vu van thu tat", made["disability"])
    clerk.step("forward")
    clerk.step("request-completion", "thiếu ảnh")
    clerk.step("complete", due="30/11/2026")
    clerk.step("ready")
    clerk.step("return")
    day.moved(made["disability"], "forward", "request-completion", "complete", "ready", "return", to=Status.RETURNED)
    clerk.find("do thi thu ke", made["refusal"])
    clerk.step("forward")
    clerk.step("take-back", "bấm nhầm hồ sơ")
    day.moved(made["refusal"], "forward", to=Status.RECEIVED)
    day.took_back(made["refusal"])
    clerk.step("forward")
    day.moved(made["refusal"], "forward", to=Status.PROCESSING)


def corrections(day: Day, made: dict[str, str]) -> None:
    hand, clerk = day.hand, day.clerk
    clerk.find("pham van thu re", made["marriage"])
    clerk.correct("ho va ten", "dossier.correct.value")
    hand.press(KEY.Key_A, ctrl=True)
    clerk.enter("Phạm Văn Thử Rể Hiền", "ghi thiếu chữ")
    day.corrected(made["marriage"], facts={"full_name": "Phạm Văn Thử Rể Hiền"})
    clerk.correct("hen tra", "dossier.correct.value")
    hand.press(KEY.Key_A, ctrl=True)
    clerk.enter("4/12/2026", "dân xin lùi ngày")
    day.corrected(made["marriage"], due="2026-12-04")
    clerk.find("tran van thu gia", made["year"])
    clerk.correct("giay to can chung thuc", "dossier.correct.document.1.")
    clerk.put("dossier.correct.document.1.pages", "3")
    clerk.put("dossier.correct.reason", "đếm nhầm trang")
    hand.press(KEY.Key_Return)
    day.corrected(made["year"], documents=(("Bản chính", 3, 1),), fee=5_000)


def test_a_day_leaves_no_wrong_record_no_traceback_and_no_stray_key(
    make_hand: Callable[..., Hand], empty_desk: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copytree(empty_desk, tmp_path / "desk")
    day = Day(make_hand, tmp_path)
    made = copies(day) | family(day) | the_rest(day)
    made["imported"] = interrupted(day)
    bad_scans(day)
    made |= mangled_letters(day)
    steps(day, made)
    corrections(day, made)
    day.hand.press(KEY.Key_F8)
    hand = day.hand
    hand.until(lambda: hand.text("day_end.received") == str(len(day.expected)))
    closing(day)
    day.end()
    with open_desk(day.data, passphrase=PASSPHRASE, clock=TestClock()) as desk:
        assert wrong(desk, day.expected) == []
        assert stray(desk, day.expected) == []
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert day.crashes == []
    logged = (day.data / "log" / "desk-app.log").read_text("utf-8")
    assert not any(word in logged for word in ("CRITICAL", "ERROR", "Traceback", "a bug"))
    assert (day.data / "log" / "crash.log").read_text("utf-8") == ""


def closing(day: Day) -> None:
    """The figures of the list and of the close of day are those a recount of the journal gives; the report prints."""
    hand = day.hand
    assert hand.program.desk is not None
    folded = [journal.dossier(hand.program.desk.db, each) for each in dossiers_of(hand.program.desk)]
    returned = [each for each in folded if each.status is Status.RETURNED]
    fees = sum(each.fee.known_total or 0 for each in folded)
    assert hand.text("day_end.returned") == str(len(returned))
    assert hand.text("day_end.fees") == f"{fees:,}".replace(",", ".")
    printed = len(hand.printed)
    hand.until(lambda: bool(hand.program.view.front._pane.view.pages))
    hand.press(KEY.Key_F9)
    hand.until(lambda: len(hand.printed) > printed)
    hand.press(KEY.Key_F3)
    at_work = {Status.RECEIVED, Status.PROCESSING, Status.SUSPENDED}
    counted = {
        "today": len(folded),
        "processing": sum(each.status in at_work for each in folded),
        "awaiting": sum(each.status is Status.AWAITING_COMPLETION for each in folded),
        "ready": sum(each.status is Status.RESULT_READY for each in folded),
    }
    for which, number in counted.items():
        assert hand.widget(f"dossiers.tile.{which}").accessibleName().endswith(f": {number}")
    hand.press(KEY.Key_A, ctrl=True)
    hand.press(KEY.Key_Escape)
    hand.until(lambda: hand.text("dossiers.count") == f"{len(folded)} hồ sơ")


def dossiers_of(desk: Desk) -> list[str]:
    """The dossiers that have events."""
    found = desk.db.all("SELECT DISTINCT dossier FROM event WHERE dossier <> ''")
    return [dossier for (dossier,) in found]


def wrong(desk: Desk, expected: Mapping[str, Expected]) -> list[str]:
    """Facts that stand otherwise than they were told, dossiers nobody meant, and dossiers that are not there."""
    folded = {each.code: each for each in (journal.dossier(desk.db, name) for name in dossiers_of(desk))}
    found = [f"{code}: nobody meant it" for code in folded.keys() - expected.keys()]
    for code, told in expected.items():
        found += differences(code, folded[code], told) if code in folded else [f"{code}: is not there"]
    return found


def stray(desk: Desk, expected: Mapping[str, Expected]) -> list[str]:
    """Events that the story did not mean, by dossier; each is written by the one clerk of the desk."""
    found = []
    for name in dossiers_of(desk):
        events = journal.history(desk.db, name)
        code = journal.dossier(desk.db, name).code
        meant = expected[code].events if code in expected else ()
        if kinds(events) != meant:
            found.append(f"{code}: {kinds(events)}, meant {meant}")
        found += [f"{code}: by {event.author}" for event in events if event.author != "Trần Thu Mẫu"]
    return found
