"""The stick itself: full, locked, pulled out, or keeping other bytes than it was given."""

from __future__ import annotations

import contextlib
import errno
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app.district.admin.folder import DistrictOffice
from desk_app.errors import (
    NotPermittedError,
    StickFullError,
    StickMiswrittenError,
    StickPulledOutError,
    StickReadOnlyError,
)
from desk_app.services.sync import syncing
from desk_app.store.peers import sync_state
from tests.kit.fixtures.small_disks import small
from tests.kit.wire.stick_desks import Station, answered


@pytest.mark.parametrize(
    ("number", "refusal"),
    [
        (errno.EROFS, StickReadOnlyError),
        (errno.EACCES, NotPermittedError),  # no lock of the stick: another remedy
        (errno.ENOSPC, StickFullError),
        (errno.EIO, StickPulledOutError),
        (errno.ENODEV, StickPulledOutError),
        (errno.ENOENT, StickPulledOutError),
    ],
)
def test_what_the_system_says_of_a_stick_is_told_in_a_clerks_words(
    station: Station, monkeypatch: pytest.MonkeyPatch, number: int, refusal: type[Exception]
) -> None:
    station.receive(2)

    def fails(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("desk_app.foreign_folder.os.fsync", fails)
    with pytest.raises(refusal):
        station.export()
    assert list(station.stick.iterdir()) == []
    assert sync_state.get(station.desk.db).nonces == {}
    monkeypatch.undo()
    assert station.export().exists()


def test_a_stick_that_keeps_other_bytes_than_it_was_given_is_not_believed(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    station.receive(2)
    replace = os.replace

    def spoils(part: str, target: str, **folders: int) -> None:
        with os.fdopen(os.open(part, os.O_RDWR, dir_fd=folders.get("src_dir_fd")), "r+b") as file:
            file.seek(-1, os.SEEK_END)
            last = file.read(1)[0]
            file.seek(-1, os.SEEK_END)
            file.write(bytes([last ^ 1]))
        replace(part, target, **folders)

    monkeypatch.setattr("desk_app.foreign_folder.os.replace", spoils)
    with pytest.raises(StickMiswrittenError):
        station.export()


def test_a_stick_pulled_out_while_it_is_read_leaves_what_was_whole(
    stations: tuple[Station, Station], here: DistrictOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = stations
    one.receive(15)
    answered(here, one.export())
    two.receive(1)
    answer = answered(here, two.export())
    whole = answer.read_bytes()

    def pulled_out(_: Path) -> Iterator[bytes]:
        yield whole[: len(whole) // 2]
        raise StickPulledOutError

    monkeypatch.setattr("desk_app.sync.stick.stick_intake.pieces_of", pulled_out)
    with pytest.raises(StickPulledOutError):
        two.take()
    monkeypatch.undo()
    two.take()
    assert two.standing == (1, 1, 0)
    assert {log: two.books[log] for log in one.own} == one.own


@pytest.fixture
def small_stick(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KB."""
    with small(tmp_path / "small", "64k") as place:
        yield place


def test_a_full_stick_keeps_no_half_file(station: Station, small_stick: Path) -> None:
    station.receive(8)
    with (small_stick / "ballast").open("ab", buffering=0) as ballast, contextlib.suppress(OSError):
        while True:
            ballast.write(bytes(4096))
    with pytest.raises(StickFullError):
        syncing.export_stick(station.desk, small_stick)
    assert [file.name for file in small_stick.iterdir()] == ["ballast"]
    assert station.standing == (8, 0, 8)


def test_a_stick_locked_against_writing_is_told(station: Station, small_stick: Path) -> None:
    station.receive(1)
    subprocess.run(["mount", "-o", "remount,ro", str(small_stick)], check=True)
    with pytest.raises(StickReadOnlyError):
        syncing.export_stick(station.desk, small_stick)
    assert station.standing == (1, 0, 1)
