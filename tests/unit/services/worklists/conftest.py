"""Two desks and a district that exchange over a line in this process."""

from tests.kit.fixtures.commune import brisk_packing, commune, desk_templates

__all__ = ["brisk_packing", "commune", "desk_templates"]
