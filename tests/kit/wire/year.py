"""A year at a commune in any order: writing, syncing, cuts, deaths, backups, restores, clones, sticks, revocations.

Whatever the story: what is on any machine at its end comes to the district once, and to every desk.
"""

from __future__ import annotations

import ast
import shutil
from collections import Counter
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from desk_app.district.failures import DeskTakenError, NumbersOverlapError
from desk_app.store.journal.logs import standings
from tests.kit.district.ledgers import Books
from tests.kit.wire.stations import MOST_DESKS, Commune, Pc, in_books, waits
from tests.kit.wire.wire import Fault

_ROUNDS = 12
"""After these everybody must have come to rest."""
MOST_TWINS = 6
parts = st.integers(0, 1000)
numbers = st.integers(0, 99)


class Year(RuleBasedStateMachine):
    """`made` is where the untouched desks are; set by the test."""

    made: Path

    def __init__(self) -> None:
        super().__init__()
        memory = Path("/dev/shm")
        self.folder = Path(mkdtemp(prefix="cx-year-", dir=memory if memory.is_dir() else None))
        self.patch = pytest.MonkeyPatch()
        self.commune = Commune(self.folder, self.made, self.patch)
        self.copies: list[tuple[Pc, Path]] = []
        self.district_copies: list[Path] = []
        self.sticks: list[Path] = []
        self.touched: Pc | None = None
        self.known: dict[int, Counter[bytes]] = {}
        self.arrived: set[tuple[bytes, int, bytes]] = set()
        """Everything that was ever at the district: log, number, event."""
        self.erased: dict[tuple[bytes, int], bytes] = {}
        self.things = 0

    @initialize()
    def two_desks(self) -> None:
        """Enrolled, a day's work done, and a backup of everything: there is an old one from the beginning."""
        for desk in (1, 2):
            self.commune.enrol(desk)
        self.a_usual_day(what=0, which=0)
        for who in (0, 1):
            self.back_up(who=who)
        self.back_up_the_district()

    # --- what happens ---------------------------------------------------------------------

    @rule(who=numbers, what=st.integers(0, 2), which=numbers)
    def write(self, who: int, what: int, which: int) -> None:
        pc = self._pc(who)
        token = self.commune.write(pc, what=what, which=which)
        if token:
            self.known.setdefault(id(pc), Counter())[token] += 1

    @rule(what=st.integers(0, 2), which=numbers)
    def a_usual_day(self, what: int, which: int) -> None:
        """Everybody works a little and exchanges, one after the other."""
        for who in range(sum(not pc.is_gone for pc in self.commune.pcs)):
            self.write(who=who, what=what, which=which)
            self.sync(who=who)

    @rule(who=numbers)
    def sync(self, who: int) -> None:
        pc = self._pc(who)
        told = self.commune.round(pc)
        assert told in ("", "RevokedError", "UnknownDeviceError"), told

    @rule(who=numbers, good=st.integers(0, 2), what=st.sampled_from(["up", "down", "kill"]), part=parts)
    def sync_over_a_bad_line(self, who: int, good: int, what: str, part: int) -> None:
        """Some questions are answered before it breaks."""
        faults = [Fault()] * good + [Fault(what, part)]  # type: ignore[arg-type]
        self.commune.round(self._pc(who), *faults)

    @rule(who=numbers)
    def sync_without_a_line(self, who: int) -> None:
        district, self.commune.wire.district = self.commune.wire.district, None
        told = self.commune.round(self._pc(who))
        self.commune.wire.district = district
        assert told == "OfflineError"

    @rule(who=numbers)
    def restart(self, who: int) -> None:
        self.commune.leave(self._pc(who))

    @rule(who=numbers)
    def back_up(self, who: int) -> None:
        pc, place = self._pc(who), self._new("backup")
        self.commune.copy_folder(pc, place)
        self.copies.append((pc, place))

    @precondition(lambda self: self.copies)
    @rule(which=numbers, forgets=st.booleans())
    def put_a_backup_back(self, which: int, forgets: bool) -> None:
        """Into its folder; `forgets` is a new user account, which cannot know that the folder is old."""
        pc, place = self.copies[which % len(self.copies)]
        pc.is_gone = False  # its disk is replaced
        self.commune.put_back(pc, place)
        if forgets:
            shutil.rmtree(pc.account, ignore_errors=True)
        self.commune.see_revoked()
        self.touched = self._pc_again(pc)
        self.known[id(pc)] = self.commune.kept_by(pc)

    @precondition(lambda self: len(self.commune.pcs) < MOST_DESKS + 1)
    @rule(who=numbers)
    def clone(self, who: int) -> None:
        twin = self.commune.clone(self._pc(who))
        self.known[id(twin)] = self.commune.kept_by(twin)

    @precondition(lambda self: self.copies and len(self.commune.pcs) < MOST_DESKS + 1)
    @rule(which=numbers, what=st.integers(0, 2))
    def image_two_machines_from_a_backup(self, which: int, what: int) -> None:
        """An old image, used for a while, then copied to a second PC: the same unsent work on both."""
        self.put_a_backup_back(which=which, forgets=True)
        pc = self.copies[which % len(self.copies)][0]
        who = [one for one in self.commune.pcs if not one.is_gone].index(pc)
        self.write(who=who, what=what, which=which)
        self.clone(who=who)

    @precondition(lambda self: sum(not pc.is_gone for pc in self.commune.pcs) > 2)
    @rule(who=numbers)
    def a_machine_burns(self, who: int) -> None:
        """With everything on it that was not sent; what was sent must outlive even a district that is restored."""
        self.commune.burn(self._pc(who))
        self.touched = None

    @precondition(lambda self: len(self.commune.pcs) < MOST_DESKS)
    @rule()
    def another_desk(self) -> None:
        number = next(n for n in range(3, MOST_DESKS + 2) if n not in self._numbers())
        if number <= MOST_DESKS:
            self.commune.enrol(number)

    @precondition(lambda self: sum(pc.is_revoked for pc in self.commune.pcs) == 0 and len(self.commune.pcs) > 2)
    @rule(who=numbers)
    def revoke(self, who: int) -> None:
        self.commune.revoke(self._pc(who))

    @rule(who=numbers, to_desk=st.integers(0, 3))
    def write_a_stick(self, who: int, to_desk: int) -> None:
        place = self._new("stick")
        if self.commune.out_on_stick(self._pc(who), place, to_desk=to_desk):
            self.sticks.append(place)

    @precondition(lambda self: self.sticks)
    @rule(which=numbers, part=st.one_of(st.just(1000), parts))
    def bring_a_stick_to_the_district(self, which: int, part: int) -> None:
        """Old ones, the same again, and torn ones too."""
        place = self._stick(which)
        for file in [file for file in place.glob("*.cx") if not file.name.endswith(".rcp.cx")]:
            whole = file.read_bytes()
            file.write_bytes(whole[: len(whole) * part // 1000])
        self.commune.at_the_district(place)

    @precondition(lambda self: self.sticks)
    @rule(who=numbers, which=numbers)
    def bring_a_stick_to_a_desk(self, who: int, which: int) -> None:
        """It may be old, and then it takes nothing back."""
        pc = self._pc(who)
        before = self.commune.confirmed(pc)
        self.commune.in_from_stick(pc, self._stick(which))
        after = self.commune.confirmed(pc)
        assert all(after[log] >= seq for log, seq in before.items() if log in after)

    @rule(who=numbers, meanwhile=st.integers(0, 2), what=st.integers(0, 2))
    def a_stick_goes_there_and_back(self, who: int, meanwhile: int, what: int) -> None:
        """The answer comes home after the line has come back, and more has happened."""
        self.write_a_stick(who=who, to_desk=0)
        if not self.sticks:
            return
        self.bring_a_stick_to_the_district(which=len(self.sticks) - 1, part=1000)
        answered = len(self.sticks) - 1
        for _ in range(meanwhile):
            self.write(who=who, what=what, which=0)
            self.sync(who=who)
        self.bring_a_stick_to_a_desk(who=who, which=answered)

    @rule()
    def the_district_speaks(self) -> None:
        self.commune.say()

    @rule(which=numbers)
    def the_district_has_something_erased(self, which: int) -> None:
        if found := self.commune.erase(which):
            log, seq, token = found
            self.erased[log, seq] = token

    @rule()
    def back_up_the_district(self) -> None:
        file = self._new("district-backup")
        self.commune.back_up_district(file)
        self.district_copies.append(file)

    @precondition(lambda self: self.district_copies and not any(pc.is_revoked for pc in self.commune.pcs))
    @rule(which=numbers)
    def bring_the_district_back(self, which: int) -> None:
        self.commune.bring_district_back(self.district_copies[which % len(self.district_copies)])

    @rule(who=numbers, days_on=st.sampled_from([-4000, -1, 1, 4000]))
    def set_a_clock(self, who: int, days_on: int) -> None:
        pc = self._pc(who)
        if abs((pc.clock.moment.year - 2026) * 365 + days_on) < 8000:
            self.commune.jump(pc, days_on)

    # --- what must hold at any moment -----------------------------------------------------

    @invariant()
    def no_machine_forgets_what_it_has_written(self) -> None:
        if self.touched is None:
            return
        missing = self.known.get(id(self.touched), Counter()) - self.commune.kept_by(self.touched)
        assert not set(missing) - set(self.erased.values())

    @invariant()
    def the_district_has_nothing_twice(self) -> None:
        held = self.commune.held()
        self.arrived |= {(log, seq, line) for log, lines in held.items() for seq, line in enumerate(lines, 1)}
        twice = {token: times for token, times in in_books(held).items() if times > 1}
        assert not twice

    @invariant()
    def what_a_desk_takes_for_delivered_was_delivered(self) -> None:
        if self.touched is None:
            return
        own = self.commune.books_of(self.touched)
        for log, seq in self.commune.confirmed(self.touched).items():
            said = {(log, number, line) for number, line in enumerate(own[log][:seq], 1)}
            assert said <= self.arrived

    # --- the end of the story -------------------------------------------------------------

    def teardown(self) -> None:
        try:
            if self.commune.pcs:
                self._see_the_end()
        finally:
            self.leave()

    def leave(self) -> None:
        self.commune.close()
        self.patch.undo()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _see_the_end(self) -> None:
        active = [pc for pc in self.commune.pcs if not pc.is_revoked and not pc.is_gone]
        there: Counter[bytes] = Counter()
        for pc in active:
            there |= self._trusted(pc)
        there |= in_books(self.commune.held())
        for _ in range(_ROUNDS):
            told = [self._round_of(pc) for pc in active]
            if not any(told) and not any(self._waits(pc) for pc in active):
                break
        else:
            raise AssertionError(f"no rest: {told}")
        for pc in active:
            assert self.commune.round(pc) == ""
        arrived = in_books(self.commune.held())
        lost = set(there - arrived) - set(self.erased.values())
        assert not lost, "lost on the way to the district"
        assert max(arrived.values(), default=1) == 1, "twice at the district"
        readable = self.commune.readable()
        for pc in active:
            theirs = self._revoked_logs(pc)  # what of these a restored district lost is put aside there
            kept, held = (_but(books, theirs) for books in (self.commune.books_of(pc), readable))
            assert kept == held
            assert self.commune.is_sound(pc) == []
        self._see_what_is_erased(active)

    def _see_what_is_erased(self, active: list[Pc]) -> None:
        """Nobody has it any more; but a district that forgot its decree, as everybody else did, may have it back."""
        gone = {token for place, token in self.erased.items() if place in self.commune.decreed()}
        assert not gone & set(in_books(self.commune.held()))
        for pc in active:
            theirs = in_books(_but(self.commune.books_of(pc), self._revoked_logs(pc)))
            assert not gone & set(theirs)

    def _round_of(self, pc: Pc) -> str:
        """A round; a machine that a restored district has forgotten is enrolled again, as it says itself.

        Where its twin has been so before, it needs another number.
        """
        told = self.commune.round(pc)
        if told == "UnknownDeviceError":
            for number in (pc.number, *range(MOST_DESKS + 1, MOST_DESKS + MOST_TWINS)):
                with suppress(DeskTakenError, NumbersOverlapError):
                    self.commune.certify(pc, number)
                    break
        return told

    def _trusted(self, pc: Pc) -> Counter[bytes]:
        """What the machine has but for what only revoked ones wrote: that is put aside for a person to see."""
        theirs = self._revoked_logs(pc)
        kept = Counter(dict.fromkeys(self.commune.kept_by(pc), 1))
        return kept - in_books({log: lines for log, lines in self.commune.books_of(pc).items() if log in theirs})

    def _revoked_logs(self, pc: Pc) -> set[bytes]:
        revoked = self.commune.authors_revoked()
        with self.commune.at(pc) as desk:
            return {one.log for one in standings(desk.db) if one.author in revoked}

    def _waits(self, pc: Pc) -> bool:
        with self.commune.at(pc) as desk:
            return waits(desk.db)

    # --- small things ---------------------------------------------------------------------

    def _pc(self, number: int) -> Pc:
        self.commune.chance.seed(f"{self.commune.chance.random()} {number}")  # another story, other names
        here = [pc for pc in self.commune.pcs if not pc.is_gone]
        return self._pc_again(here[number % len(here)])

    def _pc_again(self, pc: Pc) -> Pc:
        self.touched = pc
        return pc

    def _stick(self, number: int) -> Path:
        """Sticks are copied before they are carried: the same can be carried again."""
        place = self._new("carried")
        shutil.copytree(self.sticks[number % len(self.sticks)], place)
        self.sticks.append(place)
        return place

    def _numbers(self) -> set[int]:
        return {pc.number for pc in self.commune.pcs}

    def _new(self, name: str) -> Path:
        self.things += 1
        return self.folder / f"{name}{self.things}"


def _but(books: Books, logs: set[bytes]) -> Books:
    return {log: bodies for log, bodies in books.items() if bodies and log not in logs}


def told(story: str) -> int:
    """Live through a year given step by step, as Hypothesis prints it ("sync(who=2)"); what must hold is seen after
    each step and at the end. How many steps that were.
    """
    year, steps = Year(), [step for step in map(str.strip, story.splitlines()) if step]
    try:
        year.two_desks()
        _see(year)
        for step in steps:
            call = ast.parse(step, mode="eval").body
            assert isinstance(call, ast.Call)
            assert isinstance(call.func, ast.Name)
            said = {word.arg: ast.literal_eval(word.value) for word in call.keywords if word.arg}
            getattr(year, call.func.id)(**said)
            _see(year)
    except BaseException:
        year.leave()
        raise
    year.teardown()
    return len(steps)


def _see(year: Year) -> None:
    """What must hold at any moment."""
    year.no_machine_forgets_what_it_has_written()
    year.the_district_has_nothing_twice()
    year.what_a_desk_takes_for_delivered_was_delivered()
