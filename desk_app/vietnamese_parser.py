"""argparse with Vietnamese words: one table by the texts that argparse looks up with gettext (Python 3.11 to 3.14)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

_MANY = {argparse.ZERO_OR_MORE, argparse.ONE_OR_MORE}
_OF = "\0"
"""Between the name of an argument and what is wrong with it, until `error` puts the name in its place."""

# What a person typed is never said again, for it may be a citizen's name: "%.0s" takes a value and shows nothing.
# "{}" is the place of the argument's name; without it the name stands in front.
WORDS = {
    # help
    "usage: ": "cách dùng: ",
    "%(heading)s:": "%(heading)s:",
    "positional arguments": "gồm",
    "options": "tùy chọn",
    "subcommands": "lệnh",
    "show this help message and exit": "xem cách dùng",
    "show program's version number and exit": "xem số phiên bản",
    " (default: %(default)s)": " (mặc định: %(default)s)",
    # a wrong command
    "%(prog)s: error: %(message)s\n": "%(prog)s: lỗi: %(message)s\n",
    "%(prog)s: warning: %(message)s\n": "%(prog)s: lưu ý: %(message)s\n",
    "argument %(argument_name)s: %(message)s": f"%(argument_name)s{_OF}%(message)s",
    "the following arguments are required: %s": "còn thiếu %s",
    "one of the arguments %s is required": "còn thiếu một trong các mục %s",
    "unrecognized arguments: %s": "có phần thừa sau lệnh; chữ có dấu cách phải đặt trong dấu nháy%.0s",
    "expected one argument": "{} cần một giá trị đi sau",
    "expected at most one argument": "{} cần một giá trị đi sau",
    "expected at least one argument": "{} cần một giá trị đi sau",
    "expected %s argument": "{} cần %s giá trị đi sau",
    "expected %s arguments": "{} cần %s giá trị đi sau",
    "invalid %(type)s value: %(value)r": "{} cần một số nguyên",
    "invalid choice: %(value)r (choose from %(choices)s)": "không có {} đó",
    "invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)": (
        "không có {} đó, có phải là %(closest)s"
    ),
    "unknown parser %(parser_name)r (choices: %(choices)s)": "không có {} đó",
    "not allowed with argument %s": "{} không dùng cùng với %s",
    "ignored explicit argument %r": "{} không nhận giá trị%.0s",
    "ambiguous option: %(option)s could match %(matches)s": "tùy chọn viết tắt có thể là %(matches)s; hãy viết đủ",
    "unexpected option string: %s": "có tùy chọn không hiểu được%.0s",
    "can't open '%(filename)s': %(error)s": "không mở được tệp",
    "option '%(option)s' is deprecated": "tùy chọn %(option)s sắp bỏ",
    "argument '%(argument_name)s' is deprecated": "%(argument_name)s sắp bỏ",
    "command '%(parser_name)s' is deprecated": "lệnh %(parser_name)s sắp bỏ",
    # a parser that is wrongly built
    "%r is not callable": "%r không gọi được",
    ".__call__() not defined": "thiếu .__call__()",
    "'required' is an invalid argument for positionals": "mục theo thứ tự không nhận 'required'",
    'argument "-" with mode %r': 'mục "-" với cách mở %r',
    "cannot have multiple subparser arguments": "chỉ được có một nhóm lệnh con",
    "cannot merge actions - two groups are named %r": "không gộp được: hai nhóm cùng tên %r",
    "conflicting option string: %s": "tùy chọn trùng: %s",
    "conflicting option strings: %s": "tùy chọn trùng: %s",
    "conflicting subparser: %s": "lệnh con trùng: %s",
    "conflicting subparser alias: %s": "tên khác của lệnh con trùng: %s",
    "dest= is required for options like %r": "tùy chọn như %r cần dest=",
    "invalid conflict_resolution value: %r": "conflict_resolution không nhận %r",
    "invalid option string %(option)r: must start with a character %(prefix_chars)r": (
        "tùy chọn %(option)r phải bắt đầu bằng một trong các dấu %(prefix_chars)r"
    ),
    "mutually exclusive arguments must be optional": "các mục loại trừ nhau không được bắt buộc",
}


class VietnameseParser(argparse.ArgumentParser):
    """argparse with its own words in Vietnamese, in this whole process; what `WORDS` lacks stays as it is."""

    def __init__(self, **options: object) -> None:
        vars(argparse).update(_=_said, ngettext=_said_of)  # the two names by which argparse calls gettext
        super().__init__(**options)  # type: ignore[arg-type]
        self._is_mixing = False

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Where a command takes any number of things, these may stand before its options, behind them, or both."""
        if self._is_mixing or all(action.nargs not in _MANY or action.option_strings for action in self._actions):
            return super().parse_known_args(args, namespace)
        self._is_mixing = True  # what follows asks this method in its turn
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._is_mixing = False

    def error(self, message: str) -> NoReturn:
        name, named, words = message.partition(_OF)
        if named:
            name = name.partition("/")[0]
            message = words.replace("{}", name) if "{}" in words else f"{name}: {words}"
        self.exit(2, f"Lệnh chưa đúng: {message}.\nXem cách dùng: {self.prog} --help\n")

    def chosen(self, arguments: Sequence[str] | None) -> argparse.Namespace:
        """What the command line asks for; leaves with 2 where it is wrong."""
        given = sys.argv[1:] if arguments is None else arguments
        if any("\ud800" <= mark <= "\udfff" for text in given for mark in text):
            self.error("chữ trong lệnh phải là UTF-8")
        first = given[0].partition("=")[0] if given else ""
        has_commands = any(action.nargs == argparse.PARSER for action in self._actions)
        if has_commands and first.startswith("-") and first not in self._option_string_actions:
            self.error(f"tùy chọn viết sau lệnh, như: {self.prog} LỆNH --json")
        return self.parse_args(given)


def _said(text: str) -> str:
    return WORDS.get(text, text)


def _said_of(one: str, many: str, count: int) -> str:
    return _said(one if count == 1 else many)
