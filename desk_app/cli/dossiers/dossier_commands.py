"""scan, receive, show, find, late, today."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import to_builtins

from desk_app.cli import answers
from desk_app.cli.dossiers import receiving
from desk_app.cli.dossiers.paper_commands import told
from desk_app.cli.dossiers.work_told import work_told
from desk_app.cli.linked import linked_commands
from desk_app.cli.opening import opened, text_or_stdin
from desk_app.domain.calendar.moments import VIETNAM, milliseconds
from desk_app.domain.people import id_number, identity_card
from desk_app.domain.people.person import masked
from desk_app.errors import BadFactError, DeskError
from desk_app.services.catalogue import countries
from desk_app.services.dossiers import queries
from desk_app.services.old_data import memory
from desk_app.services.papers import papers
from desk_app.services.papers.paper_files import CannotWriteError, written
from desk_app.services.reception import reception
from desk_app.terminal import Answer, clock, moment


class RecordedWithoutPapersError(DeskError):
    message = "Hồ sơ {code} đã được lưu, nhưng chưa ghi được tệp giấy {file}. {why}"
    remedy = "Đừng tiếp nhận lại. Khi thư mục ghi được thì in lại: desk-app print MÃ --out THƯ_MỤC."


def scan(chosen: argparse.Namespace) -> Answer:
    card = identity_card.read(text_or_stdin(chosen.text))
    data = {
        "id_number": card.id_number,
        "old_id_number": card.old_id_number,
        "full_name": card.full_name,
        "born_on": card.born_on,
        "sex": card.sex,
        "residence": card.residence,
        "issued_on": card.issued_on,
        "expires_on": card.expires_on,
        "document_number": card.document_number,
        "issuing_country": countries.names().get(card.issuing_state, card.issuing_state),
        "nationality": countries.names().get(card.nationality, card.nationality),
        "nationality_code": card.nationality,
        "kind": card.kind,
        "rest": list(card.rest),
        "suspect": sorted(card.suspect),
        "warnings": list(card.warnings),
    }
    labels = {
        "id_number": "Số căn cước" if id_number.is_id_number(card.id_number) else "Số hộ chiếu",
        "full_name": "Họ và tên",
        "born_on": "Ngày sinh",
        "sex": "Giới tính",
        "residence": "Nơi thường trú",
        "issued_on": "Ngày cấp",
        "nationality": "Quốc tịch",
    }
    lines = [f"{label}: {data[name]}" for name, label in labels.items() if data[name]]
    return Answer(data, (*lines, *card.warnings))


def receive(chosen: argparse.Namespace) -> Answer:
    at = _moment(chosen.at) if chosen.at else None
    text = text_or_stdin(chosen.scan) if chosen.scan else ""
    with opened(chosen) as desk:
        given = receiving.pairs(chosen.set)
        procedure = linked_commands.bundle_key(desk, chosen.bundle) if chosen.bundle else chosen.procedure
        draft, warnings = receiving.draft_of(desk, procedure, text, given, chosen.prepared)
        with receiving.asked_with("--set", reception.keys(desk, procedure)):
            receipt = reception.receive(desk, draft, at=at)
        kept = receipt.dossier
        names = receipt.papers if kept.linked is None else ("all",)
        drawn = [paper for name in names for paper in papers.draw(desk, kept.code, name)]
        files: Sequence[Path | None] = [None] * len(drawn)
        if chosen.out:
            try:
                files = written(drawn, kept.code, Path(chosen.out))
            except CannotWriteError as error:
                raise RecordedWithoutPapersError(code=kept.code, why=error.because, **error.facts) from error
            papers.printed(desk, kept.code, [paper.name for paper in drawn], printer="PDF")
        together = linked_commands.whole_told(desk, kept)
    warnings = [*warnings, *receipt.warnings]
    data = {
        "code": kept.code,
        "dossier_id": kept.id,
        "received_at": moment(kept.received_at),
        "due_at": moment(kept.due_at),
        "fee_vnd": kept.fee.known_total,
        "fee": {"standing": str(kept.fee.standing), "known_vnd": kept.fee.total, "text": kept.fee.told()},
        "status": str(kept.status),
        "papers": [told(paper, file) for paper, file in zip(drawn, files, strict=True)],
        "warnings": warnings,
        "linked": together,
    }
    lines = [
        f"Đã tiếp nhận hồ sơ {kept.code}, hẹn trả {clock(kept.due_at)}."
        if kept.due_at
        else f"Đã tiếp nhận hồ sơ {kept.code}, trả kết quả ngay.",
        *linked_commands.lines_of(together),
        *(str(file) for file in files if file),
        *warnings,
    ]
    return Answer(data, tuple(lines))


def show(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        found = queries.detail(desk, chosen.code)
        together = linked_commands.whole_told(desk, found.dossier)
        now = milliseconds(desk.now())
    kept = found.dossier
    data: dict[str, Any] = {
        "code": kept.code,
        "dossier_id": kept.id,
        "applicant": kept.applicant.full_name,
        "id_number_masked": masked(kept.applicant.id_number),
        "procedure": kept.procedure,
        "procedure_version": kept.procedure_version,
        "procedure_name": found.procedure.name,
        "status": str(kept.status),
        "received_at": moment(kept.received_at),
        "due_at": moment(kept.due_at),
        "returned_at": moment(kept.returned_at),
        "fee_vnd": kept.fee.known_total,
        "fee": {"standing": str(kept.fee.standing), "known_vnd": kept.fee.total, "text": kept.fee.told()},
        "components": [to_builtins(component) for component in kept.components],
        "documents": [to_builtins(document) for document in kept.documents],
        "people": {role: to_builtins(person) for role, person in kept.people.items()},
        "organisations": {role: to_builtins(each) for role, each in kept.organisations.items()},
        "fields": kept.fields,
        "linked": together,
        **work_told(kept, now),
        "held": {"desk": kept.holding.desk, "way_to": kept.holding.way_to or None},
        "forms": [to_builtins(form) for form in kept.forms],
        "events": [
            {
                "log": line.log,
                "seq": line.seq,
                "kind": line.kind,
                "at": line.at.isoformat(timespec="seconds"),
                "author": line.author,
                "desk": line.desk,
                "text": line.text,
                "taken_back": line.is_void,
            }
            for line in found.history
        ],
        "stale_papers": list(found.stale),
        "doubles": [
            {"log": line.log, "seq": line.seq, "author": line.author, "desk": line.desk, "text": line.text}
            for rival in kept.rivals
            for line in found.history
            if (line.log, line.seq) == (rival.log, rival.seq)
        ],
        "conflicts": [{"path": path, "values": [tip.value for tip in tips]} for path, tips in kept.conflicts.items()],
    }
    lines = [
        f"{kept.code}  {kept.status.label}",
        f"Người nộp: {kept.applicant.full_name}",
        f"Thủ tục: {found.procedure.name}",
        f"Tiếp nhận: {clock(kept.received_at)}   Hẹn trả: {clock(kept.due_at)}",
        *linked_commands.lines_of(together),
        *("Hai hồ sơ một số: lần tiếp nhận khác được giữ trong lịch sử, không được tính." for _ in kept.rivals[:1]),
        *(f"Cần in lại: {title}" for name, title in found.papers if name in found.stale),
        *(f"  {line.at:%d/%m/%Y %H:%M}  {line.text} ({line.who})" for line in found.history),
    ]
    return Answer(data, tuple(lines))


def find(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        old = memory.find_dossiers(desk, chosen.text, limit=chosen.limit)
        return answers.rows(queries.find(desk, chosen.text, chosen.limit), old)


def listed(chosen: argparse.Namespace) -> Answer:
    """late, today."""
    with opened(chosen, reader=True) as desk:
        return answers.rows(queries.listed(desk, chosen.command, chosen.limit))


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadFactError(field="at", label="Thời điểm (--at)", why="cần dạng 2026-11-20T08:15") from error
    if not 2000 <= at.year < 2100:
        raise BadFactError(field="at", label="Thời điểm (--at)", why="năm phải từ 2000 đến 2099")
    return at if at.tzinfo else at.replace(tzinfo=VIETNAM)
