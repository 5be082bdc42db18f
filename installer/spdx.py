"""What a package's metadata say of its licence, as an SPDX expression, and whether the program may carry it."""

from __future__ import annotations

import re
from collections.abc import Collection
from email.message import Message

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

CLASSIFIERS = {
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: ISC License (ISCL)": "ISC",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "License :: OSI Approved :: Python Software Foundation License": "PSF-2.0",
    "License :: OSI Approved :: The Unlicense (Unlicense)": "Unlicense",
    "License :: OSI Approved :: zlib/libpng License": "Zlib",
}
"""Classifiers that mean one licence; "BSD License" may be any of several."""


def of_metadata(metadata: Message) -> str | None:
    """The expression in `License-Expression`, else in `License`, else the one classifier; None where unclear."""
    for field in ("License-Expression", "License"):
        if expression := canonical(metadata.get(field) or ""):
            return expression
    classifiers = [line for line in metadata.get_all("Classifier", []) if line.startswith("License ::")]
    return CLASSIFIERS.get(classifiers[0]) if len(classifiers) == 1 else None


def canonical(text: str) -> str | None:
    try:
        return canonicalize_license_expression(text)
    except InvalidLicenseExpression:
        return None


def usable(expression: str, allowed: Collection[str]) -> str | None:
    """The part of `expression` made of allowed licences: "GPL-3.0-only OR MIT" → "MIT"; None where none is left."""
    text = canonical(expression)
    if text is None:
        return None
    tokens = re.findall(r"[()]|[^\s()]+(?: WITH [^\s()]+)?", text)
    return _any_of(tokens, allowed)


def _any_of(tokens: list[str], allowed: Collection[str]) -> str | None:
    """Takes "A OR B …" from the front of `tokens`: one alternative is enough."""
    parts = [_all_of(tokens, allowed)]
    while tokens and tokens[0] == "OR":
        tokens.pop(0)
        parts.append(_all_of(tokens, allowed))
    return " OR ".join(part for part in parts if part) or None


def _all_of(tokens: list[str], allowed: Collection[str]) -> str | None:
    """Takes "A AND B …" from the front of `tokens`: each must be allowed."""
    parts = [_one(tokens, allowed)]
    while tokens and tokens[0] == "AND":
        tokens.pop(0)
        parts.append(_one(tokens, allowed))
    kept = [f"({part})" if " OR " in part and len(parts) > 1 else part for part in parts if part]
    return " AND ".join(kept) if len(kept) == len(parts) else None


def _one(tokens: list[str], allowed: Collection[str]) -> str | None:
    word = tokens.pop(0)
    if word != "(":
        return word if word in allowed else None
    inner = _any_of(tokens, allowed)
    tokens.pop(0)
    return inner
