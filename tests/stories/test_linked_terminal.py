"""Linked procedures and the desks of a commune, through the real commands."""

from __future__ import annotations

from tests.kit.desk.terminal import SECRET_CARD, Terminal

BIRTH = (
    "--bundle",
    "khai-sinh",
    "--set",
    "child.full_name=Lò Thử Nghiệm An",
    "--set",
    "identity_card_wanted=Có đề nghị",
)


def test_a_birth_is_received_corrected_and_ended_as_one_and_handed_to_another_desk(
    terminal: Terminal, tmp_path
) -> None:
    made = terminal.ask("receive", "--scan", "-", *BIRTH, "--out", tmp_path / "giấy", stdin=SECRET_CARD.encode())
    members = made["linked"]["members"]
    codes = [each["code"] for each in members]
    assert (made["code"], made["linked"]["bundle"], made["linked"]["total"]) == (codes[0], "khai-sinh", 4)
    assert [paper["form"] for paper in made["papers"]] == ["to-khai-lien-thong-khai-sinh", "giay-tiep-nhan-lien-thong"]
    assert max(each["due_at"] for each in members) == made["linked"]["due_at"]
    changed = ("--set", "child.full_name=Lò Thử Nghiệm Bình", "--set", "reason=Sai chữ")
    told = terminal.run("step", codes[0], "correct", *changed)
    assert "--linked" in told.out
    again = ("--set", "child.full_name=Lò Thử Nghiệm Cường", "--set", "reason=Sai chữ")
    terminal.ask("step", codes[0], "correct", *again, "--linked")
    for code in codes:
        assert terminal.ask("show", code)["people"]["child"]["full_name"] == "Lò Thử Nghiệm Cường"
    terminal.ask("step", codes[1], "withdraw")
    assert terminal.ask("linked", "show", codes[2])["done"] == 1
    assert {bundle["id"] for bundle in terminal.ask("linked", "list")} == {"khai-sinh", "khai-tu", "dat-dai"}
    assert terminal.run("receive", "--bundle", "khong-co").code == 1
    (given,) = terminal.ask("desks", "give", codes[0], "--to", "3")
    assert (given["desk"], given["way_to"]) == (2, 3)
    assert terminal.run("desks", "give", codes[0], "--to", "44").code == 1
    assert [desk["held"] for desk in terminal.ask("desks", "list") if desk["here"]] == [4]
    (kept,) = terminal.ask("desks", "give", codes[0], "--to", "2")
    assert kept["way_to"] is None
    assert terminal.ask("desks", "held") == terminal.ask("desks", "arriving") == []
