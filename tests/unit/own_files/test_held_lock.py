"""One program at a time holds a file; what else a file system says is no other program."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from desk_app.own_files import held_lock


def test_a_file_is_held_once_and_free_again_when_its_holder_lets_go(tmp_path: Path) -> None:
    opened = [os.open(tmp_path / "khóa", os.O_RDWR | os.O_CREAT) for _ in range(2)]
    held_lock.take(opened[0], at=1 << 30)
    with pytest.raises(OSError) as refused:  # noqa: PT011 - its number is looked at below
        held_lock.take(opened[1], at=1 << 30)
    assert held_lock.is_taken(refused.value)

    os.close(opened[0])
    held_lock.take(opened[1], at=1 << 30)
    os.close(opened[1])


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.ENOSYS, errno.EIO])
def test_a_file_system_without_locks_is_no_other_program(code: int) -> None:
    assert not held_lock.is_taken(OSError(code, "no"))
