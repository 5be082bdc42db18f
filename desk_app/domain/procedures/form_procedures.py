"""For which procedures a form prints by itself, read from and written into its form.toml. Pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence

_TABLE = re.compile(r"^\s*\[", re.MULTILINE)
_PROCEDURES = re.compile(r"^procedures\s*=\s*\[[^\]]*\][^\n]*\n?", re.MULTILINE)
_TITLE = re.compile(r"^title\s*=[^\n]*\n", re.MULTILINE)


def procedures_in(head: str) -> tuple[str, ...]:
    """Codes of the procedures whose reception prints the form, as its form.toml says; none where it cannot be read."""
    try:
        told = tomllib.loads(head).get("procedures", [])
    except tomllib.TOMLDecodeError:
        return ()
    return tuple(code for code in told if isinstance(code, str)) if isinstance(told, list) else ()


def with_procedures(head: str, codes: Sequence[str]) -> str:
    """The form.toml with these procedures and nothing else changed; its line goes where there is none left."""
    quoted = ", ".join('"' + code + '"' for code in codes)
    line = f"procedures = [{quoted}]\n" if codes else ""
    known = _PROCEDURES.search(head)
    if known:
        return head[: known.start()] + line + head[known.end() :]
    top = _TABLE.search(head)
    title = _TITLE.search(head, 0, top.start() if top else len(head))
    at = title.end() if title else 0
    return head[:at] + line + head[at:]
