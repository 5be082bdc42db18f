"""What tells training mode from work at a glance: a band over every page, and a word at the head of the title."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel

from desk_app.ui.widgets.labels import label


def tr(text: str) -> str:
    return QCoreApplication.translate("TrainingSigns", text)


def title_of(office: str, *, is_training: bool) -> str:
    """The title of the window; the word stands first, where a task bar shows it too."""
    title = tr("%s – Bàn Một Cửa") % office
    return tr("TẬP HUẤN – %s") % title if is_training else title


def training_band() -> QLabel:
    """A line over the page that no page covers."""
    band = label(tr("TẬP HUẤN – người và hồ sơ ở đây không có thật, giấy in ra không có giá trị."), "training-band")
    band.setAccessibleIdentifier("training.band")
    band.setAlignment(Qt.AlignmentFlag.AlignCenter)
    band.setMinimumWidth(1)
    return band
