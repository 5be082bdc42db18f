"""Draws the pictures of README.md: the real window over made-up people on a day that stands still. `make screenshots`.

Needs no screen: Qt draws into memory, with the fonts the program carries.
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

import commune  # noqa: E402 - beside this file
from PySide6.QtCore import QEventLoop, QLocale, Qt, QTimer  # noqa: E402 - the platform is chosen before Qt is there
from PySide6.QtGui import QInputMethodEvent  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from desk_app import app  # noqa: E402
from desk_app.documents.output.pdf import to_image  # noqa: E402
from desk_app.domain.calendar.deadlines import VIETNAM  # noqa: E402
from desk_app.services.papers import papers  # noqa: E402
from desk_app.ui.window.workspace import DeskView  # noqa: E402

NOW = datetime(2026, 11, 20, 14, 5, tzinfo=VIETNAM)
DOSSIERS = 120
SIZE = (1366, 768)
CARD = (
    "001190000001|012345678|Nguyễn Thị Thử Nghiệm|15011990|Nữ|"
    "Thôn Đông An, xã Thử Nghiệm, thành phố Hà Nội|20082024|Trần Thị Mẫu|Nguyễn Văn Mẫu"
)
BIRTH = "1.001193"
FATHER = "001085000002||Lê Văn Thử Cha|02031985|Nam|Thôn Đông An, xã Thử Nghiệm, thành phố Hà Nội|03092023"
CHILD = {
    "child.full_name": "Lê Thử Nghiệm An",
    "child.born_on": "1/11/2026",
    "child.sex": "Nữ",
    "birth_place": "Trạm y tế xã Thử Nghiệm, thành phố Hà Nội",
    "child.ethnicity": "Kinh",
    "hometown": "xã Thử Nghiệm, thành phố Hà Nội",
    "marriage_number": "12/2024 quyển 01",
    "marriage_on": "20/10/2024",
}
PAGE_DPI = 100
PATIENCE_MS = 20_000


class Photographer:
    """The open program, and a way to wait for it."""

    def __init__(self, program: app.Program, disputed: str) -> None:
        self._program, self._disputed = program, disputed

    def take_all(self) -> None:
        program = self._program
        view = self._view()
        program.rounds.stop()  # no line here; the desks exchanged by stick
        program.look.choose("light")
        program.window.resize(*SIZE)
        self.take("danh-sach")
        view.go_reception()
        self.wait(300)
        program.wedge.scanned.emit(CARD, False)
        view.reception.form.procedure.choose("1.004873")
        view.reception.form.applicant.phone.setText("0110000001")
        program.window.strip.hide()
        self.take("tiep-nhan")
        self.take_birth(view)
        view.go("nav.dossiers")
        self.wait(500)
        view.open_dossier(view.dossiers.table.chosen_code())
        self.take("ho-so")
        view.open_dossier(self._disputed)
        self.take("hai-quay-cung-sua")
        view.go("nav.sync")
        self.take("gui-nhan")
        view.go("nav.day_end")
        self.take("ket-thuc-ngay")
        view.go("nav.settings")
        self.take("cai-dat")
        program.look.choose("dark")
        view.go("nav.dossiers")
        self.take("danh-sach-toi")

    def take_birth(self, view: DeskView) -> None:
        """From two scans to the page that is signed."""
        page = view.reception
        page.drafts.clear()
        page.form.procedure.choose(BIRTH)
        for number, card in enumerate((CARD, FATHER), 1):
            self._program.wedge.scanned.emit(card, False)
            self.wait(500)
            self.take(f"khai-sinh-{number}", shows_focus=True)
        page.preview.show_what("forms")
        for key, text in CHILD.items():
            field = self._field(page, f"reception.field.{key}")
            field.setFocus(Qt.FocusReason.TabFocusReason)
            typed = QInputMethodEvent()
            typed.setCommitString(text)
            QApplication.sendEvent(QApplication.focusWidget() or field, typed)
            page.form.press_enter()
            self.wait(300)
        self._program.window.strip.hide()
        self.take("khai-sinh-3")
        page.save()
        file = HERE / "khai-sinh-4.png"
        desk = self._program.desk
        if desk is None or not page.saved_code:
            raise SystemExit("the birth was not received")
        declaration = papers.draw(desk, page.saved_code, "forms")[0]
        to_image(declaration.pdf, dpi=PAGE_DPI).save(file, optimize=True)
        print(file.relative_to(HERE.parent.parent))

    def take(self, name: str, *, shows_focus: bool = False) -> None:
        """One picture, once lists and papers have come and nothing blinks."""
        self.wait(2500)
        focus = QApplication.focusWidget()
        if focus is not None and name != "danh-sach" and not shows_focus:
            focus.clearFocus()
        self.wait(100)
        file = HERE / f"{name}.png"
        self._program.window.grab().save(str(file), "PNG", 0)  # 0 packs hardest
        print(file.relative_to(HERE.parent.parent))

    def wait(self, milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def _field(self, page: QWidget, identifier: str) -> QWidget:
        """An input of the page; those that follow from an answer come a moment after it."""
        for _ in range(PATIENCE_MS // 50):
            for each in page.findChildren(QWidget):
                if each.accessibleIdentifier() == identifier:
                    return each
            self.wait(50)
        raise SystemExit(f"{identifier} did not come")

    def _view(self) -> DeskView:
        for _ in range(PATIENCE_MS // 50):
            if self._program.view is not None:
                return self._program.view
            self.wait(50)
        raise SystemExit("the desk did not open")


def main() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder, commune.made(Path(folder), NOW, dossiers=DOSSIERS) as here:
        chosen = app.options().parse_args(["--data", str(here.data), "--passphrase-file", str(here.secret)])
        program = app.Program(application, chosen, clock=lambda: NOW)
        program.start()
        try:
            Photographer(program, here.disputed).take_all()
        finally:
            program.close()


if __name__ == "__main__":
    main()
