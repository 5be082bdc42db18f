"""The district of the burst, as a program of its own, so that its memory is its own: place, key file, port file.

With "clear" behind them it keeps everything in the clear, for comparison.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from desk_app.district.district import District
from desk_app.district.storage import open_storage
from desk_app.district.transport import http_app, server
from desk_app.district.transport.server import Listening
from desk_app.protocol.keys import Keys
from tests.kit.district import clear_storage
from tests.kit.district.writers import Root


def main(place: str, secret: Path, told: Path, *, is_clear: bool) -> None:
    if is_clear:
        clear_storage.write_in_the_clear()
    root = Root(operational=Keys.load(secret.read_bytes()))
    district = District(
        open_storage(place, root.identity.storage_key), root.identity, clock=lambda: time.time_ns() // 1_000_000
    )
    listener = server.listen("127.0.0.1", 0)
    port = listener.getsockname()[1]
    waiting = told.with_suffix(".new")
    waiting.write_text(str(port))
    waiting.rename(told)
    server.server(http_app.build(district), Listening(host="127.0.0.1", port=port)).run(sockets=[listener])


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), is_clear=sys.argv[4:] == ["clear"])
