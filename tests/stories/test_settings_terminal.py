"""Settings from the terminal: everything is listed with what it is and may be, set, refused with what to do."""

from __future__ import annotations

from tests.kit.desk.terminal import Terminal

FIELDS = {"key", "value", "scope", "default", "label", "explanation", "allowed", "group"}


def test_every_setting_is_listed_with_what_it_is_whose_and_which_values_it_takes(terminal: Terminal) -> None:
    rows = terminal.ask("settings", "list")
    assert all(set(row) == FIELDS for row in rows)
    assert {row["scope"] for row in rows} == {"desk", "commune"}
    keys = {row["key"] for row in rows}
    wanted = {"scale", "quick_count", "quick_procedures", "scanner_baud", "trays.A4", "documents.slip.copies"}
    assert wanted <= keys
    assert all(row["label"] and row["allowed"] for row in rows)
    told = terminal.run("settings", "list")
    assert "Cỡ chữ và hình (của quầy)" in told.out
    assert "số từ 80 đến 200 %. Mặc định: 100. Đổi khi mở lại chương trình." in told.out


def test_a_setting_is_set_and_read_and_a_wrong_one_is_refused_with_what_to_do(terminal: Terminal) -> None:
    assert terminal.ask("settings", "set", "documents.forms.copies", "2")["value"] == "2"
    assert terminal.ask("settings", "get", "documents.forms.copies")["value"] == "2"
    said = terminal.run("settings", "set", "scale", "125")
    assert (said.code, "khi mở lại chương trình" in said.out) == (0, True)
    for key, value, why in (
        ("scale", "40", "cần số từ 80 đến 200 %"),
        ("documents.forms.copies", "1000", "cần số từ 1 đến 20 bản"),
        ("hours.evening", "25:99", "cần giờ:phút"),
        ("pattern", "{unit}-{yymmdd}", "đúng một {nnnn}"),
        ("quick_procedures", "9.999999", "không có thủ tục 9.999999"),
    ):
        refused = terminal.run("settings", "set", key, value)
        assert (refused.code, why in refused.err) == (1, True), refused.err
    assert terminal.ask("settings", "get", "scale")["value"] == "125"
