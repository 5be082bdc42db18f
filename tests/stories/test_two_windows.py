"""A day at a commune with two counters: two windows and one district, each its own process, driven from outside."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest

from tests.kit.desk.desks import PASSPHRASE, cheapen
from tests.kit.desk.terminal import Terminal
from tests.kit.district.district_terminal import DistrictTerminal
from tests.kit.district.district_terminal import cheapen as cheapen_district
from tests.kit.paper import print_room
from tests.kit.window.screen import Clerk, Screen, needs, screen

pytestmark = [pytest.mark.screen, needs()]

UNIT = "H26.99"
COMMUNE = "xã Thử Nghiệm"
CARDS = (
    "001190000001|012345678|Nguyen Thi Thu Nghiem|15011990|Nu|Thon 1, Xa Cu, Ha Noi|20102021",
    "001085000002||Tran Van Mau|02031985|Nam|To 5, Xa Moi, Ha Noi|20082024|Le Thi Sau|Tran Van Bay|1",
)
PHONES = ("0110000001", "0110000002")
PHONE = "conflict.people.applicant.phone"


@dataclass(frozen=True)
class Counter:
    """A desk: its window, and the terminal on the same data for when the window is closed."""

    clerk: Clerk
    terminal: Terminal
    number: int


@dataclass(frozen=True)
class Commune:
    """Two counters and the district they belong to, which answers at `url`."""

    first: Counter
    second: Counter
    district: DistrictTerminal
    url: str


@pytest.fixture
def district(tmp_path: Path, passphrase_file: Path) -> DistrictTerminal:
    made = DistrictTerminal(tmp_path / "cấp trên", passphrase_file)
    made.ask("init", "--name", "tỉnh Thử Nghiệm", "--url", "https://127.0.0.1:8443")
    cheapen_district(made.data, PASSPHRASE)
    return made


@pytest.fixture
def terminals(tmp_path: Path, passphrase_file: Path) -> list[Terminal]:
    """Two desks that nobody enrolled."""
    made = []
    for number, clerk in ((1, "Trần Thu Mẫu"), (2, "Lê Thử Mẫu")):
        desk = Terminal(tmp_path / f"quầy {number}", {"DESK_PASSPHRASE_FILE": str(passphrase_file)})
        desk.ask("init", "--unit", UNIT, "--commune", COMMUNE, "--desk", "1", "--clerk", clerk)
        cheapen(desk.data)
        made.append(desk)
    return made


@pytest.fixture
def commune(district: DistrictTerminal, terminals: list[Terminal], passphrase_file: Path) -> Iterator[Commune]:
    with ExitStack() as stack:
        url = stack.enter_context(district.serving())
        counters = []
        for number, terminal in enumerate(terminals, 1):
            shown: Screen = stack.enter_context(screen())
            window = shown.window(terminal.data, "--passphrase-file", str(passphrase_file))
            counters.append(Counter(stack.enter_context(window), terminal, number))
        yield Commune(counters[0], counters[1], district, url)


def enrol(commune: Commune, counter: Counter) -> None:
    """The code typed by hand; nothing is sent before the digits were compared."""
    told = commune.district.ask("enrol", "--unit", UNIT, "--commune", COMMUNE, "--desk", str(counter.number))
    clerk = counter.clerk
    clerk.keys("F7")
    clerk.wait_focus("enrol.code")
    clerk.type(told["code"])
    clerk.fill("enrol.url", commune.url)
    clerk.press("enrol.ask")
    digits = clerk.wait_text("enrol.digits", " ")
    desks = commune.district.ask("status")["desks"]
    assert digits.replace(" ", "") in [one["digits"] for one in desks if one["desk"] == counter.number]
    clerk.press("enrol.agree")
    clerk.wait_text("sync.district", f"quầy {counter.number}")


def receive(counter: Counter, card: str) -> str:
    """A copy from the civil register; its code."""
    clerk = counter.clerk
    clerk.press("nav.reception")
    clerk.wait_focus("reception.id_number")
    clerk.scan(card)
    clerk.wait_text("reception.full_name", card.split("|")[2])
    clerk.keys("ctrl+1")
    clerk.wait_text("reception.procedure", "trích lục")
    clerk.keys("ctrl+s")
    clerk.wait_text("status.message", "có thể bị mất chữ")  # asked once: the scanner lost every mark of the name
    clerk.keys("ctrl+s")
    return str(clerk.wait_text("dossier.code", UNIT))


def send(counter: Counter, *, events: int) -> None:
    """Send, and wait until the district has confirmed all that this desk wrote down."""
    counter.clerk.keys("F7")
    counter.clerk.press("sync.send_again")
    counter.clerk.wait_text("sync.confirmed_events", f"{events} việc")
    counter.clerk.wait_text("sync.state", "Cấp trên đã nhận đủ")


def open_dossier(counter: Counter, code: str) -> None:
    """By the search box, as a clerk does who has the slip in hand."""
    clerk = counter.clerk
    clerk.keys("F3")
    clerk.fill("search.box", code)
    clerk.wait_text("dossiers.count", "1 hồ sơ")
    clerk.focus("search.box")
    clerk.keys("Return")
    clerk.wait_text("dossier.code", code)


def correct_phone(counter: Counter, phone: str) -> None:
    """Only with keys, on the dossier in front."""
    clerk = counter.clerk
    clerk.keys("ctrl+e")
    clerk.wait_focus("dossier.correct.field")
    clerk.type("dien thoai")
    clerk.keys("Return")
    clerk.wait_focus("dossier.correct.value")
    clerk.fill("dossier.correct.value", phone)
    clerk.keys("Return")
    clerk.wait_focus("dossier.correct.reason")
    clerk.type("go nham so")
    clerk.keys("Return")
    clerk.wait_text("status.message", "Đã đính chính")


def test_two_counters_work_on_one_dossier_and_lose_nothing(commune: Commune) -> None:
    first, second = commune.first, commune.second
    for counter in (first, second):
        counter.clerk.wait_text("dossiers.count", "0 hồ sơ")
        enrol(commune, counter)

    # each receives a citizen; after sending, each finds the other's dossier
    here, there = receive(first, CARDS[0]), receive(second, CARDS[1])
    assert (here[-4:], there[-4:]) == ("0001", "2000")
    send(first, events=1)
    send(second, events=1)
    open_dossier(second, here)
    second.clerk.wait_words("Nguyen Thi Thu Nghiem")
    first.clerk.keys("F7")
    first.clerk.press("sync.send_again")
    first.clerk.wait_text("status.message", "nhận 1 việc")
    open_dossier(first, there)
    first.clerk.wait_words("Tran Van Mau")

    # both set the same thing right, neither knowing of the other
    open_dossier(first, here)
    correct_phone(first, PHONES[0])
    correct_phone(second, PHONES[1])
    send(first, events=2)
    send(second, events=2)
    open_dossier(second, here)
    second.clerk.wait_text("conflict.title", "Hai quầy cùng sửa")
    values = [second.clerk.text(f"{PHONE}.{n}.value") for n in (0, 1)]
    assert sorted(values) == list(PHONES)

    # one person chooses; afterwards both say the same and nothing is left to settle
    second.clerk.press(f"{PHONE}.1")
    second.clerk.wait_text("status.message", "Đã ghi giá trị được chọn")
    assert not second.clerk.is_showing("conflict.title")
    send(second, events=3)
    send(first, events=2)
    open_dossier(first, here)
    first.clerk.wait_words(values[1])
    assert not first.clerk.is_showing("conflict.title")

    # the end of the day: everything is with the district, one slip was never printed
    clerk = second.clerk
    clerk.keys("F8")
    clerk.wait_text("day_end.unsent", "Cấp trên đã nhận đủ")
    clerk.wait_text("day_end.unprinted", "chưa in giấy: 1")
    assert clerk.text("day_end.received") == "1"
    head = clerk.text("day_end.head").replace(" ", "")
    clerk.keys("F9")
    clerk.wait_text("status.message", "Ngày đã khóa sổ")
    assert clerk.name("status.action") == "In lại"

    for counter in (first, second):
        counter.clerk.close()
        assert counter.terminal.ask("check")["ok"]
        assert counter.terminal.ask("show", here)["people"]["applicant"]["phone"] == values[1]
        assert counter.terminal.ask("show", here)["conflicts"] == []
    assert head.endswith(second.terminal.ask("close-day", "--out", str(second.terminal.data / "giấy"))["head"]["head"])
    desks = commune.district.ask("status")["desks"]
    assert [(one["desk"], one["receptions"], one["pending"]) for one in desks] == [(1, 1, 0), (2, 1, 0)]


def test_without_a_line_nothing_counts_as_sent_until_a_stick_came_back(
    district: DistrictTerminal, terminals: list[Terminal], passphrase_file: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "thẻ nhớ"
    stick.mkdir()
    with screen() as shown, shown.window(terminals[0].data, "--passphrase-file", str(passphrase_file)) as clerk:
        counter = Counter(clerk, terminals[0], 1)
        with district.serving() as url:
            clerk.wait_text("dossiers.count", "0 hồ sơ")
            enrol(Commune(counter, counter, district, url), counter)
            clerk.wait_text("sync.state", "Cấp trên đã nhận đủ")
        receive(counter, CARDS[0])
        clerk.keys("F7")
        clerk.press("sync.send_again")
        clerk.wait_text("sync.state", "Chưa gửi được")
        assert "1 hồ sơ vẫn nằm trên máy này" in clerk.text("sync.more")
        assert (clerk.text("sync.waiting"), clerk.text("sync.confirmed")) == ("1", "0")

        clerk.fill("sync.stick_folder", str(stick))
        clerk.press("sync.stick_export")
        clerk.wait_text("sync.stick_waiting", "chưa có trả lời")
        assert clerk.text("sync.waiting") == "1"
        district.ask("import", str(stick))
        clerk.press("sync.stick_import")
        clerk.wait_text("sync.confirmed", "1")
        assert clerk.text("sync.waiting") == "0"


@pytest.mark.printing
@pytest.mark.skipif(bool(print_room.is_missing()), reason=print_room.is_missing() or "there is a print room")
def test_the_report_of_the_day_comes_out_on_a4_with_the_head_of_the_journal(
    terminals: list[Terminal], passphrase_file: Path
) -> None:
    with print_room.opened() as room, screen() as shown:
        options = ("--passphrase-file", str(passphrase_file))
        with shown.window(terminals[0].data, *options, variables={"CUPS_SERVER": room.server}) as clerk:
            clerk.wait_text("dossiers.count", "0 hồ sơ")
            receive(Counter(clerk, terminals[0], 1), CARDS[0])
            clerk.keys("F8")
            head = clerk.wait_text("day_end.head", "việc số 1")
            clerk.keys("F9")
            clerk.wait_text("status.message", "Báo cáo đã gửi tới PDF")
            (report,) = room.printed()
            assert print_room.sheets(report) == ["A4"]
            with pypdfium2.PdfDocument(report) as document:
                text = document[0].get_textpage().get_text_range()
            assert head.rpartition(", ")[2].replace(" ", "") in "".join(text.split())
