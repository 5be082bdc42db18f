"""The system's keyring, when it is one that can be trusted with a key. Refuses null, plain-text and prompting ones."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

from desk_app.errors import KeyStoreLockedError, NoKeyStoreError
from desk_app.lazy import lazy

if TYPE_CHECKING:
    import keyring
    from keyring import errors
    from keyring.backends import chainer
else:
    keyring = lazy("keyring")
    errors = lazy("keyring.errors")
    chainer = lazy("keyring.backends.chainer")

SERVICE = "ban-mot-cua"
_TIMEOUT = 20.0

# `keyring` picks by priority, and some backends "succeed" without keeping anything, or keep it in a plain file.
_TRUSTED = {
    ("keyring.backends.Windows", "WinVaultKeyring"): "Windows Credential Manager",
    ("keyring.backends.macOS", "Keyring"): "macOS Keychain",
    ("keyring.backends.SecretService", "Keyring"): "Secret Service (GNOME/KDE)",
    ("keyring.backends.libsecret", "Keyring"): "libsecret",
    ("keyring.backends.kwallet", "DBusKeyring"): "KWallet",
}
Answer = TypeVar("Answer")


class Backend(Protocol):
    """What we use of a `keyring` backend."""

    def set_password(self, service: str, username: str, password: str) -> None: ...
    def get_password(self, service: str, username: str) -> str | None: ...
    def delete_password(self, service: str, username: str) -> None: ...


class TrustedKeyring:
    """A keyring that gave back what it was given. Raises `KeyStoreLockedError` when it stops answering."""

    def __init__(self, backend: Backend, label: str, *, service: str = SERVICE) -> None:
        self._backend = backend
        self.label = label
        self._service = service

    def put(self, name: str, secret: str) -> None:
        _answered(lambda: self._backend.set_password(self._service, name, secret))

    def get(self, name: str) -> str | None:
        return _answered(lambda: self._backend.get_password(self._service, name))

    def forget(self, name: str) -> None:
        _answered(lambda: self._backend.delete_password(self._service, name))


def trusted(*, service: str = SERVICE) -> TrustedKeyring:
    """The system's keyring after an honest round trip; `service` parts our programs from each other in it.

    Raises `NoKeyStoreError`, `KeyStoreLockedError`.
    """
    chosen = _answered(keyring.get_keyring)
    candidates = list(chosen.backends) if isinstance(chosen, chainer.ChainerBackend) else [chosen]
    for candidate in candidates:
        kind = (type(candidate).__module__, type(candidate).__name__)
        if kind not in _TRUSTED:
            continue
        if kind[1] == "WinVaultKeyring":
            setattr(candidate, "persist", "local machine")  # noqa: B010 - only this backend has it; the default roams to other machines of a domain
        found = TrustedKeyring(candidate, _TRUSTED[kind], service=service)
        probe, name = secrets.token_hex(8), f"probe-{secrets.token_hex(4)}"
        found.put(name, probe)
        kept = found.get(name)
        found.forget(name)
        if kept == probe:
            return found
        raise NoKeyStoreError(why=f"{found.label} không giữ được khóa thử")
    raise NoKeyStoreError(why=type(chosen).__module__.rpartition(".")[2])


def _answered(ask: Callable[[], Answer]) -> Answer:
    """What the keyring says; it may wait for a prompt nobody sees, so it is asked in a thread that can be left."""
    answers: list[Answer] = []
    failures: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(ask())
        except BaseException as error:  # noqa: BLE001 - handed over to the waiting thread below
            failures.append(error)

    thread = threading.Thread(target=run, name="keyring", daemon=True)
    thread.start()
    thread.join(_TIMEOUT)
    if answers:
        return answers[0]
    if not failures or isinstance(failures[0], errors.KeyringError):
        raise KeyStoreLockedError from (failures[0] if failures else None)
    # Backends let errors of D-Bus and of the system through as they are; none of them is the clerk's doing.
    raise NoKeyStoreError(why=type(failures[0]).__name__) from failures[0]
