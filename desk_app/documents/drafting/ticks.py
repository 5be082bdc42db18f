"""Boxes of a line: which question they answer, and under which condition each is ticked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desk_app.documents.drafting.found import Asked
from desk_app.documents.drafting.gaps import BlankGap
from desk_app.documents.drafting.labels import LOST_BOX, cleaned, without_item
from desk_app.documents.drafting.register import Register
from desk_app.domain.text import fold

_YES_NO = {"co", "khong"}
_MOST = 90
_LOST = re.compile(r"\bCó\s*([,;/]?)\s*Không\b(?=\s*(?:[;,.]|$|Số|số))")
"""Two boxes whose signs did not come over from the file."""


def choice_text(words: str) -> str:
    """The words beside a box, as an answer that a condition may name."""
    return " ".join(re.sub(r"[\[\]{}&|=]", " ", words).split()).strip(" ,;:.-–")[:_MOST].strip()


def ticks_of(register: Register, gaps: Sequence[BlankGap]) -> dict[int, str]:
    """What the layout says in place of each box of the line, by the place of its gap."""
    boxes = [place for place, gap in enumerate(gaps) if gap.is_box]
    if not boxes:
        return {}
    words = [choice_text(cleaned(gaps[place].after, is_first=True) or gaps[place].after) for place in boxes]
    label = cleaned(gaps[boxes[0]].before, is_first=True)
    if label and not any(words):  # the box stands behind its words
        return {boxes[0]: single_tick(register, label)}
    folded = {fold(word) for word in words}
    if len(boxes) == 1 or not any(words):
        if len(gaps) == 1 and not label and (asked := open_choice(register)) is not None:
            return {boxes[0]: option_tick(register, asked, words[0])}
        return {place: single_tick(register, word or label) for place, word in zip(boxes, words, strict=True)}
    kind = "yes_no" if folded <= _YES_NO else "choice"
    asked = register.question(label or register.section or words[0], kind=kind)
    if kind == "choice":
        asked.choices.extend(dict.fromkeys(word for word in words if word))
    return {place: _tick(register, asked, word) for place, word in zip(boxes, words, strict=True)}


def _tick(register: Register, asked: Asked, word: str) -> str:
    value = {"co": "Có", "khong": "Không"}.get(fold(word), word) if asked.kind == "yes_no" else word
    if not register.found(asked.label, asked.key, "ask", f"ô chọn «{value}»"):
        return "□"
    return f"[{asked.key}={value}]"


def single_tick(register: Register, words: str) -> str:
    """A box of its own: a question of yes and no."""
    asked = register.question(choice_text(words) or register.section or "Ô chọn", kind="yes_no")
    return _tick(register, asked, "Có")


def open_choice(register: Register) -> Asked | None:
    """The question that the options of the coming lines belong to."""
    return register.answers.get(register.options) if register.options else None


def option_tick(register: Register, asked: Asked, words: str) -> str:
    """One more option of a question."""
    words = choice_text(without_item(words))
    if words and words not in asked.choices:
        asked.choices.append(words)
    return _tick(register, asked, words)


def with_lost_boxes(register: Register, text: str) -> tuple[str, list[str]]:
    """ "Đề nghị cấp bản sao: Có , Không" whose boxes were lost: the text with signs in their place, and the boxes."""
    found = _LOST.search(text)
    if found is None or "□" in text:
        return text, []
    label = cleaned(text[: found.start()], is_first=True)
    if "ban sao" in fold(label):
        for _ in range(2):
            register.house("copies", label, "số bản sao", kind="number")
        return _marked(text, found), ["[copies & copies!=0]", "[copies=0]"]
    asked = register.question(label or register.section, kind="yes_no")
    return _marked(text, found), [_tick(register, asked, "Có"), _tick(register, asked, "Không")]


def _marked(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]}Có {LOST_BOX}{found[1] or ','} Không {LOST_BOX}{text[found.end() :]}"
