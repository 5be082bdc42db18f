from __future__ import annotations

import json
from pathlib import Path

import keyring
import keyring.errors
import pytest

from desk_app.district.failures import (
    DamagedSettingsError,
    KeyringSilentError,
    KeysLockedError,
    NoDistrictFolderError,
    NoKeyKeeperError,
    RootFileError,
    WrongDistrictPassphraseError,
)
from desk_app.district.keys import keyfile, rootfile
from desk_app.district.keys.identity import storage_key
from desk_app.protocol.keys import Keys, certificate_of
from tests.kit.machine.readers import others_get_in

WORDS = "mật khẩu của cấp trên"


@pytest.fixture
def made(tmp_path: Path) -> keyfile.NewKeys:
    return keyfile.create(tmp_path, name="UBND", at=1, passphrase=WORDS)


def test_the_passphrase_opens_the_keys_in_either_spelling(tmp_path: Path, made: keyfile.NewKeys) -> None:
    import unicodedata

    for words in (WORDS, unicodedata.normalize("NFD", WORDS)):
        opened = keyfile.unlock(tmp_path, passphrase=words)
        assert opened.keys.kid == made.opened.keys.kid
        assert certificate_of(opened.certificate, opened.root).keys == opened.keys.public.dump()


def test_nothing_but_the_passphrase_or_the_root_opens_them(tmp_path: Path, made: keyfile.NewKeys) -> None:
    with pytest.raises(WrongDistrictPassphraseError):
        keyfile.unlock(tmp_path, passphrase="đoán")
    with pytest.raises(KeysLockedError):
        keyfile.unlock(tmp_path)
    with pytest.raises(RootFileError):
        keyfile.unlock(tmp_path, root=Keys.new())
    assert keyfile.unlock(tmp_path, root=made.root).keys.kid == made.opened.keys.kid


def test_the_file_holds_no_secret_in_the_clear_and_is_its_owners(tmp_path: Path, made: keyfile.NewKeys) -> None:
    import base64

    text = (tmp_path / keyfile.FILE).read_bytes()
    for secret in (made.opened.keys.dump(), made.root.dump()):
        for half in (secret[:32], secret[32:]):
            assert half not in text
            assert half.hex().encode() not in text
            assert base64.b64encode(half)[:40] not in text
    assert not others_get_in(tmp_path / keyfile.FILE)


def test_the_root_file_says_the_root_and_what_to_do_with_it(tmp_path: Path, made: keyfile.NewKeys) -> None:
    file = tmp_path / rootfile.name_for(made.root.public)
    rootfile.write(file, made.root, name="UBND tỉnh", fingerprint="ab cd")
    assert rootfile.read(file).dump() == made.root.dump()
    assert "cất ở hai nơi" in file.read_text("utf-8")
    assert not others_get_in(file)


@pytest.mark.parametrize("text", ["", "khóa", "CX1-ROOT:" + "A" * 40])
def test_another_file_is_no_root_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    with pytest.raises(RootFileError):
        rootfile.read(tmp_path / "x.txt")


def test_a_new_passphrase_asks_for_nothing_to_be_encrypted_anew(tmp_path: Path, made: keyfile.NewKeys) -> None:
    before = made.opened.storage_key
    keyfile.keep(tmp_path, made.opened, passphrase="mới")
    for opened in (keyfile.unlock(tmp_path, passphrase="mới"), keyfile.unlock(tmp_path, root=made.root)):
        assert opened.storage_key == before
    assert len(before) == 32
    assert before not in made.opened.keys.dump()
    assert before != storage_key(Keys.new())


def test_a_new_passphrase_replaces_the_old_and_leaves_the_root(tmp_path: Path, made: keyfile.NewKeys) -> None:
    keyfile.keep(tmp_path, made.opened, passphrase="mới")
    with pytest.raises(WrongDistrictPassphraseError):
        keyfile.unlock(tmp_path, passphrase=WORDS)
    assert keyfile.unlock(tmp_path, passphrase="mới").keys.kid == made.opened.keys.kid
    assert keyfile.unlock(tmp_path, root=made.root).keys.kid == made.opened.keys.kid


def test_a_certificate_that_another_root_signed_is_damage(tmp_path: Path, made: keyfile.NewKeys) -> None:
    file = tmp_path / keyfile.FILE
    told = json.loads(file.read_text())
    told["root"] = Keys.new().public.dump().hex()
    file.write_text(json.dumps(told))
    with pytest.raises(DamagedSettingsError):
        keyfile.unlock(tmp_path, passphrase=WORDS)


def test_a_folder_without_keys_and_a_broken_file_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(NoDistrictFolderError):
        keyfile.unlock(tmp_path)
    (tmp_path / keyfile.FILE).write_text("{")
    with pytest.raises(DamagedSettingsError):
        keyfile.unlock(tmp_path)


# --- the system's keyring -----------------------------------------------------------------


class Keyring:
    """Passes for a backend that is trusted; `forgets` for one that says yes and keeps nothing."""

    forgets = False

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, name: str, secret: str) -> None:
        if not self.forgets:
            self.kept[service, name] = secret

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get((service, name))

    def delete_password(self, service: str, name: str) -> None:
        self.kept.pop((service, name), None)


Keyring.__module__ = "keyring.backends.SecretService"


def test_a_trusted_keyring_keeps_the_keys_and_no_probe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backend = Keyring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    made = keyfile.create(tmp_path, name="UBND", at=1, passphrase=None)
    assert made.kept_by.startswith("Secret Service")
    assert keyfile.unlock(tmp_path).keys.kid == made.opened.keys.kid
    assert [name for _, name in backend.kept] == [made.opened.keys.kid.hex()]
    backend.kept.clear()
    with pytest.raises(KeyringSilentError):
        keyfile.unlock(tmp_path)
    assert keyfile.unlock(tmp_path, root=made.root).keys.kid == made.opened.keys.kid


def test_a_keyring_that_keeps_nothing_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backend = Keyring()
    backend.forgets = True
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    with pytest.raises(NoKeyKeeperError):
        keyfile.create(tmp_path, name="UBND", at=1, passphrase=None)
    assert list(tmp_path.iterdir()) == []


def test_a_locked_keyring_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backend = Keyring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    keyfile.create(tmp_path, name="UBND", at=1, passphrase=None)

    def locked(service: str, name: str) -> str:
        raise keyring.errors.KeyringLocked

    monkeypatch.setattr(backend, "get_password", locked)
    with pytest.raises(KeyringSilentError):
        keyfile.unlock(tmp_path)


def test_without_a_keyring_a_passphrase_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(NoKeyKeeperError):
        keyfile.create(tmp_path, name="UBND", at=1, passphrase=None)
