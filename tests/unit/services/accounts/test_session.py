"""The one door: who acted stands in each event, who may not is refused, what makes no event leaves a line."""

from contextlib import suppress

import pytest
from msgspec.structs import replace

from desk_app.domain.dossiers import dossier
from desk_app.domain.dossiers.events import Recorded
from desk_app.domain.permissions import Permission, Role
from desk_app.errors import DeedNotAllowedError
from desk_app.services.accounts import session
from desk_app.services.catalogue import procedure_choices
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import steps
from desk_app.services.papers import papers
from desk_app.services.reception import reception
from desk_app.store.accounts import access_log, accounts
from desk_app.store.accounts.accounts import Account
from desk_app.store.database import driver
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import journal
from desk_app.store.queries import dossiers
from tests.unit.services.reception.test_reception import drafted


def received(desk: Desk) -> str:
    return reception.receive(desk, drafted(desk, "1.001193")).dossier.code


def events(desk: Desk, code: str) -> list[Recorded]:
    return journal.history(desk.db, dossiers.by_code(desk.db, code).id)


def test_every_event_bears_the_account_that_wrote_it(desk: Desk) -> None:
    code = received(desk)
    steps.step(desk, code, "forward")
    steps.correct(desk, code, {"note": "Gọi trước"}, reason="khách nhờ")
    papers.printed(desk, code, ["slip"])
    (actor,) = {event.actor for event in events(desk, code)}
    assert len(actor) == 16
    with unit_of_work(desk.db):
        assert accounts.of_name(desk.db, desk.clerk, at=0).id == actor


def test_another_clerk_is_another_actor_and_the_first_comes_back_as_before(desk: Desk) -> None:
    code = received(desk)
    first = desk.settings
    desk.settings = replace(desk.settings, clerk="Lê Văn Mẫu")
    steps.step(desk, code, "forward")
    desk.settings = first
    steps.step(desk, code, "suspend", reason="chờ")
    a, b, c = (event.actor for event in events(desk, code))
    assert a == c != b


def test_who_may_not_is_refused_and_nothing_is_written(desk: Desk) -> None:
    code = received(desk)
    with unit_of_work(desk.db):
        known = accounts.of_name(desk.db, desk.clerk, at=0)
        accounts.put(desk.db, Account(id=known.id, name=known.name, roles=(Role.PROCESSING,)), at=0)
    before = len(events(desk, code))
    steps.step(desk, code, "forward")
    with pytest.raises(DeedNotAllowedError, match="đính chính hồ sơ"):
        steps.correct(desk, code, {"note": "x"}, reason="y")
    with pytest.raises(DeedNotAllowedError, match="tiếp nhận hồ sơ"):
        received(desk)
    with pytest.raises(DeedNotAllowedError, match="đổi thiết lập"):
        procedure_choices.begin_with(desk, "2.000815")
    assert len(events(desk, code)) == before + 1


def test_what_makes_no_event_leaves_a_line_that_nobody_can_change(desk: Desk) -> None:
    received(desk)
    assert access_log.lines(desk.db) == []
    procedure_choices.begin_with(desk, "2.000815")
    (line,) = access_log.lines(desk.db)
    assert (line.deed, len(line.actor)) == (Permission.OFFICE, 16)
    for change in ("UPDATE access SET actor = ''", "DELETE FROM access"):
        with pytest.raises(driver.IntegrityError, match="access is kept"), unit_of_work(desk.db):
            desk.db.conn.execute(change)


def test_a_deed_that_fails_leaves_nothing(desk: Desk) -> None:
    code = received(desk)
    kept = dossiers.by_code(desk.db, code)
    with suppress(ZeroDivisionError), session.deed(desk, Permission.STEP) as done:
        done.record(dossier.take_step(kept, "forward"), dossier=kept.id)
        raise ZeroDivisionError
    assert len(events(desk, code)) == 1
    assert access_log.lines(desk.db) == []


def test_what_a_screen_offers_is_what_the_door_would_let_through(desk: Desk) -> None:
    assert session.may(desk, Permission.LAW)  # nobody set up accounts: the one person does everything
    with unit_of_work(desk.db):
        known = accounts.of_name(desk.db, desk.clerk, at=0)
        accounts.put(desk.db, Account(id=known.id, name=known.name, roles=(Role.PROCESSING,)), at=0)
    assert [each for each in (Permission.LAW, Permission.STEP) if session.may(desk, each)] == [Permission.STEP]
