"""Bàn Một Cửa: the desk program of a commune's reception counter."""

__version__ = "0.5.0"
