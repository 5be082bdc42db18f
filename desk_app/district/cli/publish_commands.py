"""decide, announce, publish-procedure, -days, -units, -forms, withdraw-form, redact: what the district says."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import date, datetime
from pathlib import Path

from desk_app import foreign_folder
from desk_app.district.cli.opening import opened
from desk_app.district.failures import LawFileError, UnopenedLawFileError
from desk_app.district.own_log import writer
from desk_app.district.publishing import announcements, decisions, erasing, erasing_old, forms, law
from desk_app.domain.calendar.deadlines import Calendar
from desk_app.domain.calendar.moments import VIETNAM, in_vietnam, milliseconds
from desk_app.domain.calendar.typed_day import DaySense, typed_day
from desk_app.domain.people import paper_number
from desk_app.errors import BadFactError, of_system
from desk_app.terminal import Answer, clock, moment

_GOES_OUT = "Các quầy nhận được ở lần gửi nhận tới."
_ANY_OFFICE = Calendar({})
"""The usual hours: which ones a commune keeps, only its desks know."""


def decide(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as here:
        said, dossier = decisions.decide(
            here.district,
            chosen.code,
            chosen.action,
            unit=chosen.unit or "",
            reason=chosen.reason,
            result=chosen.result,
            to=chosen.to,
            due_at=_due(chosen.due, in_vietnam(here.district.clock()).date()),
        )
    return Answer(
        {
            "code": dossier.code,
            "status": dossier.status.value,
            "due_at": moment(dossier.due_at),
            "log": said.log,
            "seq": said.seq,
        },
        (f"Hồ sơ {dossier.code}: {dossier.status.label}, hẹn trả {clock(dossier.due_at)}.", _GOES_OUT),
    )


def announce(chosen: argparse.Namespace) -> Answer:
    text = chosen.text or ""
    if chosen.file:
        text = _read(Path(chosen.file))
    with opened(chosen) as here, here.district.storage.writing() as session:
        said = announcements.announce(
            session,
            here.district.identity,
            scope=chosen.unit or writer.EVERYBODY,
            title=chosen.title,
            text=text,
            until=chosen.until,
            at=here.district.clock(),
        )
    return Answer({"log": said.log, "seq": said.seq}, ("Đã ghi thông báo.", _GOES_OUT))


def publish_procedure(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as here, here.district.storage.writing() as session:
        sent = law.publish_procedure(
            session,
            here.district.identity,
            Path(chosen.file),
            in_force_from=_day(chosen.start),
            citation=chosen.citation,
            at=here.district.clock(),
        )
    how = f"bản vá {sent.size} byte so với phiên bản {sent.base}" if sent.base else f"toàn văn {sent.size} byte"
    return Answer(
        {
            "code": sent.code,
            "version": sent.version,
            "base": sent.base,
            "in_force_from": sent.in_force_from,
            "size": sent.size,
        },
        (
            f"Đã phát hành thủ tục {sent.code} phiên bản {sent.version}, hiệu lực từ {sent.in_force_from} ({how}).",
            _GOES_OUT,
        ),
    )


def publish_days(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as here, here.district.storage.writing() as session:
        sent = law.publish_days(
            session, here.district.identity, Path(chosen.file), citation=chosen.citation, at=here.district.clock()
        )
    return Answer({"days": [each.date for each in sent]}, (f"Đã phát hành {len(sent)} ngày.", _GOES_OUT))


def publish_units(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as here, here.district.storage.writing() as session:
        sent = law.publish_units(
            session, here.district.identity, Path(chosen.file), citation=chosen.citation, at=here.district.clock()
        )
    data = [{"code": each.code, "name": each.to, "in_force_from": each.in_force_from} for each in sent]
    return Answer({"units": data}, (f"Đã phát hành {len(sent)} thay đổi đơn vị hành chính.", _GOES_OUT))


def publish_forms(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as here, here.district.storage.writing() as session:
        sent = forms.publish_forms(session, here.district.identity, Path(chosen.folder), at=here.district.clock())
    lines = [f"Đã phát hành mẫu {form_id}, bản {version}." for form_id, version in sent]
    return Answer({"forms": [{"id": form_id, "version": version} for form_id, version in sent]}, (*lines, _GOES_OUT))


def withdraw_form(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as here, here.district.storage.writing() as session:
        versions = forms.withdraw_form(session, here.district.identity, chosen.form, at=here.district.clock())
    return Answer({"id": chosen.form, "versions": versions}, (f"Đã thu hồi mẫu {chosen.form}.", _GOES_OUT))


def redact(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as here:
        with here.district.storage.writing() as session:
            said = erasing.erase(
                session,
                here.district.identity,
                chosen.log,
                chosen.seq,
                reason=chosen.reason,
                at=here.district.clock(),
            )
        here.district.storage.scrub()
        here.district.projection.catch_up()
    return Answer(
        {"log": said.log, "seq": said.seq},
        (
            f"Đã xóa nội dung việc số {chosen.seq}; chuỗi xác thực vẫn nguyên.",
            "Các quầy xóa theo ở lần gửi nhận tới. Bản sao lưu cũ vẫn còn nội dung đó: sao lưu lại rồi hủy bản cũ.",
        ),
    )


def redact_old(chosen: argparse.Namespace) -> Answer:
    """With `--number` the number is read from standard input: it is personal data."""
    with opened(chosen) as here:
        identity, at = here.district.identity, here.district.clock()
        with here.district.storage.writing() as session:
            if chosen.number:
                number = paper_number.tidied(sys.stdin.readline())
                count = erasing_old.erase_number(session, identity, number, reason=chosen.reason, at=at)
            else:
                lines = frozenset(map(int, re.findall(r"\d{1,7}", chosen.lines)))
                count = erasing_old.erase_lines(session, identity, chosen.import_id, lines, reason=chosen.reason, at=at)
        here.district.storage.scrub()
        here.district.projection.catch_up()
    return Answer(
        {"erased": count},
        (
            f"Đã xóa {count} dòng dữ liệu cũ; những dòng khác của lần nhập giữ nguyên.",
            "Các quầy xóa theo ở lần gửi nhận tới. Bản sao lưu cũ vẫn còn nội dung đó: sao lưu lại rồi hủy bản cũ.",
        ),
    )


def _due(text: str, today: date) -> int:
    """A day as typed at a desk, or a moment, as UTC ms; a day alone means its hour of handing out.

    Raises `BadFactError`, also for a day that has passed.
    """
    if not text.strip():
        return 0
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is not None and "T" in text:
        return milliseconds(at if at.tzinfo else at.replace(tzinfo=VIETNAM))
    found = typed_day(text, DaySense.DUE, today, _ANY_OFFICE)
    if found.refusal:
        raise BadFactError(field="due", label="Ngày hẹn trả", why=found.refusal)
    return milliseconds(_ANY_OFFICE.hand_out(date.fromisoformat(found.iso)))


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError as error:
        raise BadFactError(field="from", label="Ngày hiệu lực", why="viết như 2026-12-31") from error


def _read(file: Path) -> str:
    try:
        return foreign_folder.text(file)
    except OSError as error:
        raise UnopenedLawFileError(of_system(error, file), file=file.name) from error
    except UnicodeDecodeError as error:
        raise LawFileError(file=file.name, why="không phải văn bản UTF-8") from error
