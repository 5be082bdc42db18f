"""The page of forms: a form's text at the left, its paper at the right, mistakes below their lines, questions below."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent

from desk_app.domain.office_forms import FormTexts
from desk_app.errors import DeskError
from desk_app.ui.forms.source_card import FormSourceCard
from desk_app.ui.forms.texts_card import FormTextsCard
from desk_app.ui.kit.card import PageCard
from desk_app.ui.kit.card_column import CardColumn
from desk_app.ui.kit.page import PageDeed, PageHead, ScreenPage
from desk_app.ui.printing.paper_pane import PaperPane
from desk_app.ui.screen_context import Tools
from desk_app.ui.widgets.fields import ReadLines
from desk_app.ui.widgets.labels import label
from desk_app.ui.window.notices import told_to

if TYPE_CHECKING:
    from desk_app.services.office_forms.drafts import DraftedTexts

_LANE = "forms"
_PAPER_FROM = 900
_COPY = "-xa"


class FormsScreen(ScreenPage):
    """What is written here becomes a form only by saving, which checks it as the terminal does."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._services = tools.services.forms
        self.source = FormSourceCard(tools.look)
        self.texts = FormTextsCard()
        self.paper = PaperPane(tools.look, tools.jobs, "forms")
        self.source.form_wanted.connect(self._open)
        self.source.draft_wanted.connect(self._draft)
        self.source.back_wanted.connect(self._take_back)
        self.texts.changed.connect(self._look)
        deed = PageDeed(
            text=self.tr("Lưu mẫu"),
            identifier="forms.save",
            pressed=self.save,
            icon="check",
            key="Ctrl+S",
            kind="primary",
        )
        head = PageHead(tools.look, self.tr("Biểu mẫu"), deeds=(deed,))
        self._cards = CardColumn((self.source, self.texts, self._questions_card()), beside_paper=True)
        self.compose(self.split(self._cards, self.paper, paper_from=_PAPER_FROM), above=(head,))
        self.texts.hide()

    def _questions_card(self) -> PageCard:
        self._questions_held = PageCard(self.tr("Mẫu sẽ hỏi"))
        self.questions = label("", wraps=True)
        self.questions.setAccessibleIdentifier("forms.questions")
        self._questions_held.column.addWidget(self.questions)
        self.report = ReadLines("forms.report", self.tr("Từng chỗ trống đã tìm thấy"), tall=220)
        self._questions_held.column.addWidget(self.report)
        self.report.hide()
        self._questions_held.hide()
        return self._questions_held

    # --- keys -----------------------------------------------------------------------------

    def read_again(self) -> None:
        self.source.offer(self._services.rows())
        self.texts.procedures.offer([(each.code, each.title) for each in self._tools.services.choices()])

    def main_name(self) -> str:
        return self.tr("Lập bản thảo")

    def main_deed(self) -> None:
        """Make a draft of the file that is named."""
        self.source.ask_draft()

    def save(self) -> None:
        """Publish the form to all desks of the commune; nothing is recorded of one with a mistake."""
        if self.texts.isHidden():
            return
        texts = self.texts.texts()
        for each in self._services.problems(texts):
            self._look()
            self.texts.show_part(each.file)
            break
        with told_to(self._tools.notices):
            done = self._services.publish(self.texts.id.value().strip(), texts)
            self._tools.notices.say(
                self.tr("Đã lưu mẫu %s, bản %s. Các quầy nhận ở lần gửi nhận tới.") % (done.id, done.version)
                if done.is_new
                else self.tr("Mẫu %s không có gì mới.") % done.id
            )
            self.read_again()
            self.source.forms.put(f"{done.id} {done.version}")
            self.source.see_choice()

    # --- where a form comes from ----------------------------------------------------------

    def _open(self, chosen: str) -> None:
        form_id, _, version = chosen.partition(" ")
        row = self.source.row()
        with told_to(self._tools.notices):
            texts = self._services.texts_of(form_id, version)
            is_ours = row is not None and row.origin == "office"
            self._put(form_id if is_ours else f"{form_id}{_COPY}", texts)
            self.source.say(
                "" if is_ours else self.tr("Mẫu của chương trình giữ nguyên; lưu thì thành mẫu riêng của cơ quan.")
            )

    def _draft(self, file: Path) -> None:
        self.source.say(self.tr("Đang đọc…"))
        self._tools.jobs.run(
            _LANE, lambda: self._services.draft_apart(file), owner=self, done=self._drafted, failed=self._refused
        )

    def _drafted(self, made: DraftedTexts) -> None:
        self._put(made.id, made.texts)
        self.source.say("\n".join((made.report[0], *made.remarks)))
        self.report.setPlainText("\n".join(made.report))
        self.report.show()
        self.texts.layout_text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: DeskError) -> None:
        self.source.say(f"{error} {error.remedy}")

    def _take_back(self, form_id: str) -> None:
        with told_to(self._tools.notices):
            self._services.withdraw(form_id)
            self._tools.notices.say(self.tr("Đã thu hồi mẫu %s; hồ sơ đã dùng vẫn in lại được.") % form_id)
            self.read_again()

    # --- what is written ------------------------------------------------------------------

    def _put(self, form_id: str, texts: FormTexts) -> None:
        self.report.hide()
        self.texts.show()
        self.texts.put(form_id, texts)

    def _look(self) -> None:
        """Check, draw, and say what will be asked."""
        texts = self.texts.texts()
        problems = self._services.problems(texts)
        self.texts.show_problems(problems)
        if problems:
            return
        asked = self._services.questions(texts)
        self.questions.setText("\n".join(asked) or self.tr("Mẫu không hỏi gì thêm."))
        self._questions_held.show()
        self.paper.show_paper(self.tr("Trên giấy"), lambda: [self._services.preview_apart(texts)])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read_again()
        if self.texts.isHidden():
            self.source.forms.setFocus(Qt.FocusReason.OtherFocusReason)
