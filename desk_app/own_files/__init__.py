"""The program's own files: who may read them, and how their names change hands."""
