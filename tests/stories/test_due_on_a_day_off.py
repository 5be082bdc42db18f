"""A due day that nobody works, typed in the terminal: told with the next working day, as the window does."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from tests.kit.desk.days_ahead import day_ahead
from tests.kit.desk.desks import PASSPHRASE, make_template
from tests.kit.desk.terminal import SECRET_CARD, Terminal

SUNDAY = 6


def test_a_due_day_off_is_told_with_the_next_working_day(tmp_path: Path) -> None:
    secret = tmp_path / "mật khẩu"
    secret.write_text(PASSPHRASE, "utf-8")
    terminal = Terminal(make_template(tmp_path), {"DESK_PASSPHRASE_FILE": str(secret)})
    ahead = [date.fromisoformat(day_ahead(days)) for days in range(14, 21)]
    code = terminal.ask("receive", "--scan", SECRET_CARD, "--procedure", "1.004873")["code"]
    off, next_day = f"{next(day for day in ahead if day.weekday() == SUNDAY):%d/%m/%Y}", "Ngày làm việc tiếp theo: "
    done = terminal.run("step", code, "apologise", "--set", "reason=chờ xác minh", "--set", f"due={off}")
    assert (done.code, done.err) == (0, "")
    assert f"{off} là ngày nghỉ" in done.out
    works = re.search(rf"{next_day}.*?(\d+/\d+/\d+)", done.out)
    assert works is not None
    told = terminal.ask("step", code, "correct", "--set", f"due={off}", "--set", "reason=gõ nhầm", "--set", "note=x")
    assert any(next_day in said for said in told["warnings"])
    told = terminal.ask("step", code, "correct", "--set", f"due={works[1]}", "--set", "reason=gõ nhầm")
    assert not any(next_day in said for said in told["warnings"])
    assert terminal.ask("step", code, "forward", "--set", "to=hộ tịch")["warnings"] == []
