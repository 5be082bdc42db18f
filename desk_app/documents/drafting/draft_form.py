"""A draft form in the house's own format, with what was found in the text and what is left to ask. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from desk_app.documents.drafting.form_text import form_toml
from desk_app.documents.drafting.found import SAID, FoundBlank
from desk_app.documents.drafting.gaps import gaps_of
from desk_app.documents.drafting.labels import slug
from desk_app.documents.drafting.plain_lines import is_capital
from desk_app.documents.drafting.register import Register
from desk_app.documents.drafting.source_files.flat_tables import with_tables
from desk_app.documents.drafting.source_files.parts import Source, SourceLine, SourcePage, SourceRemark
from desk_app.documents.drafting.vocabulary import Vocabulary
from desk_app.documents.drafting.walk import Walk
from desk_app.domain.text import fold

_OFFICES = ("uy ban nhan dan", "ubnd ", "hoi dong nhan dan", "so ", "phong ", "trung tam ")
"""How the name of an office begins that stands above the title."""


class DraftForm(Struct, frozen=True, kw_only=True):
    """What a person looks through before anybody prints with it."""

    id: str
    title: str
    toml: str
    layout: str
    blanks: tuple[FoundBlank, ...]
    remarks: tuple[str, ...] = ()
    """What the file held that the draft cannot keep as it stood, a sentence each."""

    @property
    def matched(self) -> tuple[FoundBlank, ...]:
        return tuple(blank for blank in self.blanks if blank.sure in {"sure", "likely"})

    @property
    def unmatched(self) -> tuple[FoundBlank, ...]:
        """Those that became questions of the form's own."""
        return tuple(blank for blank in self.blanks if blank.sure == "ask")


def drafted(
    source: Sequence[Source], vocabulary: Vocabulary, *, today: str, form_id: str = "", title: str = ""
) -> DraftForm:
    """The draft of an official text; `today` ISO, for the day from which it holds until a person says otherwise."""
    remarks = tuple(part.text for part in source if isinstance(part, SourceRemark))
    source = with_tables([part for part in source if not isinstance(part, SourceRemark)])
    title = title or title_of(source)
    register = Register(vocabulary=vocabulary, title=title)
    register.notes = _notes(source)
    walk = Walk(register, source)
    walk.go()
    page = next((part for part in source if isinstance(part, SourcePage)), None)
    return DraftForm(
        id=form_id or slug(title).replace("_", "-")[:40].strip("-") or "mau-moi",
        title=title,
        toml=form_toml(register, title=title, page=page, today=today),
        layout="\n".join(walk.lines).strip("\n") + "\n",
        blanks=tuple(register.blanks),
        remarks=remarks,
    )


def report(draft: DraftForm) -> list[str]:
    """What was found, line by line, for the person who looks through the draft."""
    counts = {sure: sum(blank.sure == sure for blank in draft.blanks) for sure in SAID}
    told = ", ".join(f"{SAID[sure]} {count}" for sure, count in counts.items() if count)
    lines = [f"{draft.title}: {len(draft.blanks)} chỗ trống ({told or 'không có'})."]
    lines += [f"Xem lại: {remark}" for remark in draft.remarks]
    for blank in draft.blanks:
        key = blank.key or "(viết tay)"
        lines.append(
            f"dòng {blank.line}: «{blank.label or 'không có nhãn'}» → {key} [{SAID[blank.sure]}] {blank.why}".rstrip()
        )
    return lines


def title_of(source: Sequence[Source]) -> str:
    """The capitals after the national heading; else the first words."""
    found: list[str] = []
    lines = [" ".join(part.text.split()) for part in source if isinstance(part, SourceLine) and part.text.strip()]
    for text in lines:
        folded = fold(text)
        is_nation = "cong hoa xa hoi" in folded or folded.startswith(("doc lap", "mau so", *_OFFICES))
        is_title = not is_nation and not gaps_of(text) and len(text) < 140
        if is_title and (is_capital(text) or (found and len(" ".join(found).split()) <= 3)):
            found.append(text)
        elif found:
            break
    return (" ".join(found) or next(iter(lines), "Mẫu mới"))[:140]


def _notes(source: Sequence[Source]) -> dict[str, str]:
    """The notes at the end, by their number."""
    found: dict[str, str] = {}
    number = ""
    for part in source:
        if not isinstance(part, SourceLine):
            continue
        text = part.text.strip()
        head, bracket, rest = text.partition(")")
        if text.startswith("(") and bracket and head[1:].strip().isdecimal():
            number = head[1:].strip()
            found[number] = rest
        elif number:
            found[number] += f" {text}"
    return found
