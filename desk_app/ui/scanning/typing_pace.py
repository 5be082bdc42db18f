"""How fast keys come: a machine keeps a speed no hand keeps. Pure; times are the milliseconds the system gave keys."""

from __future__ import annotations

_FAST_MS, _FAST_RUN = 30, 8
_STEADY_MS, _STEADY_RUN = 50, 16
_AFTER_CORRECTION = 8
_NEAR = 2
_INSIDE_MS = 60


class Pace:
    """The gaps between the keys of one burst; None where a key carries no time."""

    def __init__(self) -> None:
        self._gaps: list[int | None] = []
        self._last: int | None = None
        self._fast = 0
        self._steady = 0

    def gap(self, at_ms: int | None) -> int | None:
        """Milliseconds since the key before; None when that cannot be known."""
        return at_ms - self._last if at_ms and self._last is not None else None

    def key(self, at_ms: int | None, *, is_repeat: bool = False, letters: int = 1) -> None:
        """A key that wrote `letters`. One held down repeats by itself and says nothing about a hand."""
        gap = self.gap(at_ms)
        self._gaps += [gap, *[None] * (letters - 1)]
        if is_repeat or (gap is not None and gap > _STEADY_MS):
            self._fast = self._steady = 0
        elif gap is not None:
            self._steady += 1
            self._fast = self._fast + 1 if self.is_fast(gap) else 0
        self._last = at_ms or None

    def wrote(self) -> None:
        """A letter without a time of its own: of a number, or an end inside a burst."""
        self._gaps.append(None)

    def beat(self, at_ms: int) -> None:
        """A key that writes nothing by itself, such as a figure of an Alt code."""
        gap = self.gap(at_ms)
        if gap is not None:
            self._fast = self._fast + 1 if self.is_fast(gap) else 0
        self._last = at_ms or None

    def corrected(self) -> None:
        """An input method takes letters back and sends the word again, as fast as it can: that is no scanner."""
        self._gaps = self._gaps[:-1]
        self._fast = self._steady = -_AFTER_CORRECTION

    def unknown(self) -> None:
        """The next gap says nothing: an input method held keys back."""
        self._last = None

    @staticmethod
    def is_fast(gap: int | None) -> bool:
        return gap is not None and 0 <= gap <= _FAST_MS

    @property
    def is_machine(self) -> bool:
        return self._fast >= _FAST_RUN or self._steady >= _STEADY_RUN

    @property
    def run(self) -> int:
        """How many of the last letters came at a machine's speed."""
        return 1 + max(self._fast if self._fast >= _FAST_RUN else 0, self._steady)

    @property
    def is_quick(self) -> bool:
        """Whether every key of this short burst came faster than a hand types, so far as times are known."""
        known = [gap for gap in self._gaps[1:] if gap is not None]
        limit = _FAST_MS if len(known) < _FAST_RUN else _STEADY_MS
        return bool(known) and all(0 <= gap <= limit for gap in known) and self._fast >= 0

    def is_by_hand(self, begins: int) -> bool:
        """Whether the letters from the one at `begins` came more slowly than a scanner sends, so far as is known."""
        known = [gap for gap in self._gaps[begins + 1 :] if gap is not None]
        return bool(known) and all(gap > _STEADY_MS for gap in known)

    def is_inside(self, at_ms: int) -> bool:
        """Whether a key at this time still comes in one go with those before it."""
        gap = self.gap(at_ms)
        return gap is None or gap <= max(_INSIDE_MS, 3 * self.usual())

    def usual(self) -> int:
        """The middle one of the known gaps, at least 1 ms."""
        known = sorted(gap for gap in self._gaps[1:] if gap is not None and gap >= 0)
        return max(1, known[len(known) // 2]) if known else _FAST_MS

    def start_of(self, begins: int) -> int:
        """Where the burst of letter `begins` starts: letters before it that came at its own pace are its prefix."""
        known = sorted(gap for gap in self._gaps[begins + 1 :] if gap is not None and gap >= 0)
        usual = known[len(known) // 2] if known else _FAST_MS
        while begins > 0:
            gap = self._gaps[begins] if begins < len(self._gaps) else None
            if gap is not None and not 0 <= gap <= max(_NEAR * usual, usual + _FAST_MS):
                break
            begins -= 1
        return begins
