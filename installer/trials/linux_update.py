"""Updates of the two Linux packages in a clean system: a person's own folder, and the .deb with a person's versions."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from installer.roots import NAMES, Session
from installer.trials import linux_trial, update_trial
from installer.trials.linux_trial import Place
from installer.trials.results import Trial
from installer.trials.update_trial import Installed

_DATA = "du-lieu"


def try_folder_update(place: Place, version: str) -> Trial:
    person = linux_trial.somebody(place)
    linux_trial.install_folder(place, version, person)
    home = linux_trial.HOME
    programs = _inside(place, f"{home}/.local/lib/ban-mot-cua")
    return _update(place, version, person, "thư mục", f"{home}/.local/bin/", (programs,))


def try_deb_update(place: Place, version: str) -> Trial:
    """The base belongs to the system; the update goes into the person's own folder in front of it."""
    person = linux_trial.somebody(place)
    linux_trial.install_deb(place, version)
    own = _inside(place, f"{linux_trial.HOME}/.local/share/ban-mot-cua/programs")
    return _update(place, version, person, ".deb", "", (own, _inside(place, f"/{linux_trial.BASE}")))


def _inside(place: Place, path: str) -> Path:
    return place.root.folder / path.lstrip("/")


def _update(
    place: Place, version: str, person: Sequence[str], package: str, commands: str, folders: tuple[Path, ...]
) -> Trial:
    data = f"{linux_trial.HOME}/{_DATA}"
    updates = place.pictures.parent / f"cap-nhat-{place.root.suite}"
    shutil.rmtree(updates, ignore_errors=True)
    updates.mkdir()
    secret = f"DESK_PASSPHRASE_FILE={data}.mat-khau"
    variables = [*person, "env", f"DESK_DATA={data}", secret, "QT_QPA_PLATFORM=xcb"]

    def session(display: str) -> Session:
        usual = place.session(display)
        return Session({**usual.shared, updates: "/cap-nhat"}, usual.variables, display=display)

    def desk(words: str, display: str) -> None:
        place.root.run([*variables, f"{commands}desk-app", *words.split()], session(display))

    def window(display: str) -> list[str]:
        return place.root.command([*variables, f"{commands}ban-mot-cua"], session(display))

    linux_trial.make_desk(place, f"'{commands}desk-app'", data, person)
    there = Installed(
        system=NAMES[place.root.suite],
        package=package,
        platform="linux-amd64",
        version=version,
        folders=folders,
        desk=desk,
        window=window,
        updates=updates,
        log=place.root.log,
    )
    try:
        return update_trial.try_update(there, place.pictures)
    finally:
        shutil.rmtree(updates, ignore_errors=True)
