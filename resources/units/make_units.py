"""Makes communes.json and before-july-2025.json from the package `vietnamadminunits` (MIT), where it is installed.

Run by hand: python resources/units/make_units.py [VERSION OF THE PACKAGE]
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
CITATION = [
    "Nghị quyết 202/2025/QH15 ngày 12/06/2025 (sắp xếp đơn vị hành chính cấp tỉnh)",
    "34 nghị quyết ngày 16/06/2025 của Ủy ban Thường vụ Quốc hội (sắp xếp đơn vị hành chính cấp xã)",
]


def main() -> None:
    data = package_data()
    converter = json.loads((data / "converter_2025.json").read_text("utf-8"))
    with sqlite3.connect(data / "dataset.db") as db:
        db.row_factory = sqlite3.Row
        new = db.execute("SELECT * FROM admin_units ORDER BY provinceCode, wardCode").fetchall()
        old = db.execute("SELECT * FROM admin_units_legacy ORDER BY provinceCode, districtCode, wardCode").fetchall()
    write("communes.json", communes(new))
    write("before-july-2025.json", before(old, new, converter))


def package_data() -> Path:
    found = find_spec("vietnamadminunits")
    if found is None or found.origin is None:
        sys.exit("vietnamadminunits is not installed here: pip install --no-deps vietnamadminunits")
    return Path(found.origin).parent / "data"


def about(what: str) -> dict[str, object]:
    return {
        "about": what,
        "citation": CITATION,
        "source": f"vietnamadminunits {sys.argv[1] if len(sys.argv) > 1 else '1.0.4'} (MIT, LICENSE.txt)",
        "in_force_from": "2025-07-01",
        "verified": False,
    }


def communes(new: list[sqlite3.Row]) -> dict[str, object]:
    provinces: dict[str, str] = {}
    by_province: dict[str, dict[str, str]] = defaultdict(dict)
    for row in new:
        provinces[row["provinceCode"]] = row["province"]
        by_province[row["provinceCode"]][row["wardCode"]] = row["ward"]
    what = "provinces: code → name; communes: province code → commune code → name (codes of the statistics office)"
    return {**about(what), "provinces": provinces, "communes": by_province}


def before(old: list[sqlite3.Row], new: list[sqlite3.Row], converter: dict[str, dict]) -> dict[str, object]:
    code = {(row["provinceKey"], row["wardKey"]): row["wardCode"] for row in new}
    province_code = {row["provinceKey"]: row["provinceCode"] for row in new}
    to: dict[str, list[str]] = {}
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        to |= {key: [code[province, ward]] for ward, keys in wards.items() for key in keys}
    for province, wards in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        to |= {key: sorted(code[province, part["newWardKey"]] for part in parts) for key, parts in wards.items()}
    now = {key: province_code[new] for new, olds in converter["DICT_PROVINCE"].items() for key in olds}
    provinces: dict[str, dict] = {}
    for row in old:
        province = provinces.setdefault(row["province"], {"now": now[row["provinceKey"]], "districts": {}})
        district = province["districts"].setdefault(row["district"], {})
        codes = " ".join(to[f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"])
        district[row["ward"] or ""] = codes
    for row in old:
        district = provinces[row["province"]]["districts"][row["district"]]
        for name in former_names(row["wardAlias"]):
            earlier = district.get(name, "~").lstrip("~").split()
            codes = {*earlier, *district[row["ward"] or ""].split()}
            if not district.get(name, "~").startswith("~"):
                continue
            district[name] = "~" + " ".join(sorted(codes))
    what = (
        "old province → now: code of today's province; districts: district → commune ('' where a district had none) → "
        "codes of all communes it went to. '~' marks a name of before 2025, known without its marks only."
    )
    return {**about(what), "provinces": provinces}


def former_names(aliases: str | None) -> list[str]:
    """The package's aliases that are names of former communes, not spellings: those with the kind before them."""
    kinds = {"phuong": "Phường", "thitran": "Thị trấn", "xa": "Xã"}
    listed = json.loads(aliases or "[]")
    short = {alias for alias in listed if any(prefix + alias in listed for prefix in kinds)}
    found = []
    for alias in listed:
        if alias in short:  # "phuonglien" is Phương Liên, not a ward Liên
            continue
        for prefix, kind in kinds.items():
            rest = alias.removeprefix(prefix)
            if rest != alias and rest:
                found.append(f"{kind} {rest.lstrip('0') or rest}")
                break
    return sorted(set(found))


def write(name: str, content: dict[str, object]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=0, sort_keys=False).replace("\n", "")
    text = text.replace('},"', '},\n"').replace('": {"', '":\n{"')
    (HERE / name).write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
