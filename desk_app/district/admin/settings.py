"""The district's data folder and district.toml, which a person may edit: name, address, where to listen, database."""

from __future__ import annotations

import ipaddress
import json
import os
import tomllib
from datetime import time
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import platformdirs
from msgspec import Struct

from desk_app import typed_values
from desk_app.district.failures import DamagedSettingsError, DatabasePasswordError, NoDistrictFolderError
from desk_app.district.keys import durable_files
from desk_app.errors import of_system

FILE = "district.toml"
DATABASE = "district.db"
PORT = 8443

_TEXT = """\
# Cấp trên của các quầy một cửa. Sửa xong thì chạy lại desk-district serve.
# url là địa chỉ các quầy gọi tới; đổi nó thì quầy đang dùng phải được chỉ địa chỉ mới.

name = {name}
url = {url}
host = {host}
port = {port}

# true: có máy chủ phía trước (nginx…) lo TLS bằng chứng thư công cộng; chương trình chỉ nghe HTTP.
behind_proxy = {behind_proxy}
# Địa chỉ của máy chủ phía trước (nhiều địa chỉ thì cách nhau dấu phẩy): chỉ tin lời nó về người gọi (X-Forwarded-For).
proxy = {proxy}

# Để trống: dùng tệp {file} trong thư mục này. PostgreSQL: "postgresql://máy/tên" (mật khẩu để trong ~/.pgpass).
database = {database}

# Máy chủ tự sao lưu vào thư mục này mỗi ngày (để trống: không tự sao lưu). Nên là ổ khác hoặc máy khác.
# Tệp đã mã hóa: khôi phục cần mật khẩu hoặc tệp khóa gốc. Giữ bản mới nhất của từng ngày và từng tuần, đủ số dưới đây.
backup_folder = {backup_folder}
backup_at = {backup_at}
backup_days = {backup_days}
backup_weeks = {backup_weeks}
"""


class DistrictSettings(Struct, frozen=True, kw_only=True):
    """`database` "" is the file in the data folder; `host` and `port` where the server listens.

    `behind_proxy` where another program in front speaks TLS with a public authority's certificate; `proxy` are its
    addresses. Into `backup_folder` the server makes a copy each day at `backup_at` (Vietnam's time, "21:30") and keeps
    the newest of so many days and weeks; "" for none.
    """

    name: str
    url: str
    host: str = "0.0.0.0"  # noqa: S104 - desks call from other machines
    port: int = PORT
    behind_proxy: bool = False
    proxy: str = "127.0.0.1"
    database: str = ""
    backup_folder: str = ""
    backup_at: str = "21:30"
    backup_days: int = 7
    backup_weeks: int = 8

    @property
    def backup_time(self) -> tuple[int, int]:
        """Hour and minute of `backup_at`. Raises `ValueError` where it is no time of day."""
        told = time.fromisoformat(self.backup_at)
        return told.hour, told.minute

    @property
    def speaks_tls(self) -> bool:
        """Whether the server itself speaks TLS, with its own pinned certificate."""
        return self.url.startswith("https:") and not self.behind_proxy

    def storage_url(self, folder: Path) -> str:
        """What `open_storage` takes."""
        return self.database or str(folder / DATABASE)


def data_folder(chosen: str | None) -> Path:
    """`--data`, else DISTRICT_DATA, else the platform's user-data folder."""
    named = chosen or os.environ.get("DISTRICT_DATA")
    return Path(named) if named else Path(platformdirs.user_data_dir("ban-mot-cua-cap-tren", appauthor=False))


def read(folder: Path) -> DistrictSettings:
    """Raises `NoDistrictFolderError`, `DamagedSettingsError`."""
    try:
        return told((folder / FILE).read_bytes())
    except FileNotFoundError as error:
        raise NoDistrictFolderError(folder=folder) from error
    except OSError as error:
        raise of_system(error, folder / FILE) from error


def told(text: bytes) -> DistrictSettings:
    """What the file says. Raises `DamagedSettingsError`; also for a `proxy` that is no address, such as "*"."""
    try:
        found = typed_values.converted(tomllib.loads(text.decode()), DistrictSettings)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DamagedSettingsError(file=FILE, why="không đúng cú pháp TOML") from error
    except msgspec.ValidationError as error:
        raise DamagedSettingsError(file=FILE, why="thiếu name, url hoặc sai kiểu giá trị") from error
    try:
        _ = found.backup_time
    except ValueError as error:
        raise DamagedSettingsError(file=FILE, why="backup_at không phải giờ như 21:30") from error
    if found.backup_days < 1 or found.backup_weeks < 0:
        raise DamagedSettingsError(file=FILE, why="backup_days ít nhất là 1, backup_weeks ít nhất là 0")
    if not all(map(_is_proxy, filter(None, map(str.strip, found.proxy.split(","))))):
        raise DamagedSettingsError(file=FILE, why="proxy phải là địa chỉ IP của máy chủ phía trước")
    return found


def _is_proxy(address: str) -> bool:
    """Whether this is an address or a network, and not every one there is: then each caller could name himself."""
    try:
        return ipaddress.ip_network(address).prefixlen > 0
    except ValueError:
        return False


def write(folder: Path, settings: DistrictSettings) -> None:
    """Raises `FolderRefusedError`."""
    durable_files.write(folder / FILE, text(settings))


def text(settings: DistrictSettings) -> bytes:
    """The file that says so."""
    # a JSON string is a TOML basic string, but for DEL, which JSON leaves bare
    told = {
        key: json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
        for key, value in msgspec.structs.asdict(settings).items()
    }
    return _TEXT.format(**told, file=DATABASE).encode()


def checked_database(url: str) -> str:
    """The address, when it carries no password: other users of the machine see what a command line says."""
    if urlsplit(url).password or "password=" in url:
        raise DatabasePasswordError
    return url
