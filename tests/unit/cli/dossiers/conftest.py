"""What these tests share."""

from tests.kit.fixtures.desk import clock, desk, template

__all__ = ["clock", "desk", "template"]
