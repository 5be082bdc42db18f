"""The money of a day from the terminal: taken, given back, exempt, counted, closed with the day."""

from __future__ import annotations

from tests.kit.desk.days_ahead import day_ahead
from tests.kit.desk.terminal import SECRET_CARD, Terminal


def test_a_day_of_money_from_the_terminal_adds_up(terminal: Terminal) -> None:
    series = f"{day_ahead(0)[2:4]}TAA"
    for key, value in (("bank_bin", "970436"), ("bank_account", "0071001234567"), ("receipt_series", series)):
        terminal.ask("settings", "set", key, value)
    copies = ["receive", "--scan", SECRET_CARD, "--procedure", "2.000815", "--set", "document=Bằng:3:2"]
    code = terminal.ask(*copies, "--set", "hand_over=1")["code"]
    found = terminal.ask("money", "show", code)
    assert (found["fee_vnd"], found["rest_vnd"], found["fee_words"]) == (10_000, 10_000, "Mười nghìn đồng")
    assert found["vietqr"].startswith("000201010212") and "540510000" in found["vietqr"]
    paid = terminal.ask("money", "pay", code, "--amount", "6.000", "--number", "7")
    assert (paid["rest_vnd"], paid["amount_words"]) == (4000, "Sáu nghìn đồng")
    assert paid["payments"][0]["receipt"]["number"] == 7
    terminal.ask("money", "pay", code, "--way", "transfer")
    assert "không còn khoản nào phải thu" in terminal.refused("money", "pay", code)
    back = terminal.ask("money", "back", code, "--amount", "1000", "--reason", "Trả lại tiền thừa")
    assert back["told"] == "Còn phải thu 1.000 đ"
    other = ["--set", "exemption=other", "--set", "exemption_who=trẻ mồ côi", "--set", "exemption_proof=QĐ 5"]
    assert "văn bản quy định" in terminal.refused(*copies, *other).lower()
    free = terminal.ask(*copies, *other, "--set", "exemption_law=NQ 1")["code"]
    assert terminal.ask("money", "show", free)["exemption"] == "trẻ mồ côi, theo NQ 1, QĐ 5"
    assert "thiếu 1.000 đ" in terminal.refused("cash", "count", "5000=1")
    assert terminal.ask("cash", "count", "5000=1", "--reason", "Rơi mất")["difference_vnd"] == -1000
    assert terminal.ask("cash", "count", "5.000=1", "1000=1")["told"] == "Tiền mặt khớp: 6.000 đ"
    closed = terminal.ask("close-day")["money"]
    assert (closed["total_vnd"], closed["desks"][0]["ways"]) == (9000, {"cash": 6000, "transfer": 3000})
    assert {"code": code, "rest_vnd": 1000} in closed["unsettled"]
    assert terminal.ask("report", "day-money")["totals"] == {"amount": 9000}
    assert [row["number"] for row in terminal.ask("report", "day-receipts")["rows"]] == ["7"]
