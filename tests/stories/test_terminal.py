"""Every command of desk-app, run as a process: what it answers, the JSON keys that stay, its exit codes."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest

from desk_app.domain.calendar.moments import VIETNAM
from tests.kit.desk.terminal import SECRET_CARD, SECRET_NAME, SECRET_NUMBER, Terminal
from tests.kit.machine.readers import others_get_in

LISTED = {"code", "applicant", "id_number_masked", "procedure", "procedure_name", "status", "due_at"}
PAPER = {"kind", "form", "version", "path", "pages", "copies"}
MRZ = "IDVNM1900000015001190000001<<6\n9001158F3001156VNM<<<<<<<<<<<0\nNGUYEN<<THI<THU<NGHIEM<<<<<<<<"
UNREAD = """
import os, subprocess, sys
read, written = os.pipe()
os.close(read)
sys.exit(subprocess.run(sys.argv[1:], stdout=written).returncode)
"""
HOLIDAY = '[[day]]\ndate = 2027-05-06\nkind = "off"\nname = "Ngày thử nghiệm"\n'


def text_of(file: str | Path) -> str:
    with pypdfium2.PdfDocument(file) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def national_list(folder: Path, *, name: str = "Thủ tục thử nghiệm") -> Path:
    """One row of the national list that can be used, and one line that is no JSON."""
    folder.mkdir(exist_ok=True)
    row = {"code": "9.000001", "name": name, "categories": ["Hộ tịch"], "state": "UPDATED", "type": "STANDARD"}
    (folder / "catalogue.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n{broken\n", "utf-8")
    return folder


# --- making and keeping a desk ------------------------------------------------------------


def test_init_tells_the_recovery_code_once_and_leaves_nothing_in_the_clear(made: Terminal) -> None:
    files = [file for file in made.data.iterdir() if file.is_file()]
    assert {"desk.db", "vault.json"} <= {file.name for file in files}
    for file in files:
        content = file.read_bytes()
        assert SECRET_NAME.encode() not in content
        assert SECRET_NUMBER.encode() not in content
    with closing(sqlite3.connect(made.data / "desk.db")) as plain, pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT count(*) FROM sqlite_master")
    assert not others_get_in(made.data)


def test_init_makes_a_demo_desk_that_opens_without_a_word(tmp_path: Path) -> None:
    demo = Terminal(tmp_path / "demo")
    answer = demo.ask("init", "--demo")
    assert set(answer) >= {"data", "recovery_code", "kept_by"}
    assert len(answer["recovery_code"].replace("-", "")) == 27
    assert demo.ask("check")["ok"]
    assert len(demo.ask("find", "n", "--limit", "1000")) > 10


def test_init_never_writes_over_a_desk_nor_over_the_key_of_one(terminal: Terminal) -> None:
    again = ("init", "--unit", "H26.99", "--commune", "xã Khác", "--desk", "1")
    assert "đã có dữ liệu" in terminal.refused(*again)
    kept = (terminal.data / "desk.db").read_bytes()
    (terminal.data / "desk.db").unlink()
    assert "đã có dữ liệu" in terminal.refused(*again)
    (terminal.data / "desk.db").write_bytes(kept)
    assert len(terminal.ask("find", SECRET_NAME)) == 1


def test_check_rebuild_and_doctor_find_a_sound_desk(terminal: Terminal) -> None:
    report = terminal.ask("check")
    assert set(report) >= {"ok", "events", "logs", "problems"}
    assert (report["ok"], report["events"], report["problems"]) == (True, 1, [])
    assert [set(log) >= {"log", "seq", "head"} for log in report["logs"]] == [True]
    assert terminal.ask("rebuild")["dossiers"] == 1
    assert terminal.ask("check") == report
    findings = {each["subject"]: each for each in terminal.ask("doctor")}
    assert findings["Mã hóa"]["state"].startswith("SQLCipher")
    assert SECRET_NAME not in json.dumps(list(findings.values()), ensure_ascii=False)


@pytest.mark.parametrize("page", [0, -1])
def test_check_says_with_exit_1_that_a_page_was_altered(terminal: Terminal, page: int) -> None:
    file = terminal.data / "desk.db"
    content = bytearray(file.read_bytes())
    content[page * 4096 + 2000] ^= 1
    file.write_bytes(content)
    if page == 0:  # not even the settings can be read
        assert "bị hỏng" in terminal.refused("check")
        return
    done = terminal.run("check", "--json")
    assert (done.code, done.err, done.data["ok"]) == (1, "", False)
    assert done.data["problems"]


def test_a_database_older_than_the_noted_journal_is_told_at_every_command(terminal: Terminal) -> None:
    old = (terminal.data / "desk.db").read_bytes()
    terminal.ask("receive", "--scan", SECRET_CARD, "--procedure", "1.004873")
    (terminal.data / "desk.db").write_bytes(old)
    done = terminal.run("find", SECRET_NAME, "--json")
    assert (done.code, len(done.data)) == (0, 1)
    assert "thiếu những việc ghi sau cùng" in done.err
    assert terminal.run("check", "--json").data["ok"] is False


# --- cards and dossiers -------------------------------------------------------------------


@pytest.mark.parametrize(("text", "kind"), [(SECRET_CARD, "qr2021"), (SECRET_CARD + "|x|y", "qr2024"), (MRZ, "mrz")])
def test_scan_reads_a_card_without_any_desk(tmp_path: Path, text: str, kind: str) -> None:
    card = Terminal(tmp_path / "none").ask("scan", "-", stdin=text.encode())
    names = {"id_number", "old_id_number", "full_name", "born_on", "sex", "residence", "issued_on", "kind", "warnings"}
    assert set(card) >= names
    assert (card["kind"], card["born_on"], card["sex"]) == (kind, "1990-01-15", "Nữ")
    assert isinstance(card["warnings"], list)


def test_receive_records_a_dossier_and_writes_its_papers(terminal: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "giấy"
    answer = terminal.ask(
        *("receive", "--scan", "-", "--procedure", "1.001193", "--out", str(out), "--at", "2026-11-20T08:15"),
        *("--set", "child.full_name=Lò Thử Nghiệm", "--set", "phone=0900000000"),
        stdin=SECRET_CARD.encode() + b"\r\n",
    )
    assert set(answer) >= {"code", "dossier_id", "received_at", "due_at", "fee_vnd", "papers", "warnings"}
    assert answer["code"] == "H26.99-261120-2000"
    assert answer["received_at"] == "2026-11-20T08:15:00+07:00"
    assert answer["due_at"] == "2026-11-20T16:30:00+07:00"
    assert [(paper["kind"], set(paper) >= PAPER) for paper in answer["papers"]] == [("form", True), ("slip", True)]
    for paper in answer["papers"]:
        assert answer["code"] in text_of(paper["path"])
    assert SECRET_NAME in text_of(answer["papers"][1]["path"])
    assert answer["fee_vnd"] == 0
    shown = terminal.ask("show", answer["code"])
    assert shown["people"]["child"]["full_name"] == "Lò Thử Nghiệm"
    assert shown["people"]["applicant"]["phone"] == "0900000000"
    assert [event["kind"] for event in shown["events"]] == ["received", "printed"]


def test_without_out_no_paper_touches_the_disk(terminal: Terminal) -> None:
    before = set(terminal.data.rglob("*"))
    answer = terminal.ask("receive", "--scan", SECRET_CARD, "--procedure", "1.001193")
    assert [paper["path"] for paper in answer["papers"]] == [None, None]
    assert {file.name for file in set(terminal.data.rglob("*")) - before} <= {"desk.db-wal", "desk.db-shm"}


def test_show_find_late_and_today_give_the_keys_that_stay(terminal: Terminal) -> None:
    now = datetime.now(VIETNAM)
    long_ago = (now - timedelta(days=40)).isoformat(timespec="seconds")
    receive = ("receive", "--scan", SECRET_CARD, "--procedure", "1.004873", "--at")
    today = terminal.ask(*receive, now.isoformat(timespec="seconds"))["code"]
    late = terminal.ask(*receive, long_ago)["code"]
    shown = terminal.ask("show", today.lower().replace("-", " "))
    more = {"components", "people", "fields", "events", "conflicts"}
    assert set(shown) >= LISTED | more
    assert [set(event) >= {"log", "seq", "kind", "at", "author"} for event in shown["events"]] == [True]
    found = terminal.ask("find", "KIN DAO lo")
    assert {row["code"] for row in found} >= {today, late}
    listed = terminal.ask("late")
    assert [row["code"] for row in listed] == [late]
    assert today in [row["code"] for row in terminal.ask("today")]
    for row in (*found, *listed):
        assert set(row) >= LISTED
        assert SECRET_NUMBER not in row["id_number_masked"]
    assert len(terminal.ask("find", SECRET_NUMBER[:6], "--limit", "1")) == 1


def test_a_person_reads_lines_where_json_is_not_asked_for(made: Terminal) -> None:
    done = made.run("find", SECRET_NAME)
    assert done.code == 0
    assert SECRET_NAME in done.out
    assert SECRET_NUMBER not in done.out
    assert "Không có hồ sơ nào" in made.run("find", "khong ai ca").out


def test_print_draws_the_same_bytes_again(terminal: Terminal, tmp_path: Path) -> None:
    code = terminal.ask("find", SECRET_NAME)[0]["code"]
    first = terminal.ask("print", code, "--out", str(tmp_path / "1"))
    again = terminal.ask("print", code.lower().replace("-", " "), "--out", str(tmp_path / "2"), "--what", "all")
    assert [set(paper) >= PAPER for paper in first] == [True, True]
    for one, other in zip(first, again, strict=True):
        assert Path(one["path"]).name == Path(other["path"]).name
        assert Path(one["path"]).read_bytes() == Path(other["path"]).read_bytes()
    assert [paper["kind"] for paper in terminal.ask("print", code, "--what", "slip80", "--out", str(tmp_path))] == [
        "slip80"
    ]
    (large,) = terminal.ask("print", code, "--what", "slip", "--large", "--out", str(tmp_path / "3"))
    assert text_of(Path(large["path"])).split() == text_of(Path(first[-1]["path"])).split()
    assert Path(large["path"]).read_bytes() != Path(first[-1]["path"]).read_bytes()
    assert "tiếng «xyz»" in terminal.refused("print", code, "--captions", "xyz", "--out", str(tmp_path))


# --- the law as data ----------------------------------------------------------------------


def test_forms_are_listed_checked_and_previewed(terminal: Terminal, tmp_path: Path) -> None:
    listed = {form["id"]: form for form in terminal.ask("forms", "list")}
    assert {"giay-tiep-nhan", "giay-tiep-nhan-80", "to-khai-khai-sinh", "to-khai-xntthn"} <= set(listed)
    assert terminal.ask("forms", "check") == []
    file = tmp_path / "thử.pdf"
    assert terminal.ask("forms", "preview", "to-khai-khai-sinh", "--out", str(file)) == {"path": str(file)}
    assert "TỜ KHAI ĐĂNG KÝ KHAI SINH" in text_of(file)
    terminal.ask("forms", "preview", "to-khai-khai-sinh", "--captions", "ede", "--out", str(file))
    assert "Anăn amĭ" in text_of(file)


def test_a_broken_form_of_the_office_is_told_by_file_and_line_and_stops_nobody(terminal: Terminal) -> None:
    folder = terminal.data / "forms" / "cua-xa" / "2026"
    folder.mkdir(parents=True)
    (folder / "form.toml").write_text('title = "Mẫu của xã"\nrubbish\n', "utf-8")
    done = terminal.run("forms", "check", "--json")
    assert done.code == 1
    assert [set(problem) >= {"file", "line", "problem"} for problem in done.data] == [True]
    assert (done.data[0]["file"], done.data[0]["line"]) == (str(folder / "form.toml"), 2)
    assert terminal.ask("receive", "--scan", SECRET_CARD, "--procedure", "1.004873")["code"]
    assert any("forms check" in finding["remedy"] for finding in terminal.ask("doctor"))


def test_a_step_asks_what_its_paper_needs_and_prints_the_answers(terminal: Terminal, tmp_path: Path) -> None:
    folder = terminal.data / "forms" / "giay-rut" / "1"
    folder.mkdir(parents=True)
    head = 'title = "Giấy nhận lại hồ sơ"\nin_force_from = "2026-01-01"\n[owed]\nstep = "withdraw"\n'
    field = '[[field]]\nkey = "sheets2"\nlabel = "Số tờ trả lại"\nsection = "Trả lại"\nkind = "number"\n'
    (folder / "form.toml").write_text(
        f'{head}[citation]\nnumber = "Quyết định thử"\n{field}ask = true\nrequired = true\n', "utf-8"
    )
    (folder / "layout.txt").write_text("Đã trả {sheets2} tờ\n", "utf-8")
    code = terminal.ask("receive", "--scan", SECRET_CARD, "--procedure", "1.001193")["code"]
    refused = terminal.refused("step", code, "withdraw")
    assert "Còn thiếu: Số tờ trả lại." in refused
    assert "--field sheets2=" in refused
    assert "cần một số" in terminal.refused("step", code, "withdraw", "--field", "sheets2=ba")
    terminal.refused("step", code, "withdraw", "--field", "other=1")
    terminal.refused("step", code, "take-back", "--field", "sheets2=1")
    assert terminal.ask("show", code)["status"] == "received"
    told = terminal.ask("step", code, "withdraw", "--field", "sheets2=3", "--out", str(tmp_path / "giấy"))
    assert told["status"] == "withdrawn"
    (paper,) = told["papers"]
    assert "Đã trả 3 tờ" in text_of(paper["path"])
    step = next(event for event in terminal.ask("show", code)["events"] if event["kind"] == "step")
    assert "Số tờ trả lại: 3" in step["text"]


def test_a_step_takes_an_answer_by_set_as_a_reception_does(terminal: Terminal) -> None:
    code = terminal.ask("receive", "--scan", SECRET_CARD, "--procedure", "1.001193")["code"]
    bad = ("--procedure", "1.001193", "--set", "child.born_on=31/02/2026")
    assert "--set child.born_on=" in terminal.refused("receive", "--scan", SECRET_CARD, *bad)
    assert terminal.ask("step", code, "refuse", "--set", "reason=Sai nơi nộp")["status"] == "refused"


def test_the_national_list_is_compared_imported_and_retired(terminal: Terminal, tmp_path: Path) -> None:
    folder = str(national_list(tmp_path / "danh mục"))
    keys = {"added", "changed", "unchanged", "retired", "not_understood"}
    planned = terminal.ask("catalogue", "diff", folder)
    assert set(planned) >= keys
    assert planned["added"] == ["9.000001"]
    assert [set(each) >= {"row", "why"} for each in planned["not_understood"]]
    assert terminal.ask("catalogue", "import", folder) == planned
    again = terminal.ask("catalogue", "import", folder)
    assert (again["added"], again["changed"]) == ([], [])
    listed = {each["code"]: each["name"] for each in terminal.ask("catalogue", "list")}
    assert listed["9.000001"] == "Thủ tục thử nghiệm"
    assert len(listed) == 10
    national_list(tmp_path / "danh mục", name="Thủ tục đổi tên")
    assert terminal.ask("catalogue", "import", folder)["changed"] == ["9.000001"]


def test_a_decision_on_days_off_moves_the_due_date(terminal: Terminal, tmp_path: Path) -> None:
    receive = ("receive", "--scan", SECRET_CARD, "--procedure", "1.001193", "--at", "2027-05-05T15:30")
    assert terminal.ask(*receive)["due_at"].startswith("2027-05-06")
    file = tmp_path / "2027.toml"
    file.write_text(HOLIDAY, "utf-8")
    assert terminal.ask("holidays", "import", str(file)) == {"added": 1, "changed": 0, "unchanged": 0}
    assert terminal.ask("holidays", "import", str(file)) == {"added": 0, "changed": 0, "unchanged": 1}
    days = {day["date"]: day["name"] for day in terminal.ask("holidays", "list", "--year", "2027")}
    assert days["2027-05-06"] == "Ngày thử nghiệm"
    assert all(day.startswith("2027-") for day in days)
    assert terminal.ask(*receive)["due_at"].startswith("2027-05-07")


# --- where the desk is and how it opens ---------------------------------------------------


def test_folder_and_passphrase_come_from_options_or_variables(made: Terminal, tmp_path: Path) -> None:
    file = made.variables["DESK_PASSPHRASE_FILE"]
    elsewhere = Terminal(tmp_path)
    asked = elsewhere.ask("find", SECRET_NAME, "--data", str(made.data), "--passphrase-file", file)
    assert asked == made.ask("find", SECRET_NAME)
    assert "mật khẩu" in Terminal(made.data).refused("find", SECRET_NAME)
    marked = tmp_path / "notepad.txt"
    marked.write_bytes(b"\xef\xbb\xbf" + Path(file).read_bytes().replace(b"\n", b"\r\n"))
    assert Terminal(made.data, {"DESK_PASSPHRASE_FILE": str(marked)}).ask("find", SECRET_NAME) == asked


def test_while_one_program_holds_the_desk_others_only_look(terminal: Terminal, passphrase_file: Path) -> None:
    from desk_app.services.desk.desk import open_desk, passphrase_from

    with open_desk(terminal.data, passphrase=passphrase_from(str(passphrase_file))):
        told = terminal.refused("receive", "--scan", SECRET_CARD, "--procedure", "1.004873")
        assert str(os.getpid()) in told
        assert "đang mở" in terminal.refused("rebuild")
        assert len(terminal.ask("find", SECRET_NAME)) == 1
        assert terminal.ask("check")["ok"]
    assert terminal.ask("receive", "--scan", SECRET_CARD, "--procedure", "1.004873")["code"]


def test_a_reader_that_has_seen_enough_hears_no_traceback(made: Terminal) -> None:
    done = made.run("find", SECRET_NAME, before=(sys.executable, "-c", UNREAD))
    assert (done.code, done.err) == (0, "")
