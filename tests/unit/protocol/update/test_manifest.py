"""What a manifest may name: nothing that a system of the counter would put elsewhere or refuse."""

from __future__ import annotations

import pytest

from desk_app.protocol.update.manifest import are_paths, is_version, order


@pytest.mark.parametrize(
    "path",
    [
        "../x",
        "/x",
        "a/../x",
        "a//x",
        "C:x",
        "a\\x",
        "nul",
        "a/con.txt",
        "x ",
        "x.",
        "",
        "a/",
        ".",
        "..x",
        "a\n",
        "x" * 201,
    ],
)
def test_a_path_that_leads_elsewhere_or_that_windows_refuses_is_no_path(path: str) -> None:
    assert not are_paths(["good", path])


def test_two_files_of_one_name_and_a_file_that_is_a_folder_are_refused() -> None:
    assert are_paths(["a/b", "a/c", "tệp mới.txt"])
    assert not are_paths(["a/b", "A/B"])
    assert not are_paths(["a/b", "a"])
    assert not are_paths(["A/b", "a"])


def test_versions_are_compared_by_their_numbers() -> None:
    assert order("0.10.0") > order("0.9.9") > order("0.9") == order("0.9.0")
    assert is_version("0.5.0")
    assert not any(map(is_version, ("", "1", "1.", "1..2", "1.2-beta", "../1.2", "１.2", "1.2\n")))
