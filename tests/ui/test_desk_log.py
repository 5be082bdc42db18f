"""The program's own log: where a bug is, and nothing of what a citizen or a clerk said."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from desk_app.ui.window.desk_log import DeskLog
from tests.ui.hand import Hand

_TYPED = "32/13/2026 Nguyễn Thị Thử"
_NUMBER = "001190000001"


def test_a_bug_is_logged_by_its_kind_and_place_and_never_by_what_was_typed(tmp_path: Path) -> None:
    kept = DeskLog(tmp_path)
    try:
        try:
            date.fromisoformat(_TYPED)
        except ValueError as error:
            raise KeyError(_NUMBER) from error
    except KeyError:
        logging.getLogger("test").exception("a job broke")
    finally:
        kept.close()
    text = (tmp_path / "desk-app.log").read_text("utf-8")
    assert "KeyError" in text
    assert "ValueError" in text
    assert "test_desk_log.py" in text
    assert "32/13/2026" not in text
    assert "001190000001" not in text


def test_a_desk_whose_log_finds_no_room_opens_and_says_what_is_wrong(
    make_hand: Callable[..., Hand], empty_desk: Path, tmp_path: Path
) -> None:
    shutil.copytree(empty_desk, tmp_path / "quầy")
    (tmp_path / "quầy" / "log").write_bytes(b"")
    hand = make_hand(tmp_path / "quầy")
    hand.until_open()
    assert "log là một tệp" in hand.text("status.message")
