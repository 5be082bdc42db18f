"""A walk by keys round everything that shows: where Tab leads, whether it is seen there, what Enter and Space press."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QToolButton, QWidget

from tests.ui.hand import Hand

KEY = Qt.Key
_MOST = 170
_AROUND_PX = 3
_LEAST_SEEN_PX = 20


def stops(window: QWidget) -> list[QWidget]:
    """Every control of the window that shows, is enabled, and takes the focus by Tab."""
    return [
        each
        for each in window.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        and each.isVisible()
        and each.isEnabled()
        and each.window() is window
        and not each.objectName().startswith("qt_")
        and each.focusProxy() is None
    ]


def named(widgets: list[QWidget]) -> list[str]:
    return [each.accessibleIdentifier() or each.objectName() or type(each).__name__ for each in widgets]


def walk(hand: Hand, known: set[tuple[str, str]] | None = None) -> list[QWidget]:
    """Tab reaches every control once and comes back, Shift+Tab goes the same way backwards; each is seen there.

    Answers the controls in their order. What is in `known` is not looked at again. Nothing else is drawn.
    """
    window = hand.unseen().program.window
    known = set() if known is None else known
    forwards = _one_round(hand, window, KEY.Key_Tab, known)
    missing = [each for each in stops(window) if each not in forwards]
    assert not missing, f"never reached: {named(missing)}; reached: {named(forwards)}"
    backwards = _one_round(hand, window, KEY.Key_Backtab, None)
    assert forwards[0] in backwards, f"not backwards: {named(backwards)}; forwards: {named(forwards)}"
    at = backwards.index(forwards[0])
    turned = [*backwards[at:], *backwards[:at]]
    wanted = [forwards[0], *forwards[:0:-1]]
    assert turned == wanted, f"backwards {named(turned)}; expected {named(wanted)}"
    return forwards


def kind_of(part: QWidget) -> tuple[str, str]:
    """What looks and works alike: the name, and the state that its look depends on."""
    return named([part])[0], str(part.property("state") or "")


def _one_round(hand: Hand, window: QWidget, key: Qt.Key, known: set[tuple[str, str]] | None) -> list[QWidget]:
    """The controls that this key leads to, from where the focus is until it is there again."""
    found: list[QWidget] = []
    for _ in range(_MOST):
        before = QApplication.focusWidget()
        QTest.keyClick(window.windowHandle(), key)
        QCoreApplication.processEvents()
        focus = QApplication.focusWidget()
        assert focus is not None, f"the focus is lost after {named(found)}"
        shown = focus.visibleRegion().boundingRect()
        assert _is_in_sight(focus), f"out of sight: {named([focus])}, {shown} of {focus.size()}"
        if known is not None and before in found and before is not focus and kind_of(before) not in known:
            known.add(kind_of(before))
            _leaves_a_mark(window, before, focus)
        if focus in found:
            assert focus is found[0], f"a trap: {named([*found, focus])}"
            return found
        found.append(focus)
    raise AssertionError(f"no way round: {named(found)}")


def _is_in_sight(focus: QWidget) -> bool:
    """Whether the whole control shows, or as much of it as the page that scrolls has room for."""
    shown = focus.visibleRegion().boundingRect()
    around = focus.parentWidget()
    room = focus.size()
    while around is not None:
        if isinstance(around, QScrollArea):
            room = room.boundedTo(around.viewport().size())
        around = around.parentWidget()
    return shown.width() >= room.width() - 2 and shown.height() >= room.height() - 2


def _leaves_a_mark(window: QWidget, left: QWidget, focus: QWidget) -> None:
    """A person sees which control has the focus: it is drawn otherwise without it."""
    left.setFocus(Qt.FocusReason.TabFocusReason)
    _bring_in_sight(left)
    with_focus = _picture(window, left)
    focus.setFocus(Qt.FocusReason.TabFocusReason)
    _bring_in_sight(left)
    without = _picture(window, left)
    _bring_in_sight(focus)
    seen = _differing(with_focus, without)
    assert seen >= _LEAST_SEEN_PX, f"the focus is not seen on {named([left])}: {seen} pixels"


def _picture(window: QWidget, part: QWidget) -> QImage:
    place = QRect(part.mapTo(window, QPoint()), part.size())
    window.setUpdatesEnabled(True)
    picture = window.grab(place.adjusted(-_AROUND_PX, -_AROUND_PX, _AROUND_PX, _AROUND_PX)).toImage()
    window.setUpdatesEnabled(False)
    return picture


def _bring_in_sight(part: QWidget) -> None:
    around = part.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(part)
        around = around.parentWidget()


def _differing(one: QImage, other: QImage) -> int:
    """How many pixels of two pictures differ, counted up to what is asked for."""
    found = 0
    one, other = (each.convertToFormat(QImage.Format.Format_RGB32) for each in (one, other))
    for y in range(min(one.height(), other.height())):
        first, second = bytes(one.constScanLine(y)), bytes(other.constScanLine(y))
        if first != second:
            found += sum(first[x : x + 4] != second[x : x + 4] for x in range(0, len(first), 4))
            if found >= _LEAST_SEEN_PX:
                break
    return found


def deaf_buttons(around: list[QWidget], known: set[str]) -> list[str]:
    """Which of these buttons Enter does not press, nor Space after a Tab; nothing of what they do is done.

    Those named in `known` are not tried again.
    """
    deaf: list[str] = []
    for button in around:
        if not isinstance(button, QPushButton | QToolButton) or named([button])[0] in known:
            continue
        known.add(named([button])[0])
        window = button.window()
        pressed: list[bool] = []
        before = button.isChecked()
        button.blockSignals(True)
        button.click = lambda pressed=pressed: pressed.append(True)  # type: ignore[method-assign]
        try:
            button.setFocus(Qt.FocusReason.OtherFocusReason)
            QTest.keyClick(window.windowHandle(), KEY.Key_Return)
            if not pressed:
                deaf.append(f"{named([button])[0]}: Enter")
            QTest.keyPress(window.windowHandle(), KEY.Key_Space)
            if button.isDown():
                deaf.append(f"{named([button])[0]}: Space, though nobody moved there")
            QTest.keyRelease(window.windowHandle(), KEY.Key_Space)
            if len(around) > 1:
                QTest.keyClick(window.windowHandle(), KEY.Key_Tab)
                QTest.keyClick(window.windowHandle(), KEY.Key_Backtab)
            if QApplication.focusWidget() is not button:
                deaf.append(f"{named([button])[0]}: Tab and Shift+Tab lead elsewhere")
                continue
            QTest.keyPress(window.windowHandle(), KEY.Key_Space)
            if len(around) > 1 and not button.isDown():
                deaf.append(f"{named([button])[0]}: Space")
            QTest.keyRelease(window.windowHandle(), KEY.Key_Space)
        finally:
            del button.click
            button.setChecked(before)
            button.blockSignals(False)
    return deaf
