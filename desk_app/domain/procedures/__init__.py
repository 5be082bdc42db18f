"""Administrative procedures as the law has them on a day."""
