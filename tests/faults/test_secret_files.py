"""A passphrase comes in a file, by a link of the system or by a pipe; what a stranger prepared hangs nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desk_app import secret_files
from desk_app.errors import FileOverLimitError, LinkRefusedError, NotAFileError, SlowPlaceError
from tests.kit.desk.terminal import ROOT
from tests.kit.district.district_terminal import DistrictTerminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of POSIX systems")
WORDS = "một mật khẩu dài của quầy"
STRANGER = 12_345


def test_a_link_of_the_account_itself_is_followed_as_kubernetes_makes_them(tmp_path):
    (tmp_path / "..2026").mkdir()
    (tmp_path / "..2026" / "secret").write_text(f"{WORDS}\n", "utf-8")
    (tmp_path / "..data").symlink_to("..2026")
    (tmp_path / "secret").symlink_to("..data/secret")
    assert secret_files.text(tmp_path / "secret") == f"{WORDS}\n"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
@pytest.mark.parametrize("hop", ["first", "second"])
def test_a_link_that_somebody_else_made_is_not_followed(tmp_path, hop):
    (tmp_path / "secret").write_text(WORDS, "utf-8")
    (tmp_path / "second").symlink_to("secret")
    (tmp_path / "first").symlink_to("second")
    os.lchown(tmp_path / hop, STRANGER, STRANGER)
    with pytest.raises(LinkRefusedError):
        secret_files.text(tmp_path / "first")


def test_links_in_a_circle_end(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(OSError, match="a"):
        secret_files.text(tmp_path / "a")


def test_a_link_that_leads_nowhere_is_no_file(tmp_path):
    (tmp_path / "a").symlink_to("b")
    with pytest.raises(FileNotFoundError):
        secret_files.text(tmp_path / "a")


@pytest.mark.parametrize("ends", [True, False], ids=["closed", "left open"])
def test_the_first_line_of_a_pipe_is_taken(ends):
    reader, writer = os.pipe()
    try:
        os.write(writer, f"{WORDS}\n".encode())
        if ends:
            os.close(writer)
        assert secret_files.text(Path(f"/dev/fd/{reader}")).splitlines()[0] == WORDS
    finally:
        os.close(reader)
        if not ends:
            os.close(writer)


def test_a_pipe_that_says_nothing_is_given_up():
    reader, writer = os.pipe()
    try:
        os.write(writer, b"without an end of line")
        with pytest.raises(SlowPlaceError):
            secret_files.text(Path(f"/dev/fd/{reader}"), patience_s=0.1)
    finally:
        os.close(reader)
        os.close(writer)


def test_a_named_pipe_without_a_writer_is_given_up(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SlowPlaceError):
        secret_files.text(tmp_path / "pipe", patience_s=0.1)


def test_what_is_too_long_is_not_read_on(tmp_path):
    (tmp_path / "long").write_bytes(b"a" * (secret_files.MOST + 1))
    with pytest.raises(FileOverLimitError):
        secret_files.text(tmp_path / "long")
    (tmp_path / "zeros").symlink_to("/dev/zero")
    with pytest.raises(NotAFileError):
        secret_files.text(tmp_path / "zeros")


def test_the_programs_take_a_passphrase_from_a_shells_pipe(tmp_path):
    district = tmp_path / "cấp trên"
    (tmp_path / "secret").write_text(f"{WORDS}\n", "utf-8")
    DistrictTerminal(district, tmp_path / "secret").ask("init", "--name", "tỉnh Thử", "--url", "https://127.0.0.1:8443")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DESK_", "DISTRICT_"))}
    for file in ("/dev/stdin", str(tmp_path / "link")):
        if file != "/dev/stdin":
            Path(file).symlink_to(tmp_path / "secret")
        done = subprocess.run(
            [sys.executable, "-m", "desk_app.district", "status", "--data", str(district), "--passphrase-file", file],
            input=f"{WORDS}\n".encode(),
            capture_output=True,
            env=kept | {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"},
            cwd=ROOT,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
