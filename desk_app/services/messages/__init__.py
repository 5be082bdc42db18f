"""Telling the citizen: messages for the district to send, the telephone list, and what came of both."""
