"""A full disk under the services: the clerk is told, nothing is half recorded, and it goes on when there is room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from desk_app.domain.people.person import Person
from desk_app.errors import DiskFullError
from desk_app.services.desk.desk import Desk, open_desk
from desk_app.services.dossiers import queries
from desk_app.services.maintenance import checks
from desk_app.services.papers import papers
from desk_app.services.papers.paper_files import CannotWriteError, written
from desk_app.services.reception import reception
from desk_app.services.reception.draft import Draft
from tests.kit.desk.desks import PASSPHRASE, TestClock, make_template
from tests.kit.desk.terminal import SECRET_CARD, SECRET_NAME, Terminal
from tests.kit.fixtures.small_disks import small

PERSON = Person(full_name="Nguyễn Thị Thử Nghiệm", id_number="001190000001")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 3 MB."""
    with small(tmp_path / "small", "3m") as place:
        yield place


def fill(disk: Path) -> Path:
    """Take every byte that is left."""
    ballast = disk / "ballast"
    with ballast.open("ab", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    return ballast


def drafted() -> Draft:
    return replace(reception.new_draft("1.004873"), people={"applicant": PERSON})


def receive_on(desk: Desk, codes: list[str]) -> None:
    """Receive dossiers until something stops it."""
    while True:
        receipt = reception.receive(desk, drafted())
        codes.append(receipt.dossier.code)


def test_receiving_on_a_full_disk_is_told_and_recorded_wholly_or_not_at_all(small_disk: Path) -> None:
    data = make_template(small_disk)
    with open_desk(data, passphrase=PASSPHRASE, clock=TestClock()) as desk:
        codes = [reception.receive(desk, drafted()).dossier.code]
        ballast = fill(small_disk)
        with pytest.raises(DiskFullError) as told:
            receive_on(desk, codes)  # pages already taken may still hold some
        assert "đã đầy" in str(told.value)
        assert {row.code for row in queries.find(desk, "thu nghiem", limit=2000)} == set(codes)
        assert queries.counts(desk).total == len(codes)
        assert papers.draw(desk, codes[0])
        with pytest.raises(DiskFullError):
            reception.receive(desk, drafted())
        ballast.unlink()
        after = reception.receive(desk, drafted()).dossier.code
        assert int(after[-4:]) == len(codes) + 1  # what was refused used up no number
        assert checks.check(desk).ok
    with open_desk(data, passphrase=PASSPHRASE, clock=TestClock()) as desk:
        assert desk.alarm == ""
        assert queries.counts(desk).total == len(codes) + 1


def test_papers_for_a_full_folder_are_told_and_the_dossier_stays(small_disk: Path, tmp_path: Path) -> None:
    data = make_template(tmp_path)
    fill(small_disk)
    with open_desk(data, passphrase=PASSPHRASE, clock=TestClock()) as desk:
        code = reception.receive(desk, drafted()).dossier.code
        drawn = papers.draw(desk, code)
        with pytest.raises(CannotWriteError) as told:
            written(drawn, code, small_disk)
        assert code in str(told.value)
        assert [file.name for file in small_disk.iterdir()] == ["ballast"]
        assert queries.detail(desk, code).dossier.code == code


def test_the_terminal_says_which_code_was_given_when_the_papers_found_no_room(small_disk: Path, tmp_path: Path) -> None:
    data, passphrase = make_template(tmp_path), tmp_path / "passphrase"
    passphrase.write_text(PASSPHRASE, "utf-8")
    terminal = Terminal(data, {"DESK_PASSPHRASE_FILE": str(passphrase)})
    fill(small_disk)
    told = terminal.refused("receive", "--scan", SECRET_CARD, "--procedure", "1.004873", "--out", str(small_disk))
    (code,) = (row["code"] for row in terminal.ask("find", SECRET_NAME))
    assert f"Hồ sơ {code} đã được lưu" in told


@pytest.mark.parametrize("room", [0, 50_000])  # not even the key fits; the key fits, the database does not
def test_a_desk_is_not_half_made_on_a_full_disk(small_disk: Path, tmp_path: Path, room: int) -> None:
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(PASSPHRASE, "utf-8")
    ballast = fill(small_disk)
    with ballast.open("r+b") as file:
        file.truncate(ballast.stat().st_size - room)
    terminal = Terminal(small_disk / "desk", {"DESK_PASSPHRASE_FILE": str(passphrase)})
    init = ("init", "--unit", "H26.99", "--commune", "xã Thử Nghiệm")
    assert "đã đầy" in terminal.refused(*init)
    assert not (small_disk / "desk").exists()
    ballast.unlink()
    assert terminal.ask(*init)["recovery_code"]
