"""recovery-code: a new recovery code from the terminal; the old one dies once the new one was typed back."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from desk_app.cli.opening import opened, passphrase
from desk_app.services.desk.desk import Desk
from desk_app.services.maintenance import recovery_code
from desk_app.store.keys.recovery_code import groups, is_last_group
from desk_app.terminal import Answer


def renew(chosen: argparse.Namespace) -> Answer:
    """Show the new code or write it into a file; 1 where nobody typed it back, and then both codes open."""
    with opened(chosen) as desk:
        code = recovery_code.draw(desk, passphrase=passphrase(chosen))
        file = recovery_code.keep_in_file(desk, code, Path(chosen.out)) if chosen.out else None
        _show(code, file, aside=chosen.json)
        if chosen.yes:
            recovery_code.settle(desk)
        is_proved = chosen.yes or _typed_back(desk, code)
    data = {
        "recovery_code": None if file else code,
        "path": str(file) if file else None,
        "old_code_opens": not is_proved,
    }
    if is_proved:
        return Answer(data, ("Mã khôi phục mới đã có hiệu lực; mã cũ không mở được nữa, hãy hủy tờ cũ.",))
    lines = ("Chưa gõ lại nhóm cuối: mã cũ và mã mới đều mở được dữ liệu.", "Làm lại cho xong: desk-app recovery-code")
    return Answer(data, lines, 1)


def _show(code: str, file: Path | None, *, aside: bool) -> None:
    """The code once, or where it is; beside the answer's JSON where the answer is for a program."""
    lines = [f"Đã ghi mã khôi phục mới vào {file}."] if file else ["MÃ KHÔI PHỤC MỚI:", *groups(code)]
    lines.append("Cất mã nơi an toàn: mất khóa của máy thì chỉ mã này mở được dữ liệu.")
    print("\n".join(lines), file=sys.stderr if aside else sys.stdout, flush=True)


def see_kept(code: str) -> None:
    """Show the first code of a new desk and ask for its last group until it is right; an empty line goes on without."""
    print("\n".join(["MÃ KHÔI PHỤC:", *groups(code)]), file=sys.stderr, flush=True)
    while True:
        print("Chép mã ra giấy rồi gõ lại nhóm cuối (9 ký tự), để trống là thôi: ", end="", file=sys.stderr, flush=True)
        typed = sys.stdin.readline().strip()
        if not typed or is_last_group(code, typed):
            return
        print("Chưa khớp, xem lại tờ đã chép.", file=sys.stderr)


def _typed_back(desk: Desk, code: str) -> bool:
    """Ask for the last group until it is right; an empty line or the end of the input leaves both codes."""
    while True:
        print("Gõ lại nhóm cuối (9 ký tự), để trống là thôi: ", end="", file=sys.stderr, flush=True)
        try:
            typed = sys.stdin.readline().strip()
        except KeyboardInterrupt:
            return False
        if not typed:
            return False
        try:
            recovery_code.prove(desk, code, typed)
        except recovery_code.CodeNotProvedError as error:
            print(f"{error} {error.remedy}", file=sys.stderr)
        else:
            return True
