"""The page «Chuẩn bị quầy»: a new desk made ready for its first citizen, in steps that can wait."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desk_app.errors import DeskError
from desk_app.services.settings.print_choices import PrintChoice
from desk_app.services.setup.preparing import BACKUP, BACKUP_FOLDER, StepState
from desk_app.ui.kit.card_column import CardColumn
from desk_app.ui.kit.page import PageDeed, PageHead, ScreenPage
from desk_app.ui.scanning.scan_grammar import ENROLMENT
from desk_app.ui.screen_context import Tools
from desk_app.ui.setup.step_card import StepCard
from desk_app.ui.sync.stick_folder import StickFolder
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.chooser import Chooser
from desk_app.ui.widgets.fields import Labelled
from desk_app.ui.window.notices import told_to

_WIDE = 640
_LANE = "printer"


class PreparingScreen(ScreenPage):
    """Printer, scanner, district, backups: each tried here, marked as done or left for later."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._services, self._settings = tools.services.preparing, tools.services.settings
        texts = {
            "printer": self.tr("Chọn máy in giấy tiếp nhận, in thử một trang, xem chữ và khung có đủ không."),
            "scanner": self.tr("Quét một thẻ căn cước ngay tại trang này. Nội dung chỉ hiện ra, không ghi vào đâu."),
            "district": self.tr("Có mã ghép hoặc mã QR của cấp trên thì ghép ngay; chưa có thì vẫn tiếp nhận được."),
            "backup": self.tr("Chọn ổ đĩa thứ hai, USB hoặc thư mục mạng để máy tự chép dữ liệu đã mã hóa sang đó."),
        }
        self.cards: dict[str, StepCard] = {}
        for number, step in enumerate(self._services.steps(), 1):
            card = StepCard(tools.look, step, number, texts[step.key])
            card.marked.connect(self._mark)
            self.cards[step.key] = card
        self._printer_part()
        self._district_part()
        self._backup_part()
        head = PageHead(
            tools.look,
            self.tr("Chuẩn bị quầy"),
            leave=("preparing.leave", self.left.emit),
            deeds=(
                PageDeed(
                    text=self.tr("Tiếp nhận hồ sơ"),
                    identifier="preparing.begin",
                    pressed=self.main_deed,
                    icon="file-plus-2",
                    key="Ctrl+Enter",
                    kind="primary",
                ),
            ),
        )
        self.compose(CardColumn(tuple(self.cards.values()), widest=_WIDE), above=(head,))

    # --- coming and going ------------------------------------------------------------------------------------------

    def arrive(self, _place: str) -> None:
        self.read_again()
        first = next((card for card in self.cards.values() if card.key in self._open()), None)
        self._go_to(first)

    def read_again(self) -> None:
        """How each step stands, and which printers there are."""
        with told_to(self._tools.notices):
            for step in self._services.steps():
                self.cards[step.key].show_state(step.state)
            kept = {row.kind.key: row.value for row in self._settings.rows()}
            self._printer_key = f"printers.{kept['slip_paper']}"
            self.printer.put(kept[self._printer_key])
        self._tools.jobs.run(
            _LANE, self._settings.printers_apart, owner=self, done=self._offer_printers, failed=self._no_printers
        )

    def main_deed(self) -> None:
        """To the first dossier."""
        self.place_wanted.emit("nav.reception")

    def main_name(self) -> str:
        return self.tr("Tiếp nhận hồ sơ")

    def _open(self) -> list[str]:
        return [step.key for step in self._services.steps() if step.state is StepState.OPEN]

    def _go_to(self, card: StepCard | None) -> None:
        """The cursor to what a step begins with."""
        first: dict[str, QWidget] = {"printer": self.printer, "district": self.enrol, "backup": self.folder.field}
        target = first.get(card.key, card.later) if card is not None else self.printer
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark(self, key: str, state: StepState) -> None:
        with told_to(self._tools.notices):
            self._services.mark(key, state)
            self.cards[key].show_state(state)
            left = self._open()
            if left:
                self._go_to(self.cards[left[0]])
            else:
                self._tools.notices.say(self.tr("Quầy đã sẵn sàng. Nhấn F2 để tiếp nhận hồ sơ đầu tiên."))

    # --- printer ---------------------------------------------------------------------------------------------------

    def _printer_part(self) -> None:
        card = self.cards["printer"]
        self._printer_key = "printers.A5"
        self.printer = Chooser(
            "preparing.printer", self.tr("Máy in giấy tiếp nhận"), self.tr("máy in mặc định"), free=True
        )
        self.printer.changed.connect(self._keep_printer)
        card.body.addWidget(Labelled(self.tr("Máy in giấy tiếp nhận"), self.printer))
        trial = button(self._tools.look, self.tr("In thử"), "preparing.trial", self._try_printer, icon="printer")
        card.row.insertWidget(0, trial)
        self._offer_printers([])

    def _offer_printers(self, names: list[str]) -> None:
        self.printer.offer([("", self.tr("máy in mặc định")), *((name, name) for name in names)])
        if names:
            self.cards["printer"].say("")

    def _no_printers(self, error: DeskError) -> None:
        self.cards["printer"].say(f"{error} {error.remedy}")

    def _keep_printer(self) -> None:
        with told_to(self._tools.notices):
            self._settings.change({self._printer_key: self.printer.value()})

    def _try_printer(self) -> None:
        self.printer.settle()
        sheet, choice = self._printer_key.partition(".")[2], PrintChoice(printer=self.printer.value())
        card = self.cards["printer"]
        card.say(self.tr("Đang gửi trang in thử…"))
        self._tools.jobs.run(
            _LANE,
            lambda: self._settings.send_trial_apart(self._settings.trial_apart(sheet, choice, "")),
            owner=self,
            done=self._tried,
            failed=lambda error: card.say(f"{error} {error.remedy}"),
        )

    def _tried(self, printer: str) -> None:
        card = self.cards["printer"]
        card.say(self.tr("Đã gửi tới %s. Giấy ra đủ chữ, đủ khung thì bấm «Tốt, xong bước này».") % printer)
        card.done.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- scanner ---------------------------------------------------------------------------------------------------

    def takes_scan(self, text: str, *, port: str, composed: bool) -> bool:
        """A card or a slip is tried; the code of an enrolment goes where enrolling is done."""
        if text.upper().startswith(ENROLMENT):
            return False
        trial = self._settings.look_at_scan(text)
        way = self.tr("cổng %s") % port if port else self.tr("bàn phím")
        lines = [self.tr("Nhận được qua %s: %s, %d ký tự.") % (way, trial.kind, trial.letters)]
        lines += [f"{name}: {value}" for name, value in trial.facts]
        if composed:
            lines.append(self.tr("Bộ gõ tiếng Việt đang bật và có thể làm sai chữ: tắt bộ gõ, hoặc dùng cổng COM."))
        lines += trial.warnings
        card = self.cards["scanner"]
        card.say("\n".join(lines))
        if trial.is_good and not composed:
            self._mark("scanner", StepState.DONE)
        return True

    def hears_refusal(self, error: DeskError) -> None:
        self.cards["scanner"].say(f"{error} {error.remedy}")

    # --- district and backups --------------------------------------------------------------------------------------

    def _district_part(self) -> None:
        self.enrol = button(
            self._tools.look,
            self.tr("Ghép với cấp trên…"),
            "preparing.enrol",
            lambda: self.place_wanted.emit("nav.sync"),
            icon="cloud-upload",
        )
        card = self.cards["district"]
        card.row.insertWidget(0, self.enrol)
        card.done.hide()  # it is done when the desk is enrolled, and by nothing else

    def _backup_part(self) -> None:
        self.folder = StickFolder(self._tools.look, "preparing.folder")
        card = self.cards.get(BACKUP)
        if card is None:
            self.folder.setParent(self)
            self.folder.hide()
            return
        card.body.addWidget(self.folder)
        card.done.setText(self.tr("  Sao lưu vào đây"))
        card.done.setAccessibleName(self.tr("Sao lưu vào đây"))
        card.marked.disconnect(self._mark)
        card.marked.connect(self._backups)

    def _backups(self, key: str, state: StepState) -> None:
        """Done means: the folder is the place of backups from now on."""
        with told_to(self._tools.notices):
            if state is StepState.DONE:
                folder = self.folder.folder()
                if folder is None:
                    return
                self._settings.change({BACKUP_FOLDER: str(folder)})
            self._mark(key, state)
