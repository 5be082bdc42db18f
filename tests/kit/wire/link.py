"""A bad line in this computer: two network namespaces joined by TUN devices, packets carried by a loop of ours.

Rate, delay, jitter, loss (single or in bursts), a queue's limit and outages apply to IP packets; TCP is the kernel's
own on both sides. Needs root and /dev/net/tun, touches nothing outside its namespaces and takes them away again.
`python -m tests.kit.wire.link NAME LINE.json` is the loop; tests use `joined`.
"""

from __future__ import annotations

import contextlib
import fcntl
import heapq
import json
import os
import random
import re
import select
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
NEAR, FAR = "198.18.0.1", "198.18.0.2"  # RFC 2544's range for measuring; never leaves the namespaces
_TUN, _SET_NAME, _NO_HEADER = 0x0001, 0x400454CA, 0x1000
_BACK_FROM_BURST = 0.25  # Gilbert-Elliott: bursts of four packets in the mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What the line does. Rates in bit/s, times in s; `outage` is (s up, s down) over and over."""

    rate: float = 32_000
    round_trip: float = 2.0
    loss: float = 0.1
    is_bursty: bool = False
    jitter: float = 0.1
    queue: int = 30_000
    mtu: int = 1400
    outage: tuple[float, float] | None = None
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Joined:
    """Two namespaces with a line between them: commands run `near` (the desk) or `far` (the district, at `FAR`)."""

    name: str

    def near(self, *command: str) -> list[str]:
        return ["ip", "netns", "exec", f"{self.name}n", *command]

    def far(self, *command: str) -> list[str]:
        return ["ip", "netns", "exec", f"{self.name}f", *command]


def missing() -> str:
    """Why no line can be made here; "" when it can."""
    if sys.platform != "linux" or not Path("/dev/net/tun").exists():
        return "no /dev/net/tun here"
    if os.geteuid():
        return "only root makes network namespaces"
    if not shutil.which("ip"):
        return "no iproute2 here"
    probe = subprocess.run(["ip", "netns", "add", f"cx{os.getpid()}p"], capture_output=True, check=False)
    if probe.returncode:
        return "this system lets nobody make network namespaces"
    _remove(f"cx{os.getpid()}p")
    return ""


@contextmanager
def joined(line: Line) -> Iterator[Joined]:
    """A line that lasts as long as the block."""
    _sweep()
    name = f"cx{os.getpid()}"
    loop = subprocess.Popen(
        [sys.executable, "-m", "tests.kit.wire.link", name, json.dumps(asdict(line))],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert loop.stdout
        if loop.stdout.readline() != "ready\n":
            raise RuntimeError("the line could not be made")
        yield Joined(name)
    finally:
        loop.communicate(timeout=10)  # its stdin ends, and so does it
        for side in "nf":
            _remove(name + side)


def _sweep() -> None:
    """Take away what a test left that was killed."""
    listed = subprocess.run(["ip", "netns", "list"], capture_output=True, text=True, check=False).stdout
    for found in re.finditer(r"^(cx(\d+)[nfp])\b", listed, re.MULTILINE):
        if not Path(f"/proc/{found[2]}").exists():
            _remove(found[1])


def _remove(namespace: str) -> None:
    subprocess.run(["ip", "netns", "del", namespace], capture_output=True, check=False)


def _end_of(name: str, side: str, own: str, peer: str, mtu: int) -> int:
    """One TUN device in a namespace of its own; the file its packets go through."""
    device = name + side
    tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tun, _SET_NAME, struct.pack("16sH", device.encode(), _TUN | _NO_HEADER))

    def ip(*words: str) -> None:
        subprocess.run(["ip", *words], check=True, capture_output=True)

    ip("netns", "add", device)
    ip("link", "set", device, "netns", device)
    ip("-n", device, "addr", "add", own, "peer", peer, "dev", device)
    ip("-n", device, "link", "set", device, "mtu", str(mtu), "up")
    ip("-n", device, "link", "set", "lo", "up")
    # The district's and the desk's systems as most are: no memory of earlier connections, CUBIC, no IPv6.
    settings = ("tcp_no_metrics_save=1", "tcp_congestion_control=cubic")
    for setting in (*(f"net.ipv4.{one}" for one in settings), "net.ipv6.conf.all.disable_ipv6=1"):
        subprocess.run(["ip", "netns", "exec", device, "sysctl", "-qw", setting], check=False, capture_output=True)
    return tun


class _Loop:
    """Packets on their way, by the moment they arrive."""

    def __init__(self, tuns: list[int], line: Line) -> None:
        self._tuns = tuns
        self._line = line
        self._random = random.Random(line.seed)
        self._on_the_way: list[tuple[float, int, int, bytes]] = []
        self._free_at = [0.0, 0.0]
        self._in_burst = [False, False]
        self._begun = time.monotonic()
        self._number = 0

    def run(self) -> None:
        """Until stdin ends."""
        while True:
            self._deliver()
            wait = max(0.0, self._on_the_way[0][0] - time.monotonic()) if self._on_the_way else 0.2
            ready, _, _ = select.select([0, *self._tuns], [], [], min(0.2, wait))
            if 0 in ready:
                return
            for tun in ready:
                with contextlib.suppress(BlockingIOError):
                    self._take(self._tuns.index(tun), os.read(tun, 65535))

    def _deliver(self) -> None:
        while self._on_the_way and self._on_the_way[0][0] <= time.monotonic():
            _, _, side, packet = heapq.heappop(self._on_the_way)
            with contextlib.suppress(OSError):  # a full or dying device loses it, as a line would
                os.write(self._tuns[1 - side], packet)

    def _take(self, side: int, packet: bytes) -> None:
        now, line = time.monotonic(), self._line
        if packet[0] >> 4 != 4 or self._is_out(now):
            return
        is_lost = self._is_lost(side)
        if max(0.0, self._free_at[side] - now) * line.rate / 8 > line.queue:
            return
        self._free_at[side] = max(now, self._free_at[side]) + len(packet) * 8 / line.rate
        if is_lost:
            return
        self._number += 1
        arrives = self._free_at[side] + line.round_trip / 2 + self._random.random() * line.jitter
        heapq.heappush(self._on_the_way, (arrives, self._number, side, packet))

    def _is_out(self, now: float) -> bool:
        if self._line.outage is None:
            return False
        up, down = self._line.outage
        return (now - self._begun) % (up + down) > up

    def _is_lost(self, side: int) -> bool:
        loss = self._line.loss
        if not self._line.is_bursty:
            return self._random.random() < loss
        if self._in_burst[side]:
            self._in_burst[side] = self._random.random() >= _BACK_FROM_BURST
        else:
            self._in_burst[side] = self._random.random() < _BACK_FROM_BURST * loss / (1 - loss)
        return self._in_burst[side]


def main(name: str, told: str) -> None:
    given = json.loads(told)
    if given["outage"] is not None:
        given["outage"] = tuple(given["outage"])
    line = Line(**given)
    tuns = [_end_of(name, "n", NEAR, FAR, line.mtu), _end_of(name, "f", FAR, NEAR, line.mtu)]
    print("ready", flush=True)
    _Loop(tuns, line).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
