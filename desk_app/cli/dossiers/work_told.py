"""What JSON says of the work on a dossier: who has it, what stopped it, numbers, messages, money, papers."""

from __future__ import annotations

from msgspec import to_builtins

from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import StepTaken
from desk_app.domain.dossiers.steps import Action, Status
from desk_app.domain.handling import results
from desk_app.domain.messages import occasion
from desk_app.domain.outgoing.course import counted
from desk_app.domain.payments.payment import lines_of, standing_of
from desk_app.terminal import moment

Told = dict[str, object]


def handling_told(kept: Dossier) -> Told:
    """Who has the dossier until when, what is missing of it, the decision, and how the result left."""
    now = kept.handling
    return {
        "inner": now.inner,
        "holder": now.holder,
        "until": moment(now.until),
        "defects": [{"component": each.component, "name": each.name, "wrong": each.wrong} for each in now.defects],
        "completions": kept.completions,
        "signer": now.signer,
        "decided_on": now.decided_on,
        "file": now.file,
        "handed": now.handed,
        "item_code": now.item_code,
        "paper_of_authority": now.paper_of_authority,
        "collector": kept.collector.full_name if kept.collector else "",
    }


def work_told(kept: Dossier, now: int) -> Told:
    """All of it, for `show`; `now` UTC ms says whether it is late."""
    return {
        "result": kept.result,
        "late": kept.is_late(now),
        "handling": {
            **handling_told(kept),
            "since": moment(kept.handling.since),
            "asked_at": moment(kept.handling.asked_at),
            "apologies": kept.apologies,
            "hand_outs": [moment(at) for at in results.hand_outs(kept)],
            "annulled_at": [moment(at) for at in results.annulled_on(kept)],
        },
        "suspension": _suspension(kept),
        "outgoing_numbers": _outgoing(kept),
        "messages": _messages(kept),
        "payments": _payments(kept),
        "custody": _custody(kept),
    }


def _suspension(kept: Dossier) -> Told | None:
    """The suspension in force: since when, why, and whether the office's time runs on; None where there is none."""
    if kept.status is not Status.SUSPENDED:
        return None
    found = [(turn, step) for turn, step in counted(kept) if step.action == Action.SUSPEND]
    at, reason, cause = (found[-1][0].at, found[-1][1].reason, found[-1][1].cause) if found else (0, "", "")
    return {"since": moment(at), "reason": reason, "cause": cause, "time_runs": kept.time_runs}


def _outgoing(kept: Dossier) -> list[Told]:
    """The numbers of the papers that steps gave out, also of steps taken back: the papers left."""
    return [
        {
            "number": step.number,
            "action": step.action,
            "at": moment(turn.at),
            "papers": [paper.form for paper in step.papers],
            "taken_back": turn.stamp in kept.taken_back,
        }
        for turn in kept.turns
        if isinstance(step := turn.payload, StepTaken) and step.number
    ]


def _messages(kept: Dossier) -> Told:
    """What waits for being told, what the citizen said of messages, and each message with what became of it."""
    here = occasion.occasion(kept)
    return {
        "wanted": occasion.wants_messages(kept),
        "untold": here.about.value if here is not None and not occasion.is_told(kept, here) else "",
        "tries": occasion.tries(kept, here) if here is not None else 0,
        "queued": [
            {
                "id": each.id,
                "about": each.about,
                "phone": each.phone,
                "text": each.text,
                "sending": each.sending.value,
                "queued_at": moment(each.queued_at),
                "sent_at": moment(each.sent_at),
                "failed": each.failed,
            }
            for each in occasion.messages(kept)
        ],
    }


def _payments(kept: Dossier) -> Told:
    found = standing_of(kept)
    return {
        "owed_vnd": found.owed,
        "collected_vnd": found.collected,
        "rest_vnd": found.rest,
        "told": found.told,
        "lines": [
            {
                "at": moment(line.at),
                "amount_vnd": line.amount,
                "way": line.way,
                "desk": line.desk,
                "author": line.author,
                "receipt": to_builtins(line.receipt),
                "reason": line.reason,
                "mistake": line.is_mistake,
                "note": line.note,
            }
            for line in lines_of(kept.money)
        ],
    }


def _custody(kept: Dossier) -> Told:
    held = kept.holding
    return {
        "desk": held.desk,
        "since": moment(held.since),
        "way_to": held.way_to or None,
        "given_at": moment(held.given_at),
        "given_by": held.given_by,
    }
