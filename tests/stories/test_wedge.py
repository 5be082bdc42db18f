"""A scanner that types: real keys of the X server at a scanner's speeds, and a person's, over the real window."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.kit.desk.cards import CARDS, QR_2021, Scan
from tests.kit.desk.terminal import SECRET_NAME, Terminal
from tests.kit.window.screen import Clerk, needs, screen

pytestmark = [pytest.mark.screen, needs()]

NOTE = "Goi truoc khi tra"
LEFT_BEHIND = "cua nguoi truoc"
# A field, a button that records what is entered, and the list.
PLACES = ("reception.note", "reception.save", "dossiers.table")
# Asked of a person who has no number of 12 digits.
WITHOUT_A_NUMBER = ("reception.field.subject.", "reception.field.marital_status")
SPEEDS = (1, 3, 6, 10, 20)
SLOW = 6


@dataclass(frozen=True)
class Counter:
    """The window, somebody at it, the code of the one dossier it holds, and what an empty page with a note says."""

    clerk: Clerk
    code: str
    empty: dict[str, str]

    def begin(self, place: str) -> None:
        """An empty reception page with a note, and the cursor in `place`."""
        self.clerk.press("nav.reception")
        self.clerk.fill("reception.note", LEFT_BEHIND)
        self.clerk.press("reception.clear")
        self.clerk.wait_facts({"reception.note": ""})  # a button pressed by an assistive tool acts a moment later
        self.clerk.wait_focus("reception.id_number")
        self.clerk.fill("reception.note", NOTE)
        self.clerk.wait_facts(self.empty)
        if place == "dossiers.table":
            self.clerk.press("nav.dossiers")
        self.clerk.focus(place)

    def shown(self) -> dict[str, str]:
        """What stands in every input of the reception page."""
        return self.clerk.facts(*self.empty)


@pytest.fixture(scope="module")
def counter(made: Terminal, passphrase_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """One window for all: starting it for each card would take longer than the cards."""
    data = tmp_path_factory.mktemp("wedge") / "desk"
    shutil.copytree(made.data, data)
    (code,) = (row["code"] for row in made.ask("find", SECRET_NAME))
    with screen() as at_screen, at_screen.window(data, "--passphrase-file", str(passphrase_file)) as clerk:
        clerk.wait_text("dossiers.count", "1 hồ sơ")
        clerk.press("nav.reception")
        clerk.wait_focus("reception.id_number")
        clerk.fill("reception.note", NOTE)
        inputs = [name for name, (role, *_) in clerk.in_sight().items() if role in {"text", "combo box"}]
        # what is asked of a person goes as soon as a card gives the number of 12 digits
        kept = [name for name in inputs if not name.startswith(WITHOUT_A_NUMBER)]
        yield Counter(clerk, code, clerk.facts(*(name for name in kept if name.startswith("reception."))))


def assert_card_read(counter: Counter, card: Scan, place: str, delay_ms: int) -> None:
    """Scan with the cursor in `place`: the card is there letter for letter, and nothing else has changed."""
    counter.begin(place)
    counter.clerk.scan(card.text, delay_ms)
    counter.clerk.wait_text("reception.id_number", card.id_number)
    where = f"{card.text[:30]!r} at {delay_ms} ms a key in {place}"
    assert counter.shown() == counter.empty | card.shown, where
    assert not counter.clerk.is_showing("dossier.code"), f"{where}: a button was pressed"


@pytest.mark.parametrize("place", PLACES)
def test_every_kind_of_card_is_read_letter_for_letter_wherever_the_cursor_is(counter: Counter, place: str) -> None:
    for card in CARDS:
        assert_card_read(counter, card, place, 2)


@pytest.mark.parametrize("delay_ms", SPEEDS)
def test_a_card_is_read_at_any_speed_of_a_scanner(counter: Counter, delay_ms: int, pytestconfig: pytest.Config) -> None:
    """A slow scanner takes seconds for a card: each of those reads one kind, the others with `--every-speed`."""
    first = SPEEDS.index(delay_ms)
    kinds = len(CARDS) if delay_ms < SLOW or pytestconfig.getoption("every_speed") else 1
    for n in range(first, first + kinds):
        assert_card_read(counter, CARDS[n % len(CARDS)], PLACES[n % len(PLACES)], delay_ms)


@pytest.mark.parametrize("delay_ms", SPEEDS)
def test_the_barcode_of_our_own_slip_opens_its_dossier_from_anywhere(counter: Counter, delay_ms: int) -> None:
    for place in (PLACES[0], PLACES[SPEEDS.index(delay_ms) % len(PLACES)]):
        counter.begin(place)
        counter.clerk.scan("".join(mark for mark in counter.code if mark.isalnum()), delay_ms)
        assert counter.clerk.wait_text("dossier.code", counter.code) == counter.code
        counter.clerk.press("nav.reception")
        counter.clerk.wait_facts({"reception.note": NOTE})
        assert counter.shown() == counter.empty, f"leaked at {delay_ms} ms a key in {place}"


@pytest.mark.parametrize("delay_ms", [60, 120])
def test_a_person_who_types_is_left_alone(counter: Counter, delay_ms: int) -> None:
    counter.begin("reception.note")
    typed = {
        "reception.id_number": "001085000002",
        "reception.full_name": "Tran Van Mau",
        "reception.phone": "0900000001",
        "reception.residence": "To 5, Xa Moi, Ha Noi",
    }
    for field, text in typed.items():
        counter.clerk.focus(field)
        counter.clerk.type(text, delay_ms)
        counter.clerk.wait_text(field, text)  # very even keys come back after a moment
    assert counter.shown() == counter.empty | typed


def test_what_a_program_types_for_a_person_comes_back_to_its_field(counter: Counter) -> None:
    counter.begin("reception.phone")
    for delay_ms, text in ((1, "0900000001"), (3, "ABCDEFGHIJKLMNO")):
        counter.clerk.fill("reception.phone", "")
        counter.clerk.focus("reception.phone")
        counter.clerk.pause(0.3)
        counter.clerk.type(text, delay_ms)
        counter.clerk.wait_text("reception.phone", text)
        assert counter.clerk.text("reception.phone") == text
        assert counter.clerk.text("reception.full_name") == ""


def test_a_code_that_is_no_card_is_refused_and_stands_nowhere(counter: Counter) -> None:
    for place in PLACES:
        counter.begin(place)
        counter.clerk.scan("https://vneid.example/abc/XYZ123456", 2)
        counter.clerk.wait_text("status.message", "không phải thẻ")  # what the test before left may stand yet
        counter.clerk.press("nav.reception")
        counter.clerk.wait_facts({"reception.note": NOTE})
        assert counter.shown() == counter.empty, place


def test_half_a_card_is_told_and_stands_nowhere(counter: Counter) -> None:
    counter.begin("reception.phone")
    counter.clerk.type(QR_2021.text[:40], 2)
    assert "nửa thẻ" in counter.clerk.wait_text("status.message", "thẻ")
    assert counter.shown() == counter.empty
    counter.clerk.scan(QR_2021.text)  # a whole card ends the half, which else waits 15 seconds for its rest
    counter.clerk.wait_text("reception.id_number", QR_2021.id_number)
    assert counter.shown() == counter.empty | QR_2021.shown
