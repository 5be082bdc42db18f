"""The screen «Cài đặt»: every setting of this desk and of the commune, saved together; printers and scanner tried."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desk_app.domain.dossiers.unfinished import Unfinished
from desk_app.domain.permissions import Permission
from desk_app.errors import DeskError
from desk_app.services.desk import about
from desk_app.services.settings.kinds import Scope
from desk_app.services.settings.print_choices import PrintChoice
from desk_app.ui.backups.backup_deeds import BackupDeeds
from desk_app.ui.focus import tab_order
from desk_app.ui.focus.sight import bring_in_sight
from desk_app.ui.kit.page import PageHead
from desk_app.ui.screen import Screen
from desk_app.ui.screen_context import Tools
from desk_app.ui.settings.about_card import NoticesPage
from desk_app.ui.settings.body import SettingsBody
from desk_app.ui.settings.code_renewal import CodeRenewal
from desk_app.ui.settings.help_card import HelpCard
from desk_app.ui.settings.save_bar import SaveBar
from desk_app.ui.settings.setting_field import changes
from desk_app.ui.settings.what_there_is import WhatThereIs
from desk_app.ui.window.notices import Notice, told_to

PLACE = "nav.settings"
_DRAFT = "settings"


class SettingsScreen(Screen):
    """What is changed and not saved stays when the clerk goes elsewhere, also over the end of the program."""

    says_its_keys = True

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._services = tools.services.settings
        can_change = tools.services.may(Permission.OFFICE)
        refusal = "" if can_change else self.tr("Tài khoản này không được đổi thiết lập; người quản trị mới đổi được.")
        self._body = self._scroll = SettingsBody(
            tools.look,
            self._services.rows(),
            identity=self._services.identity(),
            is_kept_by_machine=self._services.is_kept_by_machine(),
            refusal=refusal,
            more=HelpCard(tools, lambda: self.place_wanted.emit("nav.preparing")),
        )
        self.fields = self._body.fields
        self._bar = SaveBar(tools.look, refusal)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PageHead(tools.look, self.tr("Cài đặt")))
        column.addWidget(self._scroll, 1)
        column.addWidget(self._bar)
        self._stack = QStackedWidget()
        self._stack.addWidget(page)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._stack)
        self._code_page: QWidget | None = None
        self._left_button: QWidget = self._body.safety.renew
        self._kept: dict[str, str] = {}
        self.renewal = CodeRenewal(self._body.safety, tools)
        self.backups = BackupDeeds(self._body.backup, tools)
        self._listen()
        self._there = WhatThereIs(self.fields, tools)
        self._put_back_what_was_left()

    def _listen(self) -> None:
        for field in self.fields.values():
            field.changed.connect(self._count)
        for card in (self._body.sheets, self._body.documents):
            card.trial_wanted.connect(self._try_printer)
        self._body.scanner.trial_wanted.connect(self._hear)
        self.fields["pattern"].changed.connect(self._show_code)
        self.fields["quick_count"].changed.connect(self._body.show_quick_count)
        self._bar.save_wanted.connect(self.save)
        self._bar.drop_wanted.connect(self._drop)
        self.renewal.shown.connect(self._show_code_page)
        self.renewal.ended.connect(self._hide_code_page)
        self._body.about.notices_wanted.connect(self._show_notices)
        self._body.safety.update_wanted.connect(lambda: self.place_wanted.emit("nav.updates"))
        self.backups.shown.connect(self._show_code_page)
        self.backups.ended.connect(self._hide_code_page)

    # --- coming and going ------------------------------------------------------------------------------------------

    def arrive(self, _place: str) -> None:
        self.read_again()
        focus: QWidget | None = self.focusWidget()
        if focus is None or not self._body.isAncestorOf(focus):
            self._body.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def read_again(self) -> None:
        """What holds now, and which printers, ports and procedures there are; what is being changed stays."""
        with told_to(self._tools.notices):
            for row in self._services.rows():
                self.fields[row.kind.key].show_arrived(row.value)
            self._there.look()
            self.renewal.look()
            self.backups.look()
            self._count()
            self._show_code()
            self._body.show_quick_count()

    show_arrivals = read_again

    def escape(self) -> bool:
        if isinstance(self._code_page, NoticesPage):
            self._hide_code_page()
            return True
        if self._code_page is not None:
            if not self.backups.leave():
                self.renewal.leave()
            return True
        if self._body.scanner.is_trying:
            self._body.scanner.end()
            return True
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._body.scanner.end()
        if not self.window().isVisible():  # the program ends, and has asked to keep already
            return
        self.keep_pages()
        number = len(changes(self.fields))
        if number:
            self._tools.notices.post(
                Notice(
                    text=self.tr("Trang Cài đặt còn %d thay đổi chưa lưu; vẫn giữ ở đó.") % number,
                    tone="info",
                    offer=self.tr("Quay lại"),
                    act=partial(self.place_wanted.emit, PLACE),
                )
            )

    def keep_pages(self) -> None:
        texts = {f"settings.{key}": text for key, text in changes(self.fields).items()}
        if texts != self._kept:
            self._kept = texts
            with told_to(self._tools.notices):
                self._tools.services.drafts.keep_of_dossier(Unfinished(id=_DRAFT, texts=texts))

    def _put_back_what_was_left(self) -> None:
        with told_to(self._tools.notices):
            left = self._tools.services.drafts.of_dossier(_DRAFT)
            self._kept = left.texts if left is not None else {}
            for name, text in self._kept.items():
                field = self.fields.get(name.removeprefix("settings."))
                if field is not None:
                    field.put(text)

    # --- saving ----------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Everything that was changed, or nothing."""
        if self._code_page is not None or not self._bar.save.isEnabled():
            return
        QGuiApplication.inputMethod().commit()
        unsettled = {key: why for key, field in self.fields.items() if (why := field.settle())}
        wanted = changes(self.fields)
        with told_to(self._tools.notices):
            wrong = unsettled or self._services.problems(wanted)
            if wrong:
                self._refuse(wrong)
            elif wanted:
                self._saved(self._services.change(wanted))
            else:
                self._tools.notices.post(Notice(text=self.tr("Không có thay đổi nào cần lưu."), tone="info"))

    main_deed = save

    def _refuse(self, wrong: dict[str, str]) -> None:
        for key, why in wrong.items():
            self.fields[key].complain(why)
        first = next(field for key, field in self.fields.items() if key in wrong)
        first.input.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_in_sight(first)
        self._tools.notices.warn(
            self.tr("Chưa lưu gì: có %d ô chưa đúng.") % len(wrong), self.tr("Sửa ô được đánh dấu rồi lưu lại.")
        )

    def _saved(self, keys: list[str]) -> None:
        for row in self._services.rows():
            self.fields[row.kind.key].show_saved(row.value)
        self.keep_pages()
        self._count()
        self._show_code()
        self._body.show_quick_count()
        remarks = []
        if any(self.fields[key].kind.scope is Scope.COMMUNE for key in keys):
            remarks.append(self.tr("Các quầy khác của xã nhận được ở lần gửi nhận tới."))
            self._tools.rounds.recorded()
        if "scale" in keys:
            remarks.append(self.tr("Cỡ chữ và hình đổi khi mở lại chương trình."))
        said = self.tr("Đã lưu %d thiết lập.") % len(keys)
        self._tools.notices.post(Notice(text=said, remedy=" ".join(remarks)))
        if keys and "backup_folder" in keys:
            self.backups.look()
        self.settings_changed.emit()

    def _drop(self) -> None:
        with told_to(self._tools.notices):
            for row in self._services.rows():
                self.fields[row.kind.key].show_saved(row.value)
        self.keep_pages()
        self._tools.notices.withdraw()
        self._count()
        self._show_code()
        self._body.show_quick_count()
        self._body.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _count(self) -> None:
        self._bar.show_changes(len(changes(self.fields)))

    def _show_code(self) -> None:
        code = self._services.code_like(self.fields["pattern"].value().strip())
        self.fields["pattern"].tell(self.tr("Mã sẽ như: %s") % code if code else "")

    # --- trials ----------------------------------------------------------------------------------------------------

    def _try_printer(self, sheet: str, choice: PrintChoice, of: str) -> None:
        services, jobs = self._services, self._tools.jobs
        jobs.run(
            "printer",
            lambda: services.send_trial_apart(services.trial_apart(sheet, choice, of)),
            owner=self,
            done=lambda printer: self._tools.notices.say(self.tr("Đã gửi trang in thử tới %s.") % printer),
            failed=self._not_tried,
        )

    def _not_tried(self, error: DeskError) -> None:
        self._tools.notices.warn(str(error), self.tr("Xem lại máy in (nguồn, giấy, dây), rồi bấm «In thử» lần nữa."))

    def _hear(self) -> None:
        """During a trial the port on the screen is listened to, else the one that is saved."""
        if self._body.scanner.is_trying:
            for key in ("scanner_port", "scanner_baud"):
                self.fields[key].settle()
            self._tools.scanner.listen(self.fields["scanner_port"].value(), int(self.fields["scanner_baud"].value()))
        else:
            kept = {row.kind.key: row.value for row in self._services.rows()}
            self._tools.scanner.listen(kept["scanner_port"], int(kept["scanner_baud"]))

    def takes_scan(self, text: str, *, port: str, composed: bool) -> bool:
        if not self._body.scanner.is_trying:
            return False
        self._body.scanner.show_scan(self._services.look_at_scan(text), port=port, composed=composed)
        return True

    def hears_refusal(self, error: DeskError) -> None:
        if self._body.scanner.is_trying:
            self._body.scanner.show_refused(f"{error} {error.remedy}")

    # --- the recovery code -----------------------------------------------------------------------------------------

    def _show_code_page(self, page: QWidget) -> None:
        self._code_page = page
        self._left_button = self.focusWidget()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        first = page.findChild(QPushButton, "recovery.print")
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hide_code_page(self) -> None:
        if self._code_page is not None:
            self._stack.setCurrentIndex(0)
            self._stack.removeWidget(self._code_page)
            self._code_page.deleteLater()
            self._code_page = None
        self.renewal.look()
        self._left_button.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- licences --------------------------------------------------------------------------------------------------

    def _show_notices(self) -> None:
        with told_to(self._tools.notices):
            page = NoticesPage(self._tools.look, about.notices())
            page.left.connect(self._hide_code_page)
            self._show_code_page(page)
            page.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and self._code_page is None:
            tab_order.move(self.window(), forwards=True)
            return
        super().keyPressEvent(event)
