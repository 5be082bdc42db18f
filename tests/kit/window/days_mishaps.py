"""What goes wrong in a clerk's day and what follows: interruptions, bad scans, steps, corrections."""

from __future__ import annotations

import json
from pathlib import Path

from desk_app.domain.dossiers.steps import Status
from tests.kit.desk.desks import CARD
from tests.kit.window.clerk import KEY
from tests.kit.window.days_work import COPY, IMPORTED, MOTHER, SAME_DAY, Day
from tests.kit.window.expected_day import Expected


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
        hand.let_pass(1_700)
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
