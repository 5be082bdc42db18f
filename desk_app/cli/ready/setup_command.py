"""setup: the steps that make a new desk ready, at the terminal: how they stand, doing one, leaving one for later."""

from __future__ import annotations

import argparse

from desk_app.cli.opening import opened, text_or_stdin
from desk_app.errors import DeskError, MissingFactError
from desk_app.services.desk import office_settings
from desk_app.services.desk.desk import Desk
from desk_app.services.papers import printing
from desk_app.services.settings import scan_trial, trial_print
from desk_app.services.settings.print_choices import PrintChoice
from desk_app.services.setup import preparing
from desk_app.services.setup.preparing import BACKUP, BACKUP_FOLDER, SAID, StepState
from desk_app.terminal import Answer


class ScanNotGoodError(DeskError):
    message = "Máy quét chưa dùng được: {why}."
    remedy = "Tắt bộ gõ tiếng Việt, quét lại; hoặc đặt máy quét ở chế độ cổng COM."


class EnrolElsewhereError(DeskError):
    message = "Bước này làm bằng lệnh ghép."
    remedy = "Chạy desk-app enrol với mã ghép của cấp trên; chưa có mã thì thêm --later."


def setup(chosen: argparse.Namespace) -> Answer:
    """Without a step: the list of them. With one: do it with what `--use` names, or leave it for later."""
    with opened(chosen) as desk:
        told = ""
        if chosen.step:
            told = _later(desk, chosen.step) if chosen.later else _done(desk, chosen.step, chosen.use)
        found = preparing.steps(desk)
    data = [
        {"step": each.key, "title": each.title, "state": each.state.value or "open", "command": each.command}
        for each in found
    ]
    lines = [f"{each.title}: {SAID[each.state]}  ({each.command})" for each in found]
    return Answer(data, tuple(line for line in (told, *lines) if line))


def _later(desk: Desk, step: str) -> str:
    preparing.mark(desk, step, StepState.LATER)
    return ""


def _done(desk: Desk, step: str, use: str | None) -> str:
    if step == "district":
        raise EnrolElsewhereError
    if use is None:
        raise MissingFactError(field="use", label="cái được dùng (--use)")
    if step == "printer":
        told = _printer(desk, use)
    elif step == BACKUP:
        office_settings.change(desk, BACKUP_FOLDER, use)
        told = f"Từ nay sao lưu vào {use}."
    else:
        told = _scanner(text_or_stdin(use))
    preparing.mark(desk, step, StepState.DONE)
    return told


def _printer(desk: Desk, name: str) -> str:
    """Take the printer for slips and send it a trial page; a printer that refuses is not taken."""
    sheet = desk.settings.slip_paper
    printing.send(trial_print.trial_paper(desk, sheet, PrintChoice(printer=name)), name)
    office_settings.change(desk, f"printers.{sheet}", name)
    return f"Đã gửi trang in thử tới {name}: xem giấy ra có đủ chữ, đủ khung không."


def _scanner(text: str) -> str:
    trial = scan_trial.looked_at(text.strip())
    if not trial.is_good:
        raise ScanNotGoodError(why=trial.warnings[0] if trial.warnings else trial.kind)
    return f"Máy quét dùng được: {trial.kind}, {trial.letters} ký tự."
