"""init, check, rebuild, doctor."""

from __future__ import annotations

import argparse
import os
import sys

from desk_app import places
from desk_app.cli import recovery_commands
from desk_app.cli.opening import keyed_at_terminal, opened, passphrase, text_or_stdin
from desk_app.errors import DataFolderMissingError, DeskError, MissingFactError, NewerDeskError, NoDeskError
from desk_app.services.maintenance import checks, machine_state, newer_data, rights
from desk_app.services.reports import day_end
from desk_app.services.setup import demo, setup
from desk_app.services.setup.setup import NewDesk
from desk_app.store.journal.check import CheckReport
from desk_app.store.proofs.rewritten_items import RewrittenEvent
from desk_app.terminal import Answer

_DEMO_DOSSIERS = 60


def init(chosen: argparse.Namespace) -> Answer:
    unit, commune, province = chosen.unit, chosen.commune, chosen.province
    if chosen.demo:
        unit, commune, province = unit or demo.UNIT, commune or demo.COMMUNE, province or demo.PROVINCE
    if chosen.training:
        with keyed_at_terminal():
            return _made(setup.init_training(places.data_folder(chosen.data), dossiers=_DEMO_DOSSIERS))
    if not unit:
        raise MissingFactError(field="unit", label="mã đơn vị (--unit)")
    if not commune:
        raise MissingFactError(field="commune", label="tên xã, phường (--commune)")
    with keyed_at_terminal():
        made = setup.init(
            places.data_folder(chosen.data),
            unit=unit,
            commune=commune,
            province=province,
            desk=chosen.desk,
            clerk=chosen.clerk,
            passphrase=passphrase(chosen),
            demo_dossiers=_DEMO_DOSSIERS if chosen.demo else 0,
        )
    return _made(made)


def _made(made: NewDesk) -> Answer:
    """What whoever installs must be told; a person at a terminal types the end of the code back as proof."""
    if sys.stdin is not None and sys.stdin.isatty():
        recovery_commands.see_kept(made.recovery_code)
    kept = f"Khóa được giữ bởi: {made.kept_by}." if made.kept_by else "Mỗi lần mở cần tệp mật khẩu."
    return Answer(
        {"data": str(made.data), "recovery_code": made.recovery_code, "kept_by": made.kept_by},
        (
            f"Đã tạo dữ liệu tại {made.data}.",
            kept,
            f"MÃ KHÔI PHỤC: {made.recovery_code}",
            "In hoặc chép mã này ra giấy và cất nơi an toàn: mất khóa của máy thì chỉ mã này mở được dữ liệu.",
            "Chuẩn bị tiếp máy in, máy quét, cấp trên, nơi sao lưu: desk-app setup",
        ),
    )


_ALTERED = "Nội dung bị sửa không được tính. Báo người quản trị và cấp trên, rồi bấm «Đã xem xong» ở trang Gửi nhận."


def check(chosen: argparse.Namespace) -> Answer:
    """The whole journal; with `--seal`, also whether a signed report's last hash still stands where it stood."""
    is_sealed = newer = None
    try:
        with opened(chosen, reader=True) as desk:
            is_sealed = day_end.holds_seal(desk, text_or_stdin(chosen.seal)) if chosen.seal else None
            report = checks.check(desk)
    except NewerDeskError as error:
        newer = error
        report = newer_data.check(places.data_folder(chosen.data), passphrase=passphrase(chosen))
    data = {
        "ok": report.ok and not report.doubles and not report.altered,
        "events": report.events,
        "logs": [{"log": log.log, "seq": log.seq, "head": log.head} for log in report.logs],
        "problems": list(report.problems),
        "doubles": list(report.doubles),
        "altered": [_altered_data(one) for one in report.altered],
        "seal": is_sealed,
        "newer": str(newer or ""),
    }
    verdict = _verdict(report)
    seal = {
        None: (),
        True: ("Dấu trên báo cáo khớp với sổ: mọi việc đến lúc đó còn nguyên.",),
        False: ("Dấu trên báo cáo KHÔNG khớp với sổ: báo cho người quản trị.",),
    }[is_sealed]
    is_well = data["ok"] and is_sealed is not False
    altered = [*(one.told for one in report.altered), *([_ALTERED] if report.altered else [])]
    told = (f"{report.events} sự kiện. {verdict}", *report.problems, *report.doubles, *altered, *seal)
    if newer is not None:
        told += (str(newer), "Chỉ tệp và sổ cái được kiểm tra.", newer.remedy)
    return Answer(data, told, 0 if is_well else 1)


def _altered_data(one: RewrittenEvent) -> dict[str, object]:
    return {
        "code": one.code,
        "what": one.what,
        "kind": one.kind,
        "action": one.action,
        "log": one.log,
        "confirmed": one.confirmed,
        "said": one.said,
        "own": one.is_own,
        "differs_in": list(one.paths),
    }


def _verdict(report: CheckReport) -> str:
    if not report.ok:
        return "Dữ liệu có chỗ hỏng hoặc bị sửa:"
    if report.altered:
        return "LỊCH SỬ TỪNG BỊ SỬA, bản đã xác nhận đã được lấy lại:"
    return "Không có chỗ hỏng, nhưng có hồ sơ cần xem:" if report.doubles else "Dữ liệu nguyên vẹn."


def rebuild(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        dossiers = checks.rebuild(desk)
    return Answer({"dossiers": dossiers}, (f"Đã dựng lại các bảng của {dossiers} hồ sơ từ nhật ký.",))


def doctor(chosen: argparse.Namespace) -> Answer:
    """The desk, and the machine it is on; without a desk the machine alone. Exit 1 where a desk does not open."""
    code = 0
    try:
        with opened(chosen, reader=True) as desk:
            found = [*checks.doctor(desk), *rights.of_folder(desk.data)]
    except NewerDeskError:
        found = newer_data.doctor(places.data_folder(chosen.data), passphrase=passphrase(chosen))
    except DeskError as error:
        found = machine_state.of_no_desk(error, places.data_folder(chosen.data))
        code = 0 if isinstance(error, NoDeskError | DataFolderMissingError) else 1
    found += machine_state.of_machine(os.environ, sys.platform)
    lines = [f"{each.subject}: {each.state}" + (f"  → {each.remedy}" if each.remedy else "") for each in found]
    data = [{"subject": each.subject, "state": each.state, "remedy": each.remedy} for each in found]
    return Answer(data, tuple(lines), code)
