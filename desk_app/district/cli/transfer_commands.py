"""import, export, backup, restore: what is carried by hand, and what is kept against the worst."""

from __future__ import annotations

import argparse
from pathlib import Path

from desk_app.district.admin import audit, backup, folder, register, settings
from desk_app.district.admin.audit import AuditDeed
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.admin.register import Wanted
from desk_app.district.cli.opening import account, data_folder, named_database, opened, passphrase
from desk_app.district.keys import durable_files, keyfile, rootfile
from desk_app.district.keys.keyfile import Opened
from desk_app.district.transport import stick
from desk_app.domain import passwords
from desk_app.errors import MissingFactError
from desk_app.password_rules import password_rules
from desk_app.protocol.keys import certificate_of
from desk_app.protocol.messages import Code
from desk_app.terminal import Answer

_DAY = 86_400_000


def take_in(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as here:
        handed = stick.take_in(here.district, Path(chosen.place))
        here.district.projection.catch_up()
    data = [
        {"file": one.file, "code": one.code.value, "answer": one.answer, "events": one.events, "torn": one.is_torn}
        for one in handed
    ]
    lines = []
    for one in handed:
        lines.append(f"{one.file}: {one.told}. {one.events} việc mới.")
        if one.answer:
            lines.append(f"  → trả lời ghi ở {one.answer}: mang về quầy để nhập.")
    return Answer(data, tuple(lines), 0 if any(one.code in (Code.OK, Code.DUP) for one in handed) else 1)


def hand_out(chosen: argparse.Namespace) -> Answer:
    unit = (chosen.unit or "").strip().upper()
    with opened(chosen) as here:
        if chosen.register:
            here.district.projection.catch_up()
            return _register(here, Path(chosen.register), unit)
        if not chosen.place:
            raise MissingFactError(field="place", label="thư mục xuất, hoặc --register TỆP.csv")
        since = here.district.clock() - chosen.days * _DAY
        made = stick.hand_out(here.district, Path(chosen.place), unit=unit, since=since)
    data = {"files": [{"file": name, "events": events} for name, events in made], "card": stick.CARD}
    lines = [f"{name}: {events} việc" for name, events in made]
    return Answer(data, (*lines, f"{stick.CARD}: danh thiếp cho quầy ghép bằng USB"))


def make_backup(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as here:
        made = backup.make(here, Path(chosen.file), account=account())
    spoilt = [f"Trong dữ liệu đang dùng đã có chỗ hỏng, chép y nguyên: {one}" for one in made.damaged]
    return Answer(
        {
            "file": str(made.file),
            "logs": made.logs,
            "events": made.events,
            "frames": made.frames,
            "size": made.size,
            "verified": True,
            "damaged": list(made.damaged),
        },
        (
            f"Đã sao lưu {made.events} việc của {made.logs} sổ vào {made.file} ({made.size // 1024 + 1} KB).",
            "Đã đọc lại và kiểm tra mọi chuỗi xác thực, mọi chữ ký, mọi tệp. Cất tệp này ở máy khác.",
            "Tệp đã mã hóa: khôi phục cần mật khẩu cấp trên hoặc tệp khóa gốc.",
            *spoilt,
        ),
    )


def restore(chosen: argparse.Namespace) -> Answer:
    data, file = data_folder(chosen), Path(chosen.file)
    durable_files.make_private_folder(data)
    with folder.held(data):
        is_new = not (data / settings.FILE).exists()
        if is_new:
            backup.furnish(data, file, database=named_database(chosen), unlock=lambda: _unlocked(chosen, data))
        with opened(chosen) as here:
            made = backup.bring_back(here, file, over=chosen.over, account=account())
            here.district.projection.catch_up()
    return Answer(
        {"data": str(data), "logs": made.logs, "events": made.events, "new_folder": is_new},
        (
            f"Đã khôi phục {made.events} việc của {made.logs} sổ vào {data}.",
            "Những việc sau bản sao lưu này sẽ tự về khi các quầy gửi nhận. Chạy lại desk-district serve.",
        ),
    )


def _register(here: DistrictOffice, file: Path, unit: str) -> Answer:
    with here.district.storage.reading() as session:
        rows = list(register.every(session, Wanted(unit=unit)))
    with here.district.storage.writing() as session:  # before the file: nobody has it without a row in the audit
        audit.note(
            session,
            here.district.identity,
            AuditDeed.REGISTER,
            at=here.district.clock(),
            account=account(),
            asked=f"{len(rows)} hồ sơ" + (f", đơn vị {unit}" if unit else ""),
        )
    durable_files.write(file, register.as_csv(iter(rows)))
    return Answer(
        {"file": str(file), "dossiers": len(rows)},
        (f"Đã ghi sổ {len(rows)} hồ sơ vào {file}. Tệp có dữ liệu cá nhân: chỉ đưa cho người có trách nhiệm.",),
    )


def _unlocked(chosen: argparse.Namespace, data: Path) -> Opened:
    """The keys of a new folder: by the passphrase they were kept with, or by the root file and then kept anew."""
    given = passphrase(chosen)
    if not chosen.root_file:
        return keyfile.unlock(data, passphrase=given)
    keys = keyfile.unlock(data, root=rootfile.read(Path(chosen.root_file)))
    if given is not None:
        name = certificate_of(keys.certificate, keys.root).name
        passwords.refuse_weak(given, password_rules(), known=(name,))
    keyfile.keep(data, keys, passphrase=given)
    return keys
