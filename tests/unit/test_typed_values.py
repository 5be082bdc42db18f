"""Types are read by many threads at once, also the very first time: in processes of their own, for a crash ends one."""

from __future__ import annotations

import subprocess
import sys

import msgspec
import pytest

from desk_app import typed_values
from tests.kit.desk.terminal import ROOT

_RACE = """
import sys, threading, types
import msgspec
from desk_app import typed_values

sys.setswitchinterval(1e-6)
SOURCE = '''
import msgspec
class Inner(msgspec.Struct):
    x: int
class Outer(msgspec.Struct):
    a: Inner
    b: tuple[Inner, ...]
    c: dict[str, Inner]
'''
plain = {"a": {"x": 1}, "b": [{"x": 1}], "c": {"k": {"x": 2}}}
packed, text = msgspec.msgpack.encode(plain), msgspec.json.encode(plain)
for number in range(250):
    made = types.ModuleType(f"made{number}")
    sys.modules[made.__name__] = made
    exec(SOURCE, made.__dict__)
    made.Inner.__module__ = made.Outer.__module__ = made.__name__
    start = threading.Barrier(6)
    def work():
        start.wait()
        READ
    threads = [threading.Thread(target=work) for _ in range(6)]
    [each.start() for each in threads]
    [each.join() for each in threads]
"""
_READS = {
    "json": "assert typed_values.from_json(text, made.Outer).a.x == 1",
    "msgpack": "assert typed_values.from_msgpack(packed, made.Outer).a.x == 1",
    "plain": "assert typed_values.converted(plain, made.Outer).a.x == 1",
}


def raced(read: str) -> int:
    told = subprocess.run([sys.executable, "-c", _RACE.replace("READ", read)], cwd=ROOT, check=False, timeout=300)
    return told.returncode


@pytest.mark.parametrize("read", _READS)
def test_threads_that_first_read_a_type_at_once_do_not_end_the_process(read):
    assert raced(_READS[read]) == 0


class Pair(msgspec.Struct):
    """Two values."""

    a: int
    b: str = ""


def test_what_is_no_such_value_is_refused_as_msgspec_refuses_it():
    assert typed_values.from_json('{"a":1}', Pair) == Pair(1)
    assert typed_values.from_json("[1, 2]", tuple[int, ...]) == (1, 2)
    assert typed_values.converted({"a": "1"}, Pair, strict=False) == Pair(1)
    for wrong in (
        lambda: typed_values.converted({"a": "1"}, Pair),
        lambda: typed_values.from_json("[", Pair),
        lambda: typed_values.from_msgpack(b"\xc1", Pair),
    ):
        with pytest.raises(msgspec.DecodeError):
            wrong()
