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

    `patience_s`: so long the next item waits for this one.

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
    attempt = RunningItem(item)
    attempt.wait(item.patience_s)
    return attempt.trial()


class RunningItem:
    """An item that is being carried out, beside whoever asks for it."""

    def __init__(self, item: Item) -> None:
        self._item = item
        self._began = time.monotonic()
        self._results: list[Trial] = []
        self._thread = threading.Thread(target=self._carry_out, name=item.name, daemon=True)
        self._thread.start()

    def _carry_out(self) -> None:
        found = _outcome(self._item)
        self._results.append(replace(found, ms=self._ms()))

    def _ms(self) -> int:
        return round((time.monotonic() - self._began) * 1000)

    def wait(self, seconds: float) -> None:
        """Until it has ended, and no longer than that."""
        self._thread.join(max(0.0, seconds))

    def trial(self) -> Trial:
        """How it ended; told as failed where it has not ended yet."""
        if self._results:
            return self._results[0]
        ms = self._ms()
        state = f"không xong trong {ms / 1000:.0f} giây"
        return Trial(state=state, outcome=ItemOutcome.FAILED, remedy=self._item.remedy, ms=ms)


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
