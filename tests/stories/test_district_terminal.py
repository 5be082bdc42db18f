"""`desk-district` as the one person who runs a district meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import urllib3

from desk_app.protocol.keys import DistrictCard
from tests.kit.desk import warm_program
from tests.kit.desk.days_ahead import day_ahead
from tests.kit.desk.terminal import ROOT, SECRET_NAME, Done, assert_sentences
from tests.kit.district.district_terminal import DistrictTerminal, cheapen
from tests.kit.district.offices import Device
from tests.kit.machine.readers import others_get_in

WORDS = "một mật khẩu dài của cấp trên"


@dataclass(frozen=True)
class Office:
    """Commands on one district's data folder, each a process of its own."""

    data: Path
    passphrase_file: Path | None
    variables: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: str) -> Done:
        told = {"DISTRICT_DATA": str(self.data)}
        if self.passphrase_file:
            told["DISTRICT_PASSPHRASE_FILE"] = str(self.passphrase_file)
        done = warm_program.carry_out("desk_app.district", arguments, told | self.variables)
        return Done(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    def ask(self, *arguments: str) -> Any:
        done = self.run(*arguments, "--json")
        assert (done.code, done.err) == (0, ""), done.err
        return done.data

    def says(self, *arguments: str) -> str:
        done = self.run(*arguments)
        assert (done.code, done.err) == (0, ""), done.err
        return done.out

    def refused(self, *arguments: str) -> str:
        done = self.run(*arguments, "--json")
        assert (done.code, done.out) == (1, ""), done
        assert_sentences(done.err)
        return done.err


@pytest.fixture
def words(tmp_path: Path) -> Path:
    file = tmp_path / "mật khẩu.txt"
    file.write_text(WORDS + "\n", "utf-8")
    return file


@pytest.fixture
def office(tmp_path: Path, words: Path) -> Office:
    made = Office(tmp_path / "cấp trên", words)
    made.ask("init", "--name", "tỉnh Thử", "--url", "https://127.0.0.1:8443", "--root-file", str(tmp_path / "goc.txt"))
    cheapen(made.data, WORDS)
    return made


def desk_of(office: Office, stick: Path, number: int = 1) -> Device:
    """A desk that enrolled by stick."""
    import msgspec

    told = office.ask("enrol", "--unit", "h26.99", "--commune", "xã Thử", "--desk", str(number), "--stick", str(stick))
    card = msgspec.msgpack.decode((stick / "cap-tren.card").read_bytes(), type=DistrictCard)
    device = Device(card)
    (stick / "a.enrol.cx").write_bytes(device.asks(told["code"]))
    office.ask("import", str(stick))
    (stick / "a.enrol.cx").unlink()
    return device


# --- from nothing -------------------------------------------------------------------------


def test_init_says_what_to_do_next_and_what_it_says_works(tmp_path: Path, words: Path) -> None:
    office = Office(tmp_path / "mới", words)
    told = office.says("init")
    root = next((tmp_path / "mới").glob("khoa-goc-*.txt"))
    assert str(root) in told
    assert "CẤT KHÓA GỐC" in told
    for step in ("desk-district serve", "desk-district enrol", "desk-district users add", "desk-district backup"):
        assert step in told
    status = office.says("status")
    assert "khóa gốc vẫn nằm trên máy chủ" in status
    root.rename(tmp_path / "thẻ nhớ.txt")
    assert "khóa gốc" not in office.says("status")
    assert not others_get_in(office.data)


def test_init_writes_over_nothing(office: Office, tmp_path: Path) -> None:
    before = (office.data / "keys.json").read_bytes()
    assert "đã có dữ liệu" in office.refused("init")
    assert (office.data / "keys.json").read_bytes() == before


def test_init_without_a_keyring_asks_for_a_passphrase_and_leaves_nothing_half_made(tmp_path: Path, words: Path) -> None:
    office = Office(tmp_path / "mới", None)
    assert "--passphrase-file" in office.refused("init")
    Office(office.data, words).ask("init")


@pytest.mark.parametrize("url", ["127.0.0.1:8443", "ftp://máy", "https://", "https://máy:cổng", "https://a:b@máy"])
def test_an_address_no_desk_could_call_is_refused(tmp_path: Path, words: Path, url: str) -> None:
    assert "chưa đúng" in Office(tmp_path / "mới", words).refused("init", "--url", url)


def test_a_password_of_a_database_is_never_an_argument(tmp_path: Path, words: Path) -> None:
    office = Office(tmp_path / "mới", words)
    told = office.refused("init", "--database", "postgresql://lan:bimat@127.0.0.1:1/x")
    assert "bimat" not in told
    file = tmp_path / "dsn"
    file.write_text("postgresql://lan:bimat@127.0.0.1:1/x")
    assert "bimat" not in office.refused("init", "--database-file", str(file))


def test_the_passphrase_may_come_from_an_option_and_a_wrong_one_opens_nothing(office: Office, tmp_path: Path) -> None:
    without = Office(office.data, None)
    assert "mật khẩu" in without.refused("status")
    assert without.ask("status", "--passphrase-file", str(office.passphrase_file))["desks"] == []
    other = tmp_path / "sai.txt"
    other.write_text("sai", "utf-8")
    assert "không mở được" in without.refused("status", "--passphrase-file", str(other))
    assert "Không thấy" in without.refused("status", "--passphrase-file", str(tmp_path / "không có"))
    assert without.ask("status", "--root-file", str(tmp_path / "goc.txt"))["desks"] == []
    assert "không phải tệp khóa gốc" in without.refused("status", "--root-file", str(other))


def test_a_folder_without_a_district_is_told(tmp_path: Path, words: Path) -> None:
    assert "desk-district init" in Office(tmp_path / "trống", words).refused("status")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("bay",),
        ("enrol",),
        ("enrol", "--unit", "H26.99"),
        ("decide", "x", "bay"),
        ("users",),
        ("redact", "ab", "x"),
    ],
)
def test_wrong_usage_is_told_in_vietnamese(tmp_path: Path, words: Path, arguments: tuple[str, ...]) -> None:
    done = Office(tmp_path, words).run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Lệnh chưa đúng: ")


def test_every_command_explains_itself(tmp_path: Path, words: Path) -> None:
    done = Office(tmp_path, words).run("--help")
    commands = (
        "init serve enrol revoke quarantine communes status import export backup restore decide announce "
        "publish-procedure publish-days redact users"
    )
    for command in commands.split():
        assert command in done.out
    assert "cách dùng" in done.out


# --- serving ------------------------------------------------------------------------------


def test_a_server_is_reached_with_the_certificate_it_was_made_with(office: Office) -> None:
    with DistrictTerminal(office.data, office.passphrase_file or Path()).serving() as url:
        http = urllib3.PoolManager(ca_certs=str(office.data / "tls.pem"), retries=False)
        card = json.loads(http.request("GET", f"{url}/v1/hub").data)
        assert (card["name"], card["tls"]) == ("tỉnh Thử", (office.data / "tls.pem").read_text())
        page = http.request("GET", f"{url}/", redirect=False)
        assert (page.status, page.headers["location"]) == (303, "/sign-in")
        http.clear()
        assert "đang chạy" in office.refused("serve", "--port", "0")
        assert office.ask("status")["desks"] == []  # other commands run beside it
    (office.data / "tls.key").rename(office.data / "mất.key")
    assert "tls.key" in office.refused("serve", "--port", "0")
    (office.data / "mất.key").rename(office.data / "tls.key")
    told = office.run("serve", "--host", "192.0.2.1", "--port", "1")
    assert told.code == 1
    assert "Không mở được cổng" in told.err


@pytest.mark.skipif(sys.platform != "win32", reason="elsewhere every server of these tests ends with SIGINT")
def test_ctrl_c_ends_the_server_and_the_command_waits_for_it(office: Office) -> None:
    serve = [*warm_program.command("desk_app.district"), "serve", "--host", "127.0.0.1", "--port", "0"]
    told = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "windows" / "ctrl_c.py"), *serve],
        env=DistrictTerminal(office.data, office.passphrase_file or Path()).variables,
        capture_output=True,
        timeout=120,
        check=True,
    )
    found = json.loads(told.stdout)
    assert found["code"] == 0, found["said"]
    assert "Đã dừng máy chủ" in found["said"]


# --- desks --------------------------------------------------------------------------------


def test_enrolling_shows_code_qr_and_numbers_once(office: Office, tmp_path: Path) -> None:
    told = office.ask("enrol", "--unit", "H26.99", "--commune", "xã Thử", "--desk", "2", "--out", str(tmp_path))
    assert told["qr"].startswith("CX1|https://127.0.0.1:8443|")
    assert told["qr"].endswith(told["code"])
    assert told["blocks"] == ["2000-3999"]
    assert (tmp_path / "ghi-danh-H26.99-2.png").read_bytes().startswith(b"\x89PNG")
    assert b"<svg" in (tmp_path / "ghi-danh-H26.99-2.svg").read_bytes()
    status = office.says("status")
    assert told["code"] not in status
    assert "chờ nhập mã" in status
    shown = office.says("enrol", "--unit", "H26.99", "--commune", "xã Thử", "--desk", "3", "--blocks", "0100-0200")
    assert "0100–0200" in shown
    assert "█" in shown
    assert (
        "dải số"
        in office.refused("enrol", "--unit", "H26.99", "--commune", "x", "--desk", "3", "--blocks", "9-1").lower()
    )


def test_waiting_for_a_desk_shows_its_digits_or_says_that_none_came(office: Office, tmp_path: Path) -> None:
    done = office.run("enrol", "--unit", "H26.99", "--commune", "xã Thử", "--desk", "1", "--wait", "1", "--json")
    assert (done.code, done.data["digits"]) == (0, "")
    assert done.data["code"] in done.err  # it is needed at the desk while the command waits
    desk_of(office, tmp_path, 2)
    (desk,) = office.ask("status")["desks"]
    assert len(desk["digits"]) == 6


def test_a_revoked_desk_shows_and_its_work_is_set_aside_until_somebody_vouches(office: Office, tmp_path: Path) -> None:
    stick = tmp_path / "thẻ"
    stick.mkdir()
    desk = desk_of(office, stick)
    assert "không có quầy 9" in office.refused("revoke", "--unit", "H26.99", "--desk", "9").lower()
    assert office.ask("revoke", "--unit", "H26.99", "--desk", "1", "--reason", "mất máy")["revoked"] == [
        desk.keys.kid.hex()
    ]
    desk.receives(1)
    (stick / "a.cx").write_bytes(desk.request())
    done = office.run("import", str(stick), "--json")
    assert (done.code, done.data[0]["code"]) == (1, "REVOKED")
    status = office.ask("status")
    assert (status["desks"][0]["status"], status["desks"][0]["reason"]) == ("revoked", "mất máy")
    (aside,) = status["quarantine"]
    assert aside["reason"] == "REVOKED"
    assert "mã đó" in office.refused("quarantine", "00000000")
    assert office.ask("quarantine", aside["digest"][:12], "--take") == {"waiting": [], "rewritten": [], "taken": "OK"}
    assert office.ask("status")["receptions"] == 1
    (commune,) = office.ask("communes")
    assert (commune["unit"], commune["desks"], commune["receptions"]) == ("H26.99", 0, 1)


# --- a whole round, by stick --------------------------------------------------------------


def test_what_comes_in_can_be_decided_listed_copied_and_brought_back(office: Office, tmp_path: Path) -> None:
    stick = tmp_path / "thẻ"
    stick.mkdir()
    desk = desk_of(office, stick)
    code = desk.receives(1, name=SECRET_NAME)
    (stick / "H26.99-1.cx").write_bytes(desk.request(pull=1 << 16))
    shown = office.says("import", str(stick / "H26.99-1.cx"))
    assert "1 việc mới" in shown
    assert "H26.99-1.rcp.cx" in shown

    assert "Còn thiếu: Lý do" in office.refused("decide", code, "refuse")
    assert office.ask("decide", code, "suspend", "--reason", "chờ xác minh")["status"] == "suspended"
    day = day_ahead()
    assert "đã qua" in office.refused("decide", code, "resume", "--due", day_ahead(-1))
    assert "trước lúc này" in office.refused("decide", code, "resume", "--due", f"{day_ahead(-1)}T16:30")
    assert "gõ ngày/tháng/năm" in office.refused("decide", code, "resume", "--due", "bữa sau")
    done = office.ask("decide", code, "resume", "--due", day)
    assert (done["status"], done["due_at"]) == ("processing", f"{day}T16:30:00+07:00")
    again = office.ask("decide", code, "apologise", "--reason", "x", "--due", "ngày mai")
    assert again["due_at"] == f"{day_ahead(1)}T16:30:00+07:00"
    office.ask("announce", "--title", "Họp", "--text", "8 giờ", "--unit", "H26.99", "--until", day_ahead(0))
    assert "đã qua" in office.refused("announce", "--title", "Họp", "--text", "8 giờ", "--until", day_ahead(-1))
    assert "Không có đơn vị" in office.refused("announce", "--title", "Họp", "--text", "x", "--unit", "H26.77")

    assert office.ask("export", str(stick))["files"] == [{"file": "cap-tren-H26.99-1.cx", "events": 5}]
    events = desk.events((stick / "cap-tren-H26.99-1.cx").read_bytes())
    assert [event.kind for event in events] == ["certified", "step", "step", "step", "announced"]
    assert office.ask("export", "--register", str(tmp_path / "sổ.csv"))["dossiers"] == 1
    assert SECRET_NAME in (tmp_path / "sổ.csv").read_text("utf-8-sig")
    assert "Còn thiếu" in office.refused("export")

    made = office.ask("backup", str(tmp_path / "sao lưu.db"))
    assert (made["events"], made["verified"]) == (6, True)
    assert "đã có" in office.refused("backup", str(tmp_path / "sao lưu.db"))
    assert "--over" in office.refused("restore", str(tmp_path / "sao lưu.db"))
    fresh = Office(tmp_path / "máy mới", office.passphrase_file)
    assert fresh.ask("restore", str(tmp_path / "sao lưu.db"))["events"] == 6
    assert [one["receptions"] for one in fresh.ask("status")["desks"]] == [1]
    assert fresh.ask("status")["fingerprint"] == office.ask("status")["fingerprint"]
    assert office.ask("restore", str(tmp_path / "sao lưu.db"), "--over")["events"] == 6

    log = desk.log.hex()
    assert "Không có việc số 9" in office.refused("redact", log, "9", "--reason", "x")
    office.ask("redact", log[:10], "1", "--reason", "quyết định xóa")
    assert office.ask("export", "--register", str(tmp_path / "sổ.csv"))["dossiers"] == 0


def test_the_law_goes_out_from_files(office: Office, tmp_path: Path) -> None:
    catalogue = ROOT / "resources" / "catalogue"
    file = str(catalogue / "2.000815.toml")
    sent = office.ask("publish-procedure", file, "--from", "2027-01-01", "--citation", "QĐ 1")
    assert (sent["code"], sent["base"], sent["in_force_from"]) == ("2.000815", "", "2027-01-01")
    assert "đã phát hành" in office.refused("publish-procedure", file)
    assert "viết như" in office.refused("publish-procedure", str(catalogue / "2.000635.toml"), "--from", "mai")
    days = office.ask("publish-days", str(ROOT / "resources" / "days" / "2026.toml"))
    assert "2026-11-24" in days["days"]


# --- people -------------------------------------------------------------------------------


def test_users_come_and_go_and_a_password_is_shown_once_or_never(office: Office, tmp_path: Path) -> None:
    drawn = office.ask("users", "add", "Lan")
    assert len(drawn["password"]) == 19
    own = tmp_path / "riêng.txt"
    own.write_text("một mật khẩu tự đặt\n", "utf-8")
    assert office.ask("users", "add", "minh", "--password-file", str(own)) == {"name": "minh"}
    assert "Đã có người dùng" in office.refused("users", "add", "lan")
    listed = office.run("users", "list")
    assert listed.out.count("\n") == 2
    assert drawn["password"] not in listed.out
    assert office.ask("users", "password", "lan")["password"] != drawn["password"]
    office.ask("users", "remove", "minh")
    assert [one["name"] for one in office.ask("users", "list")] == ["lan"]
    assert "Không có người dùng minh" in office.refused("users", "remove", "minh")
    own.write_text("ngắn\n", "utf-8")
    assert "ít nhất" in office.refused("users", "password", "lan", "--password-file", str(own))


def test_a_hold_is_changed_at_the_terminal_and_stays_one_hold(office: Office) -> None:
    held = office.ask("holds", "add", "--procedure", "1.001193", "--reason", "Chờ hướng dẫn", "--weight", "warn")
    changed = office.ask("holds", "change", held["id"], "--to", "2099-12-31", "--weight", "refuse")
    assert (changed["to"], changed["weight"], changed["reason"]) == ("2099-12-31", "refuse", "Chờ hướng dẫn")
    assert changed["changed_by"] == changed["by"]
    every = office.ask("holds", "change", held["id"], "--procedure", "all", "--to", "-")
    assert (every["procedures"], every["to"]) == ([], None)
    assert [each["id"] for each in office.ask("holds", "list")] == [held["id"]]
    assert "không do cấp trên này đặt" in office.refused("holds", "change", "khong", "--reason", "Khác")
