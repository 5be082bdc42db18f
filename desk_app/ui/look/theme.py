"""How everything looks: palette, style sheet, fonts. One `Look` goes to every widget that paints or has an icon."""

from __future__ import annotations

from string import Template

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette
from PySide6.QtWidgets import QApplication

from desk_app import places
from desk_app.ui.look import icons
from desk_app.ui.look.palette import DARK, DARK_TRAINING, LIGHT, LIGHT_TRAINING, Palette

FAMILY = "Inter"
_DARK_ONES = (DARK, DARK_TRAINING)
_SIZE = 13
_ROLES = {
    QPalette.ColorRole.Window: "ground",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "surface_dim",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.PlaceholderText: "text_faint",
    QPalette.ColorRole.ToolTipBase: "text",
    QPalette.ColorRole.ToolTipText: "surface",
    QPalette.ColorRole.Link: "link",
}


class Look(QObject):
    """The theme in use. `wish` is "system" (as the system), "light" or "dark".

    A window lays `sheet` on itself, and again when `changed`. A sheet of the whole application would style a part in
    the making anew with each box that it is put into; now it is styled once, when its page comes into the window.
    """

    changed = Signal()

    def __init__(self, application: QApplication, wish: str = "system") -> None:
        super().__init__(application)
        self._application = application
        self.wish = wish
        self.is_training = False
        self.palette: Palette = LIGHT
        self.sheet = ""
        self._shown: Palette | None = None
        for file in sorted((places.resources() / "fonts").glob(f"{FAMILY}-*.ttf")):
            QFontDatabase.addApplicationFont(str(file))
        application.setFont(font())
        application.styleHints().colorSchemeChanged.connect(self._follow)
        self.choose(wish)

    @property
    def is_dark(self) -> bool:
        return self.palette in _DARK_ONES

    def choose(self, wish: str) -> None:
        """Take "system", "light" or "dark" from now on."""
        self.wish = wish
        self._follow()

    def train(self, *, is_training: bool) -> None:
        """The colours of training mode from now on, or those of work."""
        self.is_training = is_training
        self._follow()

    def _follow(self) -> None:
        system = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        is_dark = self.wish == "dark" or (self.wish == "system" and system)
        pair = (LIGHT_TRAINING, DARK_TRAINING) if self.is_training else (LIGHT, DARK)
        chosen = pair[is_dark]
        if chosen is not self._shown:  # a style sheet is laid on every widget there is
            self._show(chosen)

    def _show(self, chosen: Palette) -> None:
        self.palette = self._shown = chosen
        colours = QPalette()
        for role, name in _ROLES.items():
            colours.setColor(role, self.colour(name))
        self._application.setPalette(colours)
        self.sheet = style_sheet(chosen)
        self.changed.emit()

    def hex(self, name: str) -> str:
        """The colour `name` of the palette in use, or `name` itself when it is a colour."""
        return name if name.startswith("#") else str(getattr(self.palette, name))

    def colour(self, name: str) -> QColor:
        return QColor(self.hex(name))

    def icon(self, name: str, colour: str = "text_soft") -> QIcon:
        """An icon that follows the theme; `colour` is a name of the palette."""
        return icons.icon(name, lambda mode: self.hex("text_faint" if mode is QIcon.Mode.Disabled else colour))

    def draw_icon(self, painter: QPainter, name: str, colour: str, area: QRectF) -> None:
        icons.draw(painter, name, self.hex(colour), area)


def font(size: int = _SIZE, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The program's face with figures of one width, so that codes and dates align; `size` in pixels."""
    made = QFont(FAMILY)
    made.setPixelSize(size)
    made.setWeight(weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    made.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return made


def style_sheet(palette: Palette) -> str:
    """resources/style/desk.qss with the palette's colours filled in."""
    colours = {name: getattr(palette, name) for name in palette.__struct_fields__ if name != "chips"}
    icon_folder = (places.resources() / "icons" / "style").as_posix()
    template = Template((places.resources() / "style" / "desk.qss").read_text("utf-8"))
    return template.substitute(colours, family=FAMILY, size=_SIZE, icons=icon_folder, tone=_tone(palette))


def _tone(palette: Palette) -> str:
    return "dark" if palette in _DARK_ONES else "light"
