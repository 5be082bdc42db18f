"""An update of the installed Windows program under Wine."""

from __future__ import annotations

import shutil

from installer.trials import screen, update_trial, windows_trial
from installer.trials.results import Trial
from installer.trials.update_trial import Installed
from installer.trials.windows_trial import PREFIX, PROGRAMS, WinePlace


def try_update(place: WinePlace, version: str) -> Trial:
    updates = place.prefix / "drive_c/cap-nhat"
    desk_program = f'wine "{PREFIX}/{PROGRAMS}/desk-app.exe"'

    def desk(words: str, display: str) -> None:
        told = words.replace("/cap-nhat/", "C:\\cap-nhat\\")
        place.run(f"cd /tmp; {desk_program} {_quoted(told)}", display)

    def window(display: str) -> list[str]:
        command = ["wine", f"{PREFIX}/{PROGRAMS}/ban-mot-cua.exe"]
        return place.root.command(command, place.session(display))

    with screen.screen() as display:
        windows_trial.install(place, version, display)
        windows_trial.make_desk(place, desk_program, display)
        place.run("wineserver -k || :", display)
    updates.mkdir()
    there = Installed(
        system=windows_trial.SYSTEM,
        package="bộ cài .exe",
        platform="windows-amd64",
        version=version,
        folders=(place.prefix / PROGRAMS,),
        desk=desk,
        window=window,
        updates=updates,
        log=place.root.log,
        end=lambda display: place.run("wineserver -k || :", display),
    )
    try:
        return update_trial.try_update(there, place.pictures)
    finally:
        shutil.rmtree(updates, ignore_errors=True)


def _quoted(words: str) -> str:
    return " ".join(f"'{word}'" for word in words.split())
