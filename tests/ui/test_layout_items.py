"""Nothing of Python's stays behind that stands for an item of a layout which Qt has deleted (docs/decisions/0206)."""

from __future__ import annotations

import gc
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QLayoutItem, QLineEdit, QVBoxLayout, QWidget

from desk_app.ui.focus import tab_order

PROGRAM = Path(tab_order.__file__).parents[2]


def items_left() -> list[QLayoutItem]:
    gc.collect()
    return [each for each in gc.get_objects() if isinstance(each, QLayoutItem) and not isinstance(each, QLayout)]


@pytest.mark.qt_log_ignore("propagateSizeHints")  # only Qt's platform without a screen says that
def test_going_round_by_tab_and_deleting_fields_leaves_no_item_of_a_layout(qapp) -> None:
    before = len(items_left())
    window = QWidget()
    column, row, grid = QVBoxLayout(window), QHBoxLayout(), QGridLayout()
    fields = [QLineEdit(objectName=name) for name in "abcdef"]
    column.addWidget(fields[0])
    column.addLayout(grid)  # still empty: PySide asks a filled one for its items
    column.addLayout(row)
    grid.addWidget(fields[3], 1, 0)
    grid.addWidget(fields[2], 0, 1)
    grid.addWidget(fields[1], 0, 0)
    row.addWidget(fields[4])
    row.addWidget(fields[5])
    window.show()
    fields[0].setFocus()
    walked = []
    for _ in fields:
        assert tab_order.move(window, forwards=True)
        walked.append(window.focusWidget().objectName())
    assert walked == list("bcdefa")
    fields[4].deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert len(items_left()) == before
    fields[5].setFocus(Qt.FocusReason.OtherFocusReason)
    assert tab_order.move(window, forwards=False)
    assert window.focusWidget().objectName() == "d"


def test_no_page_asks_a_layout_for_its_items() -> None:
    asked = re.compile(r"\.itemAt(Position)?\(")
    found = [path.name for path in PROGRAM.rglob("*.py") if asked.search(path.read_text("utf-8"))]
    assert found == []
