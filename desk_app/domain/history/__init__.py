"""Whose a history is: which reception made a dossier, what moved to another log, what somebody rewrote."""
