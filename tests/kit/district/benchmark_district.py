"""A district in a process of its own, listening on every address of its namespace, until its stdin ends.

`python -m tests.kit.district.benchmark_district FILE KEYS TLS-FOLDER PORT`, the keys of root and district in hex.
"""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

from desk_app.district.district import District
from desk_app.district.keys import tls
from desk_app.district.storage import open_storage
from desk_app.district.transport import http_app, server
from desk_app.district.transport.server import Listening
from desk_app.protocol.keys import Keys
from tests.kit.district.writers import Root


def main(file: str, keys: str, folder: str, port: str) -> None:
    both = bytes.fromhex(keys)
    root = Root(Keys.load(both[:64]), Keys.load(both[64:]))
    storage = open_storage(file, root.identity.storage_key)
    district = District(storage, root.identity, clock=lambda: time.time_ns() // 1_000_000)
    place = Path(folder)
    at = Listening(host="0.0.0.0", port=int(port), certificate=place / tls.CERTIFICATE, key=place / tls.KEY)
    listener = server.listen(at.host, at.port)
    running = server.server(http_app.build(district), at)

    def end_with_stdin() -> None:
        sys.stdin.read()
        running.force_exit = running.should_exit = True

    threading.Thread(target=end_with_stdin, daemon=True).start()
    print("ready", flush=True)
    running.run(sockets=[listener])


if __name__ == "__main__":
    main(*sys.argv[1:])
