"""Moments, amounts of data and spans of time as a clerk says them."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from desk_app.domain.money import dotted


def tr(text: str) -> str:
    return QCoreApplication.translate("Sayings", text)


def moment(at: datetime, now: datetime) -> str:
    """ "16:42 hôm nay", "16:42 hôm qua", "16:42 ngày 20/11/2026"; both in Vietnam's zone."""
    days = (now.date() - at.date()).days
    if days == 0:
        return tr("%s hôm nay") % f"{at:%H:%M}"
    if days == 1:
        return tr("%s hôm qua") % f"{at:%H:%M}"
    return tr("%s ngày %s") % (f"{at:%H:%M}", f"{at:%d/%m/%Y}")


def short_moment(at: datetime, now: datetime) -> str:
    """ "16:42", and for another day "20/11"."""
    return f"{at:%H:%M}" if at.date() == now.date() else f"{at:%d/%m}"


def size(count: int) -> str:
    """Bytes as "12,4 KB"."""
    kilo = count / 1000
    if kilo < 1000:
        return tr("%s KB") % f"{kilo:.1f}".replace(".", ",")
    return tr("%s MB") % f"{kilo / 1000:.1f}".replace(".", ",")


def span(seconds: float) -> str:
    """ "khoảng 20 giây", "khoảng 3 phút": what is left, rounded as people do."""
    if seconds < 10:
        return tr("vài giây")
    if seconds < 60:
        return tr("khoảng %d giây") % (10 * round(seconds / 10))
    if seconds < 3600:
        return tr("khoảng %d phút") % round(seconds / 60)
    return tr("hơn một giờ")


def dossiers(count: int) -> str:
    return tr("%s hồ sơ") % dotted(count)


def events(count: int) -> str:
    """Events, as a clerk calls them: things done and written down."""
    return tr("%s việc đã ghi") % dotted(count)


def clock(at: datetime, after_s: float) -> str:
    """What the clock will say in so many seconds."""
    return f"{at + timedelta(seconds=after_s):%H:%M}"
