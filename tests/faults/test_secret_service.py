"""The key in a real Secret Service: gnome-keyring in a session bus of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.secret_service,
    pytest.mark.skipif(
        not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
        reason="no gnome-keyring here",
    ),
]
ROOT = Path(__file__).parents[2]


def in_session(home: Path, script: str, *, unlock: str | None = "mật khẩu phiên") -> str:
    """Run Python in a fresh session; `unlock` opens the login keyring first, None starts it locked."""
    start = (
        'printf %s "$UNLOCK" | gnome-keyring-daemon --unlock --components=secrets >/dev/null'
        if unlock is not None
        else "gnome-keyring-daemon --start --components=secrets >/dev/null"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home),
        "PYTHONPATH": str(ROOT),
        "UNLOCK": unlock or "",
        "LANG": "C.UTF-8",
    }
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", f'{start}; exec "$0" -c "$1"', sys.executable, textwrap.dedent(script)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def home(tmp_path):
    (tmp_path / "desk").mkdir()
    return tmp_path


CREATE = """
    from pathlib import Path
    from desk_app.store.keys import vault
    made = vault.create(Path.home() / "desk", passphrase=None)
    print(made.kept_by, made.key.hex(), made.recovery_code, sep="|")
"""
UNLOCK = """
    from pathlib import Path
    from desk_app.errors import DeskError
    from desk_app.store.keys import vault
    try:
        print(vault.unlock(Path.home() / "desk").hex())
    except DeskError as error:
        print(type(error).__name__)
"""


def test_the_key_survives_into_a_new_session_and_the_code_opens_when_it_is_locked(home):
    kept_by, key, code = in_session(home, CREATE).split("|")
    assert kept_by == "Secret Service (GNOME/KDE)"
    assert in_session(home, UNLOCK) == key
    assert in_session(home, UNLOCK, unlock=None) == "KeyStoreLockedError"
    assert in_session(home, UNLOCK, unlock="một mật khẩu khác") == "KeyStoreLockedError"
    by_code = UNLOCK.replace('"desk")', f'"desk", recovery="{code}")')
    assert in_session(home, by_code, unlock=None) == key


def test_an_entry_taken_out_of_the_keyring_is_said_to_be_gone(home):
    in_session(home, CREATE)
    forget = """
        import json
        from pathlib import Path
        from desk_app import keyrings
        keyrings.trusted().forget(json.loads((Path.home() / "desk/vault.json").read_text())["id"])
    """
    in_session(home, forget)
    assert in_session(home, UNLOCK) == "KeyStoreEmptyError"


def test_a_backend_that_keeps_nothing_is_not_trusted_even_when_the_system_asks_for_it(home):
    script = """
        import os
        os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
        from pathlib import Path
        from desk_app.errors import NoKeyStoreError
        from desk_app.store.keys import vault
        try:
            vault.create(Path.home() / "desk", passphrase=None)
        except NoKeyStoreError:
            print("refused")
    """
    assert in_session(home, script) == "refused"
