"""The papers of a procedure, from the national portal's list: papers, papers only shown, and remarks told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desk_app.domain.procedures.procedure import Component, ComponentUse
from desk_app.domain.text import fold
from desk_app.services.catalogue.national_rows import NationalPaper, PaperGroup, clean

_BULLET = re.compile(r"^[\s\-–+*•·.]+")
_HANDED_IN = re.compile(r"giay to (phai )?nop|thanh phan ho so|^ho so (gom|bao gom)?$")
_HEADING = re.compile(r"(^\*.*|\bsau( đây)?)\s*:$", re.IGNORECASE)
_OWN_PAPER = re.compile(r"(to khai|don|phieu de nghi|van ban de nghi)\b")


def papers_of(groups: Sequence[PaperGroup]) -> tuple[tuple[Component, ...], list[str]]:
    """The components in the portal's order, and what is odd about the list, in Vietnamese.

    A row without quantity, or a heading, is a remark. A group's own heading that names a case ("Đối với nhà ở …")
    becomes the condition of its papers. `required` is false everywhere on the portal, so only the citizen's own
    declaration and the papers everybody shows are ticked beforehand.
    """
    found: list[Component] = []
    odd: list[str] = []
    seen: set[tuple[str, str, str, int, int]] = set()
    ids: dict[str, int] = {}
    for group in groups:
        heading = clean(group.group)
        for paper in group.items:
            key = (heading, clean(paper.name), paper.code or "", paper.original_qty or 0, paper.copy_qty or 0)
            name = _tidy(paper.name)
            if not name:
                odd.append("có giấy tờ không tên")
            elif key in seen:
                odd.append(f"giấy tờ ghi lặp: {_short(name)}")
            else:
                seen.add(key)
                base = clean(paper.code) or "giay-to"
                ids[base] = ids.get(base, 0) + 1
                found.append(_component(paper, name, heading, base if ids[base] == 1 else f"{base}#{ids[base]}"))
    return tuple(found), odd


def _component(paper: NationalPaper, name: str, heading: str, key: str) -> Component:
    originals, copies = max(paper.original_qty or 0, 0), max(paper.copy_qty or 0, 0)
    label = fold(heading)
    shown = "xuat trinh" in label
    condition = "" if not heading or shown or _HANDED_IN.search(label) or "luu y" in label else _tidy(heading)
    if not originals + copies or _is_heading(paper.name) or _is_online_only(name):
        return Component(id=key, name=name, use=ComponentUse.NOTE, originals=0, condition=condition)
    everybody = _OWN_PAPER.match(fold(name)) or (shown and "giay to tuy than" in fold(name))
    return Component(
        id=key,
        name=name,
        use=ComponentUse.SHOW if shown else ComponentUse.SUBMIT,
        originals=originals,
        copies=copies,
        default=bool(everybody) and not condition,
        condition=condition,
    )


def _is_heading(name: str) -> bool:
    return bool(_HEADING.search(clean(name)))


def _is_online_only(name: str) -> bool:
    """An interactive form that only exists when the dossier comes over the network."""
    folded = fold(name)
    return "tuong tac" in folded and "truc tuyen" in folded


def _tidy(text: str | None) -> str:
    """Without the list's bullets and closing marks."""
    return _BULLET.sub("", clean(text)).rstrip(" ;.:,")


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
