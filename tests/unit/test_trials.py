"""Which packages are tried where, what an interrupted run leaves, the versions that updates are tried with."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from installer import roots
from installer.trials import check, needs, newer


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (["windows"], ["windows-setup", "windows-update"]),
        (["trixie-deb"], ["trixie-deb"]),
        (["noble"], ["noble-deb", "noble-folder", "noble-update_deb", "noble-update_folder"]),
        (["folder", "jammy-deb"], ["bookworm-folder", "trixie-folder", "jammy-deb", "jammy-folder", "noble-folder"]),
    ],
)
def test_items_are_named_by_themselves_or_by_what_they_share(only: list[str], expected: list[str]) -> None:
    assert check.chosen_items(only) == expected
    assert len(check.chosen_items(None)) == len(check.chosen_items(["linux", "windows"])) == len(check.ITEMS)


def test_an_item_counts_as_passed_only_for_the_very_package(tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.write_bytes(b"one")
    noted = check.Passed(tmp_path / "passed.tsv")
    noted.add("trixie-deb", package)
    assert noted.holds("trixie-deb", package)
    assert not noted.holds("trixie-folder", package)
    package.write_bytes(b"another")
    assert not noted.holds("trixie-deb", package)


@pytest.mark.parametrize(("version", "higher"), [("0.5.0", "0.5.1"), ("0.5.9", "0.6.9"), ("1.9.99", "2.9.99")])
def test_a_higher_version_takes_as_much_room(version: str, higher: str) -> None:
    assert newer.raised(version) == higher


def test_a_copy_of_a_version_says_the_higher_number_and_nothing_else_of_it_changes(tmp_path: Path) -> None:
    module = tmp_path / "one" / "lib" / "desk_app" / "__init__.pyc"
    module.parent.mkdir(parents=True)
    module.write_bytes(b"before 0.5.0 after")
    copy = newer.copied(tmp_path / "one", "0.5.0", "0.5.1", tmp_path / "two")
    assert (copy / "lib/desk_app/__init__.pyc").read_bytes() == b"before 0.5.1 after"
    with pytest.raises(SystemExit, match=r"0\.7\.0"):
        newer.copied(tmp_path / "one", "0.7.0", "0.7.1", tmp_path / "three")


class _Archive(roots.DebianRoot):
    """A system whose apt "downloads" one file, another one each time."""

    def run(self, command: Sequence[str], session: roots.Session = roots.Session()) -> None:  # noqa: B008 - as there
        if "--download-only" in command:
            [into] = [path for path, inside in session.shared.items() if inside.endswith("thu-vien")]
            (into / f"lib{time.monotonic_ns()}.deb").write_bytes(b"library")


def test_libraries_are_fetched_once_a_day_for_a_package_and_again_where_anything_differs(tmp_path: Path) -> None:
    package, into = tmp_path / "program.deb", tmp_path / "needs" / "noble"
    package.write_bytes(b"program")
    root = _Archive(tmp_path / "root", "noble")

    def fetched() -> list[Path]:
        return needs.fetch(root, package, into)

    first = fetched()
    assert (len(first), fetched()) == (1, first)
    first[0].write_bytes(b"damaged")
    second = fetched()
    assert second != first
    package.write_bytes(b"another program")
    third = fetched()
    assert third != second
    day_before = time.time() - needs.FRESH_S - 1
    os.utime(into.with_name("noble.sums"), (day_before, day_before))
    assert fetched() != third
