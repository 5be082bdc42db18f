"""By which way a dossier came is recorded, shown in the register's lines and counted by procedure."""

from __future__ import annotations

from msgspec.structs import replace

from desk_app.services.desk.desk import Desk
from desk_app.services.reception import cards, reception
from desk_app.services.reports import reports
from desk_app.store.journal import journal
from desk_app.store.journal.check import check
from tests.kit.desk.desks import CARD

PROCEDURE = "2.000635"


def test_each_way_is_recorded_and_counted(desk: Desk) -> None:
    for channel in ("", "helped", "helped", "online"):
        draft = replace(reception.new_draft(PROCEDURE), people={"applicant": cards.scan(desk, CARD).person})
        kept = reception.receive(desk, replace(draft, channel=channel)).dossier
        assert kept.channel == channel
        assert ("channel" in desk.db.all("SELECT body FROM event ORDER BY n DESC")[0][0]) == bool(channel)
        assert journal.dossier(desk.db, kept.id).channel == channel
    made = reports.report(desk, "channels", desk.today(), desk.today())
    assert made.totals == {"paper": 1, "online": 1, "helped": 2, "all": 4}
    assert len(made.rows) == 1
    assert check(desk.db).ok
    assert reports.as_pdf(desk, made).startswith(b"%PDF")
