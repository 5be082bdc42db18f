"""Draws the pictures of the manual in the program (resources/manual/pictures), small in bytes, and writes down the keys
of the window (resources/manual/keys.json), with `--keys` these alone. `make manual-pictures`.

Needs no screen: Qt draws into memory. Every picture is of a page that F1 explains.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

import commune  # noqa: E402 - beside this file
from PIL import Image  # noqa: E402 - as above
from PySide6.QtCore import QBuffer, QByteArray, QEventLoop, QIODevice, QLocale, QTimer  # noqa: E402 - as above
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402 - as above

from desk_app import app  # noqa: E402 - as above
from desk_app.domain.calendar.deadlines import VIETNAM  # noqa: E402 - as above
from desk_app.services.help import key_paper  # noqa: E402 - as above
from desk_app.ui.help import key_map  # noqa: E402 - as above

NOW = datetime(2026, 11, 20, 14, 5, tzinfo=VIETNAM)
FOLDER = HERE.parent.parent / "resources" / "manual" / "pictures"
SIZE, SHOWN_WIDE, COLOURS = (1024, 720), 640, 48
DOSSIERS = 60
PATIENCE_MS = 30_000
CARD = (
    "001190000001|012345678|Nguyễn Thị Thử Nghiệm|15011990|Nữ|"
    "Thôn Đông An, xã Thử Nghiệm, thành phố Hà Nội|20082024|Trần Thị Mẫu|Nguyễn Văn Mẫu"
)
PLACES = (
    "work",
    "sync",
    "day_end",
    "law",
    "forms",
    "service_days",
    "paper_lists",
    "old_data",
    "settings",
    "preparing",
    "updates",
)


def wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def keep(window: QWidget, name: str) -> None:
    """Fewer pixels, and as many colours as a screen of ours needs."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    window.grab().save(buffer, "PNG")
    whole = Image.open(io.BytesIO(bytes(data.data()))).convert("RGB")
    wide = min(SHOWN_WIDE, whole.width)
    small = whole.resize((wide, round(whole.height * wide / whole.width)), Image.Resampling.LANCZOS)
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"{name}.png"
    small.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    print(f"{file.relative_to(HERE.parent.parent)} {file.stat().st_size // 1024} KB")


def until(is_so: object) -> None:
    for _ in range(PATIENCE_MS // 100):
        if is_so():  # type: ignore[operator]
            return
        wait(100)
    raise SystemExit("the window did not get there")


def widget(program: app.Program, identifier: str) -> QWidget:
    def found() -> list[QWidget]:
        return [each for each in program.window.findChildren(QWidget) if each.accessibleIdentifier() == identifier]

    until(lambda: bool(found()))
    return found()[0]


def begin(*options: str) -> app.Program:
    chosen = app.options().parse_args(options)
    program = app.Program(QApplication.instance(), chosen, clock=lambda: NOW)
    program.window.resize(*SIZE)
    program.start()
    program.look.choose("light")
    return program


def new_desk(folder: Path) -> None:
    """The way from the first start to the page that makes the desk ready, then the locked door."""
    data = str(folder / "moi")
    program = begin("--data", data)
    widget(program, "setup.make")
    wait(1500)
    keep(program.window, "first_run")
    texts = {
        "province": "tỉnh Thanh Hóa",
        "commune": "xã Đông Sơn",
        "unit": "H56.99",
        "clerk": "Trần Thu Mẫu",
        "passphrase": "một câu dài để thử",
        "passphrase_again": "một câu dài để thử",
    }
    for name, text in texts.items():
        widget(program, f"setup.{name}").setText(text)
    widget(program, "setup.make").click()
    widget(program, "recovery.code").setText("ABCDEFGHJ\nKLMNPQRST\nUVWXYZ234")  # a code of nobody
    wait(500)
    keep(program.window, "recovery")
    program.window.close()
    wait(200)
    program = begin("--data", data)
    widget(program, "unlock.open")
    wait(500)
    keep(program.window, "unlock")
    program.window.close()
    wait(200)


def at_work(program: app.Program) -> None:
    until(lambda: program.view is not None)
    view = program.view
    program.rounds.stop()
    program.look.choose("light")
    program.window.resize(*SIZE)
    wait(1500)
    program.window.strip.hide()
    keep(program.window, "dossiers")
    view.go_reception()
    wait(300)
    program.wedge.scanned.emit(CARD, False)
    view.reception.form.procedure.choose("1.004873")
    wait(1500)
    program.window.strip.hide()
    keep(program.window, "reception")
    view.reception.drafts.clear()
    view.go("nav.dossiers")
    wait(500)
    view.open_dossier(view.dossiers.table.chosen_code())
    wait(1500)
    keep(program.window, "dossier")
    for name, deed, part in (
        ("fees", view.dossier.collect, "dossier.money.told"),
        ("together", view.dossier.change_desk, "dossier.held"),
    ):
        deed()
        wait(1000)
        keep(widget(program, part).parentWidget(), name)
        view.dossier.cancel()
    for place in PLACES:
        view.go(f"nav.{place}")
        wait(1500)
        program.window.strip.hide()
        keep(program.window, place)
    program.window.close()
    wait(200)


def keep_keys(program: app.Program) -> None:
    groups = key_map.KeyMap().groups(program.view.entries, program.help.bound_keys())
    key_paper.shipped_file().write_bytes(key_paper.in_file(groups))


def main() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
    application = QApplication([sys.argv[0], "-style", "fusion"])
    application.setQuitOnLastWindowClosed(False)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DESK_STATE"] = str(Path(folder) / "state")
        if "--keys" not in sys.argv:
            new_desk(Path(folder))
        program = begin("--data", str(Path(folder) / "tap"), "--training")
        until(lambda: program.view is not None)
        wait(2000)
        keep_keys(program)
        if "--keys" in sys.argv:
            return
        keep(program.window, "training")
        program.window.close()
        wait(200)
    with tempfile.TemporaryDirectory() as folder, commune.made(Path(folder), NOW, dossiers=DOSSIERS) as here:
        at_work(begin("--data", str(here.data), "--passphrase-file", str(here.secret)))


if __name__ == "__main__":
    main()
