"""A district's office with its pages, served over TLS by a program of its own: folder, database, port file, lines."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from desk_app.district import pages
from desk_app.district.admin import folder
from desk_app.district.keys import tls
from desk_app.district.transport import http_app, server
from desk_app.district.transport.connections import ConnectionWatch
from desk_app.district.transport.server import Listening
from tests.kit.district.offices import PASSPHRASE


def main(place: Path, told: Path, most: int) -> None:
    """`most` lines over all and half as many from one address; 0 for the program's own limits."""
    with folder.opened(place, passphrase=PASSPHRASE, clock=lambda: time.time_ns() // 1_000_000) as office:
        listener = server.listen("127.0.0.1", 0)
        port = listener.getsockname()[1]
        at = Listening(host="127.0.0.1", port=port, certificate=place / tls.CERTIFICATE, key=place / tls.KEY)
        waiting = told.with_suffix(".new")
        waiting.write_text(str(port))
        waiting.rename(told)
        watch = ConnectionWatch(most=most, most_of_address=most // 2) if most else ConnectionWatch()
        app = http_app.build(office.district, pages=pages.routes(office.district, folder=office.folder))
        server.server(app, at, watch=watch).run(sockets=[listener])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
