"""status, communes and quarantine: how the desks stand, and what a person should look at."""

from __future__ import annotations

import argparse

from desk_app.district.admin import backup_state, rewritten
from desk_app.district.admin import status as district_status
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.admin.rewritten import RewrittenRow
from desk_app.district.admin.status import DeskState, PutAside
from desk_app.district.cli.opening import opened
from desk_app.district.failures import UnknownQuarantineError
from desk_app.district.intake import enrolment_slots
from desk_app.district.storage import meta
from desk_app.district.storage import quarantine as aside
from desk_app.terminal import Answer, clock, moment


def status(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as here, here.district.storage.reading() as session:
        at = here.district.clock()
        desks = district_status.desks(session)
        waiting = [slot for _, slot in enrolment_slots.listed(session) if not slot.taken_by and slot.until >= at]
        put_aside = district_status.put_aside(session)
        totals = district_status.totals(session)
        remarks = district_status.remarks(session, here.folder, at=at)
        copied_at = int(meta.text(session, backup_state.BACKUP_AT, "0"))
        failed = meta.text(session, backup_state.BACKUP_FAILED)
        is_kept = bool(here.settings.backup_folder)
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
        "quarantine": [_aside_data(one) for one in put_aside],
        "events": totals.events,
        "receptions": totals.receptions,
        "dossiers": totals.dossiers,
        "projecting": totals.projecting,
        "unreadable": totals.unreadable,
        "backup": {"at": moment(copied_at), "folder": here.settings.backup_folder, "failed": failed},
        "remarks": list(remarks),
    }
    lines = [
        f"{identity.card.name} — {url}",
        f"Dấu vân tay: {identity.fingerprint}",
        f"{totals.desks} quầy, {totals.dossiers} hồ sơ, {totals.events} việc, {totals.quarantine} lô để riêng.",
        *(_desk_line(each, at) for each in desks),
        *(
            f"{slot.unit} quầy {slot.desk}: chờ nhập mã ghép đến {clock(slot.until)} ({slot.commune})"
            for slot in waiting
        ),
        *(f"ĐỂ RIÊNG {clock(one.at)} {one.unit} quầy {one.desk}: {one.told}" for one in put_aside),
        f"Sao lưu gần nhất: {clock(copied_at) if copied_at else 'chưa lần nào'}"
        + (f", máy chủ tự làm lúc {here.settings.backup_at} vào {here.settings.backup_folder}." if is_kept else "."),
        *(f"→ {remark}" for remark in remarks),
    ]
    return Answer(data, tuple(lines))


def communes(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as here, here.district.storage.reading() as session:
        desks = district_status.desks(session)
        listed = district_status.dossiers_by_unit(session)
    found = []
    for unit in dict.fromkeys(each.unit for each in desks):
        own = [each for each in desks if each.unit == unit]
        found.append(
            {
                "unit": unit,
                "commune": own[-1].commune,
                "desks": sum(each.is_active for each in own),
                "events": sum(each.events for each in own),
                "dossiers": listed.get(unit, 0),
                "receptions": sum(each.receptions for each in own),
                "last_seen_at": moment(max(each.seen_at for each in own)),
            }
        )
    lines = [
        f"{one['unit']}  {one['commune']}  {one['desks']} quầy  {one['dossiers']} hồ sơ  {one['events']} việc"
        for one in found
    ]
    return Answer(found, tuple(lines) or ("Chưa có đơn vị nào: ghép quầy bằng desk-district enrol.",))


def quarantine(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as here:
        digest = _digest(here, chosen.digest) if chosen.digest else b""
        code = here.district.take_in(digest).value if digest and chosen.take else ""
        if digest and not chosen.take:
            with here.district.storage.writing() as session:
                aside.settle(session, digest, at=here.district.clock())
        with here.district.storage.reading() as session:
            found = district_status.put_aside(session)
            altered = rewritten.rows(session)
    data = {
        "waiting": [_aside_data(one) for one in found],
        "taken": code,
        "rewritten": [_rewritten_data(one) for one in altered],
    }
    lines = [f"{one.digest[:16]}  {clock(one.at)}  {one.unit} quầy {one.desk}: {one.told}" for one in found]
    taken = [f"Kết quả nhận: {code}."] if code else []
    return Answer(data, (*taken, *lines, *map(_rewritten_line, altered)) or ("Không có lô nào để riêng.",))


def _digest(here: DistrictOffice, typed: str) -> bytes:
    """The whole name of what is set aside, from its first digits."""
    with here.district.storage.reading() as session:
        found = [
            one.digest for one in district_status.put_aside(session) if one.digest.startswith(typed.strip().lower())
        ]
    if len(found) != 1 or len(typed.strip()) < 8:
        raise UnknownQuarantineError
    return bytes.fromhex(found[0])


def _aside_data(one: PutAside) -> dict[str, object]:
    return {
        "digest": one.digest,
        "at": moment(one.at),
        "unit": one.unit,
        "desk": one.desk,
        "log": one.log,
        "first": one.first,
        "last": one.last,
        "reason": one.reason,
    }


def _rewritten_data(one: RewrittenRow) -> dict[str, object]:
    return {
        "unit": one.unit,
        "desk": one.desk,
        "log": one.log,
        "what": one.what,
        "confirmed": one.confirmed,
        "said": one.said,
        "code": one.code,
        "kind": one.kind,
        "action": one.action,
        "confirmed_at": moment(one.confirmed_at),
        "said_at": moment(one.said_at),
        "differs_in": list(one.paths),
    }


def _rewritten_line(one: RewrittenRow) -> str:
    differs = f" ({one.differs_in})" if one.differs_in else ""
    return f"LỊCH SỬ BỊ SỬA {one.unit} quầy {one.desk}, hồ sơ {one.code or '—'}: {one.told}{differs}"


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
        "unreadable": desk.unreadable,
        "app": desk.app,
        "host": desk.host,
        "digits": desk.digits,
        "concerns": list(desk.concerns(at)),
        "history": desk.history,
    }


def _desk_line(desk: DeskState, at: int) -> str:
    if not desk.is_active:
        unread = f"; {desk.unreadable} việc không đọc được" if desk.unreadable else ""
        return f"{desk.unit} quầy {desk.desk}: đã thu hồi {desk.reason}".rstrip() + unread
    told = "; ".join([*desk.concerns(at), *([desk.history_told] if desk.history == "restored" else [])])
    return (
        f"{desk.unit} quầy {desk.desk} ({desk.commune}): lần cuối {clock(desk.seen_at)}, {desk.events} việc, "
        f"{desk.receptions} lần tiếp nhận, sáu số {desk.digits or '—'}: {told or 'bình thường'}"
    )
