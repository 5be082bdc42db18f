"""What desks record of lists of many dossiers. It is of no single dossier."""

from __future__ import annotations

from msgspec import Struct

from desk_app.domain.dossiers.dossier_facts import FormVersion, Office


class PaperListRow(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A row: the dossier by id and code, the last of its events that the list knew, and what the row says beside.

    `said` are texts by column that name nobody. What a row says of people is read from the dossier as it was at
    `version`: an event of many people could be erased for none of them alone.
    """

    dossier: str
    code: str
    version: tuple[int, str]
    said: dict[str, str] = {}


class PaperListMade(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Many dossiers on one paper. `list_id` (16 characters) names the list for ever and proves the desk
    (`domain.history.owned_ids`), `what` is one of `paper_lists.KINDS`; `number` its outgoing number, `form` and
    `office` as they were then. `to_desk` is the desk that the dossiers were handed to with it, 0 for a list of another
    kind.
    """

    list_id: str
    what: str
    receiver: str
    giver: str = ""
    number: str = ""
    form: FormVersion
    office: Office
    rows: tuple[PaperListRow, ...]
    to_desk: int = 0


class PaperListPrinted(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The list went to a printer, or into a file ("PDF")."""

    list_id: str
    copies: int = 1
    printer: str = ""


ListEvent = PaperListMade | PaperListPrinted
LIST_KINDS: dict[str, type[ListEvent]] = {"paper_list": PaperListMade, "paper_list_printed": PaperListPrinted}
