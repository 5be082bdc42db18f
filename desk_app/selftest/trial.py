"""One thing that the self-test tried, and how an item is carried out so that it can neither stop nor hang the rest."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from desk_app.errors import DeskError


class ItemOutcome(StrEnum):
    """`NOTE`: the program works, and something is missing that a person may want."""

    WELL = "well"
    NOTE = "note"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How an item stands: `remedy` is what to do where it is not well, `ms` how long the item took."""

    state: str
    outcome: ItemOutcome = ItemOutcome.WELL
    remedy: str = ""
    ms: int = 0


class TrialError(Exception):
    """An item does not do what it must; the texts are for the person who installs."""

    def __init__(self, state: str, remedy: str = "") -> None:
        super().__init__(state)
        self.state, self.remedy = state, remedy


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """`name` is for programs, `subject` for people; `remedy` is told where the failure brings none of its own.

    `takes_the_rest`: it uses what time the others have left.
    """

    name: str
    subject: str
    attempt: Callable[[], Trial]
    remedy: str
    patience_s: float = 8.0
    takes_the_rest: bool = False


def tried(item: Item) -> Trial:
    """Carry the item out; one that fails, breaks or does not answer in time is told as failed."""
    began = time.monotonic()
    results: list[Trial] = []
    thread = threading.Thread(target=lambda: results.append(_outcome(item)), name=item.name, daemon=True)
    thread.start()
    thread.join(item.patience_s)
    late = Trial(
        state=f"không xong trong {item.patience_s:.0f} giây",
        outcome=ItemOutcome.FAILED,
        remedy=item.remedy,
    )
    return replace(results[0] if results else late, ms=round((time.monotonic() - began) * 1000))


def _outcome(item: Item) -> Trial:
    try:
        return item.attempt()
    except TrialError as error:
        return Trial(state=error.state, outcome=ItemOutcome.FAILED, remedy=error.remedy or item.remedy)
    except DeskError as error:
        return Trial(state=str(error), outcome=ItemOutcome.FAILED, remedy=error.remedy or item.remedy)
    except Exception as error:  # noqa: BLE001 - whatever breaks in a half-copied installation is a failed item
        return Trial(state=f"hỏng ({_named(error)})", outcome=ItemOutcome.FAILED, remedy=item.remedy)


def _named(error: BaseException) -> str:
    """The kind of the error, with the number that the system gives it; never its text, which may hold anything."""
    number = getattr(error, "winerror", None) or getattr(error, "errno", None)
    return f"{type(error).__name__} {number}" if number else type(error).__name__
