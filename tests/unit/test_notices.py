"""docs/notices.md: everything that goes with the program is told there, with its licence, and nothing may not go."""

from __future__ import annotations

import ast
import hashlib
import importlib.metadata
import json
import re
import tomllib
from email.message import Message
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from installer import known, locked, notice_file, notices, spdx
from installer.known import Known
from installer.locked import Package
from tests.kit.source_tree import sources

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
NOTICES = (ROOT / "docs" / "notices.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
TOLD = known.known()
HASH = "    --hash=sha256:" + 64 * "0"
MIT_TEXT = 'Permission is hereby granted, free of charge … THE SOFTWARE IS PROVIDED "AS IS"'
GPL_TEXT = "                    GNU GENERAL PUBLIC LICENSE\n                       Version 3, 29 June 2007\n\n …"


def packet(
    name: str = "thing", licence: str = "MIT", texts: tuple[str, ...] = (MIT_TEXT,), field: str = "License-Expression"
) -> Package:
    metadata = Message()
    metadata[field] = licence
    return Package(name, "1.0", metadata, texts)


def faults_of(*packages: Package, told: Known = TOLD) -> list[str]:
    """What is wrong with notices made of these packages alone."""
    lock = "\n".join(f"{package.name}=={package.version} \\\n{HASH}" for package in packages)
    return notices.faults(lock, notice_file.written(notices.gathered(packages, told, set()), "# Lời đầu", {}), told)


# --- what is handed out -------------------------------------------------------------------


def test_the_notices_tell_every_package_of_the_lock_and_each_may_be_handed_out() -> None:
    assert notices.faults(LOCK, NOTICES, TOLD) == []


def test_a_package_that_joins_the_lock_must_be_told() -> None:
    joined = f"{LOCK.rstrip()}\nnew-thing==1.2 \\\n{HASH}\n"
    assert notices.faults(joined, NOTICES, TOLD) == ["new-thing 1.2: chưa có trong docs/notices.md (chạy make notices)"]


def test_a_package_that_moved_to_another_version_must_be_told_again() -> None:
    moved = re.sub(r"(?m)^segno==\S+", "segno==99.0", LOCK)
    found = notices.faults(moved, NOTICES, TOLD)
    assert [fault.split(":")[0].split()[0] for fault in found] == ["segno", "segno"]
    assert "segno 99.0: chưa có trong docs/notices.md (chạy make notices)" in found


def test_a_package_that_left_the_lock_is_not_told_any_more() -> None:
    left = re.sub(r"(?ms)^segno==.*?(?=^\S)", "", LOCK)
    assert left != LOCK
    assert [fault for fault in notices.faults(left, NOTICES, TOLD) if fault.startswith("segno")] != []


def test_test_packages_are_not_told_and_build_packages_stand_apart() -> None:
    rows = notice_file.read(NOTICES).rows
    assert {row.name for row in rows["build"]} == notices.build_only(PROJECT)
    assert not {"pytest", "hypothesis", "ruff"} & {row.name for row in rows["run"]}


def test_what_the_installed_packages_say_is_what_the_notices_say() -> None:
    rows = {(row.name, row.version): row for row in notice_file.read(NOTICES).every_row()}
    told_parts = notice_file.read(NOTICES).rows["sbom"]
    compared = 0
    for installed in importlib.metadata.distributions():
        row = rows.get((canonicalize_name(installed.metadata["Name"]), installed.version))
        if row is None:
            continue
        compared += 1
        names = [str(path) for path in installed.files or []]
        bytes_of = {name: Path(str(installed.locate_file(name))) for name in names}
        texts = locked.licence_texts(names, lambda name, at=bytes_of: at[name].read_bytes())
        parts = locked.components(names, lambda name, at=bytes_of: at[name].read_bytes())
        package = Package(row.name, row.version, installed.metadata, texts, parts)  # type: ignore[arg-type]
        assert TOLD.licence(package) == row.licence, row.name
        told = {each.name: each.licence for each in told_parts if each.version == f"{row.name} {row.version}"}
        assert TOLD.components(package).items() <= told.items(), row.name
        if "Root-Is-Purelib: true" in (installed.read_text("WHEEL") or ""):
            assert {notice_file.mark_of(text) for text in texts} <= set(row.texts), row.name
    assert compared > 30


def test_the_targets_between_them_use_every_line_of_the_lock() -> None:
    unused = [entry.name for entry in locked.entries(LOCK) if not any(target.uses(entry) for target in locked.TARGETS)]
    assert unused == []


# --- what must not go ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "used"),
    [
        ("MIT", "MIT"),
        ("GPL-3.0-only", None),
        ("GPL-2.0-or-later", None),
        ("AGPL-3.0-or-later", None),
        ("LicenseRef-Proprietary", None),
        ("MIT OR GPL-3.0-only", "MIT"),
        ("GPL-2.0-only OR GPL-3.0-only OR LGPL-3.0-only", "LGPL-3.0-only"),
        ("MIT AND GPL-3.0-only", None),
        ("BSD-3-Clause AND (GPL-2.0-only OR MIT)", "BSD-3-Clause AND MIT"),
        ("(Apache-2.0 OR MIT) AND (ISC OR Zlib)", "(Apache-2.0 OR MIT) AND (ISC OR Zlib)"),
        ("GPL-3.0-only WITH GCC-exception-3.1", None),
        ("MIT OR GPL-3.0-only AND AGPL-3.0-only", "MIT"),
        ("free of charge", None),
        ("", None),
    ],
)
def test_of_a_choice_of_licences_an_allowed_one_is_enough(expression: str, used: str | None) -> None:
    assert spdx.usable(expression, TOLD.allowed) == used


def test_no_allowed_licence_is_a_gpl() -> None:
    assert [name for name in TOLD.allowed if name.startswith(("GPL", "AGPL"))] == []
    assert [name for name in TOLD.allowed if spdx.canonical(name) != name] == []


@pytest.mark.parametrize("licence", ["GPL-3.0-only", "AGPL-3.0-only", "BSD", "do what you like", ""])
def test_a_package_under_a_licence_unknown_or_not_allowed_is_a_fault(licence: str) -> None:
    assert any("không rõ hoặc không nằm trong danh sách" in fault for fault in faults_of(packet(licence=licence)))


def test_a_package_of_the_usual_kind_is_no_fault() -> None:
    of_classifier = packet("other", "License :: OSI Approved :: MIT License", field="Classifier")
    assert faults_of(packet(), of_classifier, told=Known(TOLD.allowed, {}, ())) == []


def test_a_package_without_a_licence_text_is_a_fault() -> None:
    assert "thing: thiếu bản văn giấy phép" in faults_of(packet(texts=()))


def test_a_package_that_names_one_licence_and_holds_a_gpl_is_a_fault_until_read() -> None:
    hiding = packet(texts=(MIT_TEXT, GPL_TEXT))
    assert any("có chỗ theo GPL" in fault for fault in faults_of(hiding))
    assert faults_of(hiding, told=Known(TOLD.allowed, {"thing": {"gpl": "đã đọc"}}, ())) == []


def test_the_lgpl_goes_with_its_own_text_and_that_of_the_gpl() -> None:
    alone = packet(licence="LGPL-3.0-only", texts=(known.kept_text("LGPL-3.0"),))
    assert any("kèm cả bản văn" in fault for fault in faults_of(alone))
    both = Known(TOLD.allowed, {"thing": {"texts": ["GPL-3.0"]}}, ())
    assert faults_of(alone, told=both) == []


def test_a_component_that_a_package_lists_under_a_gpl_is_a_fault_until_it_is_known_to_be_absent() -> None:
    listing = Package("thing", "1.0", packet().metadata, (MIT_TEXT,), {"core 2.0": "GPL-3.0-or-later", "own 1.0": ""})
    assert faults_of(listing) == [
        "core 2.0: giấy phép «GPL-3.0-or-later» không rõ hoặc không nằm trong danh sách được dùng"
    ]
    assert faults_of(listing, told=Known(TOLD.allowed, {"thing": {"absent": ["core"]}}, ())) == []


def test_a_component_without_a_licence_is_a_fault_until_a_person_says_it() -> None:
    listing = Package("thing", "1.0", packet().metadata, (MIT_TEXT,), {"core 2.0": ""})
    assert len(faults_of(listing)) == 1
    assert faults_of(listing, told=Known(TOLD.allowed, {"thing": {"components": {"core": "MIT"}}}, ())) == []


def test_what_pillow_lists_and_is_said_to_lack_is_really_not_there() -> None:
    from PIL import features

    assert TOLD.about("pillow")["absent"] == ["libimagequant"]
    assert not features.check_feature("libimagequant")


def test_the_program_uses_only_modules_of_qt_that_are_under_the_lgpl() -> None:
    """The wheel holds others under GPL-3.0 alone (virtual keyboard, Wayland compositor …)."""
    lgpl = {"QtCore", "QtDBus", "QtGui", "QtNetwork", "QtPrintSupport", "QtSvg", "QtSvgWidgets", "QtTest", "QtWidgets"}
    used = {
        alias.name.partition(".")[2]
        if isinstance(node, ast.Import)
        else (node.module or "").partition(".")[2] or alias.name
        for _, tree in sources(naming="PySide6")
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if (alias.name if isinstance(node, ast.Import) else node.module or "").split(".")[0] == "PySide6"
    }
    assert "QtWidgets" in used
    assert used - lgpl == set()


def test_a_text_changed_by_hand_is_a_fault() -> None:
    changed = NOTICES.replace("Permission is hereby granted, free of charge", "Permission is hereby refused", 1)
    assert any(fault.endswith("bị sửa") for fault in notices.faults(LOCK, changed, TOLD))


# --- how the file is made -----------------------------------------------------------------


def test_equal_texts_stand_once_and_the_file_comes_out_the_same_again() -> None:
    packages = [packet("b"), packet("a"), packet("a")]
    once = notice_file.written(notices.gathered(packages, TOLD, set()), "# Lời đầu", {})
    assert once.count(MIT_TEXT) == 1
    assert once == notice_file.written(notices.gathered(packages, TOLD, set()), "# Lời đầu", {})
    assert [row.name for row in notice_file.read(once).rows["run"]] == ["a", "b"]


def test_a_text_with_a_fence_of_its_own_is_read_back_whole() -> None:
    text = "Licence\n```\ncode\n```\n### 00000000\nend"
    made = notice_file.written(notices.gathered([packet(texts=(text,))], TOLD, set()), "# Lời đầu", {})
    assert text in notice_file.read(made).texts.values()


def test_licence_files_are_found_wherever_they_lie_in_a_package() -> None:
    files = {
        "thing-1.dist-info/licenses/Apache-2.0.txt": b"one",
        "thing-1.dist-info/licenses/AUTHORS.txt": b"people",
        "thing-1.dist-info/LICENCE": b"two  \r\nlines\r\n",
        "thing/fonts/font-copying-gpl.txt": b"three",
        "thing/_vendor/NOTICE": b"caf\xe9",
        "thing/again/COPYING": b"one",
        "thing/licenses/__init__.py": b"code",
        "thing/license.py": b"code",
        "thing/notices.json": b"data",
        "thing/readme.txt": b"words",
    }
    assert sorted(locked.licence_texts(files, files.__getitem__)) == ["café", "one", "three", "two\nlines"]


def test_the_components_a_package_lists_are_read_in_every_way_the_lists_say_it() -> None:
    parts = [
        {"name": "a", "version": "1", "licenses": [{"license": {"id": "MIT"}}]},
        {"name": "b", "version": "2", "licenses": [{"expression": "MIT OR ISC"}, {"license": {"name": "IJG"}}]},
        {"name": "c"},
    ]
    files = {"thing-1.dist-info/sboms/x.cdx.json": json.dumps({"components": parts}).encode(), "thing/y.json": b"{"}
    assert locked.components(files, files.__getitem__) == {"a 1": "MIT", "b 2": "(MIT OR ISC) AND IJG", "c": ""}


def test_a_lock_is_read_with_versions_markers_and_hashes() -> None:
    lock = f"a==1.0 ; sys_platform == 'win32' \\\n{HASH} \\\n{HASH}\nB.c==2.0 \\\n{HASH}\n"
    first, second = locked.entries(lock)
    assert (first.name, first.version, second.name, second.version) == ("a", "1.0", "b-c", "2.0")
    assert first.text == f"a==1.0 \\\n{HASH} \\\n{HASH}"
    assert [target.name for target in locked.TARGETS if target.uses(first)] == ["windows"]


# --- the project's own licence, and what lies in resources --------------------------------


def test_the_program_goes_under_apache_2_with_the_official_text() -> None:
    official = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"
    assert hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == official
    assert PROJECT["license"] == "Apache-2.0"
    for pattern in PROJECT["license-files"]:
        assert list(ROOT.glob(pattern)), pattern
    assert "[LICENSE](LICENSE)" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_licence_in_resources_is_told_and_each_told_work_is_there() -> None:
    assert {work["text"] for work in TOLD.shipped} == {
        path.relative_to(ROOT).as_posix() for path in (ROOT / "resources").rglob("*LICENSE*")
    }
    assert [work["name"] for work in TOLD.shipped if not list(ROOT.glob(work["files"]))] == []
    told = {path for work in TOLD.shipped for path in ROOT.glob(work["files"])}
    drawn = {path for kind in ("*.ttf", "*.otf", "*.svg", "*.png") for path in (ROOT / "resources").rglob(kind)}
    ours = set((ROOT / "resources" / "manual" / "pictures").glob("*.png"))  # our own window: docs/screenshots/manual.py
    assert drawn - told - ours == set()


def test_the_decision_on_dependencies_names_each_with_its_licence() -> None:
    asked = {re.match(r"[\w.-]+", line)[0] for line in PROJECT["dependencies"]}  # type: ignore[index]
    table = (ROOT / "docs" / "decisions" / "0008-dependencies.md").read_text(encoding="utf-8")
    written = {
        name: licence for name, licence in re.findall(r"(?m)^\| ([\w.-]+) \| ([^|]+) \|", table) if name != "library"
    }
    used = {row.name: row.used for row in notice_file.read(NOTICES).rows["run"]}
    assert written == {name: used[canonicalize_name(name)] for name in asked}
