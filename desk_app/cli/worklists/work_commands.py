"""work, told, messages: the day's work, what came of telling a citizen, and what was sent."""

from __future__ import annotations

import argparse

from desk_app.cli import answers
from desk_app.cli.opening import opened
from desk_app.domain.messages import occasion
from desk_app.domain.messages.kinds import ContactOutcome
from desk_app.domain.people.person import masked
from desk_app.services.messages import calling
from desk_app.services.worklists import worklists
from desk_app.store.queries import dossiers
from desk_app.terminal import Answer, clock, moment


def work(chosen: argparse.Namespace) -> Answer:
    """The numbers of all lists, or the rows of one."""
    with opened(chosen, reader=True) as desk:
        if chosen.list:
            return answers.rows(worklists.listed(desk, chosen.list, chosen.limit))
        counts, elsewhere = worklists.counts(desk), worklists.late_elsewhere(desk)
    data = [{"list": each.which.value, "label": each.which.label, "dossiers": each.number} for each in counts]
    lines = [f"{each.which.label}: {each.number} hồ sơ ({each.which.value})" for each in counts]
    if elsewhere:
        lines.append(f"Quá hạn ở quầy khác: {elsewhere} hồ sơ")
    return Answer(data, tuple(lines))


def told(chosen: argparse.Namespace) -> Answer:
    """What came of telling the citizen what the dossier makes it owe."""
    with opened(chosen) as desk:
        kept = calling.contact(desk, chosen.code, chosen.outcome, note=chosen.note)
        standing = calling.to_tell(desk, kept)
    data = {
        "code": kept.code,
        "about": standing.about.value if standing.about is not None else "",
        "outcome": chosen.outcome,
        "is_told": standing.is_told,
    }
    return Answer(data, (f"Hồ sơ {kept.code}: {ContactOutcome(chosen.outcome).label}.",))


def messages(chosen: argparse.Namespace) -> Answer:
    """The messages of a dossier; telephone numbers masked."""
    with opened(chosen, reader=True) as desk:
        kept = dossiers.by_code(desk.db, chosen.code)
    found = occasion.messages(kept)
    data = [
        {
            "id": each.id,
            "about": each.about,
            "phone_masked": masked(each.phone),
            "text": each.text,
            "template": each.template,
            "queued_at": moment(each.queued_at),
            "sending": each.sending.value,
            "sent_at": moment(each.sent_at) if each.sent_at else None,
            "failed": each.failed,
        }
        for each in found
    ]
    lines = [
        f"{clock(each.queued_at)}  {each.sending.label}{f': {each.failed}' if each.failed else ''}  {each.text}"
        for each in found
    ]
    return Answer(data, tuple(lines) or ("Hồ sơ này chưa có tin nhắn nào.",))
