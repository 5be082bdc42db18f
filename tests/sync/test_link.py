"""The bad line itself: it must be as bad as it says, and leave nothing behind."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.kit.wire.link import FAR, Joined, Line, joined, missing

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "-")

ECHO = """
import socket
line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
line.bind(("0.0.0.0", 7))
print("ready", flush=True)
while True:
    data, peer = line.recvfrom(2000)
    line.sendto(data, peer)
"""
ASK = """
import json, socket, sys, time
line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
line.settimeout(1.5)
sent = {}
for number in range(40):
    sent[number] = time.monotonic()
    line.sendto(number.to_bytes(2, "big") + bytes(98), (sys.argv[1], 7))
    time.sleep(0.02)
heard = {}
try:
    while len(heard) < 40:
        data, _ = line.recvfrom(2000)
        number = int.from_bytes(data[:2], "big")
        heard[number] = time.monotonic() - sent[number]
except TimeoutError:
    pass
print(json.dumps(sorted(heard.values())))
"""


def asked(line: Joined) -> list[float]:
    """How long each of 40 packets took there and back; the lost ones are missing."""
    server = subprocess.Popen(line.far(sys.executable, "-c", ECHO), stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout.readline() == "ready\n"
        done = subprocess.run(line.near(sys.executable, "-c", ASK, FAR), capture_output=True, text=True, check=True)
    finally:
        server.kill()
        server.communicate()
    return json.loads(done.stdout)


def test_packets_take_their_time_and_some_are_lost():
    with joined(Line(rate=1_000_000, round_trip=0.3, loss=0.25, jitter=0, seed=4)) as line:
        times = asked(line)
    assert 10 < len(times) < 34  # both ways: about 23 of 40
    assert times[0] >= 0.3


def test_a_whole_line_loses_nothing_and_nothing_is_left_behind():
    with joined(Line(rate=1_000_000, round_trip=0.05, loss=0)) as line:
        name = line.name
        assert len(asked(line)) == 40
    left = subprocess.run(["ip", "netns", "list"], capture_output=True, text=True, check=True).stdout
    assert name not in left


def test_an_outage_lets_nothing_through():
    with joined(Line(rate=1_000_000, round_trip=0.01, loss=0, outage=(0.0, 60.0))) as line:
        assert asked(line) == []
