"""The journal of events and what keeps it whole."""
