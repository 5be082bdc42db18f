"""The index in the storage: a row for each term of each segment of dossiers, its name and its content sealed.

A row is (place, z). The place is the segment's number and behind it 50 bits of an HMAC of segment and term, so that
one word has another name in each segment; z says which of the segment's dossiers have the term, sealed by AES-256-GCM
and bound to its place. Both keys come from the district's own keys, which are not in the storage. Made by the
projection; can be made again at any time.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desk_app.district.search import bits, terms
from desk_app.district.storage.contract import Session
from desk_app.district.storage.dossiers import MadeDossier
from desk_app.protocol.keys import Keys

_NONCE = 12
_DIGEST = 16
_AT_ONCE = 400
_FORM = b"district search index 2"
"""Another word for each form of the rows: an index of another form has another mark, and is made anew (`debt`)."""
HIDDEN = 50
"""Bits of the HMAC in a place; 13 are left for the segment, for 257,000,000 dossiers."""


class NameIndex:
    """The index of one district, by its keys."""

    def __init__(self, keys: Keys) -> None:
        whole = HKDF(algorithm=hashes.SHA256(), length=64, salt=None, info=_FORM).derive(keys.dump())
        self._token_key, self._cipher = whole[:32], AESGCM(whole[32:])
        self.mark = hmac.digest(self._token_key, b"mark", hashlib.sha256)[:_DIGEST]

    def place(self, segment: int, term: str) -> int:
        """The place of a term's row in this segment."""
        told = hmac.digest(self._token_key, segment.to_bytes(4, "big") + term.encode(), hashlib.sha256)
        return (segment << HIDDEN) + (int.from_bytes(told[:8], "big") >> 64 - HIDDEN)

    def put(self, session: Session, made: Mapping[int, MadeDossier]) -> None:
        """Hold these dossiers as they are now; nothing of those without a reception."""
        held = _held(session, list(made))
        changes = _Changes(self)
        rows: list[tuple[int, bytes, str]] = []
        gone: list[int] = []
        for n, one in made.items():
            before = held.get(n)
            if one.dossier is None:
                if before:
                    changes.forget(n)
                    gone.append(n)
                continue
            found, status = terms.of_dossier(one.unit, one.dossier), one.dossier.status.value
            digest = self._digest(found)
            if before == (digest, status):
                continue
            if before and before[0] == digest:
                changes.take(n, [terms.of_status(before[1])])
                changes.add(n, [terms.of_status(status)])
            else:
                if before:
                    changes.forget(n)
                changes.add(n, [*found, terms.of_status(status)])
            if before:
                gone.append(n)
            rows.append((n, digest, status))
        changes.write(session)
        _delete(session, "dossier_held", "n", gone)
        session.fill("dossier_held", rows)

    def forget_erased(self, session: Session) -> None:
        """Hold nothing any more of dossiers that were to be read again (`dossiers.read_again`) and were not made."""
        found = session.all("SELECT n FROM dossier_held WHERE length(digest) = 0")
        if not found:
            return
        changes, gone = _Changes(self), [n for (n,) in found]
        for n in gone:
            changes.forget(n)
        changes.write(session)
        _delete(session, "dossier_held", "n", gone)

    def rows(self, session: Session, asked: Iterable[tuple[int, str]]) -> dict[tuple[int, str], int]:
        """The bits by segment and term; where nobody has the term, it is missing."""
        names = {self.place(segment, term): (segment, term) for segment, term in asked}
        return {names[place]: self.opened(place, z) for place, z in _rows(session, names)}

    def opened(self, place: int, z: bytes) -> int:
        """The bits of a row; none where it was altered, moved or sealed by other keys."""
        try:
            return bits.unpacked(self.unsealed(place, z))
        except InvalidTag:
            return 0

    def unsealed(self, place: int, z: bytes) -> bytes:
        """The content of a row. Raises `InvalidTag`."""
        return self._cipher.decrypt(z[:_NONCE], z[_NONCE:], _bound(place))

    def sealed(self, place: int, found: int, nonce: bytes) -> bytes:
        return nonce + self._cipher.encrypt(nonce, bits.packed(found), _bound(place))

    def _digest(self, found: Iterable[str]) -> bytes:
        told = "\n".join(sorted(found)).encode()
        return hmac.digest(self._token_key, b"held" + told, hashlib.sha256)[:_DIGEST]


class _Changes:
    """What one transaction does to the rows: places in segments by term, first taken, then added."""

    def __init__(self, index: NameIndex) -> None:
        self._index = index
        self._added: dict[int, dict[str, list[int]]] = {}
        self._taken: dict[int, dict[str, list[int]]] = {}
        self._forgotten: dict[int, list[int]] = {}

    def add(self, n: int, found: Iterable[str]) -> None:
        _note(self._added, n, found)

    def take(self, n: int, found: Iterable[str]) -> None:
        _note(self._taken, n, found)

    def forget(self, n: int) -> None:
        """Take the dossier out of every row of its segment: what was held of it is not known any more."""
        self._forgotten.setdefault(n // bits.SIZE, []).append(n % bits.SIZE)

    def write(self, session: Session) -> None:
        for segment in sorted(self._added.keys() | self._taken.keys() | self._forgotten.keys()):
            added, taken = (self._by_place(segment, noted.get(segment, {})) for noted in (self._added, self._taken))
            if numbers := self._forgotten.get(segment):
                gone = bits.of(numbers)
                for place, z in session.all(
                    "SELECT place, z FROM dossier_word WHERE place BETWEEN ? AND ?", span(segment)
                ):
                    if self._index.opened(place, z) & gone:
                        taken[place] = taken.get(place, 0) | gone
            places = sorted(added.keys() | taken.keys())
            for at in range(0, len(places), _AT_ONCE):
                self._write(session, places[at : at + _AT_ONCE], added, taken)

    def _write(
        self, session: Session, places: Sequence[int], added: Mapping[int, int], taken: Mapping[int, int]
    ) -> None:
        before = {place: self._index.opened(place, z) for place, z in _rows(session, places)}
        _delete(session, "dossier_word", "place", list(before))
        drawn = os.urandom(_NONCE * len(places))
        rows = []
        for at, place in enumerate(places):
            found = before.get(place, 0) & ~taken.get(place, 0) | added.get(place, 0)
            if found:
                rows.append((place, self._index.sealed(place, found, drawn[at * _NONCE : (at + 1) * _NONCE])))
        session.fill("dossier_word", rows)

    def _by_place(self, segment: int, noted: dict[str, list[int]]) -> dict[int, int]:
        return {self._index.place(segment, term): bits.of(numbers) for term, numbers in noted.items()}


def span(segment: int) -> tuple[int, int]:
    """The first and the last place of a segment's rows."""
    return segment << HIDDEN, (segment + 1 << HIDDEN) - 1


def _bound(place: int) -> bytes:
    """What the seal of a row is bound to, so that it opens nowhere else."""
    return place.to_bytes(8, "big")


def _note(noted: dict[int, dict[str, list[int]]], n: int, found: Iterable[str]) -> None:
    of_segment = noted.setdefault(n // bits.SIZE, {})
    for term in found:
        of_segment.setdefault(term, []).append(n % bits.SIZE)


def _rows(session: Session, places: Iterable[int]) -> Iterator[tuple[int, bytes]]:
    """Those of these rows that there are."""
    wanted = sorted(places)
    for at in range(0, len(wanted), _AT_ONCE):
        some = wanted[at : at + _AT_ONCE]
        told = ", ".join(map(str, some))  # numbers that say nothing; as values each would cost more than its row
        for place, z in session.all(f"SELECT place, z FROM dossier_word WHERE place IN ({told})"):  # noqa: S608 - numbers
            yield place, bytes(z)


def _held(session: Session, numbers: Sequence[int]) -> dict[int, tuple[bytes, str]]:
    found: dict[int, tuple[bytes, str]] = {}
    for at in range(0, len(numbers), _AT_ONCE):
        some = numbers[at : at + _AT_ONCE]
        marks = ", ".join("?" for _ in some)
        rows = session.all(f"SELECT n, digest, status FROM dossier_held WHERE n IN ({marks})", some)  # noqa: S608 - marks
        found |= {n: (bytes(digest), status) for n, digest, status in rows}
    return found


def _delete(session: Session, table: str, column: str, values: Sequence[int]) -> None:
    for at in range(0, len(values), _AT_ONCE):
        some = values[at : at + _AT_ONCE]
        marks = ", ".join("?" for _ in some)
        session.run(f"DELETE FROM {table} WHERE {column} IN ({marks})", some)  # noqa: S608 - marks
