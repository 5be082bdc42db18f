"""Whose signature stands under a batch: this desk's, the district's, or that of a device it has certified."""

from __future__ import annotations

from desk_app.protocol.keys import Certificate, PublicKeys, certificate_of
from desk_app.protocol.messages import Refused
from desk_app.store.database.database import DeskDatabase
from desk_app.store.peers import devices
from desk_app.sync.membership.identity import Member


class Authors:
    """Looks keys up for the time of a round."""

    def __init__(self, db: DeskDatabase, member: Member) -> None:
        self._db = db
        self._member = member
        self._own = member.keys.public
        self._district = member.district_keys

    def keys_of(self, kid: bytes) -> PublicKeys | None:
        """The keys of that name; None for a device whose certificate has not come (yet), or of another commune."""
        if kid == self._own.kid:
            return self._own
        if kid == self._district.kid:
            return self._district
        row = devices.get(self._db, kid)
        if row is None:
            return None
        certificate = self._of_district(row.certificate) or self._of_desk(row.certificate)
        if certificate is None or certificate.public.kid != kid or self._is_elsewhere(certificate):
            return None
        return certificate.public

    def is_district(self, kid: bytes) -> bool:
        """Whether what this key wrote is the district's word: notices of anybody else are no notices."""
        if kid == self._district.kid:
            return True
        row = devices.get(self._db, kid)
        certificate = self._of_district(row.certificate) if row else None
        return certificate is not None and certificate.public.kid == kid

    def keep_district(self, kid: bytes) -> None:
        """Keep the certificate of the district's key that wrote a log: what is disputed is judged without a round."""
        if kid == self._district.kid and devices.get(self._db, kid) is None:
            signed = self._member.district.certificate
            devices.put(self._db, kid, signed, "", 0, self._member.district.name)

    def is_revoked(self, kid: bytes) -> bool:
        row = devices.get(self._db, kid)
        return row is not None and row.is_revoked

    def _is_elsewhere(self, certificate: Certificate) -> bool:
        """Whether it is a desk of another commune: nothing of it belongs here, no dossier and no setting."""
        return certificate.role == "desk" and certificate.unit != self._member.certificate.unit

    def _of_district(self, signed: bytes) -> Certificate | None:
        """Only the root certifies keys of a district, also those it used before."""
        return _judged(signed, self._member.root, "district")

    def _of_desk(self, signed: bytes) -> Certificate | None:
        """A desk's certificate, by whichever of the district's keys signed it."""
        found = _judged(signed, self._district, "desk")
        if found is None:
            for row in devices.all(self._db):
                earlier = self._of_district(row.certificate)
                if earlier and (found := _judged(signed, earlier.public, "desk")):
                    break
        return found


def _judged(signed: bytes, issuer: PublicKeys, role: str) -> Certificate | None:
    try:
        certificate = certificate_of(signed, issuer)
    except Refused:
        return None
    return certificate if certificate.role == role else None
