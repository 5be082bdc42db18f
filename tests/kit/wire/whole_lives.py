"""Whole lives of dossiers at two desks and a district: any step at either desk, taken back, corrected, exchanged.

Each step is taken as the table of steps says, or refused with its sentence. At the end both desks and the district hold
the same dossiers, and what each shows is what it makes again from its journal.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from msgspec.structs import replace

from desk_app.district.checks import check as district_check
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.steps import ACTIONS, Action, Status, leads_to
from desk_app.domain.handling.step_table import refusal
from desk_app.domain.handling.ways_out import WayOut
from desk_app.domain.people.person import Person
from desk_app.errors import DeskError, StepRefusedError, WrongStatusError
from desk_app.services.dossiers import steps, taking_back
from desk_app.services.maintenance import checks
from desk_app.services.reception import reception
from desk_app.store.queries import dossiers
from tests.kit.wire.stations import Commune, Pc

_ROUNDS = 6
_PROCEDURES = ("1.004873", "2.000815")
_DETAILS: dict[str, dict[str, str]] = {
    "": {},
    "post": {"handed": WayOut.POST, "item_code": "EX000000000VN"},
    "authorised": {
        "handed": WayOut.AUTHORISED,
        "paper_of_authority": "Giấy số 1",
        "collector.full_name": "Lê Văn Mẫu",
    },
    "home": {"handed": WayOut.HOME, "cause": "policy"},
    "defects": {"defects": "1: mờ; 2: thiếu"},
    "own": {"cause": "own"},
    "decision": {"result": "15/GXN", "signer": "Chủ tịch thử", "decided_on": "2026-11-01"},
    "redo": {"outcome": "redo"},
    "further": {"to": "Công chức khác"},
}
numbers = st.integers(0, 99)


class WholeLives(RuleBasedStateMachine):
    """`made` is where the untouched desks are; set by the test."""

    made: Path

    def __init__(self) -> None:
        super().__init__()
        memory = Path("/dev/shm")
        self.folder = Path(mkdtemp(prefix="cx-lives-", dir=memory if memory.is_dir() else None))
        self.patch = pytest.MonkeyPatch()
        self.commune = Commune(self.folder, self.made, self.patch)
        self.taken: set[str] = set()

    @initialize()
    def two_desks(self) -> None:
        for desk in (1, 2):
            self.commune.enrol(desk)
            self.receive(who=desk - 1, which=desk)

    @rule(who=st.integers(0, 1), which=numbers)
    def receive(self, who: int, which: int) -> None:
        with self.commune.at(self._pc(who)) as desk:
            person = Person(full_name="Nguyễn Thị Thử", id_number=f"0390900000{which:02d}")
            draft = reception.new_draft(_PROCEDURES[which % len(_PROCEDURES)])
            reception.receive(desk, replace(draft, people={"applicant": person}))

    @rule(
        who=st.integers(0, 1),
        which=numbers,
        action=st.sampled_from(Action),
        details=st.sampled_from(sorted(_DETAILS)),
    )
    def step(self, who: int, which: int, action: Action, details: str) -> None:
        """Any step, allowed or not: the table says which, and a refusal changes nothing."""
        with self.commune.at(self._pc(who)) as desk:
            code = self._code(desk, which)
            before = dossiers.by_code(desk.db, code)
            said = refusal(before, action)
            rule_of, due_on = ACTIONS[action], ""
            if rule_of.needs_due:
                due_on = next((each.due_on for each in steps.steps(desk, code) if each.action == action), "")
                due_on = due_on or desk.calendar.next_working_day(desk.today()).isoformat()
            try:
                after = steps.step(desk, code, action, reason="Vì thử", due_on=due_on, details=_DETAILS[details])
            except WrongStatusError as error:  # a refusal is one of two good answers
                assert isinstance(error, StepRefusedError)  # noqa: PT017
                assert error.remedy == said  # noqa: PT017
                assert dossiers.by_code(desk.db, code) == before
                return
            except DeskError:  # details of another step, or a day that has not come
                assert dossiers.by_code(desk.db, code) == before
                return
            assert not said
            self.taken.add(action)
            outcome = _DETAILS[details].get("outcome", "")
            assert after.status is (leads_to(action, outcome) or before.status)
            assert after.out_of_turn == before.out_of_turn

    @rule(who=st.integers(0, 1), which=numbers)
    def usual_step(self, who: int, which: int) -> None:
        """The first that the card offers: lives come to their end."""
        with self.commune.at(self._pc(who)) as desk:
            code = self._code(desk, which)
            choice = next(iter(steps.steps(desk, code)), None)
            if choice is not None and choice.action != Action.ANNUL:
                steps.step(desk, code, choice.action, reason="Vì thử", due_on=choice.due_on)

    @rule(who=st.integers(0, 1), which=numbers)
    def take_back(self, who: int, which: int) -> None:
        with self.commune.at(self._pc(who)) as desk:
            code = self._code(desk, which)
            last = taking_back.last_step(desk, code)
            if last is not None:
                after = taking_back.take_back(desk, code, reason="Nhầm", due_on=last.due_on)
                assert after.status is last.back_to

    @rule(who=st.integers(0, 1), which=numbers)
    def note(self, who: int, which: int) -> None:
        with self.commune.at(self._pc(who)) as desk:
            code = self._code(desk, which)
            before = dossiers.by_code(desk.db, code)
            after = steps.note(desk, code, "Gọi lại chiều mai")
            assert (after.status, len(after.notes)) == (before.status, len(before.notes) + 1)

    @rule(who=st.integers(0, 1))
    def exchange(self, who: int) -> None:
        assert self.commune.round(self._pc(who)) == ""

    def teardown(self) -> None:
        try:
            if len(self.commune.pcs) == 2:
                self._see_the_end()
        finally:
            self.commune.close()
            self.patch.undo()
            shutil.rmtree(self.folder, ignore_errors=True)

    def _see_the_end(self) -> None:
        for _ in range(_ROUNDS):
            for pc in self.commune.pcs:
                assert self.commune.round(pc) == ""
        one, other = (self._dossiers(pc) for pc in self.commune.pcs)
        assert one == other
        shown = self._at_the_district()
        assert shown == {
            kept.code: (kept.status.value, kept.due_at, kept.returned_at, int(kept.needs_look)) for kept in one.values()
        }
        district_check.rebuild(self.commune.office)
        assert self._at_the_district() == shown

    def _dossiers(self, pc: Pc) -> dict[str, Dossier]:
        """What the desk shows, the same after everything was made again from the journal."""
        with self.commune.at(pc) as desk:
            assert checks.check(desk).ok
            rows = desk.db.all("SELECT code, status, due_at, returned_at, needs_look FROM dossier ORDER BY code")
            found = {row[0]: dossiers.by_code(desk.db, row[0]) for row in rows}
            for code, status, due_at, returned_at, needs_look in rows:
                kept = found[code]
                assert (kept.status, kept.due_at, kept.returned_at) == (Status(status), due_at, returned_at)
                assert kept.needs_look == bool(needs_look)
            checks.rebuild(desk)
            assert rows == desk.db.all(
                "SELECT code, status, due_at, returned_at, needs_look FROM dossier ORDER BY code"
            )
            return found

    def _at_the_district(self) -> dict[str, tuple[Any, ...]]:
        self.commune.district.projection.catch_up()
        with self.commune.district.storage.reading() as session:
            rows = session.all("SELECT code, status, due_at, returned_at, needs_look FROM dossier")
        return {code: tuple(rest) for code, *rest in rows}

    def _pc(self, number: int) -> Pc:
        return self.commune.pcs[number]

    def _code(self, desk: Any, which: int) -> str:
        codes = [code for (code,) in desk.db.all("SELECT code FROM dossier ORDER BY received_at, code")]
        return str(codes[which % len(codes)])
