"""Scanning while a Vietnamese input method is on, as it is at most counters: ibus with Unikey in Telex.

Letters may come out changed, which nobody can undo; figures and dates may not, and what may be wrong must say so.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit.desk.cards import MRZ, MRZ_IN_LINES, QR_2024, TELEX_TRAP
from tests.kit.desk.terminal import Terminal
from tests.kit.window.screen import Clerk, Screen, needs, screen

pytestmark = [pytest.mark.screen, needs("ibus-daemon", "ibus")]

ENGINE = "Unikey"
EXACT = ("reception.id_number", "reception.born_on", "reception.sex")
LETTERS = ("reception.full_name", "reception.residence")
TO_LOOK_AT = "Cần xem lại"
PATIENCE = 60
SLOW = (12, 20, 40)


@pytest.fixture(scope="module")
def clerk(made: Terminal, passphrase_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clerk]:
    data = tmp_path_factory.mktemp("telex") / "desk"
    shutil.copytree(made.data, data)
    options = ("--passphrase-file", str(passphrase_file))
    with screen() as at_screen:
        turn_on_telex(at_screen)
        with at_screen.window(data, *options, variables={"QT_IM_MODULE": "ibus"}) as opened:
            opened.wait_text("dossiers.count", "1 hồ sơ")
            opened.press("nav.reception")
            opened.wait_focus("reception.id_number")
            opened.focus("reception.note")
            opened.type("tieengs vieejt ")
            # Without this the rest would only test a plain keyboard.
            assert opened.wait_text("reception.note", "tiếng") == "tiếng việt "
            yield opened


def turn_on_telex(at_screen: Screen) -> None:
    """Unikey's usual way of typing is Telex; skips only where Unikey is not installed."""
    if (
        ENGINE
        not in subprocess.run(
            ["ibus", "list-engine", "--name-only"], env=at_screen.variables, capture_output=True, text=True, check=False
        ).stdout
        and not Path("/usr/share/ibus/component/unikey.xml").exists()
    ):
        pytest.skip("not on this machine: ibus-unikey")
    at_screen.start("ibus-daemon", "--panel", "disable", "--emoji-extension", "disable")
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for command in (["ibus", "engine", ENGINE], ["ibus", "engine"]):
            told = subprocess.run(command, env=at_screen.variables, capture_output=True, text=True, check=False)
        if told.stdout.strip() == ENGINE:
            return
        time.sleep(0.2)
    raise AssertionError(f"ibus did not turn {ENGINE} on within {PATIENCE} s")


def begin(clerk: Clerk, place: str) -> None:
    clerk.press("nav.reception")
    clerk.press("reception.clear")
    clerk.wait_empty("reception.id_number")
    clerk.wait_focus("reception.id_number")
    clerk.fill("reception.note", "")
    clerk.focus(place)


@pytest.mark.parametrize("delay_ms", [1, 5, 12, 20, 40])
def test_figures_are_exact_and_letters_are_marked_to_be_looked_at(
    clerk: Clerk, delay_ms: int, pytestconfig: pytest.Config
) -> None:
    """A slow scanner takes seconds for a card: it reads one beside the trap, the others with `--every-speed`."""
    others = (QR_2024, MRZ, MRZ_IN_LINES)
    if delay_ms in SLOW and not pytestconfig.getoption("every_speed"):
        others = (others[SLOW.index(delay_ms)],)
    for card in (TELEX_TRAP, *others):
        begin(clerk, "reception.note")
        clerk.scan(card.text, delay_ms)
        clerk.wait_text("reception.id_number", card.id_number)
        shown = clerk.facts(*EXACT, *LETTERS, "reception.note")
        where = f"{card.text[:30]!r} at {delay_ms} ms a key"
        assert {name: shown[name] for name in EXACT} == {name: card.shown[name] for name in EXACT}, where
        assert shown["reception.note"] == "", f"{where}: leaked"
        assert "xem lại" in clerk.text("status.message"), where
        for name in LETTERS:
            assert not shown[name] or clerk.description(name) == TO_LOOK_AT, f"{where}: {name} was taken silently"


def test_an_input_method_did_change_letters_here(clerk: Clerk) -> None:
    """Else the test above holds for nothing."""
    begin(clerk, "reception.note")
    clerk.scan(TELEX_TRAP.text, 5)
    clerk.wait_text("reception.id_number", TELEX_TRAP.id_number)
    assert clerk.text("reception.residence") == "Thon 1, Xôm Doài, Ha Noi"


@pytest.mark.parametrize("place", ["reception.save", "dossiers.table"])
def test_where_no_text_goes_the_input_method_takes_no_part(clerk: Clerk, place: str) -> None:
    begin(clerk, "reception.note")
    if place == "dossiers.table":
        clerk.press("nav.dossiers")
    clerk.focus(place)
    clerk.scan(TELEX_TRAP.text, 5)
    clerk.wait_text("reception.id_number", TELEX_TRAP.id_number)
    assert clerk.facts(*TELEX_TRAP.shown) == TELEX_TRAP.shown


def test_a_person_types_vietnamese_as_ever(clerk: Clerk) -> None:
    begin(clerk, "reception.full_name")
    clerk.type("Nguyeexn Thij Thuwr Nghieejm ", 60)
    assert clerk.wait_text("reception.full_name", "ệm").strip() == "Nguyễn Thị Thử Nghiệm"
    clerk.focus("reception.residence")
    clerk.type("Toor 5, xax Mowis ", 120)
    assert clerk.wait_text("reception.residence", "ới").strip() == "Tổ 5, xã Mới"


PORTAL = next(
    (str(path) for path in map(Path, ("/usr/libexec/ibus-portal", "/usr/lib/ibus/ibus-portal")) if path.exists()), ""
)


@pytest.mark.skipif(not PORTAL, reason="not on this machine: ibus-portal")
def test_a_desktop_set_to_fcitx_types_vietnamese_through_the_portal(
    made: Terminal, passphrase_file: Path, tmp_path: Path
) -> None:
    """The portal of ibus stands for fcitx5, which serves the same interface under the same name."""
    shutil.copytree(made.data, tmp_path / "desk")
    options = ("--passphrase-file", str(passphrase_file))
    with screen() as at_screen:
        turn_on_telex(at_screen)
        at_screen.start("env", PORTAL)
        at_screen.wait_for_name("org.freedesktop.portal.IBus")
        with at_screen.window(tmp_path / "desk", *options, variables={"QT_IM_MODULE": "fcitx"}) as clerk:
            clerk.wait_text("dossiers.count", "1 hồ sơ")
            begin(clerk, "reception.note")
            clerk.type("tieengs vieejt ")
            assert clerk.wait_text("reception.note", "tiếng") == "tiếng việt "
