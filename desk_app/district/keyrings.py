"""The system's keyring for the district's keys, when it is one that truly keeps them; none that forgets or leaks."""

from __future__ import annotations

import secrets

from desk_app.district.failures import KeyringSilentError, NoKeyKeeperError

_SERVICE = "ban-mot-cua-district"
# `keyring` picks by priority, and some backends "succeed" without keeping anything, or keep it in a plain file.
_TRUSTED = {
    ("keyring.backends.Windows", "WinVaultKeyring"): "Windows Credential Manager",
    ("keyring.backends.macOS", "Keyring"): "macOS Keychain",
    ("keyring.backends.SecretService", "Keyring"): "Secret Service (GNOME/KDE)",
    ("keyring.backends.libsecret", "Keyring"): "libsecret",
    ("keyring.backends.kwallet", "DBusKeyring"): "KWallet",
}


class TrustedKeyring:
    """A keyring that gave back what it was given."""

    def __init__(self) -> None:
        import keyring  # noqa: PLC0415 - 170 ms, and a district with a passphrase needs none
        from keyring.backends import chainer  # noqa: PLC0415 - as above
        from keyring.errors import KeyringError  # noqa: PLC0415 - as above

        chosen = keyring.get_keyring()
        candidates = list(chosen.backends) if isinstance(chosen, chainer.ChainerBackend) else [chosen]
        known = [each for each in candidates if (type(each).__module__, type(each).__name__) in _TRUSTED]
        if not known:
            raise NoKeyKeeperError
        self._backend = known[0]
        self._failures = KeyringError
        if type(self._backend).__name__ == "WinVaultKeyring":
            setattr(self._backend, "persist", "local machine")  # noqa: B010 - only this backend has it; the default roams to other machines of a domain
        self.label = _TRUSTED[type(self._backend).__module__, type(self._backend).__name__]

    def put(self, name: str, secret: str) -> None:
        """Keep a secret, proved by a round trip. Raises `KeyringSilentError`, `NoKeyKeeperError`."""
        probe = f"probe-{secrets.token_hex(4)}"
        try:
            self._backend.set_password(_SERVICE, probe, probe)
            is_honest = self._backend.get_password(_SERVICE, probe) == probe
            self._backend.delete_password(_SERVICE, probe)
            if not is_honest:
                raise NoKeyKeeperError
            self._backend.set_password(_SERVICE, name, secret)
        except self._failures as error:
            raise KeyringSilentError from error

    def get(self, name: str) -> str:
        """Raises `KeyringSilentError` where it is locked or has it no more."""
        try:
            secret = self._backend.get_password(_SERVICE, name)
        except self._failures as error:
            raise KeyringSilentError from error
        if secret is None:
            raise KeyringSilentError
        return str(secret)
