"""Ctrl+C at a console of Windows: `python ctrl_c.py COMMAND …` starts the command at a console of its own, presses
there once it has said its first line, and prints how it ended as JSON: code, said.
"""

from __future__ import annotations

import ctypes
import json
import subprocess
import sys

_CTRL_C = 0
_PATIENCE_S = 60


def pressed(command: list[str]) -> tuple[int, str]:
    """The exit code of the command and all it said."""
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - Windows alone has it
    kernel.FreeConsole()
    if not kernel.AllocConsole():
        raise OSError("no console")
    outlive = getattr(ctypes, "WINFUNCTYPE")(ctypes.c_int, ctypes.c_uint)(lambda _event: 1)  # noqa: B009 - as above
    kernel.SetConsoleCtrlHandler(outlive, 1)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as started:
        assert started.stdout is not None
        first = started.stdout.readline()
        if not kernel.GenerateConsoleCtrlEvent(_CTRL_C, 0):
            raise OSError("Ctrl+C could not be pressed")
        code = started.wait(_PATIENCE_S)
        return code, (first + started.stdout.read()).decode("utf-8")


if __name__ == "__main__":
    code, said = pressed(sys.argv[1:])
    print(json.dumps({"code": code, "said": said}))
