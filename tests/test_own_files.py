"""Rights of files, and names that change hands: each goes through one module, which knows what Windows wants."""

from __future__ import annotations

import ast

from tests.kit.source_tree import PROGRAM, calls, sources, where

_NO_SECRETS = {
    "services/updates/version_maker.py": "files of the program: everybody may run them",
    "foreign_folder.py": "papers that a person keeps where others are to read them",
}
_OUTSIDE_THE_DOOR = {
    "bench/": "folders that the bench makes and throws away",
    "selftest/": "files that the self-test makes itself and throws away",
    "app.py": "an empty mark in the account's own state folder, whose loss costs nothing",
    "errors/machine.py": "renames a file to its own name, which does nothing, to hear what holds it",
}


def _is_within(name: str, places: dict[str, str]) -> bool:
    return any(name.startswith(own) if own.endswith("/") else name == own for own in places)


def _names_a_mode(call: ast.Call) -> bool:
    given = [*call.args, *(word.value for word in call.keywords if word.arg == "mode")]
    return any(isinstance(each, ast.Constant) and type(each.value) is int and each.value & 0o400 for each in given)


def test_rights_are_set_in_one_place() -> None:
    asks = {"chmod", "fchmod", "mkdir", "makedirs", "touch", "open", "opened", "umask"}
    found = []
    for path, tree in sources(naming=rf"\b({'|'.join(sorted(asks))})\s*\("):
        name = path.relative_to(PROGRAM).as_posix()
        if name == "own_files/owner_only.py" or _is_within(name, _NO_SECRETS):
            continue
        found += [
            where(path, call)
            for called, call in calls(tree)
            if called in {"chmod", "fchmod"} or (called in asks and _names_a_mode(call))
        ]
    assert found == []


def test_names_of_files_change_hands_in_one_place() -> None:
    found = []
    for path, tree in sources(naming=r"\.\s*(unlink|rename|replace)\s*\("):
        name = path.relative_to(PROGRAM).as_posix()
        if name == "own_files/held_files.py" or _is_within(name, _OUTSIDE_THE_DOOR):
            continue
        found += [where(path, call) for called, call in calls(tree) if _gives_a_name(called, call)]
    assert found == []


def _gives_a_name(called: str, call: ast.Call) -> bool:
    """Whether it is a rename or a removal of a file on a path; `str.replace` takes two texts, a value's keywords."""
    if not isinstance(call.func, ast.Attribute):
        return False
    is_path_like = not (isinstance(call.func.value, ast.Name) and call.func.value.id in {"held_files", "folder"})
    if called in {"unlink", "rename"}:
        has_handle = any(word.arg == "dir_fd" for word in call.keywords)
        return is_path_like and not has_handle
    return called == "replace" and is_path_like and len(call.args) == 1 and not call.keywords
