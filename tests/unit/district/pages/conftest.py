"""What the tests of the district's pages share."""

from tests.kit.fixtures.visitor import inside, outside

__all__ = ["inside", "outside"]
