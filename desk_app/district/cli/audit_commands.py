"""audit: who signed in and who looked at personal data, as the audit holds it."""

from __future__ import annotations

import argparse

from desk_app.district.admin import audit as audits
from desk_app.district.admin.audit import AuditRow
from desk_app.district.cli.opening import opened
from desk_app.terminal import Answer, clock, moment


def audit(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as here, here.district.storage.reading() as session:
        rows = audits.newest(session, account=chosen.account.strip().lower(), most=max(1, chosen.most))
        altered = audits.altered(session, here.district.identity)
    data = {"rows": [_data(row) for row in rows], "altered": altered}
    lines = [*(f"Dòng {n} đã bị sửa, hoặc trước nó có dòng bị mất." for n in altered[:20]), *map(_line, reversed(rows))]
    return Answer(data, tuple(lines) or ("Nhật ký truy cập chưa có dòng nào.",), 1 if altered else 0)


def _data(row: AuditRow) -> dict[str, object]:
    return {
        "n": row.n,
        "at": moment(row.at),
        "account": row.account,
        "address": row.address,
        "deed": row.deed,
        "asked": row.asked,
    }


def _line(row: AuditRow) -> str:
    told = "  ".join(part for part in (row.told, row.asked, row.address) if part)
    return f"{row.n}  {clock(row.at)}  {row.account or 'tên lạ'}  {told}"
