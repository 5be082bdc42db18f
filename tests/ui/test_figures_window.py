"""Every figure of the window is the length of the list it opens."""

from __future__ import annotations

from tests.ui.hand import Hand

TILES = ("today", "processing", "awaiting", "late", "ready")
BADGES = {"nav.returns": "ready", "nav.late": "late"}


def shown_by(hand: Hand, identifier: str) -> str:
    """How many dossiers the list says it holds after this button was pressed."""
    hand.widget("dossiers.count").setText("")
    hand.widget(identifier).click()
    hand.until(lambda: hand.text("dossiers.count").endswith("hồ sơ"))
    return hand.text("dossiers.count")


def test_every_tile_counts_what_its_list_shows(hand: Hand) -> None:
    figures = {which: hand.widget(f"dossiers.tile.{which}").accessibleName().split(": ")[1] for which in TILES}
    assert {which: shown_by(hand, f"dossiers.tile.{which}") for which in TILES} == {
        which: f"{figure} hồ sơ" for which, figure in figures.items()
    }
    assert int(figures["processing"]) > 0


def test_every_badge_counts_what_its_list_shows(hand: Hand) -> None:
    for identifier in BADGES:
        shown = shown_by(hand, identifier)
        told = hand.widget(identifier).accessibleDescription().partition("; ")[2] or "0 hồ sơ"
        assert told == shown
