"""A line without gaps: a heading, an option whose box was lost, a label whose dots were lost, or only words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desk_app.documents.drafting.labels import cleaned, fact_of, note_numbers
from desk_app.documents.drafting.line_blanks import escaped
from desk_app.documents.drafting.register import Register
from desk_app.documents.drafting.roles import ORGANISATION, role_in
from desk_app.documents.drafting.source_files.parts import Source, SourceLine
from desk_app.documents.drafting.ticks import open_choice, option_tick, single_tick
from desk_app.domain.text import fold

NUMBERED = re.compile(r"\s*(?:[IVX]{1,4}|\d{1,2}(?:\.\d{1,2})*|[A-HĐ])\s*[.)]\s*\S")
SIGNED = re.compile(r"\(\s*ký\b", re.IGNORECASE)
INFERRED = frozenset(
    {"ethnicity", "nationality", "sex", "phone", "email", "full_name", "born_on", "id_number", "identity"}
)
"""What is asked by a label alone; a residence may be a heading above its parts."""
LONG_LINE = 110
_OPENS_OPTIONS = re.compile(r"danh dau( x)? vao o|chon 1 trong|(toi|chung toi) de nghi$")


def is_capital(text: str) -> bool:
    """Whether a line is set in capitals."""
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) > 3 and sum(sign.isupper() for sign in letters) > 0.85 * len(letters)


def plain_line(register: Register, text: str, *, coming: Sequence[Source], is_head: bool) -> str:
    """The line as the layout says it; `coming` is what follows, `is_head` whether the title is not over yet."""
    words = escaped(text.strip())
    if made := _option(register, text, words) or _lost_dots(register, text, words, coming):
        return made
    _heading(register, text, is_head=is_head)
    is_bold = (NUMBERED.match(text) is not None or is_capital(text)) and len(text) < LONG_LINE
    if SIGNED.search(text):
        return f"*{words}*"
    if role := role_in(text):
        register.signer = role if len(text) < 60 else register.signer
    return f"**{words}**" if is_bold else words


def _option(register: Register, text: str, words: str) -> str:
    """An option of a list, whose box was lost; a line that says itself that it is to be ticked."""
    if "danh dau x vao o nay" in fold(text):
        return f"{single_tick(register, cleaned(text, is_first=True))} {words}"
    asked = open_choice(register)
    is_end = text.strip().startswith("(") or text.rstrip().endswith(":") or re.match(r"\s*(\d+|[IVX]+)\.\s", text)
    if asked is None or asked.kind != "choice" or is_end or is_capital(text):
        register.options = ""
        return ""
    return f"{option_tick(register, asked, text)} {words}"


def _lost_dots(register: Register, text: str, words: str, coming: Sequence[Source]) -> str:
    """A label without anything behind it, where something is to be written all the same."""
    if not text.rstrip().endswith(":"):
        return ""
    label = cleaned(text, is_first=True)
    fact = fact_of(label)
    if fact in INFERRED and register.role and (register.role, fact) not in register.facts and not role_in(label):
        return f"{words} {{{register.fact(fact, label, sure='likely', notes=note_numbers(text))}}}"
    if note_numbers(text[-8:]) and not _is_list(coming):
        key = register.ask(label)
        return f"{words} {{{key}}}" if key else f"{words} ………"
    return ""


def _is_list(coming: Sequence[Source]) -> bool:
    then = next((part for part in coming if not isinstance(part, SourceLine) or part.text.strip()), None)
    return isinstance(then, SourceLine) and bool(re.match(r"\s*(\(\d+\)|[-–+]|họ)", then.text, re.IGNORECASE))


def _heading(register: Register, text: str, *, is_head: bool) -> None:
    """A line that opens a part of the text: whom the next lines are about, and what they are called by."""
    is_numbered, folded = NUMBERED.match(text) is not None, fold(text)
    is_heading = text.rstrip().endswith((":", ")")) or is_numbered or is_capital(text)
    is_heading = is_heading or (folded.startswith("thong tin") and bool(role_in(text)))
    if not is_heading or len(text) > 200 or (is_head and not register.blanks and not is_numbered):
        return
    label = cleaned(text, is_first=True)
    register.section = label[:1].upper() + label[1:]
    role = role_in(text)
    if role or is_numbered:
        register.enter(role)
        if role and role != ORGANISATION:
            register.facts = {(who, fact) for who, fact in register.facts if who != role or fact == "full_name"}
    register.context = "address" if folded.startswith("kinh gui") else ""
    if _OPENS_OPTIONS.search(folded):
        asked = re.sub(r"^.{30,}, ((?:chúng )?tôi đề nghị)$", r"\1", register.section)
        register.options = register.question(asked, kind="choice").key
