"""Days, moments, working time and deadlines."""
