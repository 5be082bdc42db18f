"""The index in the storage: a row for each term of each segment of dossiers, its name and its content sealed.

A row is (segment, token, z). The token is an HMAC of segment and term, so that one word has another name in each
segment; z says which of the segment's dossiers have the term, sealed by AES-256-GCM and bound to its place. Both keys
come from the district's own keys, which are not in the storage. Made by the projection; can be made again at any time.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

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
_TOGETHER = 32

Place = tuple[int, int]
"""A row's segment and token."""


class NameIndex:
    """The index of one district, by its keys."""

    def __init__(self, keys: Keys) -> None:
        whole = HKDF(algorithm=hashes.SHA256(), length=64, salt=None, info=b"district search index").derive(keys.dump())
        self._token_key, self._cipher = whole[:32], AESGCM(whole[32:])
        self.mark = hmac.digest(self._token_key, b"mark", hashlib.sha256)[:_DIGEST]

    def token(self, segment: int, term: str) -> int:
        """The name of a term's row in this segment."""
        told = hmac.digest(self._token_key, segment.to_bytes(4, "big") + term.encode(), hashlib.sha256)
        return int.from_bytes(told[:8], "big", signed=True)

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

    def rows(self, session: Session, asked: Mapping[int, Sequence[str]]) -> dict[int, dict[str, bytes]]:
        """The sealed rows of these terms, by segment; a term that nobody there has is missing."""
        found: dict[int, dict[str, bytes]] = {segment: {} for segment in asked}
        segments = list(asked)
        for at in range(0, len(segments), _TOGETHER):
            some = segments[at : at + _TOGETHER]
            names = {(segment, self.token(segment, term)): term for segment in some for term in asked[segment]}
            for segment, token, z in _rows(session, names):
                found[segment][names[segment, token]] = z
        return found

    def opened(self, segment: int, token: int, z: bytes) -> int:
        """The bits of a row; none where it was altered, moved or sealed by other keys."""
        try:
            return bits.unpacked(self.unsealed(segment, token, z))
        except InvalidTag:
            return 0

    def unsealed(self, segment: int, token: int, z: bytes) -> bytes:
        """The content of a row. Raises `InvalidTag`."""
        return self._cipher.decrypt(z[:_NONCE], z[_NONCE:], _place(segment, token))

    def sealed(self, segment: int, token: int, found: int, nonce: bytes) -> bytes:
        return nonce + self._cipher.encrypt(nonce, bits.packed(found), _place(segment, token))

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
        self._forgotten.setdefault(n >> bits.SHIFT, []).append(n & bits.SIZE - 1)

    def write(self, session: Session) -> None:
        for segment in sorted(self._added.keys() | self._taken.keys() | self._forgotten.keys()):
            added, taken = (self._by_token(segment, noted.get(segment, {})) for noted in (self._added, self._taken))
            if places := self._forgotten.get(segment):
                gone = bits.of(places)
                for token, z in session.all("SELECT token, z FROM dossier_word WHERE segment = ?", (segment,)):
                    if self._index.opened(segment, token, z) & gone:
                        taken[token] = taken.get(token, 0) | gone
            tokens = sorted(added.keys() | taken.keys())
            for at in range(0, len(tokens), _AT_ONCE):
                self._write(session, segment, tokens[at : at + _AT_ONCE], added, taken)

    def _write(
        self, session: Session, segment: int, tokens: Sequence[int], added: dict[int, int], taken: dict[int, int]
    ) -> None:
        before = {
            token: self._index.opened(segment, token, z)
            for _, token, z in _rows(session, [(segment, token) for token in tokens])
        }
        if before:
            marks = ", ".join("?" for _ in before)
            session.run(f"DELETE FROM dossier_word WHERE segment = ? AND token IN ({marks})", [segment, *before])  # noqa: S608 - marks
        drawn = os.urandom(_NONCE * len(tokens))
        rows = []
        for at, token in enumerate(tokens):
            found = before.get(token, 0) & ~taken.get(token, 0) | added.get(token, 0)
            if found:
                nonce = drawn[at * _NONCE : (at + 1) * _NONCE]
                rows.append((segment, token, self._index.sealed(segment, token, found, nonce)))
        session.fill("dossier_word", rows)

    def _by_token(self, segment: int, noted: dict[str, list[int]]) -> dict[int, int]:
        return {self._index.token(segment, term): bits.of(places) for term, places in noted.items()}


def _note(noted: dict[int, dict[str, list[int]]], n: int, found: Iterable[str]) -> None:
    of_segment = noted.setdefault(n >> bits.SHIFT, {})
    place = n & bits.SIZE - 1
    for term in found:
        of_segment.setdefault(term, []).append(place)


def _rows(session: Session, places: Iterable[Place]) -> list[tuple[int, int, bytes]]:
    """Those of these rows that there are."""
    asked: list[str] = []
    values: list[int] = []
    for segment, some in groupby(sorted(places), lambda place: place[0]):
        tokens = [token for _, token in some]
        marks = ", ".join("?" for _ in tokens)
        asked.append(f"SELECT segment, token, z FROM dossier_word WHERE segment = ? AND token IN ({marks})")  # noqa: S608 - marks
        values += [segment, *tokens]
    found = session.all(" UNION ALL ".join(asked), values) if asked else []
    return [(segment, token, bytes(z)) for segment, token, z in found]


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


def _place(segment: int, token: int) -> bytes:
    return segment.to_bytes(4, "big") + token.to_bytes(8, "big", signed=True)
