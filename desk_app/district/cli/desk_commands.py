"""enrol and revoke: who is a desk of ours."""

from __future__ import annotations

import argparse
import base64
import io
import sys
import time
from pathlib import Path
from typing import TextIO

import segno

from desk_app.district.admin import status
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.cli.opening import opened
from desk_app.district.failures import UnknownDeskError
from desk_app.district.intake import enrolment_slots
from desk_app.district.intake.enrolment_slots import EnrolmentSlot
from desk_app.district.keys import durable_files
from desk_app.district.own_log import writer
from desk_app.district.own_log.writer import Word
from desk_app.district.transport import stick
from desk_app.domain.notices import Revoked
from desk_app.domain.text import nfc
from desk_app.protocol.keys import slot_of
from desk_app.terminal import Answer, clock, moment

_EVERY = 1.0


def enrol(chosen: argparse.Namespace) -> Answer:
    unit = chosen.unit.strip().upper()
    blocks = enrolment_slots.blocks_of(chosen.blocks)
    with opened(chosen) as here:
        storage, at = here.district.storage, here.district.clock()
        with storage.writing() as session:
            code, slot = enrolment_slots.make(
                session, unit=unit, commune=nfc(chosen.commune), desk=chosen.desk, blocks=blocks, at=at
            )
        text = qr_text(here, code)
        files = _pictures(Path(chosen.out), text, slot) if chosen.out else []
        if chosen.stick:
            files.append(stick.write_card(here.district, Path(chosen.stick)))
        if chosen.wait:
            _tell(_paper(here, slot, code, text, files), to=sys.stderr if chosen.json else sys.stdout)
        digits = _digits(here, code, seconds=chosen.wait) if chosen.wait else ""
        data = {
            "code": code,
            "qr": text,
            "unit": slot.unit,
            "commune": slot.commune,
            "desk": slot.desk,
            "blocks": [f"{first:04d}-{last:04d}" for first, last in slot.blocks],
            "until": moment(slot.until),
            "url": here.settings.url,
            "fingerprint": here.district.identity.fingerprint,
            "files": [str(file) for file in files],
            "digits": digits,
        }
        lines = _after_waiting(digits) if chosen.wait else _paper(here, slot, code, text, files)
    return Answer(data, lines)


def revoke(chosen: argparse.Namespace) -> Answer:
    unit = chosen.unit.strip().upper()
    with opened(chosen) as here, here.district.storage.writing() as session:
        found = [each for each in status.desks(session) if (each.unit, each.desk) == (unit, chosen.desk)]
        active = [each for each in found if each.is_active]
        if not active:
            raise UnknownDeskError(desk=chosen.desk, unit=unit)
        words = [Word(payload=Revoked(device=each.kid, reason=chosen.reason)) for each in active]
        writer.append_signed(session, here.district.identity, writer.EVERYBODY, words, at=here.district.clock())
    return Answer(
        {"revoked": [each.kid for each in active]},
        (
            f"Đã thu hồi quầy {chosen.desk} của {unit}. Những gì máy đó gửi từ nay được để riêng.",
            "Máy thay thế: ghép lại bằng desk-district enrol, và cho gửi nhận một lần trước khi tiếp nhận hồ sơ.",
        ),
    )


def qr_text(here: DistrictOffice, code: str) -> str:
    """What the QR says: address, the root's fingerprint, the code."""
    fingerprint = base64.b32encode(here.district.identity.root.fingerprint).decode().rstrip("=")
    return f"CX1|{here.settings.url}|{fingerprint}|{code}"


def _paper(here: DistrictOffice, slot: EnrolmentSlot, code: str, text: str, files: list[Path]) -> tuple[str, ...]:
    picture = io.StringIO()
    segno.make(text, error="m", micro=False).terminal(out=picture, compact=True)
    numbers = ", ".join(f"{first:04d}–{last:04d}" for first, last in slot.blocks)
    return (
        *picture.getvalue().splitlines(),
        f"MÃ GHÉP: {code}",
        f"Cho quầy {slot.desk}, {slot.commune} ({slot.unit}), dải số {numbers}. Dùng một lần, đến {clock(slot.until)}.",
        f"Địa chỉ: {here.settings.url}",
        *(f"Đã ghi {file}" for file in files),
        "Trên máy của quầy: mở mục Gửi nhận (F7), quét mã QR hoặc gõ địa chỉ và mã (hay desk-app enrol).",
        "Sau đó hai bên đọc cho nhau SÁU SỐ: ở đây xem bằng desk-district status; khác nhau thì thu hồi ngay.",
    )


def _tell(lines: tuple[str, ...], *, to: TextIO) -> None:
    """At once: the code is needed at the desk while this command waits."""
    for line in lines:
        print(line, file=to, flush=True)


def _after_waiting(digits: str) -> tuple[str, ...]:
    if not digits:
        return ("Chưa có máy nào dùng mã này. Xem lại sau bằng desk-district status.",)
    return (f"SÁU SỐ: {digits}", "Đọc cho cán bộ ở quầy: màn hình bên đó phải hiện đúng sáu số này.")


def _digits(here: DistrictOffice, code: str, *, seconds: int) -> str:
    """The six digits, once a device has used the code; "" when none has within the time."""
    end = time.monotonic() + seconds
    while True:
        with here.district.storage.reading() as session:
            slot = enrolment_slots.get(session, slot_of(code))
        if slot is not None and slot.digits:
            return slot.digits
        if time.monotonic() >= end:
            return ""
        time.sleep(_EVERY)


def _pictures(folder: Path, text: str, slot: EnrolmentSlot) -> list[Path]:
    picture = segno.make(text, error="m", micro=False)
    files = []
    for kind in ("png", "svg"):
        out = io.BytesIO()
        picture.save(out, kind=kind, scale=8, border=4)
        file = folder / f"ghi-danh-{slot.unit}-{slot.desk}.{kind}"
        durable_files.write(file, out.getvalue())
        files.append(file)
    return files
