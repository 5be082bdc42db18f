"""Desks put back and cloned at random: nothing lost, nothing doubled, nothing called a conflict that is none."""

from __future__ import annotations

import random
from collections import Counter

from desk_app.domain.dossiers.events import Corrected, Printed, StepTaken
from desk_app.store.journal import forks, journal, set_aside
from desk_app.store.journal.check import check
from desk_app.store.journal.rebuild import rebuild
from tests.kit.desk import books
from tests.kit.district.fork_district import District, copied, lines, told

# What may happen, and how often; on at most four machines, which are two desks put back and cloned at any time.
DEEDS = {
    "correct": 30,
    "exchange": 25,
    "print": 10,
    "restore": 8,
    "backup": 8,
    "receive": 5,
    "step": 5,
    "clone": 3,
    "close": 2,
}
CUTS = (0, 1, 2, 5, 10**9, 10**9, 10**9)


class Town:
    """Desks, their backups, the district; and what each correction is known to have replaced."""

    def __init__(self, folder, chosen):
        self.folder, self.chosen, self.count = folder, chosen, 0
        self.desks = [books.made(folder / "a"), books.made(folder / "b")]
        self.backups = [None, None]
        self.district = District()
        self.replaced = {}
        self.do(1001, 0, "receive")
        self.district.settled(*self.desks)
        for who in (0, 1):
            self.do(1002, who, "backup")

    def copy(self, db):
        self.count += 1
        return copied(db, self.folder / f"copy{self.count}")

    def do(self, moment, who, what):
        db = self.desks[who]
        if what == "receive":
            books.written(db, books.reception(moment), dossier=f"{moment:016d}", at=moment)
        elif what == "exchange":
            self.district.exchange(db, most=self.chosen.choice(CUTS))
        elif what == "backup":
            self.backups[who] = self.copy(db)
        elif what == "restore" and self.backups[who] is not None:
            self.desks[who].close()
            self.desks[who] = self.copy(self.backups[who])
        elif what == "clone" and len(self.desks) < 4:
            self.desks.append(self.copy(db))
            self.backups.append(None)
        elif what == "close":
            forks.close_own_log(db)
        elif what in ("correct", "print", "step"):
            self.write(db, moment, what)

    def write(self, db, moment, what):
        known = [dossier for (dossier,) in db.all("SELECT dossier FROM dossier ORDER BY dossier LIMIT 2")]
        if not known:
            return
        dossier = self.chosen.choice(known)
        if what == "print":
            books.written(db, Printed(papers=("slip",)), dossier=dossier, at=moment)
        elif what == "step":
            books.written(db, StepTaken(action="forward"), dossier=dossier, at=moment)
        else:
            path = self.chosen.choice(("note", "fields.x"))
            tips = journal.dossier(db, dossier).tips.get(path, ())
            seen = {path: tuple(tip.stamp for tip in tips)} if tips else {}
            books.written(db, Corrected(changes={path: str(moment)}), dossier=dossier, at=moment, seen=seen)
            self.replaced[str(moment)] = {tip.value for tip in tips}

    def standing_values(self, db, dossier):
        """By path, the corrections alive that no other correction alive has seen and replaced."""
        values = {}
        for event in journal.history(db, dossier):
            if isinstance(event.payload, Corrected):
                for path, value in event.payload.changes.items():
                    values.setdefault(path, set()).add(value)
        gone = {old for all_of in values.values() for value in all_of for old in self.replaced[value]}
        return {path: all_of - gone for path, all_of in values.items()}


def pytest_generate_tests(metafunc):
    """`--towns 200` tries so many."""
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(metafunc.config.getoption("towns")))


def test_whatever_is_put_back_or_cloned_nothing_is_lost_doubled_or_falsely_in_conflict(tmp_path, seed):
    town = Town(tmp_path, random.Random(seed))
    for moment, what in enumerate(town.chosen.choices(list(DEEDS), list(DEEDS.values()), k=50), 1):
        who = town.chosen.randrange(len(town.desks))
        town.do(moment, who, what)
        assert check(town.desks[who], newest=9).problems == (), f"after {what} {moment}"
    alive = {line for db in town.desks for line in lines(db)}
    alive |= {told(body) for kept in town.district.logs.values() for body, _ in kept}
    alive |= {told(body) for db in town.desks for (body,) in db.all("SELECT body FROM orphan WHERE settled = 0")}
    town.district.settled(*town.desks)
    for db in town.desks:
        assert forks.orphans_waiting(db) == 0
        assert [kept for kept in set_aside.all(db) if kept.reason.startswith("history")] == []
        found = Counter(lines(db))
        assert set(found) == alive
        assert max(found.values()) == 1
        for (dossier,) in db.all("SELECT dossier FROM dossier"):
            tips = journal.dossier(db, dossier).tips
            standing = {path: {tip.value for tip in values} for path, values in tips.items()}
            assert standing == town.standing_values(db, dossier)
        before = books.projections(db)
        rebuild(db)
        assert books.projections(db) == before
        assert check(db).problems == ()
    for db in [*town.desks, *(backup for backup in town.backups if backup)]:
        db.close()
