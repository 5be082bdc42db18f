"""What the page that makes a new desk ready asks of the program."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from desk_app.services.setup.preparing import PreparingStep, StepState


class PreparingServices(Struct, frozen=True, kw_only=True):
    """`mark` notes how a step stands. Both take milliseconds."""

    steps: Callable[[], list[PreparingStep]]
    mark: Callable[[str, StepState], None]
