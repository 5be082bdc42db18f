"""How far the dossiers received as one have come. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from desk_app.domain.dossiers.dossier_state import Dossier


class WholeProgress(Struct, frozen=True):
    """How many dossiers of the whole are done with, of how many; the whole is open until all are."""

    done: int
    total: int

    @property
    def is_open(self) -> bool:
        return self.done < self.total

    @property
    def words(self) -> str:
        """As lists and the dossier page say it: "liên thông: đã xong 2/3"."""
        return f"liên thông: đã xong {self.done}/{self.total}"


def of_dossiers(dossiers: Iterable[Dossier], total: int) -> WholeProgress:
    """Of those that are here; `total` counts also those that have not come yet."""
    return WholeProgress(sum(not one.status.is_open for one in dossiers), total)
