"""The system's keyring for the district's keys, told in the district's words when there is none or it keeps silent."""

from __future__ import annotations

from desk_app import keyrings
from desk_app.district.failures import KeyringSilentError, NoKeyKeeperError
from desk_app.errors import KeyStoreLockedError, NoKeyStoreError

_SERVICE = "ban-mot-cua-district"


def keep(name: str, secret: str) -> str:
    """Keep a secret; the keyring's name for people. Raises `NoKeyKeeperError`, `KeyringSilentError`."""
    keyring = _trusted()
    try:
        keyring.put(name, secret)
    except (KeyStoreLockedError, NoKeyStoreError) as error:
        raise KeyringSilentError from error
    return keyring.label


def kept(name: str) -> str:
    """What was kept. Raises `NoKeyKeeperError`, and `KeyringSilentError` where it is locked or has it no more."""
    try:
        secret = _trusted().get(name)
    except (KeyStoreLockedError, NoKeyStoreError) as error:
        raise KeyringSilentError from error
    if secret is None:
        raise KeyringSilentError
    return secret


def _trusted() -> keyrings.TrustedKeyring:
    try:
        return keyrings.trusted(service=_SERVICE)
    except KeyStoreLockedError as error:
        raise KeyringSilentError from error
    except NoKeyStoreError as error:
        raise NoKeyKeeperError from error
