"""Commands about procedures that are handed in as one."""
