"""The key and its slots: every way in, and every way a keyring may fail."""

from __future__ import annotations

import json
import threading
import unicodedata
from contextlib import suppress

import keyring
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backends import chainer, fail, null
from keyring.errors import InitError, KeyringLocked

from desk_app import errors, keyrings
from desk_app.store.keys import vault
from desk_app.store.keys.recovery_code import new_code, plain_code
from tests.kit.machine.readers import others_get_in

PASSPHRASE = "một hai ba, thử nghiệm"


class Kept:
    """A keyring in memory that passes for a trusted one."""

    priority = 5

    def __init__(self):
        self.secrets = {}
        self.failure = None

    def set_password(self, service, username, password):
        if self.failure:
            raise self.failure
        self.secrets[service, username] = password

    def get_password(self, service, username):
        if self.failure:
            raise self.failure
        return self.secrets.get((service, username))

    def delete_password(self, service, username):
        del self.secrets[service, username]


Kept.__module__, Kept.__name__ = "keyring.backends.SecretService", "Keyring"


@pytest.fixture
def no_keyring(monkeypatch):
    monkeypatch.setattr(keyring, "get_keyring", fail.Keyring)


@pytest.fixture
def kept(monkeypatch):
    backend = Kept()
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    return backend


@pytest.mark.usefixtures("no_keyring", "dear_guesses")
def test_a_guess_at_the_passphrase_costs_what_rfc_9106_asks_of_a_small_machine(tmp_path):
    vault.create(tmp_path, passphrase=PASSPHRASE)
    (typed,) = (slot for slot in vault._read(tmp_path).slots if slot.kind == "passphrase")
    assert typed.cost == vault.Cost(passes=3, memory=64 * 1024, lanes=4)


@pytest.mark.usefixtures("no_keyring", "dear_guesses")
def test_without_a_keyring_the_passphrase_and_the_printed_code_open(tmp_path):
    made = vault.create(tmp_path, passphrase=PASSPHRASE)
    assert made.kept_by == vault.kept_by(tmp_path) == ""
    assert vault.slots(tmp_path) == ("passphrase", "recovery")
    assert vault.unlock(tmp_path, passphrase=PASSPHRASE) == made.key
    assert vault.unlock(tmp_path, recovery=made.recovery_code) == made.key
    with pytest.raises(errors.PassphraseNeededError):
        vault.unlock(tmp_path)


@pytest.mark.usefixtures("no_keyring")
def test_a_passphrase_opens_however_its_letters_are_spelled(tmp_path):
    made = vault.create(tmp_path, passphrase=unicodedata.normalize("NFD", PASSPHRASE))
    assert vault.unlock(tmp_path, passphrase=unicodedata.normalize("NFC", PASSPHRASE) + "\r\n") == made.key


@pytest.mark.usefixtures("no_keyring")
def test_what_is_wrong_is_said_to_be_wrong(tmp_path):
    made = vault.create(tmp_path, passphrase=PASSPHRASE)
    with pytest.raises(errors.WrongPassphraseError):
        vault.unlock(tmp_path, passphrase=PASSPHRASE + " ")
    with pytest.raises(errors.EmptyPassphraseError):
        vault.unlock(tmp_path, passphrase="")
    with pytest.raises(errors.WrongRecoveryCodeError):
        vault.unlock(tmp_path, recovery=new_code())
    with pytest.raises(errors.MistypedRecoveryCodeError):
        vault.unlock(tmp_path, recovery=made.recovery_code[:-1])


@pytest.mark.usefixtures("no_keyring")
def test_without_keyring_and_passphrase_no_desk_is_made(tmp_path):
    with pytest.raises(errors.NoKeyStoreError):
        vault.create(tmp_path, passphrase=None)
    assert list(tmp_path.iterdir()) == []


def test_a_keyring_opens_by_itself_and_the_code_when_it_forgets(tmp_path, kept):
    made = vault.create(tmp_path, passphrase=None)
    assert made.kept_by == "Secret Service (GNOME/KDE)"
    assert vault.unlock(tmp_path) == made.key
    with pytest.raises(errors.WrongPassphraseError):
        vault.unlock(tmp_path, passphrase="none was set")
    kept.secrets.clear()
    with pytest.raises(errors.KeyStoreEmptyError):
        vault.unlock(tmp_path)
    assert vault.unlock(tmp_path, recovery=made.recovery_code.lower().replace("-", " ")) == made.key
    assert vault.keep_in_keyring(tmp_path, made.key) == "Secret Service (GNOME/KDE)"
    assert vault.unlock(tmp_path) == made.key


@pytest.mark.parametrize("failure", [KeyringLocked("locked"), InitError("Prompt dismissed")])
def test_a_locked_keyring_is_said_to_be_locked(tmp_path, kept, failure):
    vault.create(tmp_path / ".", passphrase=None)
    kept.failure = failure
    with pytest.raises(errors.KeyStoreLockedError):
        vault.unlock(tmp_path)


def test_a_locked_keyring_does_not_hinder_a_passphrase(tmp_path, kept):
    kept.failure = KeyringLocked("locked")
    with pytest.raises(errors.KeyStoreLockedError):
        vault.create(tmp_path, passphrase=None)
    made = vault.create(tmp_path, passphrase=PASSPHRASE)
    assert vault.slots(tmp_path) == ("passphrase", "recovery")
    assert vault.unlock(tmp_path, passphrase=PASSPHRASE) == made.key


def test_a_keyring_that_never_answers_is_left(kept, monkeypatch):
    release = threading.Event()
    monkeypatch.setattr(keyrings, "_TIMEOUT", 0.05)
    kept.set_password = lambda *_: release.wait(30)
    with pytest.raises(errors.KeyStoreLockedError):
        keyrings.trusted()
    release.set()


class Plaintext(Kept):
    """As keyrings.alt would choose in silence."""


Plaintext.__module__, Plaintext.__name__ = "keyrings.alt.file", "PlaintextKeyring"


class Forgetful(Kept):
    """Says yes and keeps nothing."""

    def set_password(self, *_):
        pass

    def delete_password(self, *_):
        pass


Forgetful.__module__, Forgetful.__name__ = "keyring.backends.SecretService", "Keyring"


@pytest.mark.parametrize("backend", [null.Keyring, fail.Keyring, Plaintext, Forgetful])
def test_a_keyring_that_cannot_be_trusted_gets_no_key(tmp_path, monkeypatch, backend):
    monkeypatch.setattr(keyring, "get_keyring", backend)
    with pytest.raises(errors.NoKeyStoreError):
        vault.create(tmp_path, passphrase=None)
    assert not (tmp_path / vault.FILE).exists()


def test_of_several_keyrings_a_trusted_one_is_taken(monkeypatch):
    several = chainer.ChainerBackend()
    good = Kept()
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [Plaintext(), good])
    monkeypatch.setattr(keyring, "get_keyring", lambda: several)
    keyrings.trusted().put("name", "secret")
    assert good.secrets == {(keyrings.SERVICE, "name"): "secret"}


@pytest.mark.usefixtures("no_keyring")
def test_a_new_passphrase_or_code_replaces_the_old_and_leaves_the_rest(tmp_path):
    made = vault.create(tmp_path, passphrase=PASSPHRASE)
    vault.set_passphrase(tmp_path, made.key, "mật khẩu khác")
    code = vault.new_recovery_code(tmp_path, made.key)
    assert vault.unlock(tmp_path, passphrase="mật khẩu khác") == vault.unlock(tmp_path, recovery=code) == made.key
    with pytest.raises(errors.WrongPassphraseError):
        vault.unlock(tmp_path, passphrase=PASSPHRASE)
    with pytest.raises(errors.WrongRecoveryCodeError):
        vault.unlock(tmp_path, recovery=made.recovery_code)


@pytest.mark.usefixtures("no_keyring")
def test_the_file_tells_neither_key_nor_secrets_and_knows_its_key(tmp_path):
    made = vault.create(tmp_path, passphrase=PASSPHRASE)
    told = (tmp_path / vault.FILE).read_text(encoding="utf-8")
    assert not any(secret in told for secret in (made.key.hex(), PASSPHRASE, made.recovery_code))
    assert not others_get_in(tmp_path / vault.FILE)
    assert vault.fits(tmp_path, made.key)
    assert not vault.fits(tmp_path, bytes(32))


@pytest.mark.usefixtures("no_keyring")
def test_a_slot_of_another_vault_does_not_open_this_one(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        vault.create(tmp_path / name, passphrase=PASSPHRASE)
    one, two = (json.loads((tmp_path / name / vault.FILE).read_text()) for name in ("one", "two"))
    (tmp_path / "one" / vault.FILE).write_text(json.dumps(one | {"slots": two["slots"]}))
    with pytest.raises(errors.WrongPassphraseError):
        vault.unlock(tmp_path / "one", passphrase=PASSPHRASE)


@pytest.mark.usefixtures("no_keyring")
def test_what_is_missing_or_broken_is_told_apart(tmp_path):
    with pytest.raises(errors.DataFolderMissingError):
        vault.unlock(tmp_path / "none")
    with pytest.raises(errors.NoDeskError):
        vault.unlock(tmp_path)
    vault.create(tmp_path, passphrase=PASSPHRASE)
    with pytest.raises(errors.DeskExistsError):
        vault.create(tmp_path, passphrase=PASSPHRASE)
    (tmp_path / vault.FILE).write_text('{"slots": [')
    with pytest.raises(errors.DamagedVaultError):
        vault.unlock(tmp_path, passphrase=PASSPHRASE)
    (tmp_path / vault.FILE).unlink()
    (tmp_path / "desk.db").touch()
    with pytest.raises(errors.DamagedVaultError):
        vault.unlock(tmp_path, passphrase=PASSPHRASE)


ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXY"


def with_check(drawn):
    """The one code that begins so."""
    right = []
    for mark in ALPHABET:
        with suppress(errors.MistypedRecoveryCodeError):
            right.append(plain_code(drawn + mark))
    (code,) = right
    return code


CODES = st.text(alphabet=ALPHABET, min_size=26, max_size=26).map(with_check)


@given(code=CODES, place=st.integers(0, 26), mark=st.sampled_from(ALPHABET))
def test_one_wrong_letter_in_the_code_shows(code, place, mark):
    wrong = code[:place] + mark + code[place + 1 :]
    if wrong == code:
        assert plain_code(wrong) == code
    else:
        with pytest.raises(errors.MistypedRecoveryCodeError):
            plain_code(wrong)


@given(code=CODES, place=st.integers(0, 24))
def test_two_swapped_letters_in_the_code_show(code, place):
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped != code:
        with pytest.raises(errors.MistypedRecoveryCodeError):
            plain_code(swapped)


def test_look_alikes_in_the_code_are_one_letter():
    code = with_check("01" * 13)
    assert plain_code("Oi" * 6 + " - " + "oL" * 7 + code[-1].lower()) == code


def test_new_codes_are_right_and_never_the_same():
    codes = [new_code() for _ in range(50)]
    assert len({plain_code(code) for code in codes}) == 50
