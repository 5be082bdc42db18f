"""A print room for tests: a CUPS of its own on this machine, a queue that keeps PDF files, a receipt printer on TCP."""

from __future__ import annotations

import os
import queue
import shutil
import socketserver
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

CUPSD = shutil.which("cupsd") or "/usr/sbin/cupsd"
PPD = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
CUPS_PDF = Path("/etc/cups/cups-pdf.conf")  # the backend reads its settings here, whatever ServerRoot says
PATIENCE = 60

_FILES = """
ServerRoot {root}/server
RequestRoot {root}/spool
TempDir {root}/spool/tmp
CacheDir {root}/cache
StateDir {root}/run
AccessLog {root}/log/access
ErrorLog {root}/log/error
PageLog {root}/log/page
SystemGroup root
User lp
Group lp
"""
_SERVER = """
Listen 127.0.0.1:{port}
Browsing Off
WebInterface No
DefaultAuthType None
<Location />
  Order allow,deny
  Allow from 127.0.0.1
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""


def is_missing() -> str:
    """Why there can be no print room here; "" when there can."""
    if not (Path(CUPSD).exists() and PPD.exists() and CUPS_PDF.exists()):
        return "needs CUPS and cups-pdf"
    return "" if hasattr(os, "geteuid") and os.geteuid() == 0 else "only root may start a CUPS"


class ReceiptPrinter(socketserver.ThreadingTCPServer):
    """Listens as a receipt printer does; every connection is one job."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Job)
        self.jobs: queue.Queue[bytes] = queue.Queue()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    def taken(self) -> bytes:
        """The next job; waits for it."""
        return self.jobs.get(timeout=PATIENCE)


class _Job(socketserver.BaseRequestHandler):
    server: ReceiptPrinter

    def handle(self) -> None:
        data = bytearray()
        while part := self.request.recv(65536):
            data += part
        self.server.jobs.put(bytes(data))


@dataclass(frozen=True)
class PrintRoom:
    """`server` is what CUPS_SERVER must say; `tray` is where the queue "PDF" puts what it printed."""

    server: str
    tray: Path
    receipts: ReceiptPrinter

    def told(self, *command: str) -> str:
        """Runs a CUPS command against this room."""
        done = subprocess.run(
            command, env={**os.environ, "CUPS_SERVER": self.server, "LC_ALL": "C"}, capture_output=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{command}: {done.stderr.decode()}")
        return done.stdout.decode()

    def printed(self) -> list[Path]:
        """What lies in the tray once every job is done, oldest first."""
        _wait(lambda: not self.told("lpstat", "-W", "not-completed", "-o"), "the queues to be empty")
        return sorted(self.tray.glob("*.pdf"), key=lambda file: file.stat().st_mtime_ns)

    def clear(self) -> None:
        for file in self.tray.iterdir():
            file.unlink()


@contextmanager
def opened() -> Iterator[PrintRoom]:
    """A running room with the queues "PDF" (default) and "BIENLAI" (raw, to the receipt printer)."""
    with ExitStack() as stack:
        # not under pytest's folder, which is closed to the user lp
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="print-room-")))
        receipts = stack.enter_context(ReceiptPrinter())
        threading.Thread(target=receipts.serve_forever, daemon=True).start()
        stack.callback(receipts.shutdown)
        name = root.name
        settings = CUPS_PDF.with_name(f"cups-pdf-{name}.conf")
        stack.callback(settings.unlink)
        lines = [line for line in CUPS_PDF.read_text("utf-8").splitlines() if not line.startswith("Out ")]
        settings.write_text("\n".join([*lines, f"Out {root}/tray", ""]), "utf-8")
        with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as free:
            port = free.server_address[1]
        stack.enter_context(_cupsd(root, port))
        room = PrintRoom(f"127.0.0.1:{port}", root / "tray", receipts)
        _wait(lambda: _answers(room), "CUPS to answer")
        room.told("lpadmin", "-p", "PDF", "-E", "-v", f"cups-pdf:/{name}", "-P", str(PPD))
        room.told("lpadmin", "-p", "BIENLAI", "-E", "-v", f"socket://{receipts.address}")
        room.told("lpadmin", "-d", "PDF")
        yield room


@contextmanager
def _cupsd(root: Path, port: int) -> Iterator[None]:
    root.chmod(0o755)
    for folder, mode in (
        ("server", 0o755),
        ("spool", 0o710),
        ("spool/tmp", 0o1770),
        ("cache", 0o770),
        ("run", 0o755),
        ("log", 0o755),
        ("tray", 0o777),
    ):
        (root / folder).mkdir()
        shutil.chown(root / folder, "root", "lp")
        (root / folder).chmod(mode)
    (root / "files.conf").write_text(_FILES.format(root=root), "utf-8")
    (root / "cupsd.conf").write_text(_SERVER.format(port=port), "utf-8")
    command = [CUPSD, "-f", "-c", str(root / "cupsd.conf"), "-s", str(root / "files.conf")]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _answers(room: PrintRoom) -> bool:
    try:
        return "is running" in room.told("lpstat", "-r")
    except RuntimeError:
        return False


def _wait(is_so: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.05)


def sheets(file: Path) -> list[str]:
    """The sheet of every page; the queue's own sizes are whole points."""
    with pypdfium2.PdfDocument(file) as document:
        return [_sheet(*page.get_size()) for page in document]


def _sheet(width: float, height: float) -> str:
    for name, (wide, tall) in {"A4": (210, 297), "A5": (148, 210)}.items():
        if abs(width / 72 * 25.4 - wide) < 1 and abs(height / 72 * 25.4 - tall) < 1:
            return name
    return f"{width:.0f} × {height:.0f} pt"
