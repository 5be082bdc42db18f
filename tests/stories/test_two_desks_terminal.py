"""A commune with two desks and its district, through the real commands: a day over the line, a day by stick."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.kit.desk.desks import PASSPHRASE, cheapen
from tests.kit.desk.terminal import SECRET_CARD, SECRET_NAME, Terminal
from tests.kit.district.district_terminal import DistrictTerminal
from tests.kit.district.district_terminal import cheapen as cheapen_district
from tests.kit.paper.official_text import word_file

SINGLE = "1.004873"
PHONE = "people.applicant.phone"
SYNC_KEYS = {"sent", "received", "confirmed", "set_aside", "waiting", "bytes_sent", "exchanges"}


@dataclass(frozen=True)
class Commune:
    first: Terminal
    second: Terminal
    district: DistrictTerminal

    def receive(self, desk: Terminal) -> str:
        return desk.ask("receive", "--scan", "-", "--procedure", SINGLE, stdin=SECRET_CARD.encode())["code"]


def commune_in(folder: Path, passphrase_file: Path) -> Commune:
    first, second = (
        Terminal(folder / f"quầy {number}", {"DESK_PASSPHRASE_FILE": str(passphrase_file)}) for number in (1, 2)
    )
    return Commune(first, second, DistrictTerminal(folder / "cấp trên", passphrase_file))


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    """Two desks that are nobody's yet, and a district without desks."""
    folder = tmp_path_factory.mktemp("untouched")
    commune = commune_in(folder, passphrase_file)
    commune.district.ask("init", "--name", "tỉnh Thử Nghiệm", "--url", "https://127.0.0.1:8443")
    cheapen_district(commune.district.data, PASSPHRASE)
    for desk in (commune.first, commune.second):
        desk.ask("init", "--unit", "H26.99", "--commune", "xã Thử Nghiệm", "--desk", "1")
        cheapen(desk.data)
    return folder


@pytest.fixture
def commune(untouched: Path, tmp_path: Path, passphrase_file: Path) -> Commune:
    shutil.copytree(untouched, tmp_path / "xã")
    return commune_in(tmp_path / "xã", passphrase_file)


def slot(commune: Commune, desk: int, *more: str) -> dict[str, str]:
    told: dict[str, str] = commune.district.ask(
        "enrol", "--unit", "H26.99", "--commune", "xã Thử Nghiệm", "--desk", str(desk), *more
    )
    return told


def digits_at_district(commune: Commune, desk: int) -> str:
    return next(one["digits"] for one in commune.district.ask("status")["desks"] if one["desk"] == desk)


def enrolled(commune: Commune, url: str) -> None:
    for number, desk in ((1, commune.first), (2, commune.second)):
        desk.ask("enrol", "--code", slot(commune, number)["code"], "--url", url, "--yes")


def phone(desk: Terminal, code: str) -> str:
    return desk.ask("show", code)["people"]["applicant"]["phone"]


def test_a_day_at_a_commune_with_two_desks(commune: Commune) -> None:
    first, second, district = commune.first, commune.second, commune.district
    early = commune.receive(first)  # work done before the desk knows any district

    with district.serving() as url:
        # enrolment: a code, six digits on both screens
        assert "chưa ghép" in first.refused("sync")
        offer = first.ask("enrol", "--code", slot(commune, 1)["code"].lower(), "--url", url)
        assert (offer["enrolled"], offer["desk"], offer["numbers"]) == (False, 1, "0001–1999")
        assert offer["six_digits"] == digits_at_district(commune, 1)
        assert "chưa ghép" in first.refused("sync")  # nothing is sent before somebody compared
        assert first.ask("enrol", "--expect", offer["six_digits"])["enrolled"]
        assert "đã ghép" in first.refused("enrol", "--code", slot(commune, 3)["code"], "--url", url)
        qr = slot(commune, 2)["qr"].replace("https://127.0.0.1:8443", url)
        offer = second.ask("enrol", "--qr", "-", stdin=qr.encode())
        second.ask("enrol", "--expect", f"{offer['six_digits'][:3]} {offer['six_digits'][3:]}")

        # receive at both, send, find the other's
        there = commune.receive(second)
        assert there.endswith("-2000"), "the district's block, not the one that init gave"
        done = first.ask("sync")
        assert set(done) >= SYNC_KEYS
        assert (done["sent"], done["confirmed"], done["waiting"], done["set_aside"]) == (1, 1, 0, [])
        second.ask("sync")
        first.ask("sync")
        assert {row["code"] for row in first.ask("find", SECRET_NAME)} == {early, there}
        assert {row["code"] for row in second.ask("find", SECRET_NAME)} == {early, there}

        # both change one field, neither knowing of the other
        first.ask("step", early, "correct", "--set", "phone=0911111111", "--set", "reason=gọi lại")
        scan = first.data.parent / "giấy chứng sinh.pdf"
        scan.write_bytes(b"%PDF-1.4" + bytes(50_000))
        assert first.ask("attach", early, str(scan))["type"] == "application/pdf"
        second.ask("step", early, "correct", "--set", "phone=0922222222")
        first.ask("sync")
        second.ask("sync")
        first.ask("sync")
        for desk in (first, second):
            assert [row["code"] for row in desk.ask("conflicts")] == [early]
            (conflict,) = desk.ask("conflicts", early)
            assert conflict["path"] == PHONE
            assert {one["value"] for one in conflict["values"]} == {"0911111111", "0922222222"}
        assert phone(first, early) == phone(second, early) == conflict["values"][0]["value"]
        second.ask("settle", early, PHONE, "--value", "0911111111")
        second.ask("sync")
        first.ask("sync")
        assert first.ask("conflicts") == second.ask("conflicts") == []
        assert phone(first, early) == phone(second, early) == "0911111111"
        assert first.ask("status")["waiting_files"] == 0

        # the district decides and tells; both desks hear of it
        district.ask("decide", early, "request-completion", "--reason", "thiếu giấy chứng sinh")
        district.ask("announce", "--title", "Nghỉ lễ", "--text", "Thứ Hai nghỉ bù", "--until", "2099-12-31")
        first.ask("sync")
        assert first.ask("show", early)["status"] == "awaiting_completion"
        assert [one["title"] for one in first.ask("announcements")] == ["Nghỉ lễ"]

        # the end of the day
        out = str(commune.second.data.parent / "giấy")
        day = second.ask("close-day", "--send", "--out", out)
        assert (day["received"], day["unsent"], day["unprinted"]) == (1, [], [there])
        assert day["exchange"]["waiting"] == 0
    assert Path(day["path"]).read_bytes().startswith(b"%PDF")
    assert day["head"]["head"] in {log["head"] for log in second.ask("check")["logs"]}
    head = day["head"]
    seal = f"MCN|H26.99|2|{day['at'][:10]}|{head['log']}|{head['seq']}|{head['head']}"
    for desk in (first, second):  # the second's report can be checked at the first as well
        checked = desk.ask("check", "--seal", seal)
        assert (checked["ok"], checked["seal"]) == (True, True)
    desks = district.ask("status")["desks"]
    assert [(one["desk"], one["receptions"], one["pending"]) for one in desks] == [(1, 1, 0), (2, 1, 0)]


def test_a_district_that_is_not_there_leaves_everything_as_it_was(commune: Commune) -> None:
    with commune.district.serving() as url:
        enrolled(commune, url)
    commune.receive(commune.first)
    assert "kết nối" in commune.first.refused("sync")
    status = commune.first.ask("status")
    assert (status["waiting"], status["confirmed"]) == (1, 0)
    assert "kết nối" in status["last_outcome"]
    out = commune.first.data.parent / "giấy"
    closed = commune.first.run("close-day", "--send", "--out", str(out), "--json")
    assert (closed.code, closed.err, len(closed.data["unsent"])) == (1, "", 1)
    assert "kết nối" in closed.data["exchange"]["refused"]
    assert Path(closed.data["path"]).read_bytes().startswith(b"%PDF")  # a line that is down spoils no report
    assert commune.first.ask("close-day", "--stick", str(out))["exchange"]["sent"] == 1


def test_digits_that_differ_enrol_nobody(commune: Commune) -> None:
    with commune.district.serving() as url:
        code = slot(commune, 1)["code"]
        assert "Sáu số" in commune.first.refused("enrol", "--code", code, "--url", url, "--expect", "000000x")
        assert "chưa ghép" in commune.first.refused("sync")
        assert "không nhận mã" in commune.first.refused("enrol", "--code", code[:-1] + "0", "--url", url)


def test_a_code_for_another_commune_is_told_and_changes_nothing(commune: Commune) -> None:
    told = commune.district.ask("enrol", "--unit", "H26.77", "--commune", "xã Khác", "--desk", "1")
    with commune.district.serving() as url:
        err = commune.first.refused("enrol", "--code", told["code"], "--url", url, "--yes")
    assert "H26.77" in err
    assert "H26.99" in err
    assert "chưa ghép" in commune.first.refused("sync")


def test_a_day_without_any_line_goes_by_stick_there_and_back(commune: Commune, tmp_path: Path) -> None:
    first, second, district = commune.first, commune.second, commune.district
    stick = tmp_path / "thẻ nhớ"
    stick.mkdir()

    # enrolment by stick: the card goes out, the request comes in, the answer goes back
    for number, desk in ((1, first), (2, second)):
        code = slot(commune, number, "--stick", str(stick))["code"]
        asked = desk.ask("enrol", "--code", code, "--stick", str(stick))
        assert Path(asked["path"]).name.endswith(".enrol.cx")
        district.ask("import", str(stick))
        offer = desk.ask("enrol", "--stick", str(stick))
        assert offer["six_digits"] == digits_at_district(commune, number)
        desk.ask("enrol", "--expect", offer["six_digits"])
        for file in stick.iterdir():
            file.unlink()

    code = commune.receive(first)
    out = first.ask("stick", "export", str(stick))
    assert set(out) >= SYNC_KEYS
    assert (out["sent"], out["waiting"], Path(out["files"][0]).parent) == (1, 1, stick)
    assert first.ask("status")["sticks_out"][0]["events"] == 1
    district.ask("import", str(stick))
    back = first.ask("stick", "import", str(stick))
    assert (back["confirmed"], back["waiting"]) == (1, 0)
    assert first.ask("status")["sticks_out"] == []
    assert "đã nhập rồi" in first.refused("stick", "import", str(stick))

    # the second desk hears of it by its own stick, and desk to desk
    second.ask("stick", "export", str(stick))
    district.ask("import", str(stick))
    second.ask("stick", "import", str(stick))
    assert [row["code"] for row in second.ask("find", SECRET_NAME)] == [code]
    second.ask("step", code, "correct", "--set", "note=gọi trước khi tới")
    for file in stick.iterdir():
        file.unlink()
    second.ask("stick", "export", str(stick), "--to-desk", "1")
    assert first.ask("stick", "import", str(stick))["received"] == 1
    assert first.ask("show", code)["events"][-1]["kind"] == "corrected"
    assert (first.ask("check")["ok"], second.ask("check")["ok"]) == (True, True)


def test_secrets_of_citizens_stay_out_of_every_file_of_a_stick(commune: Commune, tmp_path: Path) -> None:
    stick = tmp_path / "thẻ nhớ"
    stick.mkdir()
    with commune.district.serving() as url:
        enrolled(commune, url)
    commune.receive(commune.first)
    commune.first.ask("stick", "export", str(stick))
    commune.district.ask("import", str(stick))
    assert len(list(stick.iterdir())) == 2
    for file in stick.iterdir():
        for secret in (SECRET_NAME, SECRET_CARD[:12], "received"):
            assert secret.encode() not in file.read_bytes()


def test_a_form_made_of_an_official_text_is_printed_at_both_desks_and_taken_back(commune: Commune) -> None:
    first, second, district = commune.first, commune.second, commune.district
    text = first.data.parent / "đơn.docx"
    text.write_bytes(word_file())
    drafts = first.data.parent / "bản thảo"
    draft = first.ask("forms", "new", "--from", str(text), "--out", str(drafts), "--id", "don-thu-nuoi")
    assert (draft["blanks"], draft["problems"]) == (40, [])
    assert {"label": "Kính gửi", "key": "office.address"}.items() <= draft["matched"][0].items()
    assert "Loài thú" in draft["unmatched"]
    head = Path(draft["path"]) / "form.toml"
    head.write_text(head.read_text("utf-8").replace("Chưa ghi số văn bản", "Quyết định 12/QĐ-UBND"), "utf-8")
    assert first.ask("forms", "check", str(drafts)) == []
    with district.serving() as url:
        enrolled(commune, url)
        (made,) = first.ask("forms", "import", draft["path"])
        first.ask("forms", "bind", SINGLE, "don-thu-nuoi")
        first.ask("sync")
        second.ask("sync")
        row = next(one for one in second.ask("forms", "list") if one["id"] == "don-thu-nuoi")
        assert (row["version"], row["origin"], row["verified"]) == (made["version"], "office", False)
        code = commune.receive(second)
        assert "don-thu-nuoi" in [paper["paper"] for paper in second.ask("papers", code)]

        # the district sends one of its own to everybody, and takes it back
        brought = Path(first.ask("forms", "export", "don-thu-nuoi", "--out", str(drafts / "usb"))["path"])
        own = brought.parent.parent / "don-cua-tinh" / "ban"
        own.parent.mkdir()
        brought.rename(own)
        (sent,) = district.ask("publish-forms", str(own))["forms"]
        second.ask("sync")
        assert sent["version"] in [one["version"] for one in second.ask("forms", "list") if one["id"] == "don-cua-tinh"]
        district.ask("withdraw-form", "don-cua-tinh")
        second.ask("sync")
        assert next(one for one in second.ask("forms", "list") if one["id"] == "don-cua-tinh")["withdrawn"]

        second.ask("forms", "withdraw", "don-thu-nuoi")
        second.ask("sync")
        first.ask("sync")
        assert next(one for one in first.ask("forms", "list") if one["id"] == "don-thu-nuoi")["withdrawn"]
        assert "don-thu-nuoi" not in [paper["paper"] for paper in first.ask("papers", commune.receive(first))]
        assert "don-thu-nuoi" in [paper["paper"] for paper in second.ask("papers", code)]
