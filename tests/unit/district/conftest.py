"""What the tests of the district's office share."""

from tests.kit.fixtures.office import clock, here

__all__ = ["clock", "here"]
