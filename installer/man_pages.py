"""Manual pages, written from the same parsers that read the command line: a page says what is taken."""

from __future__ import annotations

import argparse
import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping

from desk_app import app
from desk_app.cli import parser as desk_parser
from desk_app.district.cli import parser as district_parser
from installer.release import Release

PARSERS: Mapping[str, Callable[[], argparse.ArgumentParser]] = {
    "ban-mot-cua": app.options,
    "desk-app": desk_parser.build,
    "desk-district": district_parser.build,
}
_HIDDEN = argparse.SUPPRESS


def pages(release: Release) -> dict[str, str]:
    """File name → page in the man format (section 1), for the three programs."""
    return {f"{name}.1": page(name, build(), release) for name, build in PARSERS.items()}


def page(name: str, parser: argparse.ArgumentParser, release: Release) -> str:
    day = dt.datetime.fromtimestamp(release.epoch, dt.UTC).date().isoformat()
    lines = [f'.TH {name.upper()} 1 "{day}" "Bàn Một Cửa {release.version}"', '.SH "TÊN"']
    lines += [f"{_plain(name)} \\- {_plain(_first_line(parser.description or name))}"]
    lines += ['.SH "CÁCH DÙNG"', *_usage(parser)]
    lines += ['.SH "TÙY CHỌN"', *_options(parser)]
    commands = list(_commands(parser))
    if commands:
        lines.append('.SH "LỆNH"')
        for words, command in commands:
            lines += [
                f'.SS "{_plain(" ".join(words))}"',
                _plain(_first_line(command.description or "")),
                *_options(command),
            ]
    lines += ['.SH "MÃ THOÁT"', "0 là xong, 1 là bị từ chối (kèm lý do và cách xử lý), 2 là gõ sai lệnh."]
    return "\n".join(line for line in lines if line) + "\n"


def _commands(
    parser: argparse.ArgumentParser, before: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    for action in parser._actions:  # noqa: SLF001 - argparse tells its options no other way
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            helps = {each.dest: each.help for each in action._choices_actions}  # noqa: SLF001
            for name, command in action.choices.items():
                if helps.get(name, "") == _HIDDEN:
                    continue
                command.description = command.description or helps.get(name) or ""
                yield (*before, name), command
                yield from _commands(command, (*before, name))


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:  # noqa: SLF001
        if action.help == _HIDDEN or isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            continue
        value = _value(action)
        if action.option_strings:
            shown = ", ".join(f"\\fB{_plain(each)}\\fR" for each in action.option_strings)
            shown += f" \\fI{_plain(value)}\\fR" if value else ""
        else:
            shown = f"\\fI{_plain(value or action.dest)}\\fR"
        yield ".TP"
        yield shown
        yield _plain((action.help or "") % {"prog": parser.prog, "default": action.default, "choices": ""}) or "\\&"


def _value(action: argparse.Action) -> str:
    if action.nargs == 0:
        return ""
    if isinstance(action.metavar, tuple):
        return " ".join(action.metavar)
    if action.metavar:
        return action.metavar
    return "|".join(map(str, action.choices)) if action.choices else action.dest.upper()


def _usage(parser: argparse.ArgumentParser) -> Iterator[str]:
    text = re.sub(r"\s+", " ", parser.format_usage()).strip()
    yield _plain(text.partition(": ")[2] or text)


def _first_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _plain(text: str) -> str:
    """Text that troff takes as it is: no line may begin with its signs, a hyphen is a minus."""
    text = re.sub(r"\s+", " ", text).replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{text}" if text.startswith((".", "'")) else text
