"""The district's data folder as a whole: made once by `create`, opened by every command, held by the server alone."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from msgspec.structs import replace

from desk_app.district.admin import settings
from desk_app.district.admin.settings import DistrictSettings
from desk_app.district.district import District
from desk_app.district.failures import (
    BadAddressError,
    DistrictExistsError,
    FolderRefusedError,
    OtherDistrictsDatabaseError,
    ServerRunsError,
)
from desk_app.district.keys import durable_files, keyfile, rootfile, tls
from desk_app.district.keys.identity import ROOT, Identity
from desk_app.district.keys.keyfile import Opened
from desk_app.district.storage import Storage, meta, open_storage
from desk_app.domain import passwords
from desk_app.errors import NetworkFolderError, of_system
from desk_app.own_files import held_lock, owner_only
from desk_app.password_rules import password_rules
from desk_app.protocol.keys import DistrictCard, Keys, signed_tls

_LOCK = "serve.lock"
_LOCKED = os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictOffice:
    """An opened district: its folder, what its settings say, and the district at work."""

    folder: Path
    settings: DistrictSettings
    district: District


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDistrict:
    """What `create` made: `kept_by` the keyring, "" for a passphrase; `root_file` is to be put away."""

    identity: Identity
    root_file: Path
    kept_by: str


def create(
    folder: Path, chosen: DistrictSettings, *, passphrase: str | None, root_file: Path | None, clock: Callable[[], int]
) -> NewDistrict:
    """Make keys, certificate, tables and settings; the settings last, so that half a folder opens as none.

    Raises `DistrictExistsError`, `FolderRefusedError`, `NoKeyKeeperError`, `BadAddressError`,
    `WeakPasswordError`, and what a storage says.
    """
    host = checked_host(chosen.url)
    if passphrase is not None:
        passwords.refuse_weak(passphrase, password_rules(), known=(chosen.name,))
    if (folder / settings.FILE).exists():
        raise DistrictExistsError(folder=folder)
    durable_files.make_private_folder(folder)
    made = keyfile.create(folder, name=chosen.name, at=clock(), passphrase=passphrase)
    storage = open_storage(chosen.storage_url(folder), made.opened.storage_key)
    try:
        with storage.reading() as session:
            if meta.get(session, ROOT) is not None:
                raise OtherDistrictsDatabaseError
        if chosen.speaks_tls:
            tls.write(folder, host)
        identity = _identity(folder, chosen, made.opened)
        away = root_file or folder / rootfile.name_for(made.root.public)
        rootfile.write(away, made.root, name=chosen.name, fingerprint=identity.fingerprint)
        with storage.writing() as session:
            meta.put(session, ROOT, identity.card.root)
    finally:
        storage.close()
    settings.write(folder, chosen)
    return NewDistrict(identity=identity, root_file=away, kept_by=made.kept_by)


@contextmanager
def opened(
    folder: Path, *, passphrase: str | None, root: Keys | None = None, database: str = "", clock: Callable[[], int]
) -> Iterator[DistrictOffice]:
    """The district of this folder; `database` where it is not the one of the settings.

    Raises what `keyfile.unlock`, `settings.read` and `open_storage` raise.
    """
    chosen = settings.read(folder)
    if database:
        chosen = replace(chosen, database=database)
    keys = keyfile.unlock(folder, passphrase=passphrase, root=root)
    storage = open_storage(chosen.storage_url(folder), keys.storage_key)
    try:
        identity = _identity(folder, chosen, keys)
        _check_owner(storage, identity)
        yield DistrictOffice(folder=folder, settings=chosen, district=District(storage, identity, clock=clock))
    finally:
        storage.close()


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Nobody else serves or restores this folder meanwhile. Raises `ServerRunsError`, `NetworkFolderError`."""
    try:
        file = os.fdopen(owner_only.open_file(folder / _LOCK, _LOCKED), "wb")
    except OSError as error:
        raise FolderRefusedError(of_system(error, folder), folder=folder) from error
    with file:
        try:
            held_lock.take(file.fileno())
        except OSError as error:
            if not held_lock.is_taken(error):
                raise NetworkFolderError(folder=folder) from error
            raise ServerRunsError(folder=folder) from error
        yield


def checked_host(url: str) -> str:
    """The host that desks call. Raises `BadAddressError`."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise BadAddressError(url=url) from error
    if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment or parts.username:
        raise BadAddressError(url=url)
    return host


def likely_host() -> str:
    """The address by which other machines of the network probably see this one; sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # RFC 5737: nobody's; only the route is looked up
        except OSError:
            return socket.gethostname()
        return str(probe.getsockname()[0])


def _identity(folder: Path, chosen: DistrictSettings, keys: Opened) -> Identity:
    certificate = folder / tls.CERTIFICATE
    pem = certificate.read_text("ascii") if chosen.speaks_tls and certificate.is_file() else ""
    root = keys.root.dump()
    card = DistrictCard(
        url=chosen.url,
        root=root,
        certificate=keys.certificate,
        tls=pem,
        name=chosen.name,
        tls_word=signed_tls(keys.keys, root, pem),
    )
    return Identity(keys.keys, card)


def _check_owner(storage: Storage, identity: Identity) -> None:
    with storage.reading() as session:
        owner = meta.get(session, ROOT)
    if owner is None:
        with storage.writing() as session:
            meta.put(session, ROOT, identity.card.root)
    elif owner != identity.card.root:
        raise OtherDistrictsDatabaseError
