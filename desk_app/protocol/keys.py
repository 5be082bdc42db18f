"""Keys of devices and of the district, certificates, one-time codes. Knows no storage."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from functools import cached_property

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from msgspec import Struct

from desk_app.protocol.messages import Code, Refused, decoded

KEY = 32
KID = 8
SIGNATURE = 64
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LETTERS, _CODE_GROUP = 20, 5
_MISREAD = str.maketrans("OIL", "011", "- \t\n\r")


class PublicKeys:
    """What others may know of a device: an Ed25519 and an X25519 key, 32 bytes each."""

    def __init__(self, sign: bytes, box: bytes) -> None:
        if len(sign) != KEY or len(box) != KEY:
            raise Refused(Code.BAD_SIGNATURE)
        self.sign = sign
        self.box = box
        self.fingerprint = hashlib.sha256(b"cx1 key" + sign + box).digest()

    @classmethod
    def load(cls, both: bytes) -> PublicKeys:
        """From the 64 bytes of `dump`. Raises `Refused`."""
        return cls(both[:KEY], both[KEY:])

    def dump(self) -> bytes:
        return self.sign + self.box

    @property
    def kid(self) -> bytes:
        """The short name of the key, 8 bytes."""
        return self.fingerprint[:KID]

    @cached_property
    def box_key(self) -> X25519PublicKey:
        return X25519PublicKey.from_public_bytes(self.box)

    def check_box(self) -> None:
        """Raises `Refused` (BAD_SIGNATURE) for an X25519 key of low order, to which nothing secret can be sealed."""
        try:
            X25519PrivateKey.generate().exchange(self.box_key)
        except ValueError as error:
            raise Refused(Code.BAD_SIGNATURE) from error

    def verify(self, signature: bytes, message: bytes) -> None:
        """Raises `Refused` (BAD_SIGNATURE)."""
        try:
            Ed25519PublicKey.from_public_bytes(self.sign).verify(signature, message)
        except (InvalidSignature, ValueError) as error:
            raise Refused(Code.BAD_SIGNATURE) from error


class Keys:
    """A device's own pair of private keys; they never leave the machine that drew them."""

    def __init__(self, sign: Ed25519PrivateKey, box: X25519PrivateKey) -> None:
        self._sign = sign
        self.box = box
        self.public = PublicKeys(sign.public_key().public_bytes_raw(), box.public_key().public_bytes_raw())

    @classmethod
    def new(cls) -> Keys:
        return cls(Ed25519PrivateKey.generate(), X25519PrivateKey.generate())

    @classmethod
    def load(cls, both: bytes) -> Keys:
        """From the 64 bytes of `dump`. Raises `ValueError`."""
        if len(both) != 2 * KEY:
            raise ValueError("a pair of private keys has 64 bytes")
        return cls(Ed25519PrivateKey.from_private_bytes(both[:KEY]), X25519PrivateKey.from_private_bytes(both[KEY:]))

    def dump(self) -> bytes:
        """64 secret bytes."""
        return self._sign.private_bytes_raw() + self.box.private_bytes_raw()

    @property
    def kid(self) -> bytes:
        return self.public.kid

    def sign(self, message: bytes) -> bytes:
        return self._sign.sign(message)


class Certificate(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who a key belongs to, as the district says. `blocks` are first and last numbers of the day; `from_at` UTC ms."""

    keys: bytes
    role: str
    unit: str = ""
    desk: int = 0
    name: str = ""
    blocks: tuple[tuple[int, int], ...] = ()
    from_at: int = 0

    @property
    def public(self) -> PublicKeys:
        return PublicKeys.load(self.keys)


class DistrictCard(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a desk must know to reach its district and to know it again.

    `root` are the 64 bytes that are pinned, `certificate` the root's word for the keys now in use, `tls` the PEM of
    the server's own certificate, "" where a public authority vouches for it. `tls_word` is the signature of the keys
    now in use on that certificate: by it a desk takes over a new one (docs/decisions/0093).
    """

    url: str
    root: bytes
    certificate: bytes
    tls: str = ""
    name: str = ""
    tls_word: bytes = b""

    def operational(self) -> PublicKeys:
        """The keys that sign receipts, proved by the root. Raises `Refused`."""
        certificate = certificate_of(self.certificate, PublicKeys.load(self.root))
        if certificate.role != "district":
            raise Refused(Code.BAD_SIGNATURE)
        return certificate.public


def tls_told(root: bytes, tls: str) -> bytes:
    """What the district signs of its server's certificate."""
    return b"cx1 tls" + root + tls.encode()


def signed_tls(keys: Keys, root: bytes, tls: str) -> bytes:
    """The `tls_word` of a card; b"" where the server has no certificate of its own."""
    return keys.sign(tls_told(root, tls)) if tls else b""


def certify(certificate: Certificate, by: Keys) -> bytes:
    """The certificate with its issuer's signature before it."""
    told = msgspec.msgpack.encode(certificate)
    return by.sign(b"cx1 cert" + told) + told


def certificate_of(signed: bytes, issuer: PublicKeys) -> Certificate:
    """The certificate, if this issuer signed it. Raises `Refused` (BAD_SIGNATURE)."""
    issuer.verify(signed[:SIGNATURE], b"cx1 cert" + signed[SIGNATURE:])
    certificate = decoded(signed[SIGNATURE:], Certificate, code=Code.BAD_SIGNATURE)
    if len(certificate.keys) != 2 * KEY:
        raise Refused(Code.BAD_SIGNATURE)
    return certificate


# --- one-time codes -----------------------------------------------------------------------


def new_code() -> str:
    """A one-time code of 100 random bits in Crockford's letters: XXXXX-XXXXX-XXXXX-XXXXX."""
    letters = [secrets.choice(_ALPHABET) for _ in range(_CODE_LETTERS)]
    groups = ["".join(letters[n : n + _CODE_GROUP]) for n in range(0, _CODE_LETTERS, _CODE_GROUP)]
    return "-".join(groups)


def plain_code(typed: str) -> str:
    """The code as it was drawn, whatever dashes, cases and look-alike letters were typed; "" when it is none."""
    plain = typed.upper().translate(_MISREAD)
    return plain if len(plain) == _CODE_LETTERS and set(plain) <= set(_ALPHABET) else ""


def slot_of(code: str) -> bytes:
    """Which slot a code opens, 8 bytes; tells nothing of the code."""
    return hashlib.sha256(b"cx1 slot" + plain_code(code).encode()).digest()[:8]


def code_key(code: str) -> bytes:
    """The 32 secret bytes both ends derive from a code (HKDF-SHA256)."""
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"cx1 enrol").derive(plain_code(code).encode())


def mac(key: bytes, *parts: bytes) -> bytes:
    """HMAC-SHA256 over the parts, each with its length before it."""
    told = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return hmac.new(key, told, hashlib.sha256).digest()


def same(one: bytes, other: bytes) -> bool:
    """Compares secrets without telling by its time how much of them agrees."""
    return hmac.compare_digest(one, other)


def six_digits(root: bytes, device: bytes, nonce: bytes) -> str:
    """What both screens show at enrolment for two people to compare."""
    digest = hashlib.sha256(b"cx1 six" + root + device + nonce).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 1_000_000:06d}"
