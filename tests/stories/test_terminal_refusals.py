"""Nonsense of every kind: one sentence, one remedy, nothing personal, nothing changed, no traceback."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app.cli import main
from tests.kit.desk.terminal import SECRET_CARD, SECRET_NAME, SECRET_NUMBER, Terminal, assert_sentences

RECEIVE = ("receive", "--scan", SECRET_CARD, "--procedure")
BIRTH, SINGLE, COPY, EXTRACT = "1.001193", "1.004873", "2.000815", "2.000635"
INIT = ("init", "--unit", "H26.99", "--commune", "xã Thử Nghiệm", "--desk", "1")
needs_rights_taken = pytest.mark.skipif(
    shutil.which("setpriv") is None, reason="needs setpriv (util-linux) to take root's rights away"
)

REFUSED = [
    ("scan", ""),
    ("scan", "|||||||"),
    ("scan", f"{SECRET_NUMBER}|"),
    ("scan", f"{SECRET_NAME} {SECRET_NUMBER}"),
    ("scan", f"{SECRET_NUMBER}||L? Th? Kín Đáo|15011990|N?|Th?n|20102021"),
    ("scan", "IDVNM" + "<" * 85),
    ("scan", "x" * 100_000),
    (*RECEIVE, "9.999999"),
    (*RECEIVE, ""),
    (*RECEIVE, "' OR 1=1 --"),
    ("receive", "--procedure", BIRTH),
    ("receive", "--scan", SECRET_NAME, "--procedure", BIRTH),
    (*RECEIVE, BIRTH, "--set", f"{SECRET_NAME} {SECRET_NUMBER}"),
    (*RECEIVE, BIRTH, "--set", f"={SECRET_NAME}"),
    (*RECEIVE, BIRTH, "--set", f"{SECRET_NAME}=1"),
    (*RECEIVE, BIRTH, "--set", f"child.full_nam={SECRET_NAME}"),
    (*RECEIVE, BIRTH, "--set", f"nobody.scan={SECRET_CARD}"),
    (*RECEIVE, BIRTH, "--set", f"mother.scan={SECRET_NAME}"),
    (*RECEIVE, BIRTH, "--set", "copies=-1"),
    (*RECEIVE, BIRTH, "--set", "sets=0"),
    (*RECEIVE, BIRTH, "--set", "fee_total=" + "9" * 5000),
    (*RECEIVE, EXTRACT, "--set", "copies=" + "9" * 12),
    (*RECEIVE, COPY, "--set", "document=Bằng"),
    (*RECEIVE, COPY, "--set", "document=Bằng:0:1"),
    (*RECEIVE, COPY, "--set", f"document=Bằng:{'9' * 30}:1"),
    (*RECEIVE, BIRTH, "--set", "due_at=31/02/2027"),
    (*RECEIVE, BIRTH, "--set", "due=32/13/2026"),
    (*RECEIVE, BIRTH, "--set", "due=99"),
    (*RECEIVE, BIRTH, "--set", "due_at=2027"),
    (*RECEIVE, BIRTH, "--set", "due_at=01/01/1999"),
    (*RECEIVE, BIRTH, "--set", "return_by=bồ câu"),
    (*RECEIVE, BIRTH, "--set", "full_name="),
    (*RECEIVE, BIRTH, "--set", f"id_number={SECRET_NAME}"),
    (*RECEIVE, BIRTH, "--set", "born_on=99/99/9999"),
    (*RECEIVE, BIRTH, "--set", "child.born_on=ngày mai"),
    (*RECEIVE, BIRTH, "--set", "phone=☎"),
    (*RECEIVE, BIRTH, "--set", "child.full_name=漢字"),
    (*RECEIVE, BIRTH, "--at", "hôm qua"),
    (*RECEIVE, BIRTH, "--at", "9999-12-31T23:59"),
    (*RECEIVE, BIRTH, "--at", "0001-01-01"),
    (*RECEIVE, BIRTH, "--at", "2026-11-20T08:15+99:00"),
    ("show", ""),
    ("show", SECRET_NAME),
    ("show", SECRET_NUMBER),
    ("show", "H26.99-261120-1999"),
    ("print", SECRET_NUMBER, "--out", "{tmp}"),
    ("print", "{code}"),
    ("print", "{code}", "--what", "rác", "--out", "{tmp}"),
    ("print", "{code}", "--what", "../../etc", "--out", "{tmp}"),
    ("print", "{code}", "--out", "{file}"),
    ("print", "{code}", "--printer", "không-có"),
    ("print", "{code}", "--what", "slip80", "--printer", "127.0.0.1:1"),
    ("step", SECRET_NAME, "forward"),
    ("step", "{code}", "return"),
    ("step", "{code}", "refuse"),
    ("step", "{code}", "forward", "--set", f"{SECRET_NAME}=1"),
    ("step", "{code}", "forward", "--set", f"note={SECRET_NAME}"),
    ("step", "{code}", "apologise", "--set", "reason=chờ", "--set", "due=31/02/2027"),
    ("step", "{code}", "apologise", "--set", "reason=chờ", "--set", "due=32/13/2026"),
    ("step", "{code}", "apologise", "--set", "reason=chờ", "--set", "due=01/01/1999"),
    ("step", "{code}", "correct"),
    ("step", "{code}", "correct", "--set", f"phon={SECRET_NUMBER}"),
    ("step", "{code}", "correct", "--set", f"nobody.full_name={SECRET_NAME}"),
    ("step", "{code}", "correct", "--set", f"born_on={SECRET_NAME}"),
    ("step", "{code}", "correct", "--set", "fee_total=nhiều"),
    ("step", "{code}", "correct", "--set", "note=漢字"),
    ("conflicts", SECRET_NAME),
    ("settle", "{code}", "people.applicant.phone", "--keep", "1"),
    ("settle", "{code}", SECRET_NAME, "--value", SECRET_NUMBER),
    ("attach", "{code}", "{tmp}/none"),
    ("attach", SECRET_NAME, "{file}"),
    ("close-day", "--out", "{file}"),
    ("enrol",),
    ("enrol", "--expect", "123456"),
    ("enrol", "--code", "sai", "--url", "https://127.0.0.1:1"),
    ("enrol", "--code", "01234-56789-ABCDE-FGHJK"),
    ("enrol", "--code", "01234-56789-ABCDE-FGHJK", "--url", "http://127.0.0.1:1"),
    ("enrol", "--code", "01234-56789-ABCDE-FGHJK", "--stick", "{tmp}/none"),
    ("enrol", "--qr", "CX1|https://127.0.0.1:1|AAAA"),
    ("sync",),
    ("stick", "export", "{tmp}"),
    ("stick", "import", "{tmp}"),
    ("status", "--settle", "7"),
    ("forms", "check", "{tmp}/none"),
    ("forms", "preview", "none", "--out", "{tmp}/a.pdf"),
    ("forms", "preview", "../giay-tiep-nhan", "--out", "{tmp}/a.pdf"),
    ("forms", "preview", "giay-tiep-nhan", "--out", "{file}/a.pdf"),
    ("catalogue", "import", "{tmp}/none"),
    ("catalogue", "diff", "{file}"),
    ("holidays", "import", "{tmp}/none"),
    ("holidays", "import", "{tmp}"),
    ("holidays", "import", "{file}"),
    (*INIT,),
    (*INIT, "--data", "{file}"),
    (*INIT, "--data", "{file}/under"),
    (*INIT, "--data", "{tmp}/new", "--desk", "99"),
    (*INIT, "--data", "{tmp}/new", "--unit", "a b"),
    (*INIT, "--data", "{tmp}/new", "--unit", "Đ/../.."),
    (*INIT, "--data", "{tmp}/new", "--commune", " "),
    ("today", "--data", "{tmp}/none"),
    ("today", "--data", "{file}"),
    ("check", "--data", "{tmp}"),
    ("today", "--passphrase-file", "{tmp}/none"),
    ("today", "--passphrase-file", "{tmp}"),
    ("today", "--passphrase-file", "{file}"),
    ("today", "--passphrase-file", "{binary}"),
    ("today", "--passphrase-file", "{empty}"),
]
WRONG_USAGE = [
    (),
    ("nonsense",),
    ("receive",),
    ("scan",),
    ("find", "Lò", "Thị", "Kín", "Đáo"),
    ("find", "x", "--limit", SECRET_NAME),
    ("find", "x", "--limit"),
    ("find", "\udcff"),
    (*RECEIVE, BIRTH, "--set", "note=\udcff"),
    ("forms",),
    ("forms", "burn"),
    ("init", "--desk", "hai"),
]
DAY_FILES = {
    "no date": '[[day]]\nkind = "off"\nname = "x"\n',
    "no such day": '[[day]]\ndate = "2027-13-45"\nkind = "off"\nname = "x"\n',
    "no such kind": '[[day]]\ndate = 2027-02-04\nkind = "party"\nname = "x"\n',
    "no list": "day = 3\n",
    "no tables": 'day = ["x"]\n',
    "nothing": "",
    "no TOML": "day = \n",
}


@pytest.fixture
def here(made: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """The commands run in this process on the shared desk, which each test leaves as it found it."""
    monkeypatch.setenv("DESK_DATA", str(made.data))
    for name, value in made.variables.items():
        monkeypatch.setenv(name, value)
    content = {"file": "sai mật khẩu\n".encode(), "binary": b"\xff\xfe\x00", "empty": b""}
    for name, data in content.items():
        (tmp_path / name).write_bytes(data)
    before = journal_of(made)
    yield {"tmp": str(tmp_path), "code": code_in(made), **{name: str(tmp_path / name) for name in content}}
    assert journal_of(made) == before


_CODES: dict[Path, str] = {}


def code_in(terminal: Terminal) -> str:
    if terminal.data not in _CODES:
        _CODES[terminal.data] = terminal.ask("find", SECRET_NAME)[0]["code"]
    return _CODES[terminal.data]


def journal_of(terminal: Terminal) -> bytes:
    """The head of the journal: it moves with every event."""
    return (terminal.data / "head.json").read_bytes()


def shown(command: tuple[str, ...]) -> str:
    return ascii(" ".join(command).replace(SECRET_CARD, "CARD"))[1:70]


@pytest.mark.parametrize("command", REFUSED, ids=shown)
def test_nonsense_is_refused_in_a_sentence_and_changes_nothing(
    here: dict[str, str], command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    filled = [part.format(**here) if part.startswith("{") else part for part in command]
    assert main([*filled, "--json"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert_sentences(told.err)


@pytest.mark.parametrize("command", WRONG_USAGE, ids=shown)
def test_wrong_usage_leaves_with_2_in_vietnamese_and_repeats_no_value(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(list(command))
    told = capsys.readouterr()
    assert (left.value.code, told.out) == (2, "")
    assert told.err.startswith("Lệnh chưa đúng: ")
    assert not [word for word in ("Kín", "argument", "expected", "invalid", "required") if word in told.err]


@pytest.mark.parametrize("why", DAY_FILES)
def test_a_calendar_file_with_a_mistake_changes_no_day(
    here: dict[str, str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = Path(here["tmp"]) / "days.toml"
    file.write_text(DAY_FILES[why], "utf-8")
    assert main(["holidays", "list", "--json"]) == 0
    before = capsys.readouterr().out
    assert main(["holidays", "import", str(file)]) == 1
    assert_sentences(capsys.readouterr().err)
    assert main(["holidays", "list", "--json"]) == 0
    assert capsys.readouterr().out == before


def test_text_no_one_should_type_finds_nobody_and_breaks_nothing(
    here: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    for text in ("", " ", "%", "*", '"', "'(", "\0", "a" * 5000, "NEAR(a b)", "search:x", "\u0301"):
        assert main(["find", text, "--json"]) == 0
        assert capsys.readouterr().out.strip() == "[]", text


# --- in processes of their own --------------------------------------------------------------


@pytest.mark.parametrize("data", [b"\xff\xfe\x00|\x80|\x81" * 50, bytes(range(256)) * 16, b"|" * 70_000], ids=range(3))
def test_bytes_that_are_no_text_on_standard_input_are_no_card(made: Terminal, data: bytes) -> None:
    told = made.refused("receive", "--scan", "-", "--procedure", BIRTH, stdin=data)
    assert "thẻ" in told
    assert made.refused("scan", "-", stdin=data) == told


@pytest.mark.skipif(sys.platform == "win32", reason="a command of Windows is text, no bytes")
def test_bytes_that_are_no_text_in_the_command_are_wrong_usage(made: Terminal) -> None:
    done = made.run("show", b"\xff\xfe")
    assert (done.code, done.out) == (2, "")
    assert "UTF-8" in done.err


def test_help_speaks_vietnamese(made: Terminal) -> None:
    for command in ((), ("receive",), ("forms", "preview")):
        told = made.run(*command, "--help")
        assert (told.code, told.err) == (0, "")
        assert not [word for word in ("usage", "positional", "options:", "show this", "exit") if word in told.out]


def test_a_paper_that_cannot_be_written_does_not_lose_the_dossier(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    told = terminal.refused(*RECEIVE, SINGLE, "--out", str(tmp_path / "file"))
    codes = {row["code"] for row in terminal.ask("find", SECRET_NAME)}
    assert len(codes) == 2
    assert any(code in told for code in codes)
    assert "Đừng tiếp nhận lại" in told


@needs_rights_taken
def test_a_folder_that_may_not_be_written_is_told_apart(terminal: Terminal) -> None:
    bound = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--") if os.geteuid() == 0 else ()
    terminal.ask("check")
    terminal.data.chmod(0o500)
    (terminal.data / "desk.lock").unlink()
    try:
        assert "quyền ghi" in terminal.refused(*RECEIVE, SINGLE, before=bound)
        empty = terminal.data / "new"
        assert "Không tạo được" in terminal.refused(*INIT, "--data", str(empty), before=bound)
        terminal.data.chmod(0)
        for command in (("find", SECRET_NAME), (*RECEIVE, SINGLE), INIT):
            assert "quyền ghi" in terminal.refused(*command, before=bound)
    finally:
        terminal.data.chmod(0o700)


@needs_rights_taken
def test_init_into_a_folder_that_may_not_be_written_leaves_nothing(tmp_path: Path, made: Terminal) -> None:
    bound = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--") if os.geteuid() == 0 else ()
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    try:
        told = Terminal(folder, dict(made.variables)).refused(*INIT, before=bound)
    finally:
        folder.chmod(0o700)
    assert "quyền ghi" in told
    assert list(folder.iterdir()) == []


def test_a_step_whose_paper_cannot_be_written_is_recorded_and_says_so(terminal: Terminal, tmp_path: Path) -> None:
    code = terminal.ask(*RECEIVE, SINGLE)["code"]
    wall = tmp_path / "wall"
    wall.write_text("no folder")
    told = terminal.refused("step", code, "refuse", "--set", "reason=Sai nơi nộp", "--out", str(wall / "papers"))
    assert "đã được ghi" in told
    assert "desk-app print" in told
    assert terminal.ask("show", code)["status"] == "refused"
