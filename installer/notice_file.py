"""docs/notices.md: its tables and texts, written from and read back into rows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

SECTIONS = {
    "run": ("Gói chạy cùng chương trình", "bản"),
    "build": ("Gói chỉ dùng lúc cài", "bản"),
    "inside": ("Mã của người khác nằm sẵn trong gói", "nằm trong"),
    "sbom": ("Thành phần mà gói tự kê (SBOM)", "nằm trong"),
    "packed": ("Phần chỉ có trong gói cài đặt", "nằm ở"),
    "shipped": ("Phông chữ, hình vẽ, dữ liệu", "là gì"),
}
"""Section → title, and what its second column holds."""
WITHOUT_TEXTS = "sbom"
"""A list of components gives no texts: what asks for them has them in the package's own."""
MARK = r"\[([0-9a-f]{8})\]"
ROW = re.compile(r"(?m)^\| ([^|\n]+) \| ([^|\n]+) \| ([^|\n]+) \| ([^|\n]+) \| ([^|\n]*)\|$")
TEXT = re.compile(r"(?ms)^### ([0-9a-f]{8})\n\n[^\n]*\n\n(`{3,})text\n(.*?)\n\2$")


@dataclass(frozen=True)
class Row:
    """A line of a table. `version` is the second column; `used` the part of `licence` that is made use of."""

    name: str
    version: str
    licence: str
    used: str
    texts: tuple[str, ...]


@dataclass
class Notices:
    """Rows by section, texts by their mark."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {section: [] for section in SECTIONS})
    texts: dict[str, str] = field(default_factory=dict)

    def keep(self, text: str) -> str:
        """Notes a text; the same text has the same mark."""
        self.texts[mark_of(text)] = text
        return mark_of(text)

    def every_row(self) -> Iterator[Row]:
        for rows in self.rows.values():
            yield from rows


def mark_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def written(found: Notices, head: str, remarks: dict[str, str]) -> str:
    """The whole file; `remarks`: what a person found in a package, and why the program may go with it."""
    parts = [head.strip()]
    for section, (title, second) in SECTIONS.items():
        lines = [f"| tên | {second} | giấy phép | dùng theo | bản văn |", "|---|---|---|---|---|"]
        parts += [f"## {title}", "\n".join([*lines, *map(_line, found.rows[section])])]
    parts += ["## Điều cần biết về vài gói", "\n".join(f"- {name}: {remarks[name]}." for name in sorted(remarks))]
    parts.append("## Bản văn giấy phép")
    owners: dict[str, dict[str, None]] = {}
    for row in found.every_row():
        for mark in row.texts:
            owners.setdefault(mark, {})[row.name] = None
    for mark, names in owners.items():
        fence = "`" * max(3, *(len(ticks) + 1 for ticks in ["", *re.findall(r"`+", found.texts[mark])]))
        parts.append(f"### {mark}\n\n{', '.join(names)}\n\n{fence}text\n{found.texts[mark]}\n{fence}")
    return "\n\n".join(parts) + "\n"


def _line(row: Row) -> str:
    marks = " ".join(f"[{mark}](#{mark})" for mark in row.texts)
    return f"| {row.name} | {row.version} | {row.licence} | {row.used} | {marks} |"


def read(text: str) -> Notices:
    found = Notices()
    for section, (title, _) in SECTIONS.items():
        table = text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
        for name, version, licence, used, marks in ROW.findall(table):
            if name != "tên":
                found.rows[section].append(Row(name, version, licence, used, tuple(re.findall(MARK, marks))))
    found.texts = {mark: content for mark, _, content in TEXT.findall(text)}
    return found
