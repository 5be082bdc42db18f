"""init and serve: from nothing to a district that desks can call."""

from __future__ import annotations

import argparse
import json
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from desk_app.district.admin import backup_keeper, folder, settings
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.admin.settings import DistrictSettings
from desk_app.district.cli.opening import clock, data_folder, named_database, opened, passphrase
from desk_app.district.failures import DamagedSettingsError, PortTakenError
from desk_app.district.keys import tls
from desk_app.domain.text import nfc
from desk_app.lazy import lazy
from desk_app.terminal import Answer

if TYPE_CHECKING:
    from desk_app.district import pages
    from desk_app.district.intake import enrolment
    from desk_app.district.transport import http_app, server, update_routes
else:
    http_app = lazy("desk_app.district.transport.http_app")
    enrolment = lazy("desk_app.district.intake.enrolment")
    pages = lazy("desk_app.district.pages")
    server = lazy("desk_app.district.transport.server")
    update_routes = lazy("desk_app.district.transport.update_routes")


def init(chosen: argparse.Namespace) -> Answer:
    data = data_folder(chosen)
    port = settings.PORT if chosen.port is None else chosen.port
    url = (chosen.url or f"https://{folder.likely_host()}:{port}").rstrip("/")
    wanted = DistrictSettings(
        name=nfc(chosen.name),
        url=url,
        host=chosen.host or "0.0.0.0",  # noqa: S104 - desks call from other machines
        port=port,
        behind_proxy=chosen.behind_proxy,
        database=named_database(chosen),
    )
    away = Path(chosen.root_file) if chosen.root_file else None
    made = folder.create(data, wanted, passphrase=passphrase(chosen), root_file=away, clock=clock)
    kept = f"Khóa được giữ bởi: {made.kept_by}." if made.kept_by else "Mỗi lần chạy cần tệp mật khẩu."
    told = "" if chosen.data is None else f" --data {data}"
    return Answer(
        {
            "data": str(data),
            "url": url,
            "fingerprint": made.identity.fingerprint,
            "root_file": str(made.root_file),
            "kept_by": made.kept_by,
        },
        (
            f"Đã tạo cấp trên «{wanted.name}» tại {data}.",
            f"Các quầy sẽ gọi tới {url} (đổi được trong {data / settings.FILE}).",
            kept,
            "",
            "Việc cần làm tiếp:",
            f" 1. CẤT KHÓA GỐC: chép {made.root_file} sang hai USB, cất hai nơi có khóa, rồi xóa khỏi máy này.",
            f" 2. Chạy máy chủ: desk-district serve{told}",
            f" 3. Ghép từng quầy: desk-district enrol{told} --unit MÃ_XÃ --commune TÊN_XÃ --desk SỐ",
            f" 4. Tạo người xem trang: desk-district users add{told} TÊN",
            f" 5. Sao lưu mỗi ngày: ghi backup_folder (ở ổ khác) trong {data / settings.FILE} trước khi chạy máy chủ,",
            f"    hoặc tự chạy desk-district backup{told} TỆP rồi cất ở máy khác.",
        ),
    )


def serve(chosen: argparse.Namespace) -> Answer:
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    with folder.held(data_folder(chosen)), opened(chosen) as office:
        _serve(office, chosen)
    return Answer({"served": True}, ("Đã dừng máy chủ.",))


def _serve(office: DistrictOffice, chosen: argparse.Namespace) -> None:
    district = office.district
    served = http_app.build(
        district,
        enrol=lambda asked: enrolment.answer(district.storage, district.identity, asked, at=district.clock()),
        pages=[*pages.routes(district, folder=office.folder), *update_routes.routes(office.folder)],
    )
    at = server.Listening(
        host=chosen.host or office.settings.host,
        port=office.settings.port if chosen.port is None else chosen.port,
        certificate=office.folder / tls.CERTIFICATE if office.settings.speaks_tls else None,
        key=office.folder / tls.KEY if office.settings.speaks_tls else None,
        proxies=office.settings.proxy if office.settings.behind_proxy else "",
    )
    for file in (at.certificate, at.key):
        if file is not None and not file.is_file():
            raise DamagedSettingsError(file=file.name, why="không có tệp này")
    try:
        listener = server.listen(at.host, at.port)
    except OSError as error:
        raise PortTakenError(port=at.port, host=at.host, why=error.strerror or "lỗi mạng") from error
    with listener:
        port = listener.getsockname()[1]
        scheme = "https" if office.settings.speaks_tls else "http"
        told = {"url": office.settings.url, "port": port, "fingerprint": district.identity.fingerprint}
        lines = (
            f"Cấp trên «{office.settings.name}» đang nghe ở cổng {port} ({scheme}).",
            f"Quầy gọi tới: {office.settings.url}",
            f"Trang xem: {office.settings.url}/  (người dùng: desk-district users add TÊN)",
            "Dừng: bấm Ctrl+C.",
        )
        # one line for who starts it from a program and waits for it
        print(json.dumps(told, ensure_ascii=False) if chosen.json else "\n".join(lines), flush=True)
        try:
            with backup_keeper.kept(office):
                server.server(served, at).run(sockets=[listener])
        except KeyboardInterrupt:
            return
