"""One start of a stand-in: this source tree as another version, with what its `how.json` says."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any


def run(program: str) -> int:
    """As the program of this name in its version's folder."""
    how = json.loads((Path(program).parent / "how.json").read_text("utf-8"))
    import desk_app

    desk_app.__version__ = how["version"]
    if sys.argv[1:2] == ["--selftest"] and how.get("selftest") == "in time":
        return 0 if 18 < int(os.environ["DESK_SELFTEST_BY"]) - time.time() < 22 else 1
    if sys.argv[1:2] == ["--selftest"]:
        return _as_told(how.get("selftest", "good"))
    if how.get("start", "good") != "good":
        return _as_told(how["start"])
    _teach_keys(how)
    _teach_tables(how)
    if how.get("dies_late"):
        from desk_app.services.updates import trial

        trial.settle = os.abort
    from desk_app.cli import main

    return main()


def _as_told(what: str) -> int:
    if what == "crash":
        os.abort()
    while what == "hang":
        time.sleep(1)
    return 0 if what == "good" else 1


def _teach_keys(how: dict[str, Any]) -> None:
    from desk_app.protocol.update import release_keys
    from desk_app.protocol.update.manifest import ReleaseKeys

    keys = ReleaseKeys(trusted=frozenset({how["key"]}))
    release_keys.release_keys = lambda: keys  # type: ignore[assignment]


def _teach_tables(how: dict[str, Any]) -> None:
    from desk_app.store.database import schema

    known = schema.VERSION
    wanted, oldest = how.get("schema", known), how.get("oldest", how.get("schema", known))
    if wanted == known:
        return
    from desk_app.store.database import driver  # noqa: F401 - before sqlite_utils

    # isort: split
    from desk_app.store.database import migrations

    @migrations.steps()
    def m900_later(db: Any) -> None:
        db.execute("ALTER TABLE register_line ADD COLUMN later TEXT NOT NULL DEFAULT ''")
        time.sleep(how.get("slow", 0))
        if how.get("spoilt"):
            raise KeyError("a migration with a bug")

    for module in (schema, migrations):
        module.VERSION = wanted  # type: ignore[attr-defined]
        module.OLDEST_WRITER = oldest  # type: ignore[attr-defined]
        module.OLDEST_WRITER_PROGRAM = how["version"]  # type: ignore[attr-defined]
    migrations.__version__ = how["version"]  # type: ignore[attr-defined]
