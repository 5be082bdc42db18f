"""Packs the bodies of a batch small, and gives back the very same bytes. Pure.

What makes a body costly is not its text, which a dictionary knows, but its random id and its moment. So lines of the
usual shape are taken apart: ids, moments and order go into columns of their own, the rest is compressed with the
shipped dictionary and, within one stream, with what the stream has said of the same log before
(docs/decisions/0042-packing.md, docs/protocol.md). A line of any other shape is kept as it is.
"""

from __future__ import annotations

import base64
import re
import sys
from collections.abc import Sequence
from functools import cache

from desk_app import places
from desk_app.protocol.messages import MAX_RAW, Code, Refused

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PLAIN, NEWEST = 0, 1
"""Packing 0: lines as they are, no dictionary. Packing 1: columns and dictionary 1. A number is never given again."""
SMALL, BRISK, QUICK = 19, 10, 3
"""Levels of zstd: a desk's own on a poor line (0.4 s a day); what a server sends to many (0.03 s, 5 % more bytes);
what a store keeps.
"""
_CHAINED = 0x80  # flag beside the number: what the stream said before of this log is needed
_CONTEXT = 128 << 10
_MOST_IDS = 0xFFFF
_FEW = 64
"""So many events may be packed into anything. Beyond it each takes a byte at least: its moment and its lamport differ
from those before, and nothing packs that smaller. Else 130 bytes of 65,535 empty events cost the reader 0.3 s."""

_USUAL = re.compile(
    rb'\{("b":\{.*?\},)?"d":"([a-z2-7]{16})","k":"([a-z]+)","l":([1-9]\d*),'
    rb'((?:"o":-?\d+,)?(?:"s":\d+,)?)"t":([1-9]\d{0,17}),"u":"([^"\\]*)",(.*)\}',
    re.DOTALL,
)
_AS_IS, _SEP, _SAME_MOMENT = b"\x02", b"\x03", b"\x01"  # no JSON holds them unescaped


class Chain:
    """What one stream has said of each log so far. Both ends keep one for each request, answer or stick."""

    def __init__(self) -> None:
        self._said: dict[bytes, bytes] = {}

    def said(self, log: bytes) -> bytes:
        return self._said.get(log, b"")

    def note(self, log: bytes, text: bytes) -> None:
        self._said[log] = (self.said(log) + text + b"\n")[-_CONTEXT:]


def pack(
    bodies: Sequence[bytes], *, packing: int = NEWEST, log: bytes = b"", chain: Chain | None = None, level: int = SMALL
) -> bytes:
    """The packing's number and the packed bodies; with `chain`, readable only behind what it has said of `log`."""
    if packing == PLAIN:
        return bytes([PLAIN]) + _compressed(b"\n".join(bodies), None, level)
    columns, text = _taken_apart(bodies)
    said = chain.said(log) if chain else b""
    if chain:
        chain.note(log, text)
    flag = _CHAINED if said else 0
    # The shipped dictionary is prepared once for each level: that takes 30 times as long as packing a small batch.
    dictionary = _context(packing, said) if said else _dictionary(packing).as_digested_dict
    return bytes([packing | flag]) + columns + _compressed(text, dictionary, level)


def unpack(packed: bytes, *, log: bytes = b"", chain: Chain | None = None, count: int | None = None) -> list[bytes]:
    """The bodies again; `count` how many there must be, looked at before any is taken apart.

    Raises `Refused`: UNKNOWN_DICT, BAD_COUNT, TOO_LARGE (nothing is unpacked beyond 8 MiB).
    """
    if count is not None and count > _FEW + len(packed):
        raise Refused(Code.BAD_COUNT)
    number = packed[0] & ~_CHAINED if packed else PLAIN
    if number > NEWEST:
        raise Refused(Code.UNKNOWN_DICT)
    if number == PLAIN:
        return _counted(_expanded(packed[1:], None), count).split(b"\n")
    said = b""
    if packed[0] & _CHAINED:
        said = chain.said(log) if chain else b""
        if not said:
            raise Refused(Code.UNKNOWN_DICT)
    reader = _ByteReader(packed[1:])
    ids, moments, rest = reader.section(), reader.section(), _ByteReader(_expanded(reader.section(), None))
    text = _counted(_expanded(reader.rest(), _context(number, said)), count)
    bodies = _put_together(text, ids, _ByteReader(moments), rest)
    if chain:
        chain.note(log, text)
    return bodies


def _counted(text: bytes, count: int | None) -> bytes:
    """A frame of a thousand bytes can hold eight million empty lines: they are counted, not parted."""
    if count is not None and text.count(b"\n") + 1 != count:
        raise Refused(Code.BAD_COUNT)
    return text


def what_is_packed(bodies: Sequence[bytes]) -> list[bytes]:
    """The lines as the dictionary meets them, for making one."""
    return _taken_apart(bodies)[1].split(b"\n")


def _taken_apart(bodies: Sequence[bytes]) -> tuple[bytes, bytes]:
    """The columns (new ids; moments; references and lamports), and what is left of each line."""
    places_of: dict[bytes, int] = {}
    ids, moments, order, text = bytearray(), bytearray(), bytearray(), []
    last_lamport = last_moment = 0
    for body in bodies:
        found = _USUAL.fullmatch(body)
        line = _line(found) if found else None
        if found is None or line is None or len(places_of) >= _MOST_IDS:
            text.append(_AS_IS + body)
            continue
        text.append(line)
        dossier, lamport, moment = found[2], int(found[4]), int(found[6])
        if dossier in places_of:
            order += _number(len(places_of) - places_of[dossier])
        else:
            places_of[dossier] = len(places_of)
            ids += base64.b32decode(dossier.upper())
            order += _number(0)
        order += _signed(lamport - last_lamport)
        moments += _signed(moment - last_moment)
        last_lamport, last_moment = lamport, moment
    columns = b"".join(
        _number(len(section)) + section
        for section in (bytes(ids), bytes(moments), _compressed(bytes(order), None, SMALL))
    )
    return columns, b"\n".join(text)


def _line(found: re.Match[bytes]) -> bytes | None:
    """A line without its id, lamport and moment; None where it would not come out again as it was."""
    seen, dossier, kind, lamport, more, moment, author, tail = found.groups(b"")
    line = _SEP.join((kind, author, more, seen, tail.replace(moment, _SAME_MOMENT)))
    return line if _rebuilt(line, dossier, lamport, moment) == found[0] else None


def _rebuilt(line: bytes, dossier: bytes, lamport: bytes, moment: bytes) -> bytes:
    kind, author, more, seen, tail = line.split(_SEP, 4)
    tail = tail.replace(_SAME_MOMENT, moment)
    return b'{%b"d":"%b","k":"%b","l":%b,%b"t":%b,"u":"%b",%b}' % (
        seen, dossier, kind, lamport, more, moment, author, tail,
    )  # fmt: skip


def _put_together(text: bytes, ids: bytes, moments: _ByteReader, order: _ByteReader) -> list[bytes]:
    known: list[bytes] = []
    fresh = iter([ids[n : n + 10] for n in range(0, len(ids), 10)])
    lamport = moment = size = 0
    bodies = []
    for line in text.split(b"\n"):
        body = line[1:]
        if not line.startswith(_AS_IS):
            back = order.number()
            if back > len(known):
                raise Refused(Code.BAD_COUNT)
            if not back:
                known.append(base64.b32encode(next(fresh, b"")).lower())
            lamport += order.signed()
            moment += moments.signed()
            if line.count(_SEP) != 4 or moment < 0:
                raise Refused(Code.BAD_COUNT)
            told = b"%d" % moment
            if size + len(line) + line.count(_SAME_MOMENT) * (len(told) - 1) > MAX_RAW:  # before it grows
                raise Refused(Code.TOO_LARGE)
            body = _rebuilt(line, known[-(back or 1)], b"%d" % lamport, told)
        size += len(body)
        if size > MAX_RAW:
            raise Refused(Code.TOO_LARGE)
        bodies.append(body)
    return bodies


class _ByteReader:
    """Reads numbers and sections one after another. Raises `Refused` (BAD_COUNT) at the end."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def number(self) -> int:
        value = shift = 0
        while shift < 70:
            if self._at >= len(self._data):
                break
            byte = self._data[self._at]
            self._at += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7
        raise Refused(Code.BAD_COUNT)

    def signed(self) -> int:
        value = self.number()
        return value >> 1 if not value & 1 else -(value >> 1) - 1

    def section(self) -> bytes:
        length = self.number()
        found = self._data[self._at : self._at + length]
        if len(found) != length:
            raise Refused(Code.BAD_COUNT)
        self._at += length
        return found

    def rest(self) -> bytes:
        return self._data[self._at :]


def _number(value: int) -> bytes:
    """Seven bits a byte, the low ones first."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _signed(value: int) -> bytes:
    return _number(value << 1 if value >= 0 else (-value << 1) - 1)


def _compressed(raw: bytes, dictionary: zstd.ZstdDict | tuple[zstd.ZstdDict, int] | None, level: int) -> bytes:
    options: dict[int, int] = {
        zstd.CompressionParameter.compression_level: level,
        zstd.CompressionParameter.checksum_flag: 0,
        zstd.CompressionParameter.dict_id_flag: 0,
        zstd.CompressionParameter.content_size_flag: 0,
    }
    return zstd.compress(raw, options=options, zstd_dict=dictionary)


def _expanded(z: bytes, dictionary: zstd.ZstdDict | None) -> bytes:
    decompressor = zstd.ZstdDecompressor(zstd_dict=dictionary)
    try:
        raw = decompressor.decompress(z, MAX_RAW)
    except zstd.ZstdError as error:
        raise Refused(Code.BAD_COUNT) from error
    if not decompressor.eof:
        raise Refused(Code.TOO_LARGE if len(raw) >= MAX_RAW else Code.BAD_COUNT)
    if decompressor.unused_data:
        raise Refused(Code.BAD_COUNT)
    return raw


def _context(packing: int, said: bytes) -> zstd.ZstdDict:
    trained = _dictionary(packing)
    return zstd.ZstdDict(trained.dict_content + said, is_raw=True) if said else trained


@cache
def _dictionary(number: int) -> zstd.ZstdDict:
    return zstd.ZstdDict((places.resources() / "sync" / f"events-{number}.zdict").read_bytes())
