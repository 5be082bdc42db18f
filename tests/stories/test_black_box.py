"""The window told from outside, through accessibility and real keys: nothing here knows the program's insides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit.desk.terminal import SECRET_NAME, Terminal
from tests.kit.window.screen import Clerk, Screen, needs, screen

pytestmark = [pytest.mark.screen, needs("openbox")]

NUMBER = "001190000001"
CARD = f"{NUMBER}|012345678|Nguyen Thi Thu Nghiem|15011990|Nu|Thon 1, Xa Cu, Ha Noi|20102021"
WANTED = {
    "full_name": "Nguyễn Thị Thử Nghiệm",
    "id_number": NUMBER,
    "old_id_number": "012345678",
    "born_on": "1990-01-15",
    "sex": "Nữ",
    "phone": "0900000001",
    "residence": "Thon 1, Xa Cu, Ha Noi",
    "id_issued_on": "2021-10-20",
}
ON_THE_LIST = {
    "nav.dossiers": "Hồ sơ",
    "nav.reception": "Tiếp nhận",
    "nav.returns": "Chờ trả kết quả",
    "nav.late": "Quá hạn",
    "search.box": "Tìm hồ sơ",
    "dossiers.table": "Danh sách hồ sơ",
}
AT_RECEPTION = {
    "reception.id_number": "Số căn cước",
    "reception.full_name": "Họ và tên",
    "reception.born_on": "Ngày sinh",
    "reception.phone": "Số điện thoại",
    "reception.residence": "Nơi thường trú",
    "reception.procedure": "Tên thủ tục",
    "reception.components": "Thành phần hồ sơ",
    "reception.save": "Lưu",
    "reception.save_and_print": "Lưu và in",
    "reception.paste_scan": "Dán mã",
    "reception.fee": "Phí, lệ phí",
}
# A list shows its choice as its name, a sentence of the screen is its own name.
WITHOUT_NAME = {"reception.sex", "reception.due"}


@pytest.fixture(params=["no window manager", "openbox"])
def at_screen(request: pytest.FixtureRequest) -> Iterator[Screen]:
    with screen(window_manager=request.param == "openbox") as made:
        yield made


@pytest.fixture
def bare_screen() -> Iterator[Screen]:
    with screen() as made:
        yield made


@pytest.fixture
def options(passphrase_file: Path) -> tuple[str, str]:
    return ("--passphrase-file", str(passphrase_file))


def named(clerk: Clerk, expected: dict[str, str]) -> dict[str, str]:
    """What the controls of `expected` are called; "absent" for those that are not in sight."""
    seen = clerk.in_sight()
    return {identifier: seen[identifier][1] if identifier in seen else "absent" for identifier in expected}


def test_a_day_at_the_counter_is_kept_word_for_word(
    at_screen: Screen, terminal: Terminal, options: tuple[str, str]
) -> None:
    with at_screen.window(terminal.data, *options) as clerk:
        clerk.wait_text("dossiers.count", "1 hồ sơ")
        assert named(clerk, ON_THE_LIST) == ON_THE_LIST

        clerk.press("nav.reception")
        clerk.wait_focus("reception.id_number")
        assert named(clerk, AT_RECEPTION) == AT_RECEPTION
        assert clerk.in_sight().keys() >= WITHOUT_NAME

        clerk.scan(CARD)
        clerk.wait_text("reception.id_number", NUMBER)
        assert clerk.text("reception.full_name") == "Nguyen Thi Thu Nghiem"
        assert clerk.text("reception.born_on") == "15/01/1990"
        assert clerk.name("reception.sex") == "Nữ"
        assert clerk.text("reception.residence") == "Thon 1, Xa Cu, Ha Noi"

        clerk.fill("reception.full_name", "Nguyễn Thị Thử Nghiệm")
        clerk.focus("reception.phone")
        clerk.type("0900000001")
        clerk.focus("reception.procedure")
        clerk.type("hon nhan")
        clerk.keys("Return")
        clerk.wait_text("reception.procedure", "tình trạng hôn nhân")

        clerk.fill("reception.field.earlier_period", "Có")  # of who has a number the status is asked for the past only
        clerk.keys("Return")
        clerk.fill("reception.field.marital_status", "Hiện tại đang có vợ/chồng")
        clerk.keys("Return")  # takes the line, and the questions it leads to appear
        clerk.fill("reception.field.current_spouse", "Trần Văn Mẫu")
        clerk.focus("reception.field.purpose_details")
        clerk.type("vay von mua xe")
        clerk.fill("reception.field.marriage_on", "01/02/2003")
        clerk.keys("F9")
        clerk.wait_text("status.message", "Chưa ghi phí")  # asked once: the catalogue does not say the fee
        clerk.keys("F9")

        told = clerk.wait_text("status.message", "chưa có máy in")
        code = clerk.text("dossier.code")
        assert code.startswith("H26.99-") and code in told and "Đã lưu" in told
        assert clerk.name("status.action") == "Lưu PDF"

        clerk.press("nav.dossiers")
        clerk.fill("search.box", "nguyen thu nghiem")
        clerk.wait_text("dossiers.count", "1 hồ sơ")
        clerk.wait_cell("dossiers.table", 0, code)
        clerk.focus("search.box")
        clerk.keys("Return")  # the one dossier found opens at once
        assert clerk.wait_text("dossier.code", code) == code
        clerk.wait_words("Tiếp nhận hồ sơ")
        clerk.wait_words("Nguyễn Thị Thử Nghiệm")

    kept = terminal.ask("show", code)
    assert kept["procedure"] == "1.004873"
    applicant = kept["people"]["applicant"]
    assert {name: applicant[name] for name in WANTED} == WANTED

    assert "ethnicity" not in kept["people"]["subject"]  # who has a number is not asked for it
    assert kept["fields"] == {
        "relation": "Bản thân",
        "earlier_period": "Có",
        "marital_status": "Hiện tại đang có vợ/chồng",
        "current_spouse": "Trần Văn Mẫu",
        "purpose_details": "vay von mua xe",
        "marriage_on": "2003-02-01",
    }
    assert [event["kind"] for event in kept["events"]] == ["received"]
    assert terminal.ask("check")["ok"]


def test_an_empty_page_is_refused_in_a_sentence_that_names_the_field(
    at_screen: Screen, terminal: Terminal, options: tuple[str, str]
) -> None:
    with at_screen.window(terminal.data, *options) as clerk:
        clerk.press("nav.reception")
        clerk.wait_focus("reception.id_number")
        clerk.focus("reception.residence")
        clerk.press("reception.save")
        assert "họ và tên" in clerk.wait_text("status.message", "ọ").casefold()
        clerk.wait_focus("reception.full_name")
        assert not clerk.is_showing("dossier.code")
        clerk.keys("F9")
        clerk.pause(0.5)
        assert not clerk.is_showing("dossier.code")
    assert len(terminal.ask("find", SECRET_NAME)) == 1  # the one it was made with


def test_a_name_goes_on_where_it_was_left_for_another_page(
    at_screen: Screen, terminal: Terminal, options: tuple[str, str]
) -> None:
    with at_screen.window(terminal.data, *options) as clerk:
        clerk.press("nav.reception")
        clerk.wait_focus("reception.id_number")
        clerk.focus("reception.full_name")
        clerk.type("Lo Thi", 120)
        clerk.keys("F3")
        clerk.wait_focus("search.box")
        clerk.keys("F2")
        clerk.wait_focus("reception.full_name")
        clerk.type(" Do", 120)
        assert clerk.wait_text("reception.full_name", "Lo Thi Do") == "Lo Thi Do"


def test_a_wrong_passphrase_asks_again_and_the_right_one_opens(
    bare_screen: Screen, terminal: Terminal, passphrase_file: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "sai.txt"
    wrong.write_text("không phải mật khẩu này\n", "utf-8")
    with bare_screen.window(terminal.data, "--passphrase-file", str(wrong)) as clerk:
        clerk.wait_focus("unlock.passphrase")
        assert not clerk.is_showing("dossiers.table")
        assert clerk.name("unlock.passphrase") == "Mật khẩu"
        clerk.fill("unlock.passphrase", "vẫn không đúng")
        clerk.press("unlock.open")
        while clerk.text("unlock.passphrase"):  # the page that was filled in gives way to a new one
            clerk.pause(0.1)
        clerk.wait_focus("unlock.passphrase")
        clerk.fill("unlock.passphrase", passphrase_file.read_text("utf-8").strip())
        clerk.keys("Return")
        clerk.wait_text("dossiers.count", "1 hồ sơ")


def test_without_a_passphrase_and_without_a_keyring_the_window_asks(bare_screen: Screen, terminal: Terminal) -> None:
    with bare_screen.window(terminal.data) as clerk:
        clerk.wait_focus("unlock.passphrase")
        assert clerk.is_showing("unlock.recovery")
