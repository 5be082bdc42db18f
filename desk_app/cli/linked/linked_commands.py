"""linked list, linked show, linked check, linked put; what `receive` and `show` say of dossiers received as one."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import to_builtins

from desk_app.cli.opening import opened
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.linked.bundle import Bundle
from desk_app.errors.linked import NotLinkedError
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import queries
from desk_app.services.linked import bundles, whole
from desk_app.terminal import Answer, moment


def bundle_key(desk: Desk, given: str) -> str:
    """What a draft names as its procedure for this bundle. Raises `UnknownBundleError`."""
    return bundles.named(desk, given, desk.today().isoformat()).key


def whole_told(desk: Desk, kept: Dossier) -> dict[str, Any] | None:
    """The whole that the dossier belongs to as JSON answers tell it; None for one received by itself."""
    found = whole.of(desk, kept)
    if found is None or kept.linked is None:
        return None
    return {
        "bundle": kept.linked.bundle,
        "version": kept.linked.version,
        "title": found.title,
        "group": kept.linked.group,
        "due_at": moment(found.due_at),
        "done": found.progress.done,
        "total": found.progress.total,
        "members": [
            {
                "code": part.code,
                "dossier_id": recorded.id,
                "procedure": recorded.procedure,
                "procedure_name": part.title,
                "due_at": moment(part.due_at),
                "status": str(part.dossier.status) if part.dossier else None,
                "fee_vnd": part.dossier.fee.known_total if part.dossier else None,
            }
            for part, recorded in zip(found.parts, kept.linked.parts, strict=True)
        ],
    }


def lines_of(told: Mapping[str, Any] | None) -> list[str]:
    """The whole as a person reads it: how far it is, then each dossier."""
    if told is None:
        return []
    head = f"Liên thông: đã xong {told['done']}/{told['total']} hồ sơ của gói «{told['title']}»."
    due = f"Hẹn trả cả gói: {_shown(told['due_at'])}."
    members = (f"  {each['code']}  {each['procedure_name']}  hẹn {_shown(each['due_at'])}" for each in told["members"])
    return [head, due, *members]


def _shown(moment_text: str | None) -> str:
    """An ISO moment as a person reads it."""
    return f"{datetime.fromisoformat(moment_text):%H:%M %d/%m/%Y}" if moment_text else "chưa có"


def listed(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        on = desk.today().isoformat()
        in_force = {(each.id, each.in_force_from) for each in bundles.in_force(desk, on)}
        found = [one for one in bundles.every(desk) if (one.bundle.id, one.bundle.in_force_from) in in_force]
        kept = {one.bundle.id: one for one in found}
    data = [{**_told(one.bundle), "origin": "office" if one.is_office else "program"} for one in kept.values()]
    lines = [line for one in kept.values() for line in _lines(one.bundle)]
    return Answer(data, tuple(lines) or ("Chưa có gói liên thông nào đang có hiệu lực.",))


def show(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        kept = queries.detail(desk, chosen.code).dossier
        told = whole_told(desk, kept)
    if told is None:
        raise NotLinkedError(code=kept.code)
    lines = [
        f"  {each['code']}  {each['procedure_name']}  {each['status'] or 'chưa nhận được'}" for each in told["members"]
    ]
    return Answer(told, (*lines_of(told)[:2], *lines))


def check(chosen: argparse.Namespace) -> Answer:
    bundle, _ = bundles.read(Path(chosen.file))
    return Answer(_told(bundle), ("Tệp gói liên thông không có lỗi.", *_lines(bundle)))


def put(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        bundle = bundles.put(desk, Path(chosen.file))
    said = f"Mọi quầy của xã dùng gói này từ ngày {bundle.in_force_from}."
    return Answer(_told(bundle), (said, *_lines(bundle)))


def _told(bundle: Bundle) -> dict[str, Any]:
    return {
        "id": bundle.id,
        "code": bundle.code,
        "title": bundle.title,
        "version": bundle.version,
        "in_force_from": bundle.in_force_from,
        "form": bundle.form,
        "total": bundle.total,
        "citation": bundle.citation.number,
        "verified": bundle.verified,
        "unsure": list(bundle.unsure),
        "members": to_builtins(bundle.members),
    }


def _lines(bundle: Bundle) -> Sequence[str]:
    """The bundle, then each of its procedures with its limit and what it waits for."""
    lines = [f"{bundle.id}  {bundle.title} ({bundle.citation.number})"]
    for member in bundle.members:
        waits = f", sau {', '.join(member.after)}" if member.after else ""
        known = "ngày hẹn do cán bộ ghi" if member.name else "theo danh mục"
        limit = member.limit.text if member.limit else known
        lines.append("  " + "  ".join(filter(None, (member.procedure, member.name, f"{limit}{waits}"))))
    return [*lines, *filter(None, (bundle.unsure_words,))]
