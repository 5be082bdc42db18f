"""The keys of those who release the program, as this program carries them: resources/updates/release-keys.toml."""

from __future__ import annotations

import tomllib
from functools import cache

from desk_app import places, typed_values
from desk_app.protocol.update.manifest import ReleaseKeys


@cache
def release_keys() -> ReleaseKeys:
    """What this program was built with."""
    told = tomllib.loads((places.resources() / "updates" / "release-keys.toml").read_text("utf-8"))
    return typed_values.converted(told, ReleaseKeys)
