"""What is asked about once before it is recorded: the same key again says that it is meant so. What is told after."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from desk_app.domain.dossiers.steps import ACTIONS, Status
from desk_app.domain.mistakes.mistake import Mistake, Weight
from desk_app.ui.window.notices import Notices


def tr(text: str) -> str:
    return QCoreApplication.translate("AskedOnce", text)


class AskedOnce:
    """Remembers what was asked about each dossier, until the page shows another one."""

    def __init__(self, notices: Notices) -> None:
        self._notices = notices
        self._meant: set[tuple[str, Mistake]] = set()

    def is_meant(self, code: str, found: Sequence[Mistake], mark: Callable[[str, str], None]) -> bool:
        """Whether nothing is left to ask; else the clerk is told, and `mark(field, text)` goes to each input."""
        asked = [each for each in found if each.weight is Weight.ASKED and (code, each) not in self._meant]
        if not asked:
            return True
        self._meant |= {(code, each) for each in asked}
        for each in reversed(asked):
            mark(each.field, each.text)
        said = " ".join(each.text for each in asked)
        self._notices.warn(said, tr("Đúng như vậy thì ghi lần nữa; không thì sửa lại."))
        return False


def told_beside(text: str, found: Sequence[Mistake]) -> str:
    """What was recorded, and what a clerk should look at."""
    shown = [each.text for each in found if each.weight is Weight.SHOWN]
    return " ".join((text, *shown))


def told_after(action: str, status: Status) -> str:
    """What a clerk is told of a recorded step: where the dossier stands now, or what was done where it stays."""
    rule = ACTIONS.get(action)
    return f"đã {rule.label}" if rule is not None and rule.leads_to is None else status.label.lower()
