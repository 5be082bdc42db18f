"""Bytecode of the Linux folder: all of it in one file, which a disk that turns reads at once (`together.py`).

What a start never loads goes compressed into lib/rarely.zip, which Python asks last: that is for the size.
"""

from __future__ import annotations

import shutil
import sys
import sysconfig
import zipfile
from pathlib import Path

from installer import roots
from installer.linux import together
from installer.linux.contents import ARCHIVE, is_module_taken, is_rarely_used

COMPILING = Path(__file__).parent.parent / "compiling.py"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def place(listed: Path, lib: Path, work: Path) -> None:
    """Compiles what `listed` names (lines "MODULE<tab>SOURCE", from desk.spec) into `lib`."""
    archive = work / "rarely"
    shutil.rmtree(archive, ignore_errors=True)
    archive.mkdir(parents=True)
    standard = Path(sysconfig.get_path("stdlib"))
    own = lib / f"python{sys.version_info.major}.{sys.version_info.minor}"
    lines = []
    for line in sorted(listed.read_text(encoding="utf-8").splitlines()):
        name, source = line.split("\t")
        if not is_module_taken(name):
            continue
        shown = name.replace(".", "/") + ("/__init__.py" if Path(source).name == "__init__.py" else ".py")
        is_standard = Path(source).is_relative_to(standard) and "site-packages" not in Path(source).parts
        below = archive if is_rarely_used(name) else own if is_standard else lib
        lines.append(f"{source}\t{below / shown}c\t{shown}")
    lines.append(f"{together.__file__}\t{lib / 'together.pyc'}\ttogether.py")
    told = work / "modules.txt"
    told.write_text("\n".join(lines), encoding="utf-8")
    # Without the columns of every instruction: a fourth of the bytes, read at each start; lines stay in tracebacks.
    command = [sys.executable, "-X", "no_debug_ranges", str(COMPILING), str(told)]
    roots.run(command, log=work.with_name("compiling.log"), variables={"PYTHONHASHSEED": "1"})
    apart = sorted(path.name for path in archive.iterdir() if (lib / path.name).exists())
    if apart:
        raise SystemExit(f"Không nén được {', '.join(apart)}: có tệp khác đi cùng (installer/linux/contents.py)")
    headless = sorted(path.name for path in archive.iterdir() if path.is_dir() and not (path / "__init__.pyc").exists())
    if headless:
        raise SystemExit(f"Không nén được {', '.join(headless)}: thiếu __init__.py (installer/linux/contents.py)")
    _pack(archive, lib / ARCHIVE)
    _put_together(lib, own)


def _pack(folder: Path, out: Path) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in sorted(folder.rglob("*.pyc")):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _EPOCH)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, path.read_bytes())


def _put_together(lib: Path, own: Path) -> None:
    """The modules of both folders, but for what Python must find as files, in one file in the place of theirs."""
    paths = {}
    for path in sorted(lib.rglob("*.pyc")):
        shown = path.relative_to(own if path.is_relative_to(own) else lib).with_suffix("").as_posix()
        paths[shown.removesuffix("/__init__").replace("/", ".")] = path
    modules = {}
    for name, path in paths.items():
        parents = [name[:at] for at, letter in enumerate(name) if letter == "."]
        if not together.stays(name) and all(parent in paths for parent in parents):  # else Python looks for the folder
            modules[name] = (path.relative_to(lib).as_posix(), path.read_bytes())
    (lib / together.FILE).write_bytes(together.packed(modules))
    for file, _ in modules.values():
        (lib / file).unlink()
    for folder in sorted((path for path in lib.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
