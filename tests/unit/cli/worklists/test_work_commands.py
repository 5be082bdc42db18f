"""The day's work, and what came of telling a citizen, at the terminal."""

from __future__ import annotations

from pathlib import Path

from tests.kit.desk.days_ahead import day_ahead
from tests.kit.desk.desks import PASSPHRASE, make_template
from tests.kit.desk.terminal import SECRET_CARD, Terminal

SINGLE = "1.004873"


def test_the_lists_are_counted_listed_and_worked_off_at_the_terminal(tmp_path: Path) -> None:
    secret = tmp_path / "mật khẩu"
    secret.write_text(PASSPHRASE, "utf-8")
    terminal = Terminal(make_template(tmp_path), {"DESK_PASSPHRASE_FILE": str(secret)})
    code = terminal.ask("receive", "--scan", SECRET_CARD, "--procedure", SINGLE)["code"]
    terminal.ask("step", code, "request-completion", "--set", "reason=Thiếu giấy")
    numbers = {row["list"]: row["dossiers"] for row in terminal.ask("work")}
    assert numbers["uninformed"] == 1
    assert [row["code"] for row in terminal.ask("work", "uninformed")] == [code]
    assert [row["code"] for row in terminal.ask("report", "calls")["rows"]] == [code]
    assert not terminal.ask("told", code, "not-reached", "--note", "máy bận")["is_told"]
    assert terminal.ask("told", code, "told")["is_told"]
    assert terminal.ask("work", "uninformed") == []
    assert terminal.ask("messages", code) == []
    terminal.ask("step", code, "complete", "--set", f"due={day_ahead()}")
    terminal.ask("step", code, "suspend", "--set", "reason=Chờ họp", "--set", "cause=own")
    shown = terminal.ask("show", code)
    assert (shown["suspension"]["cause"], shown["suspension"]["time_runs"], shown["late"]) == ("own", True, False)
    assert shown["handling"]["completions"] == 1
    assert shown["messages"]["wanted"] is None
    assert shown["custody"]["desk"] == shown["held"]["desk"]
    assert shown["payments"]["told"]
    wrong = terminal.run("work", "weather")
    assert wrong.code == 2
