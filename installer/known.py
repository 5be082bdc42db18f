"""What a person has read and decided about licences: installer/licences.toml and the texts beside it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from installer import locked, spdx

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
UNKNOWN = "?"


@dataclass(frozen=True)
class Known:
    """The licences allowed, what was found in a package by reading it, other people's work in resources, and what only
    the installation packages carry: Python itself, libraries of the building system, parts of the tools.
    """

    allowed: frozenset[str]
    packages: Mapping[str, Mapping[str, Any]]
    shipped: tuple[Mapping[str, str], ...]
    packed: tuple[Mapping[str, str], ...] = ()

    def licence(self, package: locked.Package) -> str:
        """SPDX expression, or UNKNOWN where neither the metadata nor a person says it."""
        return self.about(package.name).get("spdx") or spdx.of_metadata(package.metadata) or UNKNOWN

    def components(self, package: locked.Package) -> dict[str, str]:
        """ "NAME VERSION" → licence, of what the package's SBOM lists as other people's and what is really there."""
        told = self.about(package.name)
        absent, said = told.get("absent", ()), told.get("components", {})
        return {
            part: spdx.canonical(said.get(part.split()[0], licence)) or UNKNOWN
            for part, licence in package.components.items()
            if part.split()[-1] != package.version and part.split()[0] not in absent
        }

    def used(self, licence: str) -> str:
        """The allowed part of `licence`, or UNKNOWN."""
        return spdx.usable(licence, self.allowed) or UNKNOWN

    def about(self, name: str) -> Mapping[str, Any]:
        return self.packages.get(name, {})

    def remarks(self, name: str) -> list[str]:
        """What a person found in a package: something under the GPL, and other things to know."""
        return [self.about(name)[key] for key in ("gpl", "remark") if key in self.about(name)]

    def added_texts(self, name: str) -> list[str]:
        """Texts that the wheel of a package leaves out."""
        return [kept_text(each) for each in self.about(name).get("texts", ())]


def known() -> Known:
    told = tomllib.loads((HERE / "licences.toml").read_text(encoding="utf-8"))
    return Known(
        frozenset(told["allowed"]),
        told["package"],
        tuple(told["shipped"]),
        tuple(told["packed"]),
    )


def kept_text(name: str) -> str:
    """A text of installer/licences; that of Apache-2.0 is the project's own LICENSE."""
    path = ROOT / "LICENSE" if name == "Apache-2.0" else HERE / "licences" / f"{name}.txt"
    return locked.plain(path.read_bytes())
