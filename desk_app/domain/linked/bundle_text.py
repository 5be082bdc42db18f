"""A bundle as an office writes it: the text of a TOML file, read strictly. A mistake is told by line or key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from desk_app import typed_values
from desk_app.domain.bounded_text import strange_key, toml_of
from desk_app.domain.linked.bundle import LATEST, LIMIT, Bundle, LinkedMember
from desk_app.domain.office_table import FileFault
from desk_app.domain.procedures import law_values
from desk_app.errors.linked import BundleFileError

MOST_MEMBERS = 8
MOST_BYTES = 64_000
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def bundle_of(text: str, *, file: str) -> Bundle:
    """Raises `BundleFileError`; `file` is what it calls the text."""
    if len(text.encode()) > MOST_BYTES:
        raise BundleFileError(file=file, place="tệp", why=f"không quá {MOST_BYTES // 1000} KB")
    try:
        raw = toml_of(text, tells_column=True)
    except FileFault as fault:
        where, _, why = str(fault).rpartition(": ")
        raise BundleFileError(file=file, place=where or "tệp", why=why) from fault
    if unknown := strange_key(raw, Bundle):
        raise BundleFileError(file=file, place=f"mục «{unknown}»", why="không có mục này")
    try:
        bundle = typed_values.converted(raw, Bundle)
    except msgspec.ValidationError as error:
        why, _, place = str(error).partition(" - at `$.")
        raise BundleFileError(
            file=file, place=f"mục «{place.rstrip('`')}»" if place else "tệp", why=_told(why)
        ) from error
    for key, why in _mistakes(bundle, raw):
        raise BundleFileError(file=file, place=f"mục «{key}»", why=why)
    return bundle


def _told(why: str) -> str:
    """Msgspec's English reason as a sentence for an office."""
    if missing := re.search(r"required field `(\w+)`", why):
        return f"thiếu mục «{missing[1]}»"
    if kinds := re.search(r"Expected `([^`]+)`, got `([^`]+)`", why):
        return f"cần kiểu {kinds[1]}, đang là {kinds[2]}"
    return why


def _mistakes(bundle: Bundle, raw: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What the types cannot refuse, as (key, why)."""
    if not _ID.fullmatch(bundle.id):
        yield "id", "chỉ dùng chữ thường không dấu, số và dấu -"
    for key in ("title", "version"):
        if not getattr(bundle, key).strip():
            yield key, "không được để trống"
    if not 2 <= len(bundle.members) <= MOST_MEMBERS:
        yield "members", f"cần từ 2 đến {MOST_MEMBERS} thủ tục"
    if bundle.total not in (LATEST, LIMIT):
        yield "total", f"chỉ dùng {LATEST} hoặc {LIMIT}"
    if bundle.total == LIMIT and bundle.limit is None:
        yield "limit", f"phải có khi total = {LIMIT}"
    if bundle.limit is not None:
        yield from law_values.limit_mistakes(bundle.limit, "limit")
    yield from _text_mistakes(bundle, raw)
    if bundle.members and bundle.members[0].when:
        yield "members[0].when", "thủ tục đầu luôn phải có"
    before: set[str] = set()
    for number, member in enumerate(bundle.members):
        yield from _member_mistakes(member, before, f"members[{number}]")
        before.add(member.procedure)


def _text_mistakes(bundle: Bundle, raw: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key in ("in_force_from", "in_force_to"):
        if getattr(bundle, key) and not law_values.is_day(getattr(bundle, key)):
            yield key, "phải là ngày dạng 2026-11-22"
    for key, value in raw.items():
        if not law_values.is_clean(value):
            yield key, "chữ phải ở dạng NFC, không có ký tự ẩn"


def _member_mistakes(member: LinkedMember, before: set[str], at: str) -> Iterator[tuple[str, str]]:
    if not member.procedure.strip():
        yield f"{at}.procedure", "không được để trống"
    if member.procedure in before:
        yield f"{at}.procedure", "thủ tục này đã có"
    for code in member.after:
        if code not in before:
            yield f"{at}.after", f"thủ tục {code} phải đứng trước"
    if member.limit is not None:
        yield from law_values.limit_mistakes(member.limit, f"{at}.limit")
