"""A command whose lines nobody reads to the end, as behind `| more`: no failure is told, the exit code stays."""

from __future__ import annotations

import errno
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app.terminal import Answer, carried_out


class Refusing:
    """A stdout whose lines do not go out; it stands on a file of the test."""

    def __init__(self, file: Path, number: int) -> None:
        self._file, self._number = file.open("w", encoding="utf-8"), number

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        raise OSError(self._number, "not written")

    def fileno(self) -> int:
        return self._file.fileno()

    def close(self) -> None:
        self._file.close()


@pytest.fixture
def refusing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Refusing]:
    stream = Refusing(tmp_path / "out", request.param)
    yield stream
    stream.close()


def answered(stream: Refusing, platform: str) -> int:
    chosen = Namespace(deed=lambda: lambda _: Answer([], ("một dòng",), 3), json=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", stream)
        patch.setattr(sys, "platform", platform)
        return carried_out(chosen)


@pytest.mark.parametrize(
    ("refusing", "platform"),
    [(errno.EPIPE, "linux"), (errno.EPIPE, "win32"), (errno.EINVAL, "win32")],
    indirect=["refusing"],
)
def test_a_reader_that_has_seen_enough_is_no_failure(refusing: Refusing, platform: str) -> None:
    assert answered(refusing, platform) == 3


@pytest.mark.parametrize(
    ("refusing", "platform"), [(errno.EINVAL, "linux"), (errno.ENOSPC, "win32")], indirect=["refusing"]
)
def test_lines_that_were_lost_otherwise_are_a_failure(refusing: Refusing, platform: str) -> None:
    with pytest.raises(OSError, match="not written"):
        answered(refusing, platform)
