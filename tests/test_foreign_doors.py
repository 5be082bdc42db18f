"""Where files are opened: what a person names goes through one module; every other place has its reason here."""

from __future__ import annotations

import ast

from tests.kit.source_tree import PROGRAM, calls, sources, where

_OWN_FILES = {
    "app.py": "a mark in the account's own state folder",
    "bench/": "folders that the bench makes and throws away",
    "own_files/": "opens what its callers name, who stand in this list or are foreign_folder",
    "services/desk/second_start.py": "a file of one word in the desk's own data folder",
    "places.py": "the program's own resources",
    "terminal.py": "the null device",
    "district/admin/backup.py": "files of the district's own folder, and the part file that this module made itself",
    "district/admin/backup_file.py": "the part file that `backup` made in the district's own folder",
    "district/admin/folder.py": "the district's own data folder",
    "district/admin/settings.py": "the district's own data folder",
    "district/checks/doctor.py": "the district's own data folder",
    "password_rules.py": "the program's own resources",
    "district/keys/": "the district's own data folder",
    "district/publishing/law.py": "the program's own resources",
    "district/storage/at_rest/plain_file.py": "the district's own database and the copy made beside it",
    "documents/drafting/source_files/elements.py": "a part of an archive that came in through foreign_folder",
    "documents/layout/fonts.py": "the program's own resources",
    "documents/prepared/": "the program's own resources",
    "documents/tables/archive.py": "parts of a workbook that foreign_folder read into memory",
    "domain/": "the domain reads no files; `open` there is no file",
    "protocol/packing.py": "the program's own resources",
    "protocol/update/release_keys.py": "the program's own resources",
    "secret_files.py": "only reads, and follows none but the links of root and the account itself",
    "selftest/": "the program's own resources, and files that the self-test makes itself and throws away",
    "services/backups/backup_notes.py": "the desk's own data folder",
    "services/backups/backup_place.py": "the envelopes of the key in the desk's own data folder",
    "services/backups/child.py": "the report that the drill put into the desk's own data folder",
    "services/backups/drill.py": "the desk's own data folder",
    "services/backups/increment_backup.py": "the increment that it makes itself in the desk's own data folder",
    "services/backups/restoring.py": "the new data folder that it makes itself",
    "services/catalogue/countries.py": "the program's own resources",
    "services/catalogue/unit_data.py": "the program's own resources",
    "services/desk/about.py": "the program's own notices",
    "services/filing/profiles.py": "the program's own resources",
    "services/handling/handling_data.py": "the program's own resources",
    "services/help/": "the program's own resources",
    "services/messages/templates.py": "the program's own resources",
    "services/payments/fee_law.py": "the program's own resources",
    "services/service_days/service_days.py": "the program's own resources",
    "services/settings/screen_scale.py": "the desk's own data folder, read up to eight letters",
    "services/setup/": "the program's own resources, and the desk's own new data folder",
    "services/updates/": "the program's and the desk's own folders; update files come through foreign_folder",
    "store/": "the desk's own data folder; attachments come in through foreign_folder",
    "ui/look/": "the program's own resources",
    "ui/printing/recovery_paper.py": "a buffer in memory",
    "services/maintenance/usb_drives.py": "what the system says of its mounts",
    "ui/window/desk_log.py": "the desk's own data folder",
}
"""Modules that open files themselves, and why no person or stranger can name those files. All others go through
`foreign_folder`: it follows no link and reads nothing that is no file or too large.
"""


def test_what_a_person_names_is_read_and_written_in_one_place() -> None:
    touches = {"read_bytes", "read_text", "write_bytes", "write_text", "copyfile", "copytree", "copy2", "fdopen"}
    found = []
    for path, tree in sources(naming=rf"\b({'|'.join(sorted(touches))}|open)\s*\("):
        name = path.relative_to(PROGRAM).as_posix()
        if name == "foreign_folder.py" or any(
            name.startswith(own) if own.endswith("/") else name == own for own in _OWN_FILES
        ):
            continue
        for called, call in calls(tree):
            is_method = isinstance(call.func, ast.Attribute)
            if (called in touches and is_method) or (called == "open" and (call.args or not is_method)):
                found.append(where(path, call))
    assert found == []
