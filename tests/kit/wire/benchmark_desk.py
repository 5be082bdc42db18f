"""One round of a desk in a process of its own, as `test_link` puts it behind a bad line.

`python -m tests.kit.wire.benchmark_desk FOLDER KEY URL` prints seconds, exchanges, bytes and events as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from threading import Event

from desk_app.errors import DeskError
from desk_app.store.journal import logs
from desk_app.sync.line.retry import Backoff
from desk_app.sync.membership import identity
from desk_app.sync.rounds import rounds
from desk_app.sync.rounds.effects import Effects
from tests.kit.desk.counters import Counter

_MOST_S = 1200.0


def main(folder: str, key: str, url: str) -> None:
    """Rounds with the program's own back-off until one succeeds."""
    counter, stop = Counter(Path(folder), bytes.fromhex(key)), Event()
    backoff = Backoff(Random(1))
    begun = time.monotonic()
    tries = 0
    with counter.database() as db:
        member = identity.load(db, counter.data)
        outcome = None
        while outcome is None and time.monotonic() - begun < _MOST_S:
            tries += 1
            try:
                outcome = rounds.run(
                    db,
                    member,
                    clock=lambda: datetime.now(UTC),
                    progress=lambda _: None,
                    stop=stop,
                    effects=Effects(member),
                    url=url,
                )
            except DeskError as error:
                print(type(error).__name__, file=sys.stderr)
                backoff.wait(backoff.failed(), stop)
        told = {
            "seconds": round(time.monotonic() - begun, 1),
            "rounds": tries,
            "exchanges": outcome.exchanges if outcome else 0,
            "sent": outcome.bytes_sent if outcome else 0,
            "received": outcome.bytes_received if outcome else 0,
            "waiting": logs.waiting(db).events,
        }
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
