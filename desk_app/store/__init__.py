"""The only SQL: the encrypted database and the key that opens it."""
