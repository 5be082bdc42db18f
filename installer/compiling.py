"""Turns modules into bytecode that carries no time and no path, for both systems. Runs under the Python meant.

usage: PYTHON compiling.py LIST      LIST: lines "SOURCE<tab>TARGET<tab>NAME IN TRACEBACKS"
"""

from __future__ import annotations

import py_compile
import sys
from pathlib import Path

for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
    source, target, shown = line.split("\t")
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    py_compile.compile(
        source,
        target,
        dfile=shown,
        doraise=True,
        optimize=0,
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )
