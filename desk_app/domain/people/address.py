"""Addresses: taken apart from the end, and those of before 01/07/2025 turned into today's two levels as suggestions."""

from __future__ import annotations

from desk_app.domain.people.places.address_text import Address, parse
from desk_app.domain.people.places.address_today import AddressSuggestion, suggest
from desk_app.domain.people.units import Commune, Province, Units

__all__ = ["Address", "AddressSuggestion", "Commune", "Province", "Units", "parse", "suggest"]
