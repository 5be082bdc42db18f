"""Writes docs/notices.md: whose work the program is handed out with, and under which licence. `make notices` runs it.

usage: python -m installer.notices [--check]     --check only says what is wrong with the file, without the network
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from packaging.utils import canonicalize_name

from installer import known, locked, notice_file
from installer.known import ROOT, UNKNOWN, Known
from installer.notice_file import Notices, Row

NOTICES = ROOT / "docs" / "notices.md"
LOCK = ROOT / "requirements.lock"
WHEELS = ROOT / "build" / "wheels"
HEAD = ROOT / "installer" / "notices-head.md"
GPL = re.compile(
    r"(?im)^[\s#*]*GNU (AFFERO )?GENERAL PUBLIC LICENSE\s*$"
    r"|under\s+the\s+terms\s+of\s+the\s+GNU\s+(Affero\s+)?General\s+Public"
)
LGPL_3 = re.compile(r"(?m)^\s*GNU LESSER GENERAL PUBLIC LICENSE\s*\n\s*Version 3")
GPL_3 = re.compile(r"(?m)^\s*GNU GENERAL PUBLIC LICENSE\s*\n\s*Version 3")


def build_only(project: Mapping[str, Any]) -> set[str]:
    """Packages that pyproject.toml asks for to build alone."""
    names = [re.match(r"[\w.-]+", line) for line in project["optional-dependencies"]["build"]]
    return {canonicalize_name(name[0]) for name in names if name}


def gathered(packages: Iterable[locked.Package], told: Known, for_building: set[str]) -> Notices:
    """A package that comes in several wheels is told once, with the texts of each."""
    found = Notices()
    marks: dict[tuple[str, str], dict[str, None]] = {}
    licences: dict[tuple[str, str], str] = {}
    parts: dict[tuple[str, str], str] = {}
    for package in packages:
        key = package.name, package.version
        texts = [*package.texts, *told.added_texts(package.name)]
        marks.setdefault(key, {}).update(dict.fromkeys(map(found.keep, texts)))
        licence = told.licence(package)
        if licences.setdefault(key, licence) != licence:
            raise SystemExit(f"{package.name} {package.version}: hai bản đóng gói ghi hai giấy phép khác nhau")
        inner = told.components(package)
        parts.update(((part, " ".join(key)), inner[part]) for part in inner)
    for name, version in sorted(marks):
        section = "build" if name in for_building else "run"
        licence = licences[name, version]
        found.rows[section].append(Row(name, version, licence, told.used(licence), tuple(marks[name, version])))
        for part in told.about(name).get("inside", ()):
            mark = found.keep(known.kept_text(part["text"]))
            row = Row(part["name"], f"{name} {version}", part["spdx"], told.used(part["spdx"]), (mark,))
            found.rows["inside"].append(row)
    for (part, owner), licence in sorted(parts.items(), key=lambda each: (each[0][1], each[0][0])):
        found.rows["sbom"].append(Row(part, owner, licence, told.used(licence), ()))
    for part in told.packed:
        mark = found.keep(known.kept_text(part["text"]))
        row = Row(part["name"], part["where"], part["spdx"], told.used(part["spdx"]), (mark,))
        found.rows["packed"].append(row)
    for work in told.shipped:
        mark = found.keep(locked.plain((ROOT / work["text"]).read_bytes()))
        found.rows["shipped"].append(Row(work["name"], work["what"], work["spdx"], told.used(work["spdx"]), (mark,)))
    return found


def faults(lock: str, notices: str, told: Known) -> list[str]:
    """What keeps the program from being handed out with these notices; empty where all is told."""
    found = notice_file.read(notices)
    pinned = {(entry.name, entry.version) for entry in locked.entries(lock)}
    packages = {(row.name, row.version): row for row in [*found.rows["run"], *found.rows["build"]]}
    wrong = [
        f"{name} {version}: chưa có trong docs/notices.md (chạy make notices)"
        for name, version in sorted(pinned - packages.keys())
    ]
    wrong += [
        f"{name} {version}: không còn trong requirements.lock (chạy make notices)"
        for name, version in sorted(packages.keys() - pinned)
    ]
    wrong += [fault for row in found.every_row() for fault in _faults_of(row, found, told)]
    wrong += [fault for row in packages.values() for fault in _faults_inside(row, found, told)]
    named = {mark for row in found.every_row() for mark in row.texts}
    wrong += [f"bản văn {mark}: không thuộc về ai" for mark in found.texts.keys() - named]
    return wrong + [
        f"bản văn {mark}: bị sửa" for mark, text in found.texts.items() if notice_file.mark_of(text) != mark
    ]


def _faults_of(row: Row, found: Notices, told: Known) -> Iterator[str]:
    texts = [found.texts.get(mark, "") for mark in row.texts]
    if row not in found.rows[notice_file.WITHOUT_TEXTS] and not (texts and all(text.strip() for text in texts)):
        yield f"{row.name}: thiếu bản văn giấy phép"
    if UNKNOWN in (row.used, told.used(row.licence)) or row.used != told.used(row.licence):
        yield f"{row.name}: giấy phép «{row.licence}» không rõ hoặc không nằm trong danh sách được dùng"
    if "LGPL-3.0" in row.used and not (any(map(LGPL_3.search, texts)) and any(map(GPL_3.search, texts))):
        yield f"{row.name}: dùng theo LGPL-3.0 thì phải kèm cả bản văn LGPL-3.0 và GPL-3.0"


def _faults_inside(row: Row, found: Notices, told: Known) -> Iterator[str]:
    """A package may name one licence and hold something under another: its texts tell."""
    own = [text for mark in row.texts if (text := found.texts.get(mark, "")) not in told.added_texts(row.name)]
    if any(map(GPL.search, own)) and not told.about(row.name).get("gpl"):
        yield f"{row.name}: trong gói có chỗ theo GPL; hãy đọc rồi ghi vào installer/licences.toml"


def main(arguments: list[str]) -> int:
    told = known.known()
    lock = LOCK.read_text(encoding="utf-8")
    if "--check" not in arguments:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        found = gathered(locked.wheels(lock, WHEELS), told, build_only(project))
        remarks = {name: "; ".join(told.remarks(name)) for name in told.packages if told.remarks(name)}
        text = notice_file.written(found, HEAD.read_text(encoding="utf-8"), remarks)
        NOTICES.write_text(text, encoding="utf-8", newline="\n")
    wrong = faults(lock, NOTICES.read_text(encoding="utf-8"), told)
    print("\n".join(wrong) or f"docs/notices.md: đủ {len(locked.entries(lock))} gói, giấy phép nào cũng dùng được.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
