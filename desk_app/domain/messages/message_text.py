"""The words of a message: a template with a few blanks, none of which names a person. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

BLANKS = ("office", "code", "due")
LONGEST = 300
_BLANK = re.compile(r"\{([^{}]*)\}")


def problem_of(template: str) -> str:
    """What is wrong with a template, in words; "" for nothing."""
    unknown = [name for name in _BLANK.findall(template) if name not in BLANKS]
    if unknown:
        return f"chỉ dùng được {', '.join('{' + name + '}' for name in BLANKS)}"
    if set("{}") & set(_BLANK.sub("", template)):
        return "dấu { } phải đi đôi"
    return ""


def filled(template: str, values: Mapping[str, str]) -> str:
    """The message; a blank without a value gives nothing."""
    return " ".join(_BLANK.sub(lambda found: values.get(found[1], ""), template).split())[:LONGEST]


def version_of(about: str, template: str) -> str:
    """How an office's own template is named in the journal: by its text, so that each text has one name."""
    return f"{about}/{hashlib.sha256(template.encode()).hexdigest()[:8]}"


def is_mobile(searched: str) -> bool:
    """Whether a message can go to a number as `people.phone.searched` writes it: ten figures, no landline's."""
    return re.fullmatch(r"0[13-9][0-9]{8}", searched, re.ASCII) is not None
