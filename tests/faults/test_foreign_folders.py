"""Folders that a stranger prepared: links, pipes, holes of gigabytes, folders called like files. Nothing of ours moves.

Each attack ends by itself: whoever still reads from a pipe after `PATIENCE_S` (conftest) is ended and has failed.
"""

from __future__ import annotations

import os
import resource
import stat
from pathlib import Path

import pytest

from desk_app import cli, foreign_folder
from desk_app.cli.dossiers.paper_commands import write_file
from desk_app.district.keys import durable_files
from desk_app.district.transport import stick as district_stick
from desk_app.errors import (
    FileOverLimitError,
    FileThereError,
    FolderForFileError,
    FolderOverfullError,
    LinkRefusedError,
    NotAFileError,
    SlowPlaceError,
)
from desk_app.protocol.messages import Code
from desk_app.services.maintenance import recovery_file
from desk_app.services.setup import setup
from desk_app.store.keys.recovery_code import new_code
from desk_app.sync.stick import stick_files
from tests.kit.district.writers import Root, Writer, district_at, register

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the attacks are made with POSIX names")
SECRET = b"the keys of the district"


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A file of ours that no prepared folder may change."""
    file = tmp_path / "keys.json"
    file.write_bytes(SECRET)
    return file


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


# --- writing ------------------------------------------------------------------------------


@pytest.mark.parametrize("write", ["stick", "paper", "district"])
@pytest.mark.parametrize("trap", ["a.cx", ".a.cx.part", "a.cx.part", "a.cx.new", "a.cx.reading"])
def test_a_link_prepared_on_a_stick_never_leads_a_writer_out_of_it(stick, ours, write, trap):
    (stick / trap).symlink_to(ours)
    if write == "stick":
        stick_files.write_whole(stick, "a.cx", [b"an answer"])
    elif write == "paper":
        write_file(stick / "a.cx", b"an answer")
    else:
        durable_files.write(stick / "a.cx", b"an answer")
    assert ours.read_bytes() == SECRET
    assert (stick / "a.cx").read_bytes() == b"an answer"
    assert not (stick / "a.cx").is_symlink()
    assert {file.name for file in stick.iterdir()} == {"a.cx", trap}


def test_the_names_of_files_being_written_cannot_be_guessed(stick):
    seen = []

    def looking():
        seen.append({file.name for file in stick.iterdir()})
        yield b"half"

    for _ in range(2):
        foreign_folder.write_whole(stick / "a.cx", looking())
        (stick / "a.cx").unlink()
    assert len(seen[0] | seen[1]) == 2


def test_a_recovery_code_is_not_written_through_a_link(stick, ours):
    (stick / "ma-khoi-phuc-H26.99-quay-1.txt").symlink_to(ours)
    with pytest.raises(FileThereError):
        recovery_file.write_code(stick, new_code(), unit="H26.99", commune="X", desk=1)
    assert ours.read_bytes() == SECRET


def test_a_recovery_code_leaves_nothing_through_a_link_to_nowhere(stick, tmp_path):
    (stick / "ma-khoi-phuc-H26.99-quay-1.txt").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileThereError):
        recovery_file.write_code(stick, new_code(), unit="H26.99", commune="X", desk=1)
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_called_like_the_file_is_told_as_a_folder(stick):
    (stick / "a.cx").mkdir()
    with pytest.raises(FolderForFileError):
        stick_files.write_whole(stick, "a.cx", [b"an answer"])
    assert [file.name for file in stick.iterdir()] == ["a.cx"]


# --- reading ------------------------------------------------------------------------------


def test_a_link_is_not_read(stick, ours):
    (stick / "a.cx").symlink_to(ours)
    with pytest.raises(LinkRefusedError):
        list(stick_files.pieces_of(stick / "a.cx"))


def test_a_pipe_is_refused_at_once(stick):
    os.mkfifo(stick / "a.cx")
    with pytest.raises(NotAFileError):
        list(stick_files.pieces_of(stick / "a.cx"))


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/full"])
def test_a_device_is_refused(device):
    with pytest.raises(NotAFileError):
        foreign_folder.whole(Path(device), most=1 << 20)


def test_a_hole_of_sixteen_gigabytes_is_refused_by_its_size(stick):
    with (stick / "a.csv").open("wb") as file:
        file.truncate(16 << 30)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(FileOverLimitError):
        foreign_folder.whole(stick / "a.csv", most=8 << 20)
    with pytest.raises(FileOverLimitError), foreign_folder.reading(stick / "a.csv", most=8 << 20):
        pytest.fail("it was opened for reading")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 16 << 10


def test_a_file_that_grows_while_it_is_read_ends_at_its_bound(stick):
    file = stick / "a.csv"
    file.write_bytes(b"x")

    def reads_what_grows() -> None:
        for rounds, _ in enumerate(foreign_folder.pieces(file, most=1 << 20)):
            assert rounds < 64  # without its bound this would fill the disk
            with file.open("ab") as more:
                more.write(bytes(1 << 18))

    with pytest.raises(FileOverLimitError):
        reads_what_grows()


def test_a_place_that_gives_its_bytes_too_slowly_is_left(stick):
    (stick / "a.cx").write_bytes(b"x" * (1 << 18))
    ticking = iter(range(0, 10_000, 20))
    with pytest.raises(SlowPlaceError):
        list(foreign_folder.pieces(stick / "a.cx", most=1 << 20, clock=lambda: float(next(ticking))))


def test_a_folder_of_too_many_files_is_told(stick):
    for number in range(12):
        (stick / f"{number}.cx").touch()
    with pytest.raises(FolderOverfullError):
        foreign_folder.listed(stick, suffix=".cx", most=10)


# --- through the commands -----------------------------------------------------------------

TRAPS = ["link", "pipe", "folder", "hole", "device"]


def set_trap(place: Path, trap: str, ours: Path) -> None:
    if trap == "link":
        place.symlink_to(ours)
    elif trap == "device":
        place.symlink_to("/dev/zero")
    elif trap == "pipe":
        os.mkfifo(place)
    elif trap == "folder":
        place.mkdir()
    else:
        with place.open("wb") as file:
            file.truncate(16 << 30)


@pytest.fixture(scope="module")
def desk_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk") / "data"
    (folder.parent / "pass").write_text("bốn con ngựa qua sông", "utf-8")
    setup.init(folder, unit="H26.99", commune="Xã Thử", desk=1, passphrase="bốn con ngựa qua sông")
    return folder


COMMANDS = {
    "holidays": (["holidays", "import"], "days.csv"),
    "holidays of TOML": (["holidays", "import"], "days.toml"),
    "units": (["units", "import"], "units.json"),
    "catalogue": (["catalogue", "import"], "catalogue.jsonl"),
}


def assert_refused(capsys: pytest.CaptureFixture[str], *words: str) -> None:
    code = cli.main(list(words))
    told = capsys.readouterr()
    assert code != 0
    assert "Traceback" not in told.err
    assert len(told.err.splitlines()) == 2


@pytest.mark.parametrize("trap", TRAPS)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_that_reads_a_named_place_says_what_is_wrong_with_it(
    desk_folder, stick, ours, command, trap, capsys, ends_by_itself
):
    words, name = COMMANDS[command]
    set_trap(stick / name, trap, ours)
    place = stick if command == "catalogue" else stick / name
    options = ["--data", str(desk_folder), "--passphrase-file", str(desk_folder.parent / "pass")]
    assert_refused(capsys, *words, str(place), *options)


@pytest.mark.parametrize("trap", TRAPS)
def test_a_passphrase_file_may_be_no_trap_either(desk_folder, stick, ours, trap, capsys, ends_by_itself):
    set_trap(stick / "pass", trap, ours)
    assert_refused(capsys, "today", "--data", str(desk_folder), "--passphrase-file", str(stick / "pass"))


@pytest.mark.parametrize("trap", TRAPS)
def test_the_district_takes_in_the_others_of_a_stick_with_a_trap(stick, ours, trap, tmp_path, ends_by_itself):
    root = Root()
    with district_at(tmp_path / "district.db", root) as district:
        writer = Writer(district.identity.keys.public)
        register(district, root, writer.keys.public)
        set_trap(stick / "a.cx", trap, ours)
        set_trap(stick / "b.enrol.cx", trap, ours)
        (stick / "c.cx").write_bytes(writer.hello())
        handed = {one.file: one for one in district_stick.take_in(district, stick)}
    assert ours.read_bytes() == SECRET
    assert handed["a.cx"].code is not Code.OK
    assert handed["b.enrol.cx"].code is not Code.OK
    assert handed["c.cx"].answer == "c.rcp.cx"


def test_a_stick_that_gives_back_other_bytes_is_told_and_the_old_file_stays(stick, monkeypatch):
    """What is written goes wrong on its way; only reading it again from the stick tells."""
    place, real = stick / "sao-luu", os.fsync
    foreign_folder.write_whole(place, [b"the copy of yesterday"], reads_back=True)

    def spoils(handle):
        real(handle)
        if stat.S_ISREG(os.fstat(handle).st_mode):
            os.pwrite(handle, b"X", 3)

    monkeypatch.setattr(os, "fsync", spoils)
    with pytest.raises(foreign_folder.UnlikeWrittenError):
        foreign_folder.write_whole(place, [b"the copy of today"], reads_back=True)
    monkeypatch.undo()
    assert [each.name for each in stick.iterdir() if each.is_file()] == ["sao-luu"]
    assert place.read_bytes() == b"the copy of yesterday"
