"""A service day as a TOML text: what the program ships as an example, and what a district publishes from a file."""

from __future__ import annotations

from typing import Any

import msgspec

from desk_app import typed_values
from desk_app.domain.bounded_text import toml_of
from desk_app.domain.office_table import FileFault
from desk_app.domain.service_days.service_day import ServiceDay

_KEYS = frozenset(ServiceDay.__struct_fields__)


def day_in(text: str) -> ServiceDay:
    """The day that a text says; nothing of it is checked but its shape. Raises `FileFault`."""
    content: dict[str, Any] = toml_of(text)
    unknown = sorted(content.keys() - _KEYS)
    if unknown:
        raise FileFault(f"không có mục {', '.join(unknown)}; các mục: {', '.join(sorted(_KEYS))}")
    for key in ("decided_on", "in_force_from", "in_force_to"):
        if key in content:
            content[key] = str(content[key])  # TOML knows dates of its own
    try:
        return typed_values.converted(content, ServiceDay)
    except msgspec.ValidationError as error:
        raise FileFault(f"nội dung chưa đúng dạng ({error})") from error
