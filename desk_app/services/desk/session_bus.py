"""Asks the desktop's message bus which services run, without a library: one question, before Qt starts."""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Mapping
from contextlib import suppress

_PATIENCE_S = 1.0
_RETURN, _ERROR = 2, 3
_BUS = "org.freedesktop.DBus"


def names(environ: Mapping[str, str]) -> frozenset[str]:
    """The names of the services on the session bus; empty where there is no bus that answers (D-Bus 1.0, unix only)."""
    for address in _addresses(environ):
        with suppress(OSError, ValueError, struct.error), socket.socket(socket.AF_UNIX) as line:
            line.settimeout(_PATIENCE_S)
            line.connect(address)
            return _listed(line)
    return frozenset()


def _addresses(environ: Mapping[str, str]) -> list[str]:
    """The socket's path, or its abstract name with a leading zero."""
    found = []
    for entry in environ.get("DBUS_SESSION_BUS_ADDRESS", "").split(";"):
        kind, _, settings = entry.partition(":")
        facts = dict(each.partition("=")[::2] for each in settings.split(","))
        if kind == "unix" and "path" in facts:
            found.append(facts["path"])
        elif kind == "unix" and "abstract" in facts:
            found.append("\0" + facts["abstract"])
    folder = environ.get("XDG_RUNTIME_DIR", "")
    return found or ([f"{folder}/bus"] if folder else [])


def _listed(line: socket.socket) -> frozenset[str]:
    line.sendall(b"\0AUTH EXTERNAL " + str(os.getuid()).encode().hex().encode() + b"\r\n")
    if not line.recv(256).startswith(b"OK"):
        return frozenset()
    line.sendall(b"BEGIN\r\n" + _call("Hello", 1) + _call("ListNames", 2))
    answers = 0
    while True:
        kind, body = _message(line)
        if kind == _ERROR:
            return frozenset()
        if kind == _RETURN:
            answers += 1
            if answers == 2:
                return frozenset(_strings(body))


def _call(member: str, serial: int) -> bytes:
    fields = b""
    for code, kind, value in (
        (1, "o", "/org/freedesktop/DBus"),
        (2, "s", _BUS),
        (3, "s", member),
        (6, "s", _BUS),
    ):
        fields += b"\0" * (-len(fields) % 8)
        fields += bytes([code, 1]) + kind.encode() + b"\0" + struct.pack("<I", len(value)) + value.encode() + b"\0"
    head = struct.pack("<cBBBIII", b"l", 1, 0, 1, 0, serial, len(fields)) + fields
    return head + b"\0" * (-len(head) % 8)


def _message(line: socket.socket) -> tuple[int, bytes]:
    head = _exactly(line, 16)
    order = "<" if head[:1] == b"l" else ">"
    body, _, fields = struct.unpack(order + "III", head[4:])
    _exactly(line, fields + (-(16 + fields) % 8))
    return head[1], _exactly(line, body)


def _exactly(line: socket.socket, length: int) -> bytes:
    data = b""
    while len(data) < length:
        part = line.recv(length - len(data))
        if not part:
            raise ConnectionResetError
        data += part
    return data


def _strings(body: bytes) -> list[str]:
    """An array of strings, each with its length before it and a zero behind it, at multiples of four."""
    found, at = [], 4
    while at + 4 <= len(body):
        (length,) = struct.unpack_from("<I", body, at)
        found.append(body[at + 4 : at + 4 + length].decode("utf-8", "replace"))
        at += 4 + length + 1
        at += -at % 4
    return found
