import shutil
from pathlib import Path

import pytest

from tests.kit.desk.desks import PASSPHRASE, cheapen
from tests.kit.desk.terminal import SECRET_CARD, Terminal


@pytest.fixture(scope="session")
def passphrase_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("secret") / "mật khẩu.txt"
    file.write_text(f"{PASSPHRASE}\n", "utf-8")
    return file


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Terminal:
    """A desk made by `init` with one dossier received by `receive`; copied, never changed."""
    data = tmp_path_factory.mktemp("made") / "dữ liệu"
    terminal = Terminal(data, {"DESK_PASSPHRASE_FILE": str(passphrase_file)})
    terminal.ask("init", "--unit", "H26.99", "--commune", "xã Thử Nghiệm", "--province", "tỉnh Sơn La", "--desk", "2")
    cheapen(data)
    terminal.ask("receive", "--scan", SECRET_CARD, "--procedure", "1.004873")
    return terminal


@pytest.fixture
def terminal(made: Terminal, tmp_path: Path) -> Terminal:
    """A desk of its own, which holds one dossier."""
    shutil.copytree(made.data, tmp_path / "desk")
    return Terminal(tmp_path / "desk", dict(made.variables))
