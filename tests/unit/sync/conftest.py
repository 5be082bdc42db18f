"""Desks made once a session; a commune with a district that listens, for each test."""

from tests.kit.fixtures.commune import brisk_packing, commune, desk_templates

__all__ = ["brisk_packing", "commune", "desk_templates"]
