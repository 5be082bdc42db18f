"""Rules in plain Python. Refuses Qt, SQL, files, the clock and the network."""
