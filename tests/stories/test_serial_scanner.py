"""A scanner in serial mode, played by a pseudo-terminal: every letter arrives, whatever the keyboard is set to."""

from __future__ import annotations

import os
import termios
import time
import tty
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from desk_app.services.desk.desk import open_desk
from desk_app.store.database.database import unit_of_work
from desk_app.store.reference import settings
from tests.kit.desk.desks import PASSPHRASE
from tests.kit.desk.terminal import SECRET_CARD, SECRET_NAME, SECRET_NUMBER, Terminal
from tests.kit.window.screen import Clerk, needs, screen

pytestmark = [pytest.mark.screen, needs()]


_SPEED = 4  # where termios keeps it
PATIENCE = 60


class Reader:
    """The other end of the wire."""

    def __init__(self) -> None:
        self._ours, self._theirs = os.openpty()
        tty.setraw(self._theirs)
        self.port = os.ttyname(self._theirs)

    def send(self, data: bytes) -> None:
        os.write(self._ours, data)

    def wait_for_listener(self) -> None:
        """Opening the port throws away what was sent before: wait until it is set to the scanner's speed."""
        end = time.monotonic() + PATIENCE
        while termios.tcgetattr(self._theirs)[_SPEED] != termios.B9600:
            assert time.monotonic() < end, "nobody opened the port"
            time.sleep(0.05)
        time.sleep(1.5)  # the port is emptied once more behind that, which nothing shows from here

    def close(self) -> None:
        os.close(self._ours)
        os.close(self._theirs)


@pytest.fixture
def reader() -> Iterator[Reader]:
    made = Reader()
    yield made
    made.close()


@pytest.fixture
def clerk(terminal: Terminal, reader: Reader, passphrase_file: Path) -> Iterator[Clerk]:
    """At a desk that is set to the port of our reader."""
    with open_desk(terminal.data, passphrase=PASSPHRASE) as desk, unit_of_work(desk.db):
        settings.put(desk.db, msgspec.structs.replace(desk.settings, scanner_port=reader.port))
    with screen() as at_screen, at_screen.window(terminal.data, "--passphrase-file", str(passphrase_file)) as opened:
        opened.wait_text("dossiers.count", "1 hồ sơ")
        reader.wait_for_listener()
        yield opened


def test_a_card_in_utf8_arrives_letter_for_letter_and_a_slip_opens_its_dossier(
    clerk: Clerk, reader: Reader, terminal: Terminal
) -> None:
    for number, ending in enumerate((b"\r\n", b"\r", b"")):
        reader.send(SECRET_CARD.encode() + ending)
        clerk.wait_text("reception.id_number", SECRET_NUMBER)
        assert clerk.text("reception.full_name") == SECRET_NAME
        assert clerk.text("reception.residence") == "Bản Kín, xã Thử Nghiệm, tỉnh Sơn La"
        assert clerk.text("reception.born_on") == "15/01/1990", number
        clerk.press("reception.clear")
        clerk.wait_empty("reception.id_number")
    (code,) = (row["code"] for row in terminal.ask("find", SECRET_NAME))
    reader.send("".join(mark for mark in code if mark.isalnum()).encode() + b"\r\n")
    assert clerk.wait_text("dossier.code", code) == code


def test_a_port_that_is_not_there_is_told_and_the_desk_works(
    terminal: Terminal, passphrase_file: Path, tmp_path: Path
) -> None:
    with open_desk(terminal.data, passphrase=PASSPHRASE) as desk, unit_of_work(desk.db):
        settings.put(desk.db, msgspec.structs.replace(desk.settings, scanner_port=str(tmp_path / "tty")))
    with screen() as at_screen, at_screen.window(terminal.data, "--passphrase-file", str(passphrase_file)) as clerk:
        assert "máy quét" in clerk.wait_text("status.message", "cổng")
        clerk.wait_text("dossiers.count", "1 hồ sơ")
