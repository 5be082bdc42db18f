"""The forms of the program and of the office, by id and dated version; the newest in force on a day wins.

A version that was ever used stays as it is for ever: a change of the law is a new folder beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from desk_app.documents.forms.form_check import Problem, check
from desk_app.documents.forms.form_files import form_folders, read_form
from desk_app.documents.forms.form_records import Form, FormField
from desk_app.domain.papers import SLIPS
from desk_app.errors import DamagedFormError, UnknownFormError

__all__ = ["Form", "FormField", "FormLibrary", "Problem", "check"]

USUAL_WORDING = "tt-03-2025"
"""The circular whose titles papers have where the office chose none."""
_OF_DESK = SLIPS

_MOST_DAYS = 64
"""Of so many days the forms in force are kept."""


@dataclass(frozen=True)
class FormLibrary:
    """Every version that could be read; `problems` are the sentences of those that could not.

    Of versions that differ by the circular they follow (`FormHead.wording`) those of `wording` are in force.
    `retired` versions are drawn for the dossiers that have them and offered to no other. `bound` are the ids of forms
    that the office itself added to a procedure, by its code.
    """

    forms: dict[tuple[str, str], Form]
    problems: tuple[str, ...] = ()
    retired: frozenset[tuple[str, str]] = frozenset()
    bound: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    wording: str = USUAL_WORDING

    @classmethod
    def load(cls, folders: Iterable[Path], *, shipped: Path | None = None) -> FormLibrary:
        """Read every form of these folders; of one id and version in two of them, the later folder wins.

        `shipped` is the folder that nobody changes while the program runs: a process reads it once for all its desks.
        """
        forms: dict[tuple[str, str], Form] = {}
        problems: list[str] = []
        roots = [folder for folder in folders if folder.is_dir()]
        lists = tuple(root for root in roots if (root / "_lists").is_dir())
        for root in roots:
            found, mistakes = (_read_once if root == shipped else _read_all)(root, lists)
            problems += mistakes
            for form in found:
                # taken out first, so that the office's form comes after the program's of the same date
                forms.pop((form.id, form.version), None)
                forms[form.id, form.version] = form
        return cls(forms, tuple(problems))

    def ids(self) -> tuple[str, ...]:
        return tuple(sorted({form for form, _ in self.forms}))

    def languages(self) -> dict[str, str]:
        """The languages that captions are in: name by code."""
        found = (caption for form in self.all() for caption in form.head.caption)
        return {caption.language: caption.name for caption in found}

    def all(self) -> list[Form]:
        """Every version, by id, the oldest first."""
        return list(self._in_order)

    @cached_property
    def _in_order(self) -> tuple[Form, ...]:
        return tuple(sorted(self.forms.values(), key=lambda form: (form.id, form.head.in_force_from)))

    def in_force(self, form_id: str, on: str) -> Form:
        """The newest version in force on an ISO day; of equal dates the office's. Raises `UnknownFormError`."""
        try:
            return self._newest(on)[form_id]
        except KeyError:
            raise UnknownFormError(form=form_id, on=on) from None

    def owed_by(self, action: str, on: str, *, procedure: str) -> list[Form]:
        """The forms that a step of this kind owes on an ISO day, each in the version then in force.

        A form that names procedures is owed by the step of a dossier of one of them only.
        """
        owed = [form for form in self.newest(on) if form.owed is not None and form.owed.is_of(action)]
        return [form for form in owed if not form.head.procedures or procedure in form.head.procedures]

    def of_procedure(self, code: str, named: Sequence[str], on: str, *, extra: Sequence[str] = ()) -> list[Form]:
        """The declarations of a procedure on an ISO day, each once: those it names, those that name it by id, those
        that the office added to it, and `extra`; of the last two only what may be added and is in force.

        Raises `UnknownFormError` for one that the procedure names and that is not in force.
        """
        newest = {form.id: form for form in self.newest(on)}
        theirs = [form.id for form in newest.values() if form.owed is None and code in form.head.procedures]
        addable = {form.id for form in self.addable(on)}
        added = [form for form in (*self.bound.get(code, ()), *extra) if form in addable]
        return [newest.get(form) or self.in_force(form, on) for form in dict.fromkeys((*named, *theirs, *added))]

    def addable(self, on: str) -> list[Form]:
        """What may be added to a dossier or a procedure: declarations and words of certification, no slip or report."""
        return [
            form for form in self.newest(on) if form.owed is None and not form.head.table and form.id not in _OF_DESK
        ]

    def newest(self, on: str) -> list[Form]:
        """Of every form the version in force on an ISO day, by id; of equal dates the office's."""
        return list(self._newest(on).values())

    def _newest(self, on: str) -> dict[str, Form]:
        """Asked a dozen times for each change of a page: reckoned once a day."""
        if (known := self._of_days.get(on)) is not None:
            return known
        if len(self._of_days) == _MOST_DAYS:
            self._of_days.clear()
        usable = [
            form for form in self._in_order if form.is_in_force(on) and (form.id, form.version) not in self.retired
        ]
        worded = {form.id for form in usable if form.head.wording == self.wording}
        chosen = (form for form in usable if form.head.wording in ("", self.wording) or form.id not in worded)
        return self._of_days.setdefault(on, {form.id: form for form in chosen})

    @cached_property
    def _of_days(self) -> dict[str, dict[str, Form]]:
        return {}

    def exact(self, form_id: str, version: str) -> Form:
        """The version a dossier was received under. Raises `UnknownFormError`."""
        try:
            return self.forms[form_id, version]
        except KeyError:
            raise UnknownFormError(form=f"{form_id} ({version})", on="hồ sơ được tiếp nhận") from None


def _read_all(root: Path, lists: tuple[Path, ...]) -> tuple[tuple[Form, ...], tuple[str, ...]]:
    """The forms of a folder that can be read, and of each other one its mistake."""
    forms: list[Form] = []
    mistakes: list[str] = []
    for folder in form_folders(root):
        try:
            forms.append(read_form(folder, lists=lists))
        except DamagedFormError as error:
            mistakes.append(str(error))
    return tuple(forms), tuple(mistakes)


_read_once = lru_cache(2)(_read_all)
