"""The root key as a file to be put away: readable text with the secret in one line. Nothing else ever holds it."""

from __future__ import annotations

import base64
import binascii
import re
from pathlib import Path

from desk_app import foreign_folder
from desk_app.district.failures import RootFileError
from desk_app.district.keys import durable_files
from desk_app.errors import system_failures
from desk_app.protocol.keys import Keys, PublicKeys

_TEXT = """\
KHÓA GỐC CỦA {name}
Dấu vân tay: {fingerprint}

Chép tệp này sang hai USB, cất ở hai nơi có khóa, rồi xóa khỏi máy chủ.
Ai có tệp này thì giả được cấp trên. Mất nó thì vẫn chạy bình thường, nhưng khi mất cả mật khẩu
hoặc máy chủ thì mọi quầy phải ghép lại.

{secret}
"""
_SECRET = re.compile(r"CX1-ROOT:([A-Za-z0-9+/]{86}==)")


PATTERN = "khoa-goc-*.txt"


def name_for(root: PublicKeys) -> str:
    """What the file is called."""
    return f"khoa-goc-{root.kid.hex()}.txt"


def write(path: Path, root: Keys, *, name: str, fingerprint: str) -> None:
    """Raises `FolderRefusedError`."""
    secret = "CX1-ROOT:" + base64.b64encode(root.dump()).decode()
    durable_files.write(path, _TEXT.format(name=name.upper(), fingerprint=fingerprint, secret=secret).encode())


def read(path: Path) -> Keys:
    """The root's keys. Raises `RootFileError`."""
    try:
        with system_failures(path):
            found = _SECRET.search(foreign_folder.text(path))
        if found is None:
            raise RootFileError(file=path.name)
        return Keys.load(base64.b64decode(found[1]))
    except (UnicodeDecodeError, binascii.Error, ValueError) as error:
        raise RootFileError(file=path.name) from error
