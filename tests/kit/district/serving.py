"""A district that listens on 127.0.0.1 in a thread of the test: SQLite or PostgreSQL, in the clear or with TLS."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.routing import BaseRoute

from desk_app.district.district import District
from desk_app.district.intake import enrolment
from desk_app.district.keys import tls
from desk_app.district.storage import open_storage
from desk_app.district.transport import http_app, server
from desk_app.district.transport.server import Listening
from tests.kit.district.writers import MORNING, Root


@dataclass
class Served:
    """A running district and where it is reached."""

    district: District
    root: Root
    port: int

    def forget_work(self) -> None:
        """The district as it was before any desk sent anything; it keeps its own logs."""
        own = [self.district.identity.keys.kid]
        with self.district.storage.writing() as session:
            session.run("DELETE FROM frame WHERE log IN (SELECT log FROM log WHERE kid <> ?)", own)
            session.run("DELETE FROM log WHERE kid <> ?", own)
            for table in ("quarantine", "projection_error", "event", "dossier"):
                session.run(f"DELETE FROM {table}")

    @property
    def url(self) -> str:
        return f"{'https' if self.root.tls else 'http'}://127.0.0.1:{self.port}"


def enrolled(district: District, asked: bytes) -> bytes:
    """What `desk-district serve` answers to a desk that enrols."""
    return enrolment.answer(district.storage, district.identity, asked, at=district.clock())


@contextmanager
def served(
    place: str | Path,
    root: Root,
    *,
    clock: Callable[[], int] = lambda: MORNING,
    tls_folder: Path | None = None,
    pages: Callable[[District], Sequence[BaseRoute]] = lambda _: (),
) -> Iterator[Served]:
    """Serve the storage at `place` as long as the block lasts, with these pages of the district."""
    if tls_folder is not None:
        root.tls = tls.write(tls_folder, "127.0.0.1")
    storage = open_storage(place, root.storage_key)
    district = District(storage, root.identity, clock=clock)
    listener = server.listen("127.0.0.1", 0)
    at = Listening(
        host="127.0.0.1",
        port=listener.getsockname()[1],
        certificate=tls_folder and tls_folder / tls.CERTIFICATE,
        key=tls_folder and tls_folder / tls.KEY,
    )
    app = http_app.build(district, enrol=lambda asked: enrolled(district, asked), pages=pages(district))
    running = server.server(app, at)
    thread = threading.Thread(target=lambda: running.run(sockets=[listener]), daemon=True)
    thread.start()
    try:
        while not running.started:
            time.sleep(0.005)
        yield Served(district, root, at.port)
    finally:
        running.should_exit = True
        thread.join(20)
        listener.close()
        storage.close()
