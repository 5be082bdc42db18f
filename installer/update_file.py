"""Makes update files and the keys that sign them.

    python -m installer.update_file new-key --out FILE [--after OLDKEYFILE]
    python -m installer.update_file describe FOLDER --platform linux-amd64
    python -m installer.update_file make FOLDER --platform linux-amd64 --key FILE --news FILE --out DIR

A key of release is a file that only its owner reads, or stands in the machine's key store (`--keyring NAME`); it never
lies in the repository. The same folder, news and key make the same bytes every time. How keys change: docs/updates.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import keyring
import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from desk_app import __version__, foreign_folder, secret_files, typed_values
from desk_app.protocol.update import update_stream
from desk_app.protocol.update.manifest import (
    NOTE,
    PROGRAM,
    Handover,
    PackedFile,
    ProgramNote,
    UpdateManifest,
    are_paths,
    handed_over,
    is_version,
    public_of,
    signed_text,
)
from desk_app.store.database import schema

PLATFORMS = ("linux-amd64", "windows-amd64")
_KEYRING_SERVICE = "ban-mot-cua-release"
_HANDOVERS = "handovers.json"
"""Beside the key: the words of the keys before it, which every update file carries along."""
_PIECE = 1 << 20


def describe(folder: Path, *, platform: str, version: str = __version__, tables: int = schema.VERSION) -> ProgramNote:
    """Write `program.json` into the folder of a version, and say what it says. Raises `ValueError`, `OSError`."""
    if not is_version(version):
        raise ValueError(f"not a version: {version}")
    note = ProgramNote(version=version, platform=platform, schema=tables)
    (folder / NOTE).write_bytes(msgspec.json.format(msgspec.json.encode(note), indent=1) + b"\n")
    return note


def make(
    folder: Path,
    out: Path,
    *,
    key: Ed25519PrivateKey,
    news: str,
    made_on: str,
    handovers: Sequence[Handover] = (),
    level: int = 19,
) -> Path:
    """The update file of a described folder, in `out`. `made_on` is an ISO day. Raises `ValueError`, `OSError`."""
    note = typed_values.from_json((folder / NOTE).read_bytes(), ProgramNote)
    files = tuple(_files(folder))
    if not are_paths(file.path for file in files):
        raise ValueError("a path in the folder is one that some system does not take")
    out.mkdir(parents=True, exist_ok=True)
    whole = out / f"{PROGRAM}-{note.version}-{note.platform}{update_stream.SUFFIX}"
    content = whole.with_name(f".{whole.name}.content")
    digest, size = hashlib.sha256(), 0
    try:
        with content.open("wb") as file:
            for piece in update_stream.packed(_contents(folder, files), level=level):
                digest.update(piece)
                size += len(piece)
                file.write(piece)
        manifest = UpdateManifest(
            program=PROGRAM,
            note=note,
            made_on=made_on,
            news=news.strip(),
            files=files,
            content_size=size,
            content_sha256=digest.hexdigest(),
            key=public_of(key),
            handovers=tuple(handovers),
        )
        told = msgspec.json.encode(manifest)
        head = update_stream.head(told, key.sign(signed_text(told)))

        def pieces() -> Iterator[bytes]:
            yield head
            with content.open("rb") as file:
                while piece := file.read(_PIECE):
                    yield piece

        foreign_folder.write_whole(whole, pieces())
    finally:
        content.unlink(missing_ok=True)
    return whole


def _files(folder: Path) -> Iterator[PackedFile]:
    """Every file in the order of its path, `program.json` last; a link counts as the file it leads to."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    for path in sorted(found, key=lambda path: (path == folder / NOTE, path.relative_to(folder).as_posix())):
        if not path.resolve().is_relative_to(folder.resolve()):
            raise ValueError(f"leads out of the folder: {path}")
        with path.open("rb") as file:
            sha = hashlib.file_digest(file, "sha256").hexdigest()
        told = path.stat()
        yield PackedFile(
            path=path.relative_to(folder).as_posix(),
            size=told.st_size,
            sha256=sha,
            executable=bool(told.st_mode & 0o100),
        )


def _contents(folder: Path, files: Sequence[PackedFile]) -> Iterator[bytes]:
    packed: set[str] = set()
    for each in files:
        if each.sha256 in packed:
            continue
        packed.add(each.sha256)
        with (folder / each.path).open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece


# --- keys ------------------------------------------------------------------------------------------------------------


def new_key(out: Path, *, after: Path | None = None) -> str:
    """A new key of release in a file that only its owner reads; its public part in hex.

    `after` names the file of the key before it: the word for the new one is written beside the new one. Raises
    `FileExistsError`, `OSError`.
    """
    made = Ed25519PrivateKey.generate()
    public = public_of(made)
    foreign_folder.write_new(out, made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    if after is not None:
        words = [*handovers_beside(after), handed_over(key_in(after), public)]
        foreign_folder.write_whole(out.with_name(f"{out.name}.{_HANDOVERS}"), [msgspec.json.encode(words)])
    return public


def key_in(file: Path) -> Ed25519PrivateKey:
    """The key in this PEM file. Raises `ValueError`, `OSError`."""
    return _as_key(secret_files.text(file))


def key_of_keyring(name: str) -> Ed25519PrivateKey:
    """The key that the machine's key store holds under this name, as PEM. Raises `ValueError`."""
    told = keyring.get_password(_KEYRING_SERVICE, name)
    if told is None:
        raise ValueError(f"the key store has no release key {name}")
    return _as_key(told)


def handovers_beside(file: Path) -> list[Handover]:
    """The words of the keys before this one. Raises `msgspec.DecodeError`, `OSError`."""
    beside = file.with_name(f"{file.name}.{_HANDOVERS}")
    return typed_values.from_json(beside.read_bytes(), list[Handover]) if beside.exists() else []


def _as_key(pem: str) -> Ed25519PrivateKey:
    found = load_pem_private_key(pem.encode("ascii"), password=None)
    if not isinstance(found, Ed25519PrivateKey):
        raise TypeError("a release key is an Ed25519 key")
    return found


# --- command ---------------------------------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one of the three commands; what was made goes to stdout as JSON."""
    chosen = _parser().parse_args(arguments)
    if chosen.deed == "new-key":
        told: object = {"key": str(chosen.out), "public": new_key(chosen.out, after=chosen.after)}
    elif chosen.deed == "describe":
        told = msgspec.to_builtins(describe(chosen.folder, platform=chosen.platform))
    else:
        if bool(chosen.key) == bool(chosen.keyring):
            print("name the release key: --key FILE or --keyring NAME", file=sys.stderr)
            return 2
        describe(chosen.folder, platform=chosen.platform)
        made = make(
            chosen.folder,
            chosen.out,
            key=key_in(chosen.key) if chosen.key else key_of_keyring(chosen.keyring),
            news=chosen.news.read_text("utf-8"),
            made_on=chosen.made_on,
            handovers=handovers_beside(chosen.key) if chosen.key else (),
        )
        with made.open("rb") as file:
            sha = hashlib.file_digest(file, "sha256").hexdigest()
        told = {"file": str(made), "size": made.stat().st_size, "sha256": sha}
    print(json.dumps(told))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="installer.update_file")
    deeds = parser.add_subparsers(dest="deed", required=True)
    new = deeds.add_parser("new-key")
    new.add_argument("--out", type=Path, required=True)
    new.add_argument("--after", type=Path)
    described = deeds.add_parser("describe")
    made = deeds.add_parser("make")
    for each in (described, made):
        each.add_argument("folder", type=Path)
        each.add_argument("--platform", choices=PLATFORMS, required=True)
    made.add_argument("--key", type=Path)
    made.add_argument("--keyring")
    made.add_argument("--news", type=Path, required=True)
    made.add_argument("--out", type=Path, required=True)
    made.add_argument("--made-on", default=_day_of_source(), help="ISO day; else SOURCE_DATE_EPOCH, else 1980-01-01")
    return parser


def _day_of_source() -> str:
    from datetime import UTC, datetime  # noqa: PLC0415 - for the command alone

    seconds = int(os.environ.get("SOURCE_DATE_EPOCH", "315532800"))
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


if __name__ == "__main__":
    sys.exit(main())
