"""enrol, revoke, status: which desks there are and how they stand."""

from __future__ import annotations

import argparse
import base64
import io
import time
from pathlib import Path

import segno

from desk_app.district import durable, office, slots, standing, stick
from desk_app.district.cli.opening import opened
from desk_app.district.failures import UnknownDeskError
from desk_app.district.folder import Office
from desk_app.district.office import Word
from desk_app.district.slots import Slot
from desk_app.district.standing import DeskState
from desk_app.domain.notices import Revoked
from desk_app.domain.text import nfc
from desk_app.sync.keys import slot_of
from desk_app.terminal import Answer, clock, moment

_EVERY = 1.0


def enrol(chosen: argparse.Namespace) -> Answer:
    unit = chosen.unit.strip().upper()
    blocks = slots.blocks_of(chosen.blocks)
    with opened(chosen) as here:
        storage, at = here.district.storage, here.district.clock()
        with storage.writing() as session:
            code, slot = slots.make(
                session, unit=unit, commune=nfc(chosen.commune), desk=chosen.desk, blocks=blocks, at=at
            )
        text = qr_text(here, code)
        files = _pictures(Path(chosen.out), text, slot) if chosen.out else []
        if chosen.stick:
            files.append(stick.write_card(here.district, Path(chosen.stick)))
        if chosen.wait:
            _tell(_paper(here, slot, code, text, files))
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
        found = [each for each in standing.desks(session) if (each.unit, each.desk) == (unit, chosen.desk)]
        active = [each for each in found if each.is_active]
        if not active:
            raise UnknownDeskError(desk=chosen.desk, unit=unit)
        words = [Word(payload=Revoked(device=each.kid, reason=chosen.reason)) for each in active]
        office.tell(session, here.district.identity, office.EVERYBODY, words, at=here.district.clock())
    return Answer(
        {"revoked": [each.kid for each in active]},
        (
            f"Đã thu hồi quầy {chosen.desk} của {unit}. Những gì máy đó gửi từ nay được để riêng.",
            "Máy thay thế: ghi danh lại bằng desk-district enrol, và cho gửi nhận một lần trước khi tiếp nhận hồ sơ.",
        ),
    )


def status(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as here, here.district.storage.reading() as session:
        at = here.district.clock()
        desks = standing.desks(session)
        waiting = [slot for _, slot in slots.listed(session) if not slot.taken_by and slot.until >= at]
        aside = standing.put_aside(session)
        totals = standing.totals(session)
        remarks = standing.remarks(session, here.folder, at=at)
        identity, url = here.district.identity, here.settings.url
    data = {
        "district": identity.card.name,
        "url": url,
        "fingerprint": identity.fingerprint,
        "desks": [_desk_data(each, at) for each in desks],
        "waiting": [
            {"unit": slot.unit, "commune": slot.commune, "desk": slot.desk, "until": moment(slot.until)}
            for slot in waiting
        ],
        "quarantine": [
            {
                "at": moment(one.at),
                "unit": one.unit,
                "desk": one.desk,
                "log": one.log,
                "first": one.first,
                "last": one.last,
                "reason": one.reason,
            }
            for one in aside
        ],
        "events": totals.events,
        "receptions": totals.receptions,
        "projecting": totals.projecting,
        "unreadable": totals.unreadable,
        "remarks": list(remarks),
    }
    lines = [
        f"{identity.card.name} — {url}",
        f"Dấu vân tay: {identity.fingerprint}",
        f"{totals.desks} quầy, {totals.receptions} hồ sơ, {totals.events} việc, {totals.quarantine} lô để riêng.",
        *(_desk_line(each, at) for each in desks),
        *(
            f"{slot.unit} quầy {slot.desk}: chờ nhập mã ghi danh đến {clock(slot.until)} ({slot.commune})"
            for slot in waiting
        ),
        *(f"ĐỂ RIÊNG {clock(one.at)} {one.unit} quầy {one.desk}: {one.told}" for one in aside),
        *(f"→ {remark}" for remark in remarks),
    ]
    return Answer(data, tuple(lines))


def qr_text(here: Office, code: str) -> str:
    """What the QR says: address, the root's fingerprint, the code."""
    fingerprint = base64.b32encode(here.district.identity.root.fingerprint).decode().rstrip("=")
    return f"CX1|{here.settings.url}|{fingerprint}|{code}"


def _paper(here: Office, slot: Slot, code: str, text: str, files: list[Path]) -> tuple[str, ...]:
    picture = io.StringIO()
    segno.make(text, error="m", micro=False).terminal(out=picture, compact=True)
    numbers = ", ".join(f"{first:04d}–{last:04d}" for first, last in slot.blocks)
    return (
        *picture.getvalue().splitlines(),
        f"MÃ GHI DANH: {code}",
        f"Cho quầy {slot.desk}, {slot.commune} ({slot.unit}), dải số {numbers}. Dùng một lần, đến {clock(slot.until)}.",
        f"Địa chỉ: {here.settings.url}",
        *(f"Đã ghi {file}" for file in files),
        "Trên máy của quầy: mở mục Ghi danh, quét mã QR hoặc gõ địa chỉ và mã (hay desk-app enrol).",
        "Sau đó hai bên đọc cho nhau SÁU SỐ: ở đây xem bằng desk-district status; khác nhau thì thu hồi ngay.",
    )


def _tell(lines: tuple[str, ...]) -> None:
    for line in lines:
        print(line, flush=True)


def _after_waiting(digits: str) -> tuple[str, ...]:
    if not digits:
        return ("Chưa có máy nào dùng mã này. Xem lại sau bằng desk-district status.",)
    return (f"SÁU SỐ: {digits}", "Đọc cho cán bộ ở quầy: màn hình bên đó phải hiện đúng sáu số này.")


def _digits(here: Office, code: str, *, seconds: int) -> str:
    """The six digits, once a device has used the code; "" when none has within the time."""
    end = time.monotonic() + seconds
    while True:
        with here.district.storage.reading() as session:
            slot = slots.get(session, slot_of(code))
        if slot is not None and slot.digits:
            return slot.digits
        if time.monotonic() >= end:
            return ""
        time.sleep(_EVERY)


def _pictures(folder: Path, text: str, slot: Slot) -> list[Path]:
    picture = segno.make(text, error="m", micro=False)
    files = []
    for kind in ("png", "svg"):
        out = io.BytesIO()
        picture.save(out, kind=kind, scale=8, border=4)
        file = folder / f"ghi-danh-{slot.unit}-{slot.desk}.{kind}"
        durable.write(file, out.getvalue())
        files.append(file)
    return files


def _desk_data(desk: DeskState, at: int) -> dict[str, object]:
    return {
        "unit": desk.unit,
        "commune": desk.commune,
        "desk": desk.desk,
        "device": desk.kid,
        "status": desk.status,
        "reason": desk.reason,
        "enrolled_at": moment(desk.enrolled_at),
        "last_seen_at": moment(desk.seen_at),
        "events": desk.events,
        "receptions": desk.receptions,
        "pending": desk.ahead if desk.ahead >= 0 else None,
        "quarantine": desk.quarantine,
        "clock_offset": desk.clock_offset,
        "not_backed_up": desk.unsafe,
        "app": desk.app,
        "host": desk.host,
        "digits": desk.digits,
        "concerns": list(desk.concerns(at)),
    }


def _desk_line(desk: DeskState, at: int) -> str:
    if not desk.is_active:
        return f"{desk.unit} quầy {desk.desk}: đã thu hồi {desk.reason}".rstrip()
    told = "; ".join(desk.concerns(at)) or "bình thường"
    return (
        f"{desk.unit} quầy {desk.desk} ({desk.commune}): lần cuối {clock(desk.seen_at)}, {desk.events} việc, "
        f"{desk.receptions} hồ sơ, sáu số {desk.digits or '—'}: {told}"
    )
