"""What forms ask, by section. An input stays while its question is asked, whatever else changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QWidget

from desk_app.domain.calendar.typed_day import sense_of
from desk_app.services.reception.draft import Question
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.chooser import Chooser
from desk_app.ui.widgets.date_field import DateField, ReadDay
from desk_app.ui.widgets.fields import Labelled, NumberInput, TextInput
from desk_app.ui.widgets.labels import Picture, label

_STATES = {"card": "scan", "prepared": "home"}
QuestionInput = TextInput | Chooser


class QuestionsGrid(QWidget):
    """`answered(key, text)` when the clerk typed or chose an answer; `decided` when it was chosen.

    A choice may ask for another field at once: what `decided` starts must be done before the focus moves on.
    `place` begins the identifier of every input; with `look` a section about an identity paper says that a card can be
    read into it.
    """

    answered = Signal(str, str)
    decided = Signal()

    def __init__(self, place: str, read_day: ReadDay, look: Look | None = None) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._place = place
        self._look = look
        self._read_day = read_day
        self._shown: tuple[tuple[str, Question], ...] = ()
        self._made_from: dict[str, Question] = {}
        self._questions: dict[str, Question] = {}
        self._held: dict[str, Labelled] = {}
        self._inputs: dict[str, QuestionInput] = {}
        self._heads: list[QWidget] = []
        self._above: dict[str, QWidget] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)

    @property
    def inputs(self) -> list[QuestionInput]:
        return list(self._inputs.values())

    def show_questions(self, questions: Sequence[Question]) -> None:
        """Ask these; the field with the focus keeps what is being typed."""
        shape = tuple((question.section, _made_for(question)) for question in questions)
        self._questions = {question.key: question for question in questions}
        if shape != self._shown:
            self._shown = shape
            self._build(questions)
        for question in questions:
            self._fill(question)
        self.setVisible(bool(questions))

    def inputs_by_key(self) -> dict[str, QuestionInput]:
        """The inputs in their order, by question."""
        return dict(self._inputs)

    def show_above(self, above: Mapping[str, QWidget]) -> None:
        """Put each widget under the section head of the questions whose key begins so, in place of those before."""
        for old in self._above.values():
            old.hide()
            old.deleteLater()
        self._above = dict(above)
        self._build(list(self._questions.values()))

    @property
    def questions(self) -> dict[str, Question]:
        """What is asked now, by key."""
        return self._questions

    def is_to_confirm(self, field: QWidget) -> bool:
        """Whether what stands in this input is only likely, and nobody has said it yet."""
        return any(self._questions[key].confirm for key, each in self._inputs.items() if each is field)

    def input_of(self, key: str) -> QuestionInput:
        """The input of a question that is asked now."""
        return self._inputs[key]

    def key_in_focus(self) -> str:
        """The question the cursor is in, "" for none."""
        focus = QApplication.focusWidget()
        return next((key for key, each in self._inputs.items() if each is focus), "")

    def held(self, key: str) -> Labelled | None:
        """The input of a question with what stands below it; None when it is not asked."""
        return self._held.get(key)

    def complain(self, key: str, why: str) -> QWidget | None:
        """Say what is wrong with an answer; its input, None when it is not asked."""
        if key not in self._held:
            return None
        self._held[key].complain(why)
        return self._inputs[key]

    # --- building --------------------------------------------------------------------------------------------------

    def _build(self, questions: Sequence[Question]) -> None:
        """Lay the grid out anew. Inputs asked before stay in their places of the window, so the focus never moves."""
        old = self._held
        self._held, self._inputs = {}, {}
        while self._grid.takeAt(0) is not None:
            pass
        for head in self._heads:
            head.hide()
            head.deleteLater()
        self._heads = []
        row, column, section = 0, 0, ""
        for question in questions:
            if question.section != section or not self._held:
                section = question.section
                row, column = row + (1 if column else 0), 0
                self._add_head(self._section_head(question, questions), row)
                row += 1
                for beginning, above in self._above.items():
                    if question.key.startswith(beginning):
                        self._grid.addWidget(above, row, 0, 1, 2)
                        above.show()
                        row += 1
            held = self._kept(question, old) or self._made(question)
            self._held[question.key] = held
            assert isinstance(held.field, TextInput | Chooser)  # noqa: S101 - only `_made` makes them
            self._inputs[question.key] = held.field
            wide = question.kind == "long"
            if wide and column:
                row, column = row + 1, 0
            self._grid.addWidget(held, row, column, 1, 2 if wide else 1, Qt.AlignmentFlag.AlignTop)
            held.show()  # a layout shows new widgets only later, and a hidden one cannot take the focus
            row, column = (row + 1, 0) if wide or column else (row, 1)
        for gone in old.values():
            gone.hide()
            gone.deleteLater()

    def _kept(self, question: Question, old: dict[str, Labelled]) -> Labelled | None:
        """The input there is already; another form may ask the same key with other choices, and needs its own."""
        made_for = _made_for(question)
        is_same = self._made_from.get(question.key) == made_for
        self._made_from[question.key] = made_for
        return old.pop(question.key, None) if is_same else None

    def _add_head(self, head: QWidget, row: int) -> None:
        self._heads.append(head)
        self._grid.addWidget(head, row, 0, 1, 2)
        head.show()

    def _section_head(self, question: Question, questions: Sequence[Question]) -> QWidget:
        head = QWidget()
        head.setProperty("ground", "clear")
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 6, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(question.section, "section"))
        keys = {each.key for each in questions if each.section == question.section}
        if self._look is not None and any(key.endswith(".id_number") for key in keys):
            row.addSpacing(6)
            row.addWidget(Picture(self._look, "scan-line", "link", 16))
            row.addWidget(label(self.tr("Quét thẻ vào đây"), "code"))
        row.addStretch()
        return head

    def _made(self, question: Question) -> Labelled:
        identifier = f"{self._place}.{question.key}"
        made: QuestionInput
        if question.kind == "date":
            made = DateField(identifier, question.label, sense_of(question.key), self._read_day)
        elif question.kind == "number" and not question.carries:
            made = NumberInput(identifier, question.label, 999_999)
        elif question.kind in {"yes_no", "choice"}:
            made = Chooser(identifier, question.label, self.tr("Chọn, hoặc gõ để lọc"), free=question.free)
            made.offer([(each, each) for each in question.choices or ("Có", "Không")])
        else:
            made = TextInput(identifier, question.label, question.hint)
        if question.hint:
            made.setToolTip(question.hint)
        made.changed.connect(lambda key=question.key: self._answered(key))
        if question.carries:  # once the cursor is elsewhere, its parts go to their questions
            made.editingFinished.connect(lambda: QTimer.singleShot(0, self, self.decided.emit))
        return Labelled(question.label, made, required=question.required)

    def _fill(self, question: Question) -> None:
        made = self._inputs[question.key]
        if made.hasFocus() and (question.source == "typed" or (isinstance(made, Chooser) and made.is_typed)):
            return
        if isinstance(made, Chooser):
            if made.value() != question.value:
                made.put(question.value)
        else:
            made.put(question.value)
        if made.property("state") != "error":
            made.show_state(_STATES.get(question.source, ""))

    def _answered(self, key: str) -> None:
        made = self._inputs.get(key)
        if made is not None:
            self._held[key].complain("")
            made.setModified(True)  # also where an entry of a list was taken: the page is half filled in
            self.answered.emit(key, made.value())
            if isinstance(made, Chooser):
                self.decided.emit()


def _made_for(question: Question) -> Question:
    """The question without its answer: what an input is made from."""
    return replace(question, value="", source="", confirm=False)
