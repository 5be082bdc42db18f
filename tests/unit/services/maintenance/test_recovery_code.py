"""A new recovery code: whatever happens between the old and the new one, a code that somebody holds opens the desk."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desk_app.errors import FileThereError, WrongPassphraseError, WrongRecoveryCodeError
from desk_app.services.desk.desk import Desk, open_desk
from desk_app.services.maintenance import checks, recovery_code
from desk_app.services.setup.setup import init
from desk_app.store.keys import vault
from desk_app.store.keys.recovery_code import groups
from tests.kit.desk.desks import PASSPHRASE, TestClock
from tests.kit.desk.terminal import Terminal
from tests.kit.machine.readers import others_get_in


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A desk and the code it was made with."""
    data = tmp_path_factory.mktemp("made") / "desk"
    told = init(data, unit="H26.99", commune="xã Thử Nghiệm", desk=1, passphrase=PASSPHRASE, clock=TestClock())
    return data, told.recovery_code


@pytest.fixture
def data(made: tuple[Path, str], tmp_path: Path) -> Path:
    shutil.copytree(made[0], tmp_path / "desk")
    return tmp_path / "desk"


@pytest.fixture
def old(made: tuple[Path, str]) -> str:
    return made[1]


def here(data: Path) -> Desk:
    return open_desk(data, passphrase=PASSPHRASE, clock=TestClock())


def opens(data: Path, code: str) -> bool:
    try:
        return bool(vault.unlock(data, recovery=code))
    except WrongRecoveryCodeError:
        return False


def test_the_old_code_dies_only_when_the_last_group_of_the_new_one_was_typed_back(data: Path, old: str) -> None:
    with here(data) as desk:
        new = recovery_code.draw(desk, passphrase=PASSPHRASE)
        assert (opens(data, old), opens(data, new)) == (True, True)
        assert "desk-app recovery-code" in "".join(each.remedy for each in checks.doctor(desk))
        with pytest.raises(recovery_code.CodeNotProvedError):
            recovery_code.prove(desk, new, groups(old)[-1])
        assert (opens(data, old), opens(data, new)) == (True, True)
        recovery_code.prove(desk, new, groups(new)[-1].lower())
        assert (opens(data, old), opens(data, new)) == (False, True)
        assert "Mã khôi phục" not in [each.subject for each in checks.doctor(desk)]
    assert vault.unlock(data, passphrase=PASSPHRASE) == vault.unlock(data, recovery=new)


def test_a_code_drawn_and_left_is_replaced_by_the_next_and_the_old_one_stays(data: Path, old: str) -> None:
    with here(data) as desk:
        left = recovery_code.draw(desk, passphrase=PASSPHRASE)
        new = recovery_code.draw(desk, passphrase=PASSPHRASE)
        assert (opens(data, old), opens(data, left), opens(data, new)) == (True, False, True)


def test_a_wrong_password_draws_no_code(data: Path, old: str) -> None:
    before = (data / vault.FILE).read_bytes()
    with here(data) as desk, pytest.raises(WrongPassphraseError):
        recovery_code.draw(desk, passphrase="không phải mật khẩu này")
    assert (data / vault.FILE).read_bytes() == before
    assert opens(data, old)


def test_a_code_that_finds_no_place_is_withdrawn(data: Path, old: str, tmp_path: Path) -> None:
    with here(data) as desk:
        kept = recovery_code.keep_in_file(desk, recovery_code.draw(desk, passphrase=PASSPHRASE), tmp_path)
        before = kept.read_bytes()
        new = recovery_code.draw(desk, passphrase=PASSPHRASE)
        with pytest.raises(FileThereError):
            recovery_code.keep_in_file(desk, new, tmp_path)
        assert kept.read_bytes() == before
        assert (opens(data, old), opens(data, new), vault.has_unsettled_code(data)) == (True, False, False)


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
def test_a_kill_at_any_call_of_the_disk_leaves_a_code_that_somebody_holds(data: Path, old: str) -> None:
    """The child dies at the n-th call, before or after it; its paper is what it had told by then."""
    key = vault.unlock(data, passphrase=PASSPHRASE)
    first = (data / vault.FILE).read_bytes()
    ended = {"nothing told": 0, "told": 0, "settled": 0}
    for n in range(200):
        (data / vault.FILE).write_bytes(first)
        told, was_killed = _renewed_until(n, data, key)
        for code in told:
            assert opens(data, code), f"the paper with the new code is worthless at call {n}"
        if not told:
            assert opens(data, old), f"no code is left at call {n}"
        ended["nothing told" if not told else "told" if opens(data, old) else "settled"] += 1
        if not was_killed:
            break
    assert all(ended.values()), ended


def _renewed_until(n: int, data: Path, key: bytes) -> tuple[list[str], bool]:
    paper, write = os.pipe()
    child = os.fork()
    if child == 0:
        calls = [0]

        def counted(call: Callable[..., object]) -> Callable[..., object]:
            def counts(*args: object, **options: object) -> object:
                _die_at(calls, n)
                done = call(*args, **options)
                _die_at(calls, n)
                return done

            return counts

        for name in ("open", "fsync", "replace", "fdopen"):
            setattr(os, name, counted(getattr(os, name)))
        os.write(write, vault.add_recovery_code(data, key).encode())
        vault.settle_recovery_code(data)
        os._exit(0)
    os.close(write)
    _, status = os.waitpid(child, 0)
    told = os.read(paper, 100).decode()
    os.close(paper)
    return [told] if told else [], os.WIFSIGNALED(status)


def _die_at(calls: list[int], n: int) -> None:
    if calls[0] == n:
        os.kill(os.getpid(), signal.SIGKILL)
    calls[0] += 1


# --- from the terminal -----------------------------------------------------------------------------------------------


@pytest.fixture
def terminal(data: Path, tmp_path: Path) -> Terminal:
    secret = tmp_path / "mật khẩu"
    secret.write_text(PASSPHRASE, "utf-8")
    return Terminal(data, {"DESK_PASSPHRASE_FILE": str(secret)})


def test_the_terminal_asks_the_last_group_back_and_keeps_both_codes_without_it(
    terminal: Terminal, data: Path, old: str
) -> None:
    done = terminal.run("recovery-code", stdin=b"ABCDEFGHJ\n")
    new = "-".join(done.out.split("MỚI:\n")[1].split("\n")[:3])
    assert done.code == 1
    assert "chưa khớp" in done.err
    assert "đều mở được" in done.out
    assert (opens(data, old), opens(data, new)) == (True, True)


def test_a_script_takes_the_code_at_once_or_into_a_file_of_its_owner_alone(
    terminal: Terminal, data: Path, old: str, tmp_path: Path
) -> None:
    told = terminal.run("recovery-code", "--yes", "--json").data
    assert (opens(data, old), opens(data, told["recovery_code"])) == (False, True)
    assert (told["path"], told["old_code_opens"]) == (None, False)
    stick = tmp_path / "usb"
    stick.mkdir()
    done = terminal.run("recovery-code", "--yes", "--out", str(stick))
    (file,) = stick.iterdir()
    code = "-".join(line for line in file.read_text("utf-8").split("\n") if len(line) == 9 and line.isupper())
    assert not others_get_in(file)
    assert code not in done.out + done.err
    assert (opens(data, told["recovery_code"]), opens(data, code)) == (False, True)
    refused = terminal.run("recovery-code", "--out", str(stick))
    assert "không ghi đè" in refused.err
    assert opens(data, code)
