"""What saving a draft would say, for the page on which it is entered. Only a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk_app.domain.dossiers.events import Received, Recorded
from desk_app.domain.mistakes.mistake import Mistake
from desk_app.domain.people.person import Person
from desk_app.domain.prepared.home_people import HomeDifference
from desk_app.domain.procedures.fee_exemption import Exemption
from desk_app.domain.procedures.procedure import Component, Fee
from desk_app.services.reception.draft import Question
from desk_app.store.queries.dossiers import DossierRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What saving the draft would say: code expected, when due, fee, papers asked for, questions, people, warnings.

    `presence` says who must be there and who signs before whom; `mistakes` are those that what is entered shows by
    itself, each with its input; `differing` is what stands otherwise than it was prepared at home; `service_days` are
    those that the dossier would be received under; `usual_wish` whether the citizen gets messages without saying
    anything, None where there is nothing to ask.
    """

    code: str
    due_at: datetime | None
    due_text: str
    limit_text: str
    fee: Fee
    fee_text: str
    fee_hint: str
    components: tuple[Component, ...]
    questions: tuple[Question, ...]
    people: dict[str, Person]
    warnings: tuple[str, ...]
    asks_due: bool
    asks_documents: bool
    asks_copies: bool
    copies: int
    asks_fee: bool
    can_hand_over: bool
    similar: tuple[DossierRow, ...]
    mistakes: tuple[Mistake, ...] = ()
    presence: tuple[str, ...] = ()
    differing: tuple[HomeDifference, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    service_days: tuple[str, ...] = ()
    usual_wish: bool | None = None


def unchosen(people: dict[str, Person], code: str, *, usual_wish: bool | None) -> Outlook:
    """What there is to say before a procedure is chosen: nothing but the code expected."""
    return Outlook(
        code=code,
        due_at=None,
        due_text="Chọn thủ tục để biết ngày hẹn trả",
        limit_text="",
        fee=Fee(),
        fee_text="",
        fee_hint="",
        components=(),
        questions=(),
        people=people,
        warnings=(),
        asks_due=False,
        asks_documents=False,
        asks_copies=False,
        copies=0,
        asks_fee=False,
        can_hand_over=False,
        similar=(),
        usual_wish=usual_wish,
    )


def as_recorded(payload: Received, dossier_id: str, at: int, author: str) -> Recorded:
    """The event that saving would write; it stands in no log."""
    return Recorded(
        log="",
        seq=0,
        dossier=dossier_id,
        kind="received",
        lamport=0,
        at=at,
        clock_offset=0,
        author=author,
        seen={},
        payload=payload,
    )
