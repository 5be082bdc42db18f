"""Whom and what the desk knows already, held against each row of an old table: nothing known is replaced."""

from __future__ import annotations

from desk_app.domain.dossiers.numbering import payload as code_key
from desk_app.domain.old_records.columns import facts
from desk_app.domain.old_records.record import DOSSIERS, OldRecord
from desk_app.domain.old_records.rows import RowRefusal, RowRemark, same_person
from desk_app.domain.text import fold
from desk_app.services.desk.desk import Desk
from desk_app.store.queries import old_records, people

_MOST_COMPARED = 5_000
"""People of this desk's dossiers who are held against their rows; of more it is only counted that they are known."""


class Doubles:
    """Sees the rows of one table in their order. Raises `RowRefusal` for one that says again what is there."""

    def __init__(self, desk: Desk, what: str) -> None:
        self._desk = desk
        self._is_dossiers = what == DOSSIERS
        self._labels = facts(what)
        self._seen: dict[str, OldRecord] = {}
        self._received = people.every_number(desk.db)
        self._brought = old_records.known_numbers(desk.db)
        self._codes = old_records.known_codes(desk.db) if self._is_dossiers else frozenset()
        self._left = _MOST_COMPARED
        self.known = self.differing = 0

    def see(self, record: OldRecord) -> list[RowRemark]:
        """What is to be told of a row that is taken."""
        if self._is_dossiers:
            self._see_code(record)
            return []
        self._see_twin(record)
        return self._see_known(record)

    def _see_code(self, record: OldRecord) -> None:
        key = code_key(record.code)
        if key in self._codes:
            raise self._refused(record, "code", "mã này là của hồ sơ đã có ở đây")
        self._see_first(record, key, "code")

    def _see_twin(self, record: OldRecord) -> None:
        said = record.facts
        number = said.get("id_number") or said.get("old_id_number")
        bare = " ".join(fold(said.get(fact, "")) for fact in ("full_name", "born_on", "residence"))
        self._see_first(record, number or bare, "id_number" if number else "full_name")

    def _see_first(self, record: OldRecord, key: str, fact: str) -> None:
        first = self._seen.setdefault(key, record)
        if first is record:
            return
        others = ", ".join(self._labels[each] for each in same_person(first, record))
        how = f"nhưng khác {others}; giữ dòng đầu" if others else "không có gì mới"
        raise self._refused(record, fact, f"trùng dòng {first.line}, {how}")

    def _see_known(self, record: OldRecord) -> list[RowRemark]:
        numbers = {record.facts.get("id_number", ""), record.facts.get("old_id_number", "")} - {""}
        if brought := numbers & self._brought:
            known = old_records.of_number(self._desk.db, min(brought), limit=1)[0].record
            if not same_person(known, record) and set(record.facts) <= set(known.facts):
                raise self._refused(record, "", "đã có trong lần nhập trước, không có gì mới")
            return self._differing(record, known, "lần nhập trước")
        if not numbers & self._received:
            return []
        self.known += 1
        self._left -= 1
        person = people.by_id_number(self._desk.db, min(numbers & self._received)) if self._left >= 0 else None
        if person is None:
            return []
        said = {fact: getattr(person, fact, "") for fact in record.facts}
        return self._differing(record, OldRecord(line=0, facts={k: v for k, v in said.items() if v}), "hồ sơ tại quầy")

    def _differing(self, record: OldRecord, known: OldRecord, where: str) -> list[RowRemark]:
        others = [self._labels[fact] for fact in same_person(known, record)]
        if not others:
            return []
        self.differing += 1
        return [RowRemark(line=record.line, label=", ".join(others), why=f"khác với {where}; giữ điều đã biết")]

    def _refused(self, record: OldRecord, fact: str, why: str) -> RowRefusal:
        return RowRefusal(RowRemark(line=record.line, label=self._labels.get(fact, ""), why=why))
