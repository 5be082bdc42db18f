"""A file that another program holds is asked for again, some times; then its own sentence says so."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from desk_app.errors import HeldByAnotherError, of_system
from desk_app.own_files import held_files


class Held:
    """Does its work once `times` askings were refused."""

    def __init__(self, times: int, *, winerror: int | None = 32, code: int = errno.EACCES) -> None:
        self.asked = 0
        self._times, self._code, self._winerror = times, code, winerror

    def __call__(self) -> str:
        self.asked += 1
        if self.asked <= self._times:
            error = OSError(self._code, "held")
            error.winerror = self._winerror  # type: ignore[attr-defined]
            raise error
        return "done"


def test_a_file_held_for_a_moment_is_had_after_a_pause() -> None:
    slept: list[float] = []
    act = Held(3)

    assert held_files.patiently(act, windows=True, sleep=slept.append) == "done"

    assert act.asked == 4
    assert slept == list(held_files.PAUSES_S[:3])


def test_a_file_held_for_good_is_told_with_what_holds_such_files() -> None:
    slept: list[float] = []

    with pytest.raises(OSError, match="held") as caught:
        held_files.patiently(Held(99), windows=True, sleep=slept.append)

    assert slept == list(held_files.PAUSES_S)
    told = of_system(caught.value, "desk.db", windows=True)
    assert isinstance(told, HeldByAnotherError)
    assert "diệt vi-rút" in str(told) and told.remedy


@pytest.mark.parametrize(
    ("winerror", "code", "is_held"),
    [
        (5, errno.EACCES, True),
        (33, errno.EACCES, True),
        (None, errno.EACCES, True),
        (2, errno.ENOENT, False),
        (112, errno.ENOSPC, False),
        (None, errno.EROFS, False),
    ],
)
def test_only_what_a_pause_can_mend_is_asked_again(winerror: int | None, code: int, is_held: bool) -> None:
    act = Held(1, winerror=winerror, code=code)
    if is_held:
        assert held_files.patiently(act, windows=True, sleep=lambda _: None) == "done"
        return
    with pytest.raises(OSError, match="held"):
        held_files.patiently(act, windows=True, sleep=lambda _: None)
    assert act.asked == 1


def test_elsewhere_nothing_is_asked_twice() -> None:
    act = Held(1)
    with pytest.raises(OSError, match="held"):
        held_files.patiently(act, windows=False, sleep=lambda _: None)
    assert act.asked == 1


def test_a_folder_is_no_held_file(tmp_path: Path) -> None:
    assert not held_files.is_held(PermissionError(errno.EACCES, "is a folder", str(tmp_path)))


def test_names_change_hands(tmp_path: Path) -> None:
    (tmp_path / "mới").write_bytes(b"new")
    (tmp_path / "tệp").write_bytes(b"old")

    held_files.replace(tmp_path / "mới", tmp_path / "tệp")
    assert (tmp_path / "tệp").read_bytes() == b"new"
    held_files.rename(tmp_path / "tệp", tmp_path / "khác")
    held_files.remove(tmp_path / "khác")
    held_files.remove(tmp_path / "khác", missing_ok=True)
    assert list(tmp_path.iterdir()) == []
