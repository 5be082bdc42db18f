"""Service days and holds at the terminal: set, listed, counted, ended; what a refused reception is told."""

from __future__ import annotations

from pathlib import Path

from tests.kit.desk.days_ahead import day_ahead
from tests.kit.desk.desks import PASSPHRASE, make_template
from tests.kit.desk.terminal import SECRET_CARD, SECRET_NAME, Terminal

COPY, SINGLE = "2.000815", "1.004873"


def test_a_clerk_sets_a_day_and_holds_a_procedure_at_the_terminal(tmp_path: Path) -> None:
    secret = tmp_path / "mật khẩu"
    secret.write_text(PASSPHRASE, "utf-8")
    terminal = Terminal(make_template(tmp_path), {"DESK_PASSPHRASE_FILE": str(secret)})
    assert {row["state"] for row in terminal.ask("service-days", "list")} == {"example"}
    missing = terminal.run("service-days", "set", "tay-dang-khong-viet")
    assert missing.code == 1
    assert "Số quyết định" in missing.err
    decision = ("--number", "12/QĐ-UBND", "--decided-on", "2026-10-01", "--from", "2026-11-01", "--to", "2030-12-31")
    day = terminal.ask("service-days", "set", "tay-dang-khong-viet", *decision, "--weekdays", "3", "--hours", "all")
    assert (day["state"], day["origin"], day["weekdays"], len(day["procedures"])) == ("in_force", "commune", [2], 9)
    tuesday = terminal.ask("service-days", "today", "--at", "2027-01-05T09:00", "--procedure", COPY)
    assert [each["id"] for each in tuesday["now"]] == ["tay-dang-khong-viet"]
    assert terminal.ask("service-days", "today", "--at", "2027-01-06T09:00")["now"] == []
    terminal.ask("receive", "--scan", SECRET_CARD, "--procedure", SINGLE, "--at", "2027-01-05T09:00:00+07:00")
    report = terminal.ask("report", "service-days", "--from", "2027-01-05", "--to", "2027-01-05")
    assert [(row["kind"], row["received"], row["left"]) for row in report["rows"]] == [("Ngày không viết", 1, 1)]
    workbook = tmp_path / "ngay.xlsx"
    terminal.ask("report", "service-days", "--from", "2027-01-05", "--to", "2027-01-05", "--out", str(workbook))
    assert workbook.read_bytes().startswith(b"PK")
    assert terminal.ask("service-days", "end", "tay-dang-khong-viet")["state"] == "over"

    held = terminal.ask("holds", "add", "--procedure", SINGLE, "--reason", "Máy chủ bảo trì", "--weight", "refuse")
    refused = terminal.run("receive", "--scan", SECRET_CARD, "--procedure", SINGLE)
    assert refused.code == 1
    assert "đến khi có thông báo mới" in refused.err
    assert "Máy chủ bảo trì" in refused.err
    assert SECRET_NAME not in refused.err
    ends_on = day_ahead()
    changed = terminal.ask("holds", "change", held["id"], "--to", ends_on, "--weight", "warn")
    assert (changed["to"], changed["weight"], changed["reason"]) == (ends_on, "warn", "Máy chủ bảo trì")
    assert [(said["to"], said["weight"]) for said in changed["earlier"]] == [(held["to"], "refuse")]
    terminal.ask("holds", "change", held["id"], "--to", held["to"] or "-", "--weight", "refuse")
    ended = terminal.ask("holds", "end", held["id"], "--reason", "Đã chạy lại")
    assert (ended["state"], ended["ended_why"]) == ("ended", "Đã chạy lại")
    warned = (
        "holds",
        "add",
        "--procedure",
        SINGLE,
        "--reason",
        "Có thể chậm",
        "--weight",
        "warn",
        "--remedy",
        "Báo dân",
    )
    terminal.ask(*warned)
    assert any(
        "Có thể chậm" in said
        for said in terminal.ask("receive", "--scan", SECRET_CARD, "--procedure", SINGLE)["warnings"]
    )
    assert [row["state"] for row in terminal.ask("holds", "list")] == ["standing", "ended"]
