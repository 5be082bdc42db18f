"""Update files that must not be taken: each is refused in words of its own, and nothing has changed."""

from __future__ import annotations

import errno
import io
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import desk_app
from desk_app.errors import DeskError, DiskFullError, LinkRefusedError, ReadOnlyDiskError, system_failures
from desk_app.errors.updates import (
    DamagedUpdateError,
    ForeignUpdateKeyError,
    HalfUpdateError,
    NotAnUpdateError,
    NoUpdateFileError,
    OlderUpdateError,
    OtherPlatformUpdateError,
    SameUpdateError,
    SkippedUpdateError,
    UpdateNoRoomError,
    UpdateRefusedByDiskError,
    UpdateUntestedError,
)
from desk_app.protocol.update import update_stream
from desk_app.protocol.update.manifest import ReleaseKeys, handed_over, public_of
from desk_app.services.updates import taking_in, version_maker
from desk_app.services.updates.program_folder import NEXT, ProgramFolder
from installer import update_file
from tests.kit.updates.stand_ins import KEY, KEYS, program, update

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the files made here are for Linux")
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return update(tmp_path_factory.mktemp("good"), "9.6.0")


@pytest.fixture
def folder(tmp_path: Path) -> ProgramFolder:
    place = tmp_path / "programs"
    program(place / "versions" / desk_app.__version__, desk_app.__version__)
    (place / "current").write_text(f"{desk_app.__version__}\n", "ascii")
    return ProgramFolder(place, place)


def seen(place: Path) -> dict[str, bytes]:
    """Every file below, with what is in it."""
    return {str(path.relative_to(place)): path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()}


def flipped(file: Path, at: float) -> None:
    told = bytearray(file.read_bytes())
    told[int((len(told) - 1) * at)] ^= 1
    file.write_bytes(told)


def cut(file: Path, at: float) -> None:
    os.truncate(file, int(file.stat().st_size * at))


@pytest.mark.parametrize("at", [0.0, 0.001, 0.002, 0.01, 0.1, 0.3, 0.5, 0.8, 0.99, 1.0])
@pytest.mark.parametrize("harm", [flipped, cut])
def test_a_file_that_was_altered_or_half_copied_is_refused_wherever_it_was(
    good: Path, tmp_path: Path, harm: Callable[[Path, float], None], at: float
) -> None:
    file = tmp_path / good.name
    shutil.copy(good, file)
    harm(file, at)
    if seen(tmp_path) == {good.name: good.read_bytes()}:
        assert (harm, at) == (cut, 1.0)
        return
    wanted = (
        HalfUpdateError
        if harm is cut
        else (DamagedUpdateError, NotAnUpdateError, HalfUpdateError, ForeignUpdateKeyError)
    )
    with pytest.raises(wanted):
        taking_in.looked_at(file, keys=KEYS)


def test_bytes_behind_the_end_are_an_alteration(good: Path, tmp_path: Path) -> None:
    file = tmp_path / good.name
    file.write_bytes(good.read_bytes() + b"x")
    with pytest.raises(DamagedUpdateError):
        taking_in.looked_at(file, keys=KEYS)


@pytest.mark.parametrize(
    ("version", "error"),
    [
        ("0.1.0", OlderUpdateError),
        (desk_app.__version__, SameUpdateError),
        (f"{desk_app.__version__}.0", SameUpdateError),
    ],
)
def test_only_a_higher_version_is_taken(tmp_path: Path, version: str, error: type[DeskError]) -> None:
    with pytest.raises(error):
        taking_in.looked_at(update(tmp_path, version), keys=KEYS)


def test_a_key_that_nobody_here_knows_is_refused(good: Path) -> None:
    with pytest.raises(ForeignUpdateKeyError):
        taking_in.looked_at(good, keys=ReleaseKeys(trusted=frozenset({public_of(OTHER)})))


def test_a_key_follows_another_by_its_word_until_it_is_retired(tmp_path: Path) -> None:
    source = program(tmp_path / "made", "9.6.0")
    words = (handed_over(KEY, public_of(OTHER)),)
    file = update_file.make(source, tmp_path, key=OTHER, news="", made_on="2026-11-29", handovers=words, level=1)
    assert taking_in.looked_at(file, keys=KEYS).version == "9.6.0"
    for retired in (KEY, OTHER):
        keys = ReleaseKeys(trusted=KEYS.trusted, retired=frozenset({public_of(retired)}))
        with pytest.raises(ForeignUpdateKeyError):
            taking_in.looked_at(file, keys=keys)
    forged = (handed_over(OTHER, public_of(OTHER)),)
    file = update_file.make(source, tmp_path, key=OTHER, news="", made_on="2026-11-29", handovers=forged, level=1)
    with pytest.raises(ForeignUpdateKeyError):
        taking_in.looked_at(file, keys=KEYS)


def test_another_system_and_a_skipped_version_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = program(tmp_path / "made", "9.6.0")
    update_file.describe(source, platform="windows-amd64", version="9.6.0")
    file = update_file.make(source, tmp_path, key=KEY, news="", made_on="2026-11-29", level=1)
    with pytest.raises(OtherPlatformUpdateError) as told:
        taking_in.looked_at(file, keys=KEYS)
    assert "linux-amd64" in told.value.remedy
    note = source / "program.json"
    note.write_text('{"version": "9.6.0", "platform": "linux-amd64", "schema": 99, "oldest_data": 98}', "utf-8")
    file = update_file.make(source, tmp_path, key=KEY, news="", made_on="2026-11-29", level=1)
    with pytest.raises(SkippedUpdateError):
        taking_in.looked_at(file, keys=KEYS)


def test_of_a_stick_the_highest_that_fits_is_taken_and_else_the_reason_told(good: Path, tmp_path: Path) -> None:
    with pytest.raises(NoUpdateFileError):
        taking_in.looked_at(tmp_path, keys=KEYS)
    update(tmp_path, "0.1.0")
    with pytest.raises(OlderUpdateError):
        taking_in.looked_at(tmp_path, keys=KEYS)
    shutil.copy(good, tmp_path / good.name)
    update(tmp_path, "9.10.0")
    (tmp_path / "hong.capnhat").write_bytes(b"")
    assert taking_in.looked_at(tmp_path, keys=KEYS).version == "9.10.0"


def test_a_link_on_a_stick_is_not_followed(good: Path, tmp_path: Path) -> None:
    (tmp_path / "a.capnhat").symlink_to(good)
    with pytest.raises(LinkRefusedError):
        taking_in.looked_at(tmp_path, keys=KEYS)


def test_it_is_unpacked_as_it_was_packed_and_chosen_for_the_next_start(good: Path, folder: ProgramFolder) -> None:
    steps: list[tuple[int, int]] = []
    new = taking_in.looked_at(good, keys=KEYS)
    taking_in.take(new, folder, keys=KEYS, tested=lambda _: "", progress=lambda *step: steps.append(step))
    assert seen(folder.own / "versions" / "9.6.0") == seen(good.parent / "made-9.6.0")
    assert os.access(folder.program("9.6.0", "desk-app"), os.X_OK)
    assert folder.pointer(NEXT).version == "9.6.0"
    assert steps[-1] == (new.size, new.size)


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def read_only(*_: object) -> None:
    raise OSError(errno.EROFS, os.strerror(errno.EROFS))


@pytest.mark.parametrize(("refusal", "cause"), [(full, DiskFullError), (read_only, ReadOnlyDiskError)])
@pytest.mark.parametrize("step", ["begin", "write", "finish"])
def test_a_disk_that_is_full_or_read_only_leaves_all_as_it_was(
    good: Path,
    folder: ProgramFolder,
    monkeypatch: pytest.MonkeyPatch,
    refusal: Callable[..., None],
    cause: type[DeskError],
    step: str,
) -> None:
    before = seen(folder.own)
    monkeypatch.setattr(version_maker.VersionMaker, step, refusal)
    with pytest.raises(UpdateRefusedByDiskError) as told:
        taking_in.take(taking_in.looked_at(good, keys=KEYS), folder, keys=KEYS, tested=lambda _: "")
    assert isinstance(told.value.because, cause)
    assert seen(folder.own) == before
    assert sorted(path.name for path in (folder.own / "versions").iterdir()) == [desk_app.__version__]


def test_without_room_nothing_is_begun(good: Path, folder: ProgramFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    before = seen(folder.own)
    usage = shutil.disk_usage(folder.own)._replace(free=1 << 20)
    monkeypatch.setattr(taking_in.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(UpdateNoRoomError):
        taking_in.take(taking_in.looked_at(good, keys=KEYS), folder, keys=KEYS)
    assert seen(folder.own) == before


def test_a_version_that_does_not_pass_its_test_goes_away_again(good: Path, folder: ProgramFolder) -> None:
    before = seen(folder.own)
    with pytest.raises(UpdateUntestedError, match="mã 3"):
        taking_in.take(taking_in.looked_at(good, keys=KEYS), folder, keys=KEYS, tested=lambda _: "mã 3")
    assert seen(folder.own) == before


def test_a_stick_pulled_out_while_it_is_read_is_told(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object, **__: object) -> None:
        with system_failures(good):
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))

    monkeypatch.setattr(taking_in.foreign_folder, "pieces", gone)
    with pytest.raises(DeskError, match="không còn trên máy"):
        taking_in.looked_at(good, keys=KEYS)


def test_the_same_folder_and_key_make_the_same_bytes(good: Path, tmp_path: Path) -> None:
    assert update(tmp_path, "9.6.0").read_bytes() == good.read_bytes()


def test_the_same_content_is_packed_once(good: Path) -> None:
    manifest = update_stream.proven(io.BytesIO(good.read_bytes()), KEYS)
    assert len({file.sha256 for file in manifest.files}) < len(manifest.files)
    assert manifest.files[-1].path == "program.json"
