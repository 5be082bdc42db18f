"""Declarations that citizens prepare at home: answers as digits alone, which no keyboard can change."""
