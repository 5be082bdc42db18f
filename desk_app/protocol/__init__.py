"""CX1 as both ends speak it: event lines, batches, packing, messages, keys. No files, no network, no clock."""
